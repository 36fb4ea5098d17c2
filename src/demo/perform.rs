//! From a deed of the sample to the rooms' own.

use super::{
    LOGINS, PASSWORD,
    deeds::{Deed, What},
    sample::{Person, Text},
    store,
};
use crate::{
    access::Admin,
    app::App,
    boards::{self, NewBoard, NewCategory},
    error::Error,
    form_keys::FormKey,
    kit::{PostId, ThreadId},
    members::{self, Member, NewMember, Role},
    moderation::{self, NewFlag},
    papers::{self, Paper, Published},
    posts::{self, Edit, Edited, NewReply, Replied},
    reputation, solutions,
    threads::{self, NewThread, Started},
};
use anyhow::{Context, Result, bail};
use secrecy::SecretString;

/// Does one deed at its time. Doing it again changes nothing.
///
/// # Errors
/// What the rooms refuse, and those of the database.
pub(super) async fn perform(app: &App, deed: &Deed<'_>) -> Result<()> {
    let app = &app.at(deed.at);
    match &deed.what {
        What::Join(person) => join(app, person).await,
        What::Publish(text) => publish(app, text).await,
        What::Found(heading) => {
            let new = NewCategory { slug: &heading.slug, name: &heading.name };
            boards::found_category(app, new).await?;
            Ok(())
        }
        What::Open(heading, board) => {
            let category = store::category(&mut *app.db.acquire().await?, &heading.slug).await?;
            let new = NewBoard {
                category,
                slug: &board.slug,
                name: &board.name,
                description: &board.description,
                style: board.style,
                icon: &board.icon,
                tone: board.tone,
                audience: board.audience,
            };
            boards::found_board(app, new).await?;
            Ok(())
        }
        What::Begin(number, thread) => {
            let new = NewThread {
                board: thread.board.clone(),
                title: thread.title.clone(),
                body: thread.body.clone(),
                tags: thread.tags.clone(),
                key: Some(FormKey::named(&format!("demo/{}", thread.key))),
            };
            let author = member(app, &thread.author).await?;
            let begun = threads::start(app, &author, &new).await?;
            let Started::At(location) = begun else { bail!("{}: {begun:?}", thread.key) };
            let id = threads::thread_in(&location).context("a thread without an address")?;
            Ok(store::keep_thread(&mut *app.db.acquire().await?, *number, id).await?)
        }
        What::Reply(number, thread, position, reply) => {
            let new = NewReply {
                body: reply.body.clone(),
                reply_to: reply.reply_to,
                key: Some(FormKey::named(&format!("demo/{}/{position}", thread.key))),
            };
            let author = member(app, &reply.author).await?;
            let replied = posts::reply(app, &author, thread_id(app, *number).await?, &new).await?;
            let Replied::At(_) = replied else { bail!("{}: {replied:?}", thread.key) };
            Ok(())
        }
        other => about_a_thread(app, other).await.map(drop),
    }
}

async fn about_a_thread(app: &App, what: &What<'_>) -> Result<String> {
    let location = match what {
        What::Thank { thread, position, giver } => {
            let post = post_id(app, *thread, *position).await?;
            reputation::give_kudos(app, &member(app, giver).await?, post).await?
        }
        What::Accept { thread, position, by } => {
            let post = post_id(app, *thread, *position).await?;
            solutions::accept(app, &member(app, by).await?, post).await?
        }
        What::Edit { thread, position, by, body } => {
            let post = post_id(app, *thread, *position).await?;
            let edit = Edit {
                body: (*body).to_owned(),
                title: None,
                tags: None,
                draft: None,
                reason: None,
            };
            match posts::edit(app, &member(app, by).await?, post, &edit).await? {
                Edited::At(location) => location,
                refused => bail!("{refused:?}"),
            }
        }
        What::Delete { thread, position, by } => {
            let post = post_id(app, *thread, *position).await?;
            posts::delete(app, &member(app, by).await?, post).await?
        }
        What::Remove { thread, position, by, reason } => {
            let post = post_id(app, *thread, *position).await?;
            moderation::remove_post(app, &member(app, by).await?, post, reason).await?
        }
        What::Flag { thread, position, flagged } => {
            let post = post_id(app, *thread, *position).await?;
            let flag = NewFlag { reason: flagged.reason, note: flagged.note.clone() };
            moderation::flag_post(app, &member(app, &flagged.by).await?, post, &flag).await?
        }
        What::Lock { thread, by, reason } => {
            let thread = thread_id(app, *thread).await?;
            threads::lock(app, &member(app, by).await?, thread, reason).await?
        }
        What::Pin { thread, by, to } => {
            let thread = thread_id(app, *thread).await?;
            threads::pin(app, &member(app, by).await?, thread, *to).await?
        }
        What::Found(_)
        | What::Open(..)
        | What::Join(_)
        | What::Publish(_)
        | What::Begin(..)
        | What::Reply(..) => {
            bail!("no deed about a thread that exists")
        }
    };
    Ok(location)
}

async fn join(app: &App, person: &Person) -> Result<()> {
    let signs_in = LOGINS.iter().any(|login| login.handle == person.handle);
    let new = NewMember {
        handle: &person.handle,
        name: &person.name,
        email: Some(&person.email),
        password: signs_in.then(|| SecretString::from(PASSWORD)),
    };
    members::join(app, new).await?;
    let role = match person.role.as_str() {
        "member" => None,
        "moderator" => Some(Role::Moderator),
        "staff" => Some(Role::Staff),
        "admin" => Some(Role::Admin),
        other => bail!("{}: no role is called {other}", person.handle),
    };
    if let Some(role) = role {
        members::promote(app, &person.handle, role).await?;
    }
    if !person.about.is_empty() {
        let member = member(app, &person.handle).await?;
        members::edit_profile(app, &member, &person.name, &person.about).await?;
    }
    Ok(())
}

async fn publish(app: &App, text: &Text) -> Result<()> {
    let ruth = member(app, "ruth").await?;
    let admin = Admin::proven(&ruth).context("Ruth runs the sample community")?;
    let paper = Paper::read(&text.name).with_context(|| format!("no text is {}", text.name))?;
    let mut source = paper.start().to_owned();
    for filled in &text.blanks {
        let blank = source.find("[[").zip(source.find("]]"));
        let (from, to) = blank.with_context(|| format!("{} has fewer blanks", text.name))?;
        source.replace_range(from..to + 2, filled);
    }
    let held = papers::held(&mut *app.db.acquire().await?, paper).await?;
    let upon = held.map_or(0, |held| held.version);
    let edit = papers::Edit { source: source.trim_end().to_owned(), needs_consent: false, upon };
    match papers::publish(app, &admin, paper, &edit).await? {
        Published::Holds => Ok(()),
        _ => bail!("{} is not as it should be", text.name),
    }
}

pub(super) async fn member(app: &App, handle: &str) -> Result<Member> {
    let db = &mut *app.db.acquire().await?;
    let id = store::member(db, handle).await?.with_context(|| format!("nobody is {handle}"))?;
    Ok(members::by_id(db, id).await?.ok_or(Error::NotFound)?)
}

async fn thread_id(app: &App, number: usize) -> Result<ThreadId> {
    let id = store::thread(&mut *app.db.acquire().await?, number).await?;
    id.with_context(|| format!("thread {number} of the sample has not been begun"))
}

async fn post_id(app: &App, thread: usize, position: i32) -> Result<PostId> {
    let thread = thread_id(app, thread).await?;
    let post = posts::store::at(&mut *app.db.acquire().await?, thread, position).await?;
    Ok(post.with_context(|| format!("thread {thread} has no post {position}"))?.id)
}

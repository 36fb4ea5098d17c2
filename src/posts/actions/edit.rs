use crate::{
    app::App,
    drafts,
    error::{Error, Result},
    kit::PostId,
    markup::TooMuch,
    members::{Member, Viewer},
    moderation::ledger::{self, Act},
    outbox::{self, Actor, Event},
    posts::{access, attached, store, writing},
    threads::{
        self,
        tags::{self, Retagged},
    },
};
use uuid::Uuid;

/// A change of a post that may be made.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The new text, tidied.
    pub body: String,
    /// The new title, for an opening post.
    pub title: Option<String>,
    /// The thread's new tags, for an opening post.
    pub tags: Option<Vec<String>>,
    /// The version of the draft that was gone on with.
    pub draft: Option<Uuid>,
    /// Why, in public: asked of whoever changes another's words, and of nobody else.
    pub reason: Option<String>,
}

/// How an edit ends.
#[derive(Debug)]
pub enum Edited {
    /// It stands at this address.
    At(String),
    /// The text is too much to draw.
    TooMuch(TooMuch),
    /// This tag is given and taken by staff and moderators alone: nothing was written.
    Restricted(String),
}

/// Changes a post and keeps the version it replaces; of another's post, the ledger says why. A text
/// that is the same changes nothing.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door, also where a reason is missing; those of
/// the database.
pub async fn edit(app: &App, member: &Member, post: PostId, edit: &Edit) -> Result<Edited> {
    let now = app.now();
    let viewer = Viewer::from(member);
    let thread = access::readable(&mut *app.db.acquire().await?, &viewer, post).await?.0.id;
    let text = match writing::draw(app, Some(member.id), post, &edit.body, Some(thread)).await? {
        Ok(text) => text,
        Err(too_much) => return Ok(Edited::TooMuch(too_much)),
    };

    let mut tx = app.db.begin().await?;
    let (thread, post) = access::held(&mut tx, member, post).await?;
    if !post.can(&thread, &viewer).edit {
        return Err(Error::Refused("post-edit-refusal".into()));
    }
    let opening = post.position == 1;
    let title = edit.title.as_deref().filter(|_| opening).unwrap_or(&thread.title).to_owned();
    let location = threads::Thread { title: title.clone(), ..thread.clone() }.url_at(post.position);
    drafts::store::edited(&mut tx, member.id, post.id, edit.draft, &edit.body).await?;
    let tags = match edit.tags.as_deref().filter(|_| opening) {
        Some(tags) => tags::change(&mut tx, (member, thread.level), thread.id, tags).await?,
        None => Retagged::Same,
    };
    if let Retagged::Restricted(tag) = tags {
        return Ok(Edited::Restricted(tag));
    }
    let same_words = post.source == edit.body && thread.title == title;
    if same_words && matches!(tags, Retagged::Same) {
        tx.commit().await?;
        return Ok(Edited::At(location));
    }
    let actor = Actor::Member(member.id);
    if post.author_id != member.id {
        let reason = edit.reason.as_deref().ok_or(Error::Refused("reason-missing".into()))?;
        ledger::write(&mut tx, Act::EditPost, actor, &thread, Some(post.id), reason, now).await?;
    }
    store::keep_revision(&mut tx, &post, opening.then_some(&thread)).await?;
    store::set_text(&mut tx, &text, opening.then_some(title.as_str()), member.id, now).await?;
    attached::show(&mut tx, &thread, post.id, member.id, &text.attachments, now).await?;
    if thread.title != title {
        threads::store::set_title(&mut tx, thread.id, &title).await?;
    }
    let event = Event::PostEdited { thread: thread.id, post: post.id };
    outbox::record(&mut tx, actor, &event, now).await?;
    tx.commit().await?;
    Ok(Edited::At(location))
}

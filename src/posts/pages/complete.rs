use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::Member,
    posts::views,
    threads::{
        access, similar,
        tags::{self, store::begun::BegunTag},
    },
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use sqlx::PgConnection;

/// Longest beginning that is looked at, in characters.
const LONGEST: usize = 100;
/// Options that are shown.
const MOST: usize = 8;

/// What may be meant by what was begun to be typed: a fragment for the composer.
#[derive(Template)]
#[template(path = "posts/complete.html")]
pub(in crate::posts) struct Completion {
    shell: Shell,
    options: Vec<Choice>,
}

/// Something that can be put in place of what was typed.
struct Choice {
    /// What is put there.
    text: String,
    shown: String,
    about: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::posts) struct Begun {
    #[serde(default)]
    q: String,
    thread: Option<ThreadId>,
}

/// While a text is typed. Whom a mention would reach is not asked here: the notice asks when it is written.
pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(what): Path<String>,
    Query(begun): Query<Begun>,
) -> Result<Page<Completion>> {
    let typed: String = begun.q.replace('\0', "").chars().take(LONGEST).collect();
    let lower = typed.to_lowercase();
    let mut db = app.db.acquire().await?;
    if let Some(thread) = begun.thread {
        access::readable(&mut db, &shell.viewer, thread).await?;
    }
    let options = match what.as_str() {
        "members" => {
            let members = views::mentionable(&mut db, member.id.0, &lower, begun.thread).await?;
            members.into_iter().map(Choice::from).collect()
        }
        "threads" => {
            let threads = similar::to(&mut db, Some(member.id.0), &typed).await?;
            threads.iter().map(|line| Choice::thread(line, &shell)).collect()
        }
        "emoji" => emoji(&lower),
        "tags" => tags(&mut db, &member, &lower, true).await?.map(Choice::tag).collect(),
        "tag_names" => {
            let restricted = member.is_staff();
            tags(&mut db, &member, &lower, restricted).await?.map(Choice::tag_name).collect()
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Page(Completion { shell, options }))
}

impl From<views::Mentionable> for Choice {
    fn from(member: views::Mentionable) -> Self {
        let handle = format!("@{}", member.handle);
        Self { text: handle.clone(), shown: member.name, about: handle }
    }
}

impl Choice {
    /// A link to the threads with a tag.
    fn tag(tag: BegunTag) -> Self {
        let text = format!("[#{}]({})", tag.name, tags::tag_url(&tag.name));
        Self { text, shown: format!("#{}", tag.name), about: tag.description }
    }

    /// A tag in a list of them.
    fn tag_name(tag: BegunTag) -> Self {
        let text = format!("{},", tag.name);
        Self { text, shown: format!("#{}", tag.name), about: tag.description }
    }

    /// A link, whose words are the thread's title whatever marks it holds.
    fn thread(line: &crate::threads::ThreadLine, shell: &Shell) -> Self {
        let words: String = line
            .title
            .chars()
            .flat_map(|letter| {
                letter.is_ascii_punctuation().then_some('\\').into_iter().chain([letter])
            })
            .collect();
        let solved = if line.solved { shell.t("line-solved") } else { String::new() };
        Self {
            text: format!(
                "[{words}]({})",
                crate::threads::thread::thread_url(line.id, &line.title)
            ),
            shown: line.title.clone(),
            about: solved,
        }
    }
}

/// Those whose name or synonym begins so; for nothing none, lest a mark of a heading be taken for a beginning.
async fn tags(
    db: &mut PgConnection,
    member: &Member,
    beginning: &str,
    restricted: bool,
) -> sqlx::Result<impl Iterator<Item = BegunTag> + use<>> {
    let tags = match tags::name_in(beginning) {
        Some(name) => tags::store::begun::begun(db, Some(member.id.0), &name, restricted).await?,
        None => Vec::new(),
    };
    Ok(tags.into_iter())
}

/// Those whose short code begins so, and then those in whose it stands; for one letter none, lest a smile of a
/// colon and a letter be taken for a beginning.
fn emoji(beginning: &str) -> Vec<Choice> {
    if beginning.chars().count() < 2 {
        return Vec::new();
    }
    let of = |fits: fn(&str, &str) -> bool| {
        emojis::iter().filter_map(move |emoji| {
            let code = emoji.shortcodes().find(|code| fits(code, beginning))?;
            Some((emoji, code))
        })
    };
    let begins = of(|code, beginning| code.starts_with(beginning));
    let holds = of(|code, beginning| {
        !code.starts_with(beginning) && code.split('_').any(|word| word.starts_with(beginning))
    });
    let mut seen = std::collections::HashSet::new();
    begins
        .chain(holds)
        .filter(|(emoji, _)| seen.insert(emoji.as_str()))
        .take(MOST)
        .map(|(emoji, code)| Choice {
            text: emoji.as_str().to_owned(),
            shown: emoji.as_str().to_owned(),
            about: format!(":{code}:"),
        })
        .collect()
}

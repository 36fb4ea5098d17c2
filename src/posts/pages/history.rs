use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    markup::{self, DiffLine, DiffSpan},
    posts::{access, post::Post, views},
    threads::Thread,
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use time::OffsetDateTime;

/// Versions on one page.
const SHOWN: usize = 50;

/// What became of a post, version by version.
#[derive(Template)]
#[template(path = "posts/history.html")]
pub(in crate::posts) struct ShowHistory {
    shell: Shell,
    thread: Thread,
    post: Post,
    versions: Vec<Version>,
    /// From where older ones go on.
    older: Option<i32>,
}

/// Which versions are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::posts) struct Before {
    before: Option<i32>,
}

/// One version, as its difference from the one before.
struct Version {
    number: i32,
    writer: String,
    /// Why a moderator wrote it.
    reason: Option<String>,
    at: OffsetDateTime,
    /// The title before and after, where it changed.
    title: Option<(String, String)>,
    /// The tags before and after, where they changed.
    tags: Option<(Vec<String>, Vec<String>)>,
    diff: Vec<DiffLine>,
}

/// Whoever reads the post may read its history; of a post that was taken away only its author and
/// moderators.
pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<PostId>,
    Query(Before { before }): Query<Before>,
) -> Result<Page<ShowHistory>> {
    let mut db = app.db.acquire().await?;
    let (thread, post) = access::readable(&mut db, &shell.viewer, id).await?;
    if !post.there() && !post.can(&thread, &shell.viewer).read_removed {
        return Err(Error::NotFound);
    }
    // One more than is shown, because each is shown by what it changed.
    let mut texts = views::versions(&mut db, id, before).await?;
    if before.is_none()
        && post.position == 1
        && let Some(latest) = texts.first_mut()
    {
        latest.title = Some(thread.title.clone());
        latest.tags = Some(thread.tags.clone());
    }
    let writers: Vec<String> = texts.iter().map(|text| writer(&shell, text)).collect();
    let older = (texts.len() > SHOWN).then(|| texts[SHOWN - 1].number);
    let versions = tokio::task::spawn_blocking(move || {
        texts
            .iter()
            .enumerate()
            .take(SHOWN)
            .zip(writers)
            .map(|((i, text), writer)| version(writer, text, texts.get(i + 1)))
            .collect()
    });
    let versions = versions.await.map_err(anyhow::Error::from)?;
    Ok(Page(ShowHistory { shell, thread, post, versions, older }))
}

/// Who wrote it: a member, or a moderator under their pseudonym.
fn writer(shell: &Shell, text: &views::Version) -> String {
    match (&text.writer_name, text.moderator) {
        (Some(name), _) => name.clone(),
        (None, Some(number)) => shell.t1("moderator-name", "number", number),
        (None, None) => shell.site.community.clone(),
    }
}

fn version(writer: String, text: &views::Version, before: Option<&views::Version>) -> Version {
    let old = before.map_or("", |before| before.source.as_str());
    let title = before.and_then(|before| changed(&before.title, &text.title));
    let tags = before.and_then(|before| changed(&before.tags, &text.tags));
    Version {
        number: text.number,
        writer,
        reason: text.reason.clone().filter(|reason| !reason.is_empty()),
        at: text.written_at,
        title,
        tags,
        diff: markup::diff(old, &text.source),
    }
}

/// Before and after, where both are known and differ.
fn changed<T: Clone + PartialEq>(before: &Option<T>, after: &Option<T>) -> Option<(T, T)> {
    before.clone().zip(after.clone()).filter(|(before, after)| before != after)
}

use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    markup::{self, DiffLine, DiffSpan},
    posts::{access, post::Post, store},
    threads::Thread,
    web::{Page, Path, Shell},
};
use askama::Template;
use axum::extract::State;
use time::OffsetDateTime;

/// What became of a post, version by version.
#[derive(Template)]
#[template(path = "posts/history.html")]
pub(in crate::posts) struct ShowHistory {
    shell: Shell,
    thread: Thread,
    post: Post,
    versions: Vec<Version>,
}

/// One version, as its difference from the one before.
struct Version {
    number: usize,
    writer: String,
    at: OffsetDateTime,
    /// The title before and after, where it changed.
    title: Option<(String, String)>,
    diff: Vec<DiffLine>,
}

/// Whoever reads the post may read its history; of a post that was taken away only its author and
/// moderators.
pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<PostId>,
) -> Result<Page<ShowHistory>> {
    let mut db = app.db.acquire().await?;
    let (thread, post) = access::readable(&mut db, &shell.viewer, id).await?;
    if !post.there() && !post.can(&thread, &shell.viewer).read_removed {
        return Err(Error::NotFound);
    }
    let older = store::revisions(&mut db, id).await?;
    let latest = store::Revision {
        title: (post.position == 1).then(|| thread.title.clone()),
        source: post.source.clone(),
        written_at: post.edited_at.unwrap_or(post.written_at),
        writer_name: store::name_of(&mut db, post.edited_by.unwrap_or(post.author_id)).await?,
    };
    let texts: Vec<store::Revision> = [latest].into_iter().chain(older).collect();
    let count = texts.len();
    let versions = tokio::task::spawn_blocking(move || {
        texts
            .iter()
            .enumerate()
            .map(|(i, text)| version(count - i, text, texts.get(i + 1)))
            .collect()
    });
    let versions = versions.await.map_err(anyhow::Error::from)?;
    Ok(Page(ShowHistory { shell, thread, post, versions }))
}

fn version(number: usize, text: &store::Revision, before: Option<&store::Revision>) -> Version {
    let old = before.map_or("", |before| before.source.as_str());
    let title = match (before.and_then(|before| before.title.clone()), text.title.clone()) {
        (Some(old), Some(new)) if old != new => Some((old, new)),
        _ => None,
    };
    Version {
        number,
        writer: text.writer_name.clone(),
        at: text.written_at,
        title,
        diff: markup::diff(old, &text.source),
    }
}

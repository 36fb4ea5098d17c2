//! From a text to what is stored of it, before any row is held.

use super::{
    attached::{self, Where},
    store,
};
use crate::{
    app::App,
    error::Result,
    kit::{AttachmentId, MemberId, Message, PostId, Problems, ThreadId},
    markup::{self, Html, RENDERER, TooMuch},
    rendering::{self, Place},
};
use std::collections::HashSet;

/// A text ready to be published.
pub(crate) struct Prepared {
    /// The id the post will have; its HTML holds it already.
    pub(crate) id: PostId,
    pub(crate) source: String,
    pub(crate) html: Html,
    pub(crate) renderer: i32,
    /// The words alone, for the search index.
    pub(crate) words: String,
    /// What it shows of what was uploaded.
    pub(crate) attachments: Vec<AttachmentId>,
}

/// Why a text cannot be published, in words.
pub(crate) fn problem_of(too_much: TooMuch) -> &'static str {
    match too_much {
        TooMuch::TooLong { .. } => "text-too-long",
        TooMuch::TooDeep | TooMuch::TooLarge => "text-too-intricate",
    }
}

/// Draws a text for a new post.
pub(crate) async fn prepare(
    app: &App,
    author: MemberId,
    source: &str,
    thread: Option<ThreadId>,
) -> Result<Result<Prepared, TooMuch>> {
    let id = store::next_id(&mut *app.db.acquire().await?).await?;
    draw(app, Some(author), id, source, thread).await
}

/// Draws a text anew for a post that has an id. Who came from elsewhere shows nothing that was uploaded here.
pub(crate) async fn draw(
    app: &App,
    author: Option<MemberId>,
    id: PostId,
    source: &str,
    thread: Option<ThreadId>,
) -> Result<Result<Prepared, TooMuch>> {
    let place = Where { author, thread, post: Some(id) };
    let place = place_of(app, source, place, format!("p{id}-")).await?;
    let rendered = match rendering::render(source, place).await? {
        Ok(rendered) => rendered,
        Err(too_much) => return Ok(Err(too_much)),
    };
    let words = markup::plain_text(&rendered.html, "");
    Ok(Ok(Prepared {
        id,
        source: source.to_owned(),
        html: rendered.html,
        renderer: RENDERER,
        words,
        attachments: rendered.attachments.into_iter().map(AttachmentId).collect(),
    }))
}

/// Draws a text as it would stand there, for its author to look at.
pub(crate) async fn preview(app: &App, source: &str, place: Where) -> Result<Option<Html>> {
    let place = place_of(app, source, place, "preview-".to_owned()).await?;
    Ok(rendering::render(source, place).await?.ok().map(|rendered| rendered.html))
}

/// Everything that drawing must be told.
async fn place_of(app: &App, source: &str, place: Where, prefix: String) -> Result<Place> {
    Ok(Place {
        known: known(app, source).await?,
        attached: attached::in_text(app, source, place).await?,
        thread: place.thread,
        prefix,
    })
}

/// Which of the mentioned handles are members'.
async fn known(app: &App, source: &str) -> Result<HashSet<String>> {
    if !source.contains('@') {
        return Ok(HashSet::new());
    }
    let mentioned = rendering::mentions(source).await?;
    if mentioned.is_empty() {
        return Ok(HashSet::new());
    }
    let lower: Vec<String> = mentioned.iter().map(|handle| handle.to_lowercase()).collect();
    let known = store::known_handles(&mut *app.db.acquire().await?, &lower).await?;
    Ok(known.into_iter().collect())
}

/// Judges a text as typed; what is wrong stands beside `field`.
pub(crate) fn check_body(body: &str, problems: &mut Problems) {
    if body.trim().is_empty() {
        problems.add("body", "text-missing");
    } else if body.len() > markup::LONGEST_SOURCE {
        problems.add("body", "text-too-long");
    }
}

/// A browser without our script sends of a file that was chosen and not attached its name alone. Whoever
/// chose it is told, lest the post stands without it.
pub(crate) fn check_files(names: &[String], problems: &mut Problems) {
    if let Some(name) = names.iter().find(|name| !name.is_empty()) {
        problems.add("files", Message::with("upload-not-attached", "name", name));
    }
}

/// Line ends as browsers send them, made ours; white space at the end goes.
pub(crate) fn tidy(body: &str) -> String {
    body.replace("\r\n", "\n").replace('\0', "").trim_end().to_owned()
}

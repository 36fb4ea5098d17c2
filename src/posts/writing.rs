//! From a text to what is stored of it, before any row is held.

use super::store;
use crate::{
    app::App,
    error::Result,
    kit::{PostId, Problems, ThreadId},
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
    source: &str,
    thread: Option<ThreadId>,
) -> Result<Result<Prepared, TooMuch>> {
    let id = store::next_id(&mut *app.db.acquire().await?).await?;
    draw(app, id, source, thread).await
}

/// Draws a text anew for a post that has an id.
pub(crate) async fn draw(
    app: &App,
    id: PostId,
    source: &str,
    thread: Option<ThreadId>,
) -> Result<Result<Prepared, TooMuch>> {
    let place = Place { known: known(app, source).await?, thread, prefix: format!("p{id}-") };
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
    }))
}

/// Which of the mentioned handles are members'.
pub(crate) async fn known(app: &App, source: &str) -> Result<HashSet<String>> {
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

/// Line ends as browsers send them, made ours; white space at the end goes.
pub(crate) fn tidy(body: &str) -> String {
    body.replace("\r\n", "\n").replace('\0', "").trim_end().to_owned()
}

//! Drawing members' texts, on a few threads where blocking is allowed.

use crate::{
    error::{Error, Result},
    kit::ThreadId,
    markup::{self, Attached, Context, Quote, Rendered, TooMuch},
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
    time::Duration,
};
use tokio::sync::Semaphore;

/// Texts drawn at once: the longest one takes tens of milliseconds of a core.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| {
    Semaphore::new(std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2)))
});

const PATIENCE: Duration = Duration::from_secs(2);

/// What drawing must be told, because it looks nothing up.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// Handles of members, lower-case, so that their mention becomes a link.
    pub known: HashSet<String>,
    /// What lies at `/files/7` and may be shown here.
    pub attached: HashMap<i64, Attached>,
    /// The thread the text stands in.
    pub thread: Option<ThreadId>,
    /// Begins every `id` in the HTML.
    pub prefix: String,
}

/// Draws `source`, or says what about it is too much.
///
/// # Errors
/// [`Error::Busy`] where too many wait.
pub async fn render(source: &str, place: Place) -> Result<Result<Rendered, TooMuch>> {
    let source = source.to_owned();
    in_turn(move || {
        let context = Context {
            knows: &|handle| place.known.contains(&handle.to_lowercase()),
            attached: &|id| place.attached.get(&id).cloned(),
            thread: place.thread.map(|id| id.0),
            prefix: &place.prefix,
        };
        markup::render(&source, &context)
    })
    .await
}

/// The handles that `source` mentions, as typed.
///
/// # Errors
/// [`Error::Busy`] where too many wait.
pub async fn mentions(source: &str) -> Result<Vec<String>> {
    let source = source.to_owned();
    in_turn(move || markup::mentions(&source)).await
}

/// Whom `source` speaks to: the handles it mentions, as typed, and the posts it quotes.
///
/// # Errors
/// [`Error::Busy`] where too many wait.
pub async fn addressed(source: &str) -> Result<(Vec<String>, Vec<Quote>)> {
    let source = source.to_owned();
    in_turn(move || markup::addressed(&source)).await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    let _turn = turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

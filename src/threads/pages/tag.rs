use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    threads::{self, ThreadLine, lists, tag_url, tags},
    web::{Page, Path, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "threads/tag.html")]
pub(in crate::threads) struct ShowTag {
    shell: Shell,
    name: String,
    lines: Vec<ThreadLine>,
    older: Option<String>,
}

impl ShowTag {
    fn url(&self) -> String {
        tag_url(&self.name)
    }
}

/// From where on; the list goes by the age of the threads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Below {
    below: Option<ThreadId>,
}

/// A tag that no thread has which the viewer may see does not exist for them.
pub(in crate::threads) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(name): Path<String>,
    Query(place): Query<Below>,
) -> Result<Page<ShowTag>> {
    let viewer = shell.viewer.key();
    let below = place.below.map_or(i64::MAX, |id| id.0);
    let mut db = app.db.acquire().await?;
    let mut ids = tags::threads_of(&mut db, viewer, &name, below, lists::PAGE + 1).await?;
    if ids.is_empty() {
        return Err(Error::NotFound);
    }
    let beyond = ids.len() as i64 > lists::PAGE;
    ids.truncate(lists::PAGE as usize);
    let last = ids.last().filter(|_| beyond);
    let older = last.map(|id| format!("{}?below={id}", tag_url(&name)));
    let lines = threads::lines(&mut db, viewer, &ids).await?;
    Ok(Page(ShowTag { shell, name, lines, older }))
}

use crate::{
    app::App,
    error::{Error, Result},
    markup::{self, DiffLine, DiffSpan},
    papers::{Paper, store},
    web::{Page, Query, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use time::OffsetDateTime;

/// Versions on a page.
const SHOWN: usize = 20;

/// What became of a text, version by version.
#[derive(Template)]
#[template(path = "papers/history.html")]
pub(in crate::papers) struct ShowHistory {
    shell: Shell,
    paper: Paper,
    versions: Vec<Told>,
    older: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct From {
    below: Option<i32>,
}

/// One version, as its difference from the one before.
struct Told {
    number: i32,
    writer: String,
    at: OffsetDateTime,
    diff: Vec<DiffLine>,
}

pub(in crate::papers) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(from): Query<From>,
    paper: Paper,
) -> Result<Page<ShowHistory>> {
    let mut db = app.db.acquire().await?;
    let held = store::held(&mut db, paper).await?;
    if held.is_none_or(|held| held.source.is_empty()) {
        return Err(Error::NotFound);
    }
    let below = from.below.unwrap_or(i32::MAX);
    // One more, which the last is compared with.
    let texts = store::versions(&mut db, paper, below, SHOWN as i64 + 1).await?;
    drop(db);
    let last = texts.get(SHOWN - 1).filter(|_| texts.len() > SHOWN);
    let older = last.map(|last| format!("{}?below={}", paper.history_url(), last.number));
    let told = move || {
        let told = texts.iter().take(SHOWN).enumerate().map(|(i, text)| Told {
            number: text.number,
            writer: text.writer.clone(),
            at: text.written_at,
            diff: match texts.get(i + 1) {
                Some(old) => markup::diff(&old.source, &text.source),
                // The first of all: nothing changed yet.
                None => vec![DiffLine::Same(text.source.clone())],
            },
        });
        told.collect()
    };
    let versions = tokio::task::spawn_blocking(told).await.map_err(anyhow::Error::from)?;
    Ok(Page(ShowHistory { shell, paper, versions, older }))
}

//! The public record.

use crate::{
    app::App,
    error::Result,
    moderation::ledger::{self, Entry},
    threads::{permalink, thread_url},
    web::{Page, Query, Shell},
    words::Piece,
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

/// Acts on one page.
const ON_A_PAGE: usize = 50;

#[derive(Template)]
#[template(path = "moderation/index.html")]
pub(in crate::moderation) struct ListActs {
    shell: Shell,
    acts: Vec<Entry>,
    /// Where the acts before these are.
    older: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::moderation) struct From {
    below: Option<i64>,
}

pub(in crate::moderation) async fn index(
    State(app): State<App>,
    shell: Shell,
    Query(from): Query<From>,
) -> Result<Page<ListActs>> {
    let mut db = app.db.acquire().await?;
    let below = from.below.unwrap_or(i64::MAX);
    let mut acts = ledger::latest(&mut db, shell.viewer.key(), below, ON_A_PAGE as i64 + 1).await?;
    let more = acts.len() > ON_A_PAGE;
    acts.truncate(ON_A_PAGE);
    let older = acts.last().filter(|_| more).map(|last| format!("/moderation?below={}", last.id));
    Ok(Page(ListActs { shell, acts, older }))
}

impl Entry {
    /// Where what it was done to is read; nowhere once the thread is gone.
    fn url(&self) -> Option<String> {
        let title = self.thread_title.as_deref()?;
        Some(match self.position {
            Some(position) => permalink(self.thread_id, position),
            None => thread_url(self.thread_id, title),
        })
    }
}

impl ListActs {
    /// Under which name it was done.
    fn moderator(&self, act: &Entry) -> String {
        match act.moderator {
            Some(number) => self.shell.t1("moderator-name", "number", number),
            None => self.shell.site.community.clone(),
        }
    }

    /// What was done, with its place told apart.
    fn sentence(&self, act: &Entry) -> Vec<Piece> {
        let key = match act.act.as_str() {
            "remove_post" => "act-remove-post",
            "hide_post" => "act-hide-post",
            "restore_post" => "act-restore-post",
            "edit_post" => "act-edit-post",
            "lock_thread" => "act-lock-thread",
            "unlock_thread" => "act-unlock-thread",
            "pin_thread" => "act-pin-thread",
            "join_thread" => "act-join-thread",
            "part_thread" => "act-part-thread",
            _ => "act-unpin-thread",
        };
        self.shell.language.pieces(key, &[("place", self.place(act).into())])
    }

    fn place(&self, act: &Entry) -> String {
        let thread = match &act.thread_title {
            Some(title) => title.clone(),
            None => self.shell.t1("act-thread-gone", "board", &act.board_name),
        };
        match act.position {
            Some(position) => self.shell.t2("act-post", "position", position, "thread", thread),
            None => thread,
        }
    }
}

//! The public record.

use crate::{
    app::App,
    error::Result,
    moderation::ledger::{self, Act, Entry, Which},
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
    chosen: Chosen,
    /// Where the acts before these are.
    older: Option<String>,
}

/// Which acts are asked for; nothing, or what is not known, leaves none out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::moderation) struct Chosen {
    below: Option<i64>,
    #[serde(default)]
    board: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    by: String,
}

impl Chosen {
    /// Whether anything is left out.
    fn any(&self) -> bool {
        !self.board.is_empty() || self.act().is_some() || self.automatic().is_some()
    }

    fn act(&self) -> Option<Act> {
        Act::named(&self.act)
    }

    fn automatic(&self) -> Option<bool> {
        match self.by.as_str() {
            "automatic" => Some(true),
            "people" => Some(false),
            _ => None,
        }
    }

    /// The address of what is chosen, below an id.
    fn older_url(&self, below: i64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("board", &self.board), ("act", &self.act), ("by", &self.by)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("below", &below.to_string());
        format!("/moderation?{}", query.finish())
    }
}

pub(in crate::moderation) async fn index(
    State(app): State<App>,
    shell: Shell,
    Query(chosen): Query<Chosen>,
) -> Result<Page<ListActs>> {
    let mut db = app.db.acquire().await?;
    let viewer = shell.viewer.key();
    let which = Which {
        board: (!chosen.board.is_empty()).then_some(chosen.board.as_str()),
        below: chosen.below.unwrap_or(i64::MAX),
        most: ON_A_PAGE as i64 + 1,
    };
    let (act, automatic) = (chosen.act(), chosen.automatic());
    let mut acts = if act.is_none() && automatic.is_none() {
        ledger::latest(&mut db, viewer, &which).await?
    } else {
        let kinds = act.map_or(Act::ALL.to_vec(), |act| vec![act]);
        let kinds: Vec<String> = kinds.into_iter().map(|act| act.name().to_owned()).collect();
        let automatic = automatic.map_or(vec![false, true], |automatic| vec![automatic]);
        ledger::of_kind(&mut db, viewer, &which, &kinds, &automatic).await?
    };
    let more = acts.len() > ON_A_PAGE;
    acts.truncate(ON_A_PAGE);
    let older = acts.last().filter(|_| more).map(|last| chosen.older_url(last.id));
    Ok(Page(ListActs { shell, acts, chosen, older }))
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
        // A newer release may know more.
        let key = Act::named(&act.act).map_or("act-other", Act::sentence);
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

//! Lists of threads: which ones, in which order, from where on; then their rows. Picking asks an
//! index made for the order; no list counts rows off the front.

mod store;

use super::{line::ThreadLine, thread::Pin};
use crate::kit::{BoardId, Cursor, ThreadId};
use sqlx::PgConnection;

pub(crate) use store::{lines, pinned};

/// Rows on one page of a list.
pub(crate) const PAGE: i64 = 30;

/// In which order, and which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Order {
    /// The latest reply first.
    #[default]
    Activity,
    /// The youngest first.
    Newest,
    /// The most thanked first.
    Kudos,
    /// Those without a reply, the youngest first.
    Unanswered,
    /// Those without a solution, the latest reply first.
    Unsolved,
}

impl Order {
    /// Its name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Newest => "newest",
            Self::Kudos => "kudos",
            Self::Unanswered => "unanswered",
            Self::Unsolved => "unsolved",
        }
    }
}

/// From where on, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Start,
    Older(Cursor),
    Newer(Cursor),
}

/// A list that a viewer wants to see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    /// One board's, or all that the viewer may see.
    pub(crate) board: Option<BoardId>,
    pub(crate) order: Order,
    pub(crate) from: From,
    pub(crate) most: i64,
}

/// A thread picked for a list, with its place in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picked {
    pub(crate) id: ThreadId,
    pub(crate) key: i64,
}

impl Picked {
    pub(crate) fn cursor(self) -> Cursor {
        Cursor { key: self.key, id: self.id.0 }
    }
}

/// One page of a list, and whether there is more on either side.
pub(crate) struct Page {
    pub(crate) picked: Vec<Picked>,
    pub(crate) newer: Option<Cursor>,
    pub(crate) older: Option<Cursor>,
}

/// Picks one page of a list.
///
/// # Errors
/// Those of the database.
pub(crate) async fn pick(
    db: &mut PgConnection,
    viewer: Option<i64>,
    list: List,
) -> sqlx::Result<Page> {
    let more = List { most: list.most + 1, ..list };
    let mut picked = store::pick(db, viewer, more).await?;
    let beyond = picked.len() as i64 > list.most;
    picked.truncate(usize::try_from(list.most).unwrap_or(usize::MAX));
    let backwards = matches!(list.from, From::Newer(_));
    if backwards {
        picked.reverse();
    }
    let (first, last) = (picked.first().copied(), picked.last().copied());
    let newer = if backwards { beyond } else { list.from != From::Start };
    let older = backwards || beyond;
    Ok(Page {
        newer: first.filter(|_| newer).map(Picked::cursor),
        older: last.filter(|_| older).map(Picked::cursor),
        picked,
    })
}

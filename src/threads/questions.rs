//! Lists of questions that people live in: over all boards that they may see, and of what they asked or have
//! a problem with themselves.

mod store;

use super::lists::Picked;
use crate::kit::Cursor;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Rows on one page; the queries take one more.
const PAGE: usize = 30;

/// More than so many are not counted.
pub(crate) const MOST: i64 = 99;

/// Solutions so old are in the list of the week.
const WEEK: Duration = Duration::WEEK;

/// Which questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Questions {
    /// Without a reply, the youngest first.
    Unanswered,
    /// Without a solution, the latest reply first.
    Unsolved,
    /// Solved within a week, the latest first.
    Solved,
    /// One's own without a solution where somebody else spoke last.
    Waiting,
    /// One's own, the youngest first.
    Own,
    /// Those one has the problem of as well, the latest first.
    MeToo,
}

impl Questions {
    /// Those of everybody.
    pub(crate) const ALL: [Self; 3] = [Self::Unanswered, Self::Unsolved, Self::Solved];
    /// Those of a member.
    pub(crate) const PERSONAL: [Self; 3] = [Self::Waiting, Self::Own, Self::MeToo];

    /// Its name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Unsolved => "unsolved",
            Self::Solved => "solved",
            Self::Waiting => "waiting",
            Self::Own => "questions",
            Self::MeToo => "me-too",
        }
    }

    /// Its address.
    pub(crate) fn url(self) -> String {
        match Self::ALL.contains(&self) {
            true => format!("/questions/{}", self.name()),
            false => format!("/my/{}", self.name()),
        }
    }
}

/// One page of a list, and where it goes on.
pub(crate) struct Page {
    pub(crate) picked: Vec<Picked>,
    pub(crate) older: Option<Cursor>,
}

/// Picks one page of a list.
///
/// # Errors
/// Those of the database.
pub(crate) async fn pick(
    db: &mut PgConnection,
    viewer: Option<i64>,
    which: Questions,
    older: Option<Cursor>,
    now: OffsetDateTime,
) -> sqlx::Result<Page> {
    let mut picked = store::pick(db, viewer, which, older, now - WEEK).await?;
    let more = picked.len() > PAGE;
    picked.truncate(PAGE);
    let older = picked.last().filter(|_| more).map(|last| last.cursor());
    Ok(Page { picked, older })
}

/// How many there are of each, up to one more than [`MOST`].
pub(crate) struct Counts {
    unanswered: i64,
    unsolved: i64,
    solved: i64,
    waiting: i64,
    own: i64,
    me_too: i64,
}

impl Counts {
    /// Of one list.
    pub(crate) fn of(&self, which: Questions) -> i64 {
        match which {
            Questions::Unanswered => self.unanswered,
            Questions::Unsolved => self.unsolved,
            Questions::Solved => self.solved,
            Questions::Waiting => self.waiting,
            Questions::Own => self.own,
            Questions::MeToo => self.me_too,
        }
    }
}

/// Counts all lists as the viewer would read them.
///
/// # Errors
/// Those of the database.
pub(crate) async fn counts(
    db: &mut PgConnection,
    viewer: Option<i64>,
    now: OffsetDateTime,
) -> sqlx::Result<Counts> {
    store::counts(db, viewer, now - WEEK).await
}

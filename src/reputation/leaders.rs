//! Leaderboards: who leads by a metric, on one board or on all, of late or ever, with staff or without.
//!
//! They are added up every [`EVERY`], those that look far back every [`EVERY_LONG`], and may lag behind by that
//! much. Kept of each are the first [`MOST`], and of every value how many stand above it: so a page reads a bounded
//! number of rows however many members there are, and everybody finds their own place. Places are those of a
//! competition: who has as much shares the place, and the next one after three seconds is the fifth.
//!
//! **What nobody may learn from it.** A board's leaderboard is behind the board's door. That of all boards adds up
//! the boards that every reader of it may see: for guests those open to guests, for members those open to every
//! member. What somebody earned where the reader may not look is in neither, so no difference between two figures
//! tells of it; and staff, who see more boards, read the same one as all members. A board that is shut takes what
//! was earned there along with the next count, and nothing that is earned there from then on is in any.
//!
//! Who chose to stand on none stands on none, and nobody's place counts them. Former members are left out.

mod store;

use super::metric::{Made, Metric};
use crate::kit::{BoardId, MemberId};
use sqlx::PgConnection;
use store::Key;
use time::{Duration, OffsetDateTime};

pub(crate) use store::Leader;

/// How often those of late are added up.
pub(crate) const EVERY: Duration = Duration::minutes(10);

/// How often those that look far back are: there is more to add up, and less of it is new.
pub(crate) const EVERY_LONG: Duration = Duration::HOUR;

/// How many are listed.
pub(crate) const MOST: i32 = 50;

/// What one can lead by: what is earned on boards. Different people helped are not, because a pair of people has
/// no board, and so a figure of it could tell of boards that are hidden.
pub(crate) const METRICS: [Metric; 5] = [
    Metric::Points,
    Metric::Solutions,
    Metric::Confirmations,
    Metric::KudosReceived,
    Metric::Replies,
];

/// How far back it is looked. Days that are over, and not calendar months, which begin with nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Window {
    /// The last seven days.
    Week,
    /// The last thirty days.
    #[default]
    Month,
    /// The last ninety days.
    Quarter,
    /// All time.
    Ever,
}

impl Window {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Ever];

    /// Its name in addresses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Ever => "ever",
        }
    }

    /// Nought for all time.
    fn days(self) -> i16 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Ever => 0,
        }
    }
}

/// Where what is added up was earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// On one board.
    Board(BoardId),
    /// On the boards that guests may see.
    Guests,
    /// On the boards that every member may see.
    Members,
}

impl Scope {
    fn name(self) -> String {
        match self {
            Self::Board(board) => format!("board:{board}"),
            Self::Guests => "guest".to_owned(),
            Self::Members => "member".to_owned(),
        }
    }
}

/// Which leaderboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Which {
    pub(crate) metric: Metric,
    pub(crate) window: Window,
    pub(crate) scope: Scope,
    pub(crate) with_staff: bool,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Own {
    /// Whole ones of what they have.
    pub(crate) value: i64,
    /// Their place; none where they have nothing.
    pub(crate) place: Option<i64>,
}

/// A leaderboard as it is read.
pub(crate) struct Board {
    pub(crate) leaders: Vec<Leader>,
    /// How many members have a place on it.
    pub(crate) members: i64,
}

/// The first of a leaderboard, as they were when it was last added up.
///
/// # Errors
/// Those of the database.
pub(crate) async fn read(db: &mut PgConnection, which: Which) -> sqlx::Result<Board> {
    let key = which.key();
    let leaders = store::leaders(db, &key).await?;
    let members = store::members(db, &key).await?;
    Ok(Board { leaders, members })
}

/// Where a member stands on it by what they have now.
///
/// # Errors
/// Those of the database.
pub(crate) async fn own(
    db: &mut PgConnection,
    which: Which,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Own> {
    let source = Source::of(which.metric, which.window, now);
    let value = store::value(db, member, &source, &which.scope.name()).await?.max(0);
    let place = match value {
        0 => None,
        value => Some(store::above(db, &which.key(), value).await? + 1),
    };
    Ok(Own { value, place })
}

/// Whether a member chose to stand on none.
///
/// # Errors
/// Those of the database.
pub(crate) async fn is_unlisted(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    store::is_unlisted(db, member).await
}

impl Which {
    fn key(self) -> Key {
        Key {
            metric: self.metric.name(),
            days: self.window.days(),
            scope: self.scope.name(),
            with_staff: self.with_staff,
        }
    }
}

/// What is added up.
struct Source {
    counters: Vec<String>,
    /// Thousandths that one of each counts.
    scales: Vec<i64>,
    /// The last day that no longer counts; none for all time.
    after: Option<time::Date>,
}

impl Source {
    fn of(metric: Metric, window: Window, now: OffsetDateTime) -> Self {
        let counters = match metric.made() {
            Made::Sum(counters) => counters,
            Made::Days(_) | Made::Others(_) => &[],
        };
        let (counters, scales) =
            counters.iter().map(|(counter, scale)| (counter.name().to_owned(), *scale)).unzip();
        let days = Duration::days(window.days().into());
        let after = (window != Window::Ever).then(|| super::awards::day(now) - days);
        Self { counters, scales, after }
    }
}

/// Adds up anew who leads of late; returns nothing that is left to do.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    count(db, [Window::Week, Window::Month], now).await
}

/// The same for those that look far back.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle_long(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    count(db, [Window::Quarter, Window::Ever], now).await
}

async fn count(
    db: &mut PgConnection,
    windows: [Window; 2],
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    store::count::take_time(db).await?;
    let made = store::count::next_counting(db).await?;
    for window in windows {
        for metric in METRICS {
            let source = Source::of(metric, window, now);
            store::count::count(db, metric.name(), window.days(), &source, made).await?;
        }
        store::count::forget_before(db, window.days(), made).await?;
    }
    // A single batch, however much it was.
    Ok(0)
}

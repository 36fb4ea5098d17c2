//! Who helped most of late, board by board, for the home page.
//!
//! Kept in a table and made anew every [`EVERY`], because adding it up at each view would cost more the
//! more a community does. So it may lag behind by that much. It names the [`MOST`] best of each board:
//! somebody who earned a little on many boards and is among the best of none is not named, and what
//! somebody lost on one board is not set off against what they earned on another.

mod store;

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Of late is the last thirty days: a calendar month begins with nobody.
const LATELY: Duration = Duration::days(30);

/// How many are kept of each board.
const MOST: i64 = 50;

/// How often they are added up.
pub(crate) const EVERY: Duration = Duration::minutes(5);

/// Adds up who helped most until `now`; returns how many rows changed. Run twice, it changes nothing.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    store::settle(db, now - LATELY, MOST).await
}

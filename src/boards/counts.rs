//! How many threads and posts a board holds: the sums of its shards.

mod store;

use crate::kit::BoardId;
use sqlx::PgConnection;

pub(crate) use store::of;

/// Shards of each board's counts.
const SHARDS: i64 = 16;

/// What a board holds that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) threads: i64,
    pub(crate) posts: i64,
}

/// Changes the counts of a board by so many, in the transaction of the deed. `spread` is any number
/// that differs from deed to deed, such as the id of the post.
///
/// # Errors
/// Those of the database.
pub(crate) async fn add(
    db: &mut PgConnection,
    board: BoardId,
    spread: i64,
    threads: i64,
    posts: i64,
) -> sqlx::Result<()> {
    store::add(db, board, spread.rem_euclid(SHARDS) as i16, threads, posts).await
}

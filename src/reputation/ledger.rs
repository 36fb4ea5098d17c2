//! The ledger: the one way in, which keeps totals and ranks with it.

use super::store;
use crate::{
    kit::{BoardId, MemberId},
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Something a member earned, or lost again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) member: MemberId,
    pub(crate) metric: &'static str,
    pub(crate) board: Option<BoardId>,
    pub(crate) delta: i64,
    pub(crate) cause: String,
}

/// Appends entries; those whose cause was entered before are left out. Totals, and the ranks that
/// follow from points, change in the same transaction.
///
/// # Errors
/// Those of the database.
pub(crate) async fn append(
    db: &mut PgConnection,
    entries: &[Entry],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let points = store::append(db, entries, &vec![now; entries.len()]).await?;
    if points.is_empty() {
        return Ok(());
    }
    for reached in store::settle_ranks(db, &points, now).await? {
        let event = Event::RankReached { member: reached.member_id, rank: reached.rank_id };
        outbox::record(db, Actor::System("reputation"), &event, now).await?;
    }
    Ok(())
}

/// Appends entries of long ago, each with its time, and adds them up. Ranks are for the caller to
/// settle, once, when all of them are in: see [`super::past::settle_ranks`].
///
/// # Errors
/// Those of the database.
pub(super) async fn append_past(
    db: &mut PgConnection,
    entries: &[Entry],
    times: &[OffsetDateTime],
) -> sqlx::Result<()> {
    store::append(db, entries, times).await?;
    Ok(())
}

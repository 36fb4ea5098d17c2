//! The ledger: the one way in, which keeps totals and ranks with it.

use super::store;
use crate::{
    groups,
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
    let moved = store::settle_ranks(db, &points, now).await?;
    for reached in moved.iter().filter(|moved| moved.rose) {
        let event = Event::RankReached { member: reached.member_id, rank: reached.rank_id };
        outbox::record(db, Actor::System("reputation"), &event, now).await?;
    }
    let members: Vec<MemberId> = moved.iter().map(|moved| moved.member_id).collect();
    confer(db, &members, now).await
}

/// What their ranks confer, these members have from now on; what ranks they lost conferred, no longer.
pub(crate) async fn confer(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = members.iter().map(|member| member.0).collect();
    let held = store::held(db, &ids).await?;
    groups::ranks::settle(db, members, &held, now).await
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

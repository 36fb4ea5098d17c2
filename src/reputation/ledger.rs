//! The ledger: the one way in, which keeps totals and ranks with it.

use super::{ladder, metric::Counter, store};
use crate::{
    access, groups,
    kit::{BoardId, MemberId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Something a member earned, or lost again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) member: MemberId,
    pub(crate) counter: Counter,
    pub(crate) board: Option<BoardId>,
    /// Whom it came from, where different people are counted.
    pub(crate) other: Option<MemberId>,
    pub(crate) delta: i64,
    pub(crate) cause: String,
    /// The day it counts for, where that is not the day it is entered.
    pub(crate) counts_on: Option<Date>,
}

/// Appends entries; those whose cause was entered before are left out. Totals, and the ranks that
/// follow from them, change in the same transaction.
///
/// # Errors
/// Those of the database.
pub(crate) async fn append(
    db: &mut PgConnection,
    entries: &[Entry],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let members: Vec<MemberId> = entries.iter().map(|entry| entry.member).collect();
    store::hold(db, &members).await?;
    append_held(db, entries, now).await
}

/// The same, for members whom the caller holds: one deed at a time counts and looks at their ranks.
pub(super) async fn append_held(
    db: &mut PgConnection,
    entries: &[Entry],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let changed = store::append(db, entries, &vec![now; entries.len()]).await?;
    if changed.is_empty() {
        return Ok(());
    }
    ladder::settle(db, &changed, now).await?;
    Ok(())
}

/// Holds these members' accounts in the ledger until the transaction ends, all at once and in a fixed order. To
/// be called before anything is held that whoever settles their ranks may want, such as their places in groups.
///
/// # Errors
/// Those of the database.
pub(crate) async fn hold(db: &mut PgConnection, members: &[MemberId]) -> sqlx::Result<()> {
    store::hold(db, members).await
}

/// Something besides the ledger changed what these members' ranks go by, such as their roles: brings them to the
/// ranks they have come to, with what the ranks confer.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::hold(db, members).await?;
    ladder::settle(db, members, now).await?;
    Ok(())
}

/// What their ranks confer, these members have from now on; what ranks they lost conferred, no longer.
///
/// # Errors
/// Those of the database.
pub(crate) async fn confer(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::hold(db, members).await?;
    confer_held(db, members, now).await
}

/// The same, for members whom the caller holds, so that nobody gives them another rank meanwhile.
pub(super) async fn confer_held(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = members.iter().map(|member| member.0).collect();
    let held = store::held(db, &ids).await?;
    let powers = store::powers(db, &held).await?;
    access::settle_capabilities(db, members, &powers, now).await?;
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

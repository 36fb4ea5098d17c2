//! Counting everybody anew, some members at a time: each night where a formula, of a rank or of a badge, looks at a window, because
//! windows slide without anybody's doing, and after each change of the ladder.

use super::{
    awards::day,
    badges::Rules,
    ladder::{self, Ladder},
    ledger,
    store::{self, ladder::Sweep},
};
use crate::jobs::schedule::AT_ONCE;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How often it is looked whether there is something to count.
pub(crate) const EVERY: Duration = Duration::MINUTE;

/// Ids of the ledger's backlog that are counted in one transaction.
const BACKLOG_AT_ONCE: i64 = 20_000;

/// Counts the next members; returns how many they were. Run twice, it changes nothing.
///
/// # Errors
/// Those of the database.
pub(crate) async fn go_on(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    let sweep = store::ladder::held_sweep(db).await?;
    let today = day(now);
    let resting = Sweep { after: None, day: today, began: None };
    let after = match sweep.after {
        Some(after) => after,
        None if sweep.day >= today => return Ok(0),
        None if !Ladder::load(db).await?.slides() && !Rules::load(db, None).await?.slides() => {
            store::ladder::set_sweep(db, &resting).await?;
            return Ok(0);
        }
        None => 0,
    };
    // A server of the release before does not say when it began.
    let began = if after == 0 { today } else { sweep.began.unwrap_or(sweep.day) };
    let members = store::facts::members_after(db, after, AT_ONCE).await?;
    // Held before they are judged: a deed that is about to give one of them a rank, perhaps by the ladder as it
    // was, comes before the sweep or after it.
    store::hold(db, &members).await?;
    ladder::settle_wholly(db, &members, now).await?;
    // Everybody and not only who moved: a group may take in another rank than before.
    ledger::confer_held(db, &members, now).await?;
    let done = members.len() as u64;
    let last = members.last().map(|member| member.0).filter(|_| done >= AT_ONCE.unsigned_abs());
    let next = match last {
        Some(_) => Sweep { after: last, day: sweep.day, began: Some(began) },
        None => Sweep { after: None, day: began, began: None },
    };
    store::ladder::set_sweep(db, &next).await?;
    Ok(done)
}

/// Counts the next entries from before the ledger counted itself; returns how many ids were looked at.
///
/// # Errors
/// Those of the database.
pub(crate) async fn count_backlog(db: &mut PgConnection) -> sqlx::Result<u64> {
    let (ids, more) = store::backlog::count(db, BACKLOG_AT_ONCE).await?;
    if ids > 0 && !more {
        // Nobody's rank has looked at them yet.
        restart(db).await?;
    }
    Ok(ids.unsigned_abs())
}

/// Has everybody counted anew, and brought into the groups that their ranks bring into. To be called before
/// anything is held that a sweep may want: whoever restarts it waits for the batch that is at work.
///
/// # Errors
/// Those of the database.
pub(crate) async fn restart(db: &mut PgConnection) -> sqlx::Result<()> {
    store::ladder::restart_sweep(db).await
}

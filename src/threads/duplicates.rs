//! Questions that were asked before. A *duplicate* is joined to its *original*: each leads to the other, and
//! who has the problem of the one counts among those with the problem of the other. It stays open, for what is
//! different.
//!
//! An original is never a duplicate: whatever is named when a question is joined, the way is followed to its
//! end, and duplicates of a question that becomes one come along. What was named is kept, so that parting
//! gives back exactly what was.

mod store;

use super::{Thread, me_too, store as threads};
use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) use store::{hold, original_of, questions_among};

/// How joining ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// With this original.
    To(ThreadId),
    /// It was joined before.
    Already,
    /// What was named leads back to it.
    Round,
}

/// Joins a question to where it was asked before. All joining must be held ([`hold`]), and its row.
///
/// # Errors
/// Those of the database.
pub(crate) async fn join(
    db: &mut PgConnection,
    thread: &Thread,
    named: ThreadId,
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<Joined> {
    let original = store::original_of(db, named).await?.unwrap_or(named);
    if original == thread.id {
        return Ok(Joined::Round);
    }
    if store::original_of(db, thread.id).await?.is_some() {
        return Ok(Joined::Already);
    }
    threads::hold(db, original).await?;
    let along = store::below(db, thread.id).await?;
    store::insert(db, thread.id, (named, original), by, now).await?;
    store::lead(db, &along, original).await?;
    let given = store::give_back(db, thread.id, &along, None).await?;
    me_too::count(db, thread.id, -(given.len() as i32)).await?;
    let from: Vec<ThreadId> = along.into_iter().chain([thread.id]).collect();
    carry(db, &from, original, None).await?;
    Ok(Joined::To(original))
}

/// What parting a question from its original takes from that.
pub(crate) struct Parted {
    pub(crate) original: ThreadId,
    /// Who has its problem no more.
    pub(crate) lost: Vec<MemberId>,
}

/// Parts a question from its original, with what came along with it; nothing where it is joined to none. All
/// joining must be held, and its row.
///
/// # Errors
/// Those of the database.
pub(crate) async fn part(db: &mut PgConnection, thread: &Thread) -> sqlx::Result<Option<Parted>> {
    let Some(original) = store::original_of(db, thread.id).await? else { return Ok(None) };
    threads::hold(db, original).await?;
    store::delete(db, thread.id).await?;
    let along = store::below(db, thread.id).await?;
    store::lead(db, &along, thread.id).await?;
    carry(db, &along, thread.id, None).await?;
    let from: Vec<ThreadId> = along.into_iter().chain([thread.id]).collect();
    let lost = take_from(db, &from, original, None).await?;
    Ok(Some(Parted { original, lost }))
}

/// Carries what a member said on a duplicate over to its original, if it is one.
///
/// # Errors
/// Those of the database.
pub(crate) async fn said(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<()> {
    let Some(original) = store::original_of(db, thread).await? else { return Ok(()) };
    threads::hold(db, original).await?;
    carry(db, &[thread], original, Some(&[member])).await
}

/// Takes back there what a member took back on a duplicate. Returns the original whose problem they have no
/// more.
///
/// # Errors
/// Those of the database.
pub(crate) async fn taken_back(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<Option<ThreadId>> {
    let Some(original) = store::original_of(db, thread).await? else { return Ok(None) };
    threads::hold(db, original).await?;
    let lost = take_from(db, &[thread], original, Some(&[member])).await?;
    Ok((!lost.is_empty()).then_some(original))
}

/// Carries over who has the problem of these duplicates, of all people or only of some.
async fn carry(
    db: &mut PgConnection,
    from: &[ThreadId],
    to: ThreadId,
    people: Option<&[MemberId]>,
) -> sqlx::Result<()> {
    let carried = store::carry(db, from, to, people).await?;
    me_too::count(db, to, carried as i32).await
}

/// Gives back who was carried over from these; those who come from another duplicate as well stay. Returns who
/// does not.
async fn take_from(
    db: &mut PgConnection,
    from: &[ThreadId],
    original: ThreadId,
    people: Option<&[MemberId]>,
) -> sqlx::Result<Vec<MemberId>> {
    let given = store::give_back(db, original, from, people).await?;
    me_too::count(db, original, -(given.len() as i32)).await?;
    let others = store::duplicates_of(db, original).await?;
    carry(db, &others, original, Some(&given)).await?;
    store::without(db, original, &given).await
}

//! Questions that were asked before. A *duplicate* is joined to its *original*: each leads to the other, and
//! who has the problem of the one counts among those with the problem of the other. It stays open, for what is
//! different.
//!
//! An original is never a duplicate: whatever is named when a question is joined, the way is followed to its
//! end, and duplicates of a question that becomes one come along. What was named is kept, so that parting
//! gives back exactly what was. Carried over are people whom everybody who reads the original may know of, as
//! `docs/HELPFUL.md` says.
//!
//! Who joins or parts holds all joining before any thread ([`hold`]); whoever says or takes back something on a
//! duplicate shares that ([`hold_both`]), so that the original stays the one whose row they hold.

mod store;

use super::{Thread, me_too, store as threads};
use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) use store::{hold, original_of};

/// How joining ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It is joined. These came to it from its own duplicates, and have its problem no more.
    Done(Vec<MemberId>),
    /// It was joined before.
    Already,
    /// What was named leads back to it.
    Round,
    /// Where the way ends is no question, or none that can be read.
    Unfit,
    /// Not everybody who may read it may read that.
    Narrower,
}

/// Where the way from a question leads: to its original, or nowhere else.
///
/// # Errors
/// Those of the database.
pub(crate) async fn end_of(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<ThreadId> {
    Ok(store::original_of(db, thread).await?.unwrap_or(thread))
}

/// Holds a question and its original, if it has one, until the transaction ends; nobody joins or parts
/// questions meanwhile. Returns the original.
///
/// # Errors
/// Those of the database.
pub(crate) async fn hold_both(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Option<ThreadId>> {
    store::hold_shared(db).await?;
    let original = store::original_of(db, thread).await?;
    threads::hold_all(db, &[thread, original.unwrap_or(thread)]).await?;
    Ok(original)
}

/// Joins a question to where it was asked before: `named`, from which the way leads to `original`. All joining
/// must be held ([`hold`]), and the rows of both ends.
///
/// # Errors
/// Those of the database.
pub(crate) async fn join(
    db: &mut PgConnection,
    thread: &Thread,
    (named, original): (ThreadId, &Thread),
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<Joined> {
    if original.id == thread.id {
        return Ok(Joined::Round);
    }
    if store::original_of(db, thread.id).await?.is_some() {
        return Ok(Joined::Already);
    }
    if !original.asks() || original.closed_at.is_some() {
        return Ok(Joined::Unfit);
    }
    if !store::readers_included(db, thread.board_id, original.board_id).await? {
        return Ok(Joined::Narrower);
    }
    let along = store::below(db, thread.id).await?;
    store::insert(db, thread.id, (named, original.id), by, now).await?;
    store::lead(db, &along, original.id).await?;
    let given = store::give_back(db, thread.id, &along, None).await?;
    me_too::count(db, thread.id, -(given.len() as i32)).await?;
    let from: Vec<ThreadId> = along.into_iter().chain([thread.id]).collect();
    carry(db, &from, original.id, None).await?;
    Ok(Joined::Done(given))
}

/// Parts a question from its original, with what came along with it; returns who has the original's problem no
/// more. All joining must be held, and the rows of both.
///
/// # Errors
/// Those of the database.
pub(crate) async fn part(
    db: &mut PgConnection,
    thread: ThreadId,
    original: ThreadId,
) -> sqlx::Result<Vec<MemberId>> {
    store::delete(db, thread).await?;
    let along = store::below(db, thread).await?;
    store::lead(db, &along, thread).await?;
    carry(db, &along, thread, None).await?;
    let from: Vec<ThreadId> = along.into_iter().chain([thread]).collect();
    take_from(db, &from, original, None).await
}

/// A duplicate was closed, or opened again: closed, it counts nobody at its original. Returns who has the
/// original's problem no more. Both must be held ([`hold_both`]).
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(
    db: &mut PgConnection,
    thread: &Thread,
    original: ThreadId,
) -> sqlx::Result<Vec<MemberId>> {
    if thread.closed_at.is_some() {
        return take_from(db, &[thread.id], original, None).await;
    }
    carry(db, &[thread.id], original, None).await?;
    Ok(Vec::new())
}

/// Carries what a member said on a duplicate over to its original. Both must be held ([`hold_both`]).
///
/// # Errors
/// Those of the database.
pub(crate) async fn said(
    db: &mut PgConnection,
    thread: ThreadId,
    original: ThreadId,
    member: MemberId,
) -> sqlx::Result<()> {
    carry(db, &[thread], original, Some(&[member])).await
}

/// Takes back at the original what a member took back on a duplicate; returns whether they have its problem no
/// more. Both must be held ([`hold_both`]).
///
/// # Errors
/// Those of the database.
pub(crate) async fn taken_back(
    db: &mut PgConnection,
    thread: ThreadId,
    original: ThreadId,
    member: MemberId,
) -> sqlx::Result<bool> {
    Ok(!take_from(db, &[thread], original, Some(&[member])).await?.is_empty())
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

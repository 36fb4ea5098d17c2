//! The doors: a thread is had only by a viewer who may see it.

use super::{Thread, store};
use crate::{
    error::{Error, Result},
    kit::ThreadId,
    members::{Member, Viewer},
};
use sqlx::PgConnection;

/// The thread, for reading.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this viewer.
pub(crate) async fn readable(
    db: &mut PgConnection,
    viewer: &Viewer,
    id: ThreadId,
) -> Result<Thread> {
    store::seen_by(db, viewer.key(), id).await?.ok_or(Error::NotFound)
}

/// The thread with its row held until the transaction ends, for whoever will change it. What may be
/// done is for the caller to ask: [`Thread::can`].
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this member.
pub(crate) async fn held(db: &mut PgConnection, member: &Member, id: ThreadId) -> Result<Thread> {
    store::hold(db, id).await?;
    readable(db, &Viewer::from(member), id).await
}

/// The same with another's row held as well.
///
/// # Errors
/// As [`held`].
pub(crate) async fn held_with(
    db: &mut PgConnection,
    member: &Member,
    id: ThreadId,
    other: ThreadId,
) -> Result<Thread> {
    hold_two(db, id, other).await?;
    readable(db, &Viewer::from(member), id).await
}

/// Holds the rows of two threads until the transaction ends: no door.
pub(crate) async fn hold_two(
    db: &mut PgConnection,
    one: ThreadId,
    other: ThreadId,
) -> sqlx::Result<()> {
    store::hold_all(db, &[one, other]).await
}

/// The thread with its row held, for what the community itself does to it and nobody sees: no door.
pub(crate) async fn whole(db: &mut PgConnection, id: ThreadId) -> sqlx::Result<Option<Thread>> {
    store::hold(db, id).await?;
    store::whole(db, id).await
}

/// The thread with its row held, if the member may reply.
///
/// # Errors
/// [`Error::NotFound`] as above; [`Error::Refused`] where it is locked or the board read-only.
pub(crate) async fn open_to(
    db: &mut PgConnection,
    member: &Member,
    id: ThreadId,
) -> Result<Thread> {
    let thread = held(db, member, id).await?;
    if thread.can(&Viewer::from(member)).reply {
        return Ok(thread);
    }
    let because = if thread.closed_at.is_some() {
        "thread-closed-refusal"
    } else if thread.locked_at.is_some() {
        "thread-locked-refusal"
    } else if thread.archived {
        "board-archived"
    } else {
        "board-read-only"
    };
    Err(Error::Refused(because.into()))
}

/// The thread with its row held, if the member moderates its board.
///
/// # Errors
/// [`Error::NotFound`] as above; [`Error::Refused`] for everybody else.
pub(crate) async fn moderated(
    db: &mut PgConnection,
    member: &Member,
    id: ThreadId,
) -> Result<Thread> {
    let thread = held(db, member, id).await?;
    if thread.can(&Viewer::from(member)).moderate {
        Ok(thread)
    } else {
        Err(Error::Refused("moderators-only".into()))
    }
}

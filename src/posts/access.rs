//! The doors: a post is had with its thread, by a viewer who may see that.

use super::{Post, store};
use crate::{
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    threads::{self, Thread},
};
use sqlx::PgConnection;

/// A post and its thread, for reading.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this viewer.
pub(crate) async fn readable(
    db: &mut PgConnection,
    viewer: &Viewer,
    id: PostId,
) -> Result<(Thread, Post)> {
    let post = store::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let thread = threads::access::readable(db, viewer, post.thread_id).await?;
    Ok((thread, post))
}

/// A post and its thread, with the thread's row held until the transaction ends.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none for this member.
pub(crate) async fn held(
    db: &mut PgConnection,
    member: &Member,
    id: PostId,
) -> Result<(Thread, Post)> {
    let post = store::by_id(db, id).await?.ok_or(Error::NotFound)?;
    let thread = threads::access::held(db, member, post.thread_id).await?;
    // Read again under the lock: it may have been edited or removed meanwhile.
    let post = store::by_id(db, id).await?.ok_or(Error::NotFound)?;
    Ok((thread, post))
}

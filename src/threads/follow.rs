//! Who hears of a thread, and who wants not to.

mod store;

use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) use store::{followers, forget, forget_begun, set};

/// Follows a thread for somebody who took part in it; leaves a choice they made alone.
///
/// # Errors
/// Those of the database.
pub(crate) async fn follow(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::begin(db, thread, member, now).await
}

/// Mutes a thread for a member who wants to hear no more of it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn mute(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::set(db, thread, member, "mute", now).await
}

//! How far members have read.

mod store;

use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Notes that a member has read up to `position`; reading never goes back.
///
/// # Errors
/// Those of the database.
pub(crate) async fn mark_read(
    db: &mut PgConnection,
    member: MemberId,
    thread: ThreadId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::advance(db, member, thread, position, now).await
}

//! What a rank confers: to be in the groups that take in whoever holds it, with all their rights.
//!
//! Whoever changes somebody's rank calls [`settle`] in the same transaction, so that rights never lag
//! behind. The ladder is not this room's: it comes in as pairs of a member and a rank they hold.

use super::store;
use crate::kit::{GroupId, MemberId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A rank somebody holds: the one they came to, or one below it.
pub(crate) struct Held {
    pub(crate) member: MemberId,
    pub(crate) rank: i64,
}

/// The ranks of these members changed, and these are all they hold now: brings them into the groups that
/// take in any of them, and out of those they were in by a rank they have lost. Who joined or was added
/// by hand stays.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(
    db: &mut PgConnection,
    members: &[MemberId],
    held: &[Held],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::leave_by_rank(db, members, held).await?;
    store::enter_by_rank(db, held, now).await
}

/// A group goes by another rank than before, or by none: whoever is in it by a rank and does not hold this one
/// is out. Whom it brings in comes with the sweep.
///
/// # Errors
/// Those of the database.
pub(super) async fn leave(
    db: &mut PgConnection,
    group: GroupId,
    rank: Option<i64>,
) -> sqlx::Result<()> {
    store::keep_by_rank(db, group, rank).await
}

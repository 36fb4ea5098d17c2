//! Who has the same problem as the asker. It is neither a reply nor kudos: it says how many wait for a
//! solution, and whom a solution has to help.

mod store;

use super::{Thread, duplicates, follow};
use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use store::count;
pub(crate) use store::{Other, is_one, members, newest};

/// Longest word about a version or device, in characters.
pub(crate) const LONGEST: usize = 60;

/// Says "me too" for a member, or changes what they said of their version or device. Who says it first
/// follows the thread, to hear of the outcome, unless they chose otherwise. On a duplicate it is said of the
/// original as well. The rows of both must be held.
///
/// # Errors
/// Those of the database.
pub(crate) async fn say(
    db: &mut PgConnection,
    thread: &Thread,
    original: Option<ThreadId>,
    member: MemberId,
    about: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if store::change(db, thread.id, member, about).await? {
        if let Some(original) = original {
            store::change_carried(db, original, thread.id, member, about).await?;
        }
        return Ok(());
    }
    store::insert(db, thread.id, member, about, now).await?;
    store::count(db, thread.id, 1).await?;
    if let Some(original) = original {
        duplicates::said(db, thread.id, original, member).await?;
    }
    follow(db, thread.id, member, now).await
}

/// Takes it back, and the following that began with it; whether there was one. The row of the thread must
/// be held.
///
/// # Errors
/// Those of the database.
pub(crate) async fn take_back(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let Some(at) = store::delete(db, thread, member).await? else { return Ok(false) };
    store::count(db, thread, -1).await?;
    super::follow::forget_begun(db, thread, member, at).await?;
    Ok(true)
}

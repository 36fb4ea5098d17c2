//! The ledger of moderation, and the one function that writes it.

use super::store;
use crate::{kit::PostId, outbox::Actor, threads::Thread};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use store::{Entry, latest};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    RemovePost,
    RestorePost,
    /// Took it out of sight until somebody has looked at it.
    HidePost,
    /// Changed another's words.
    EditPost,
    LockThread,
    UnlockThread,
    PinThread,
    UnpinThread,
    /// Joined a question to where it was asked before.
    JoinThread,
    PartThread,
}

impl Act {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::RemovePost => "remove_post",
            Self::RestorePost => "restore_post",
            Self::HidePost => "hide_post",
            Self::EditPost => "edit_post",
            Self::LockThread => "lock_thread",
            Self::UnlockThread => "unlock_thread",
            Self::PinThread => "pin_thread",
            Self::UnpinThread => "unpin_thread",
            Self::JoinThread => "join_thread",
            Self::PartThread => "part_thread",
        }
    }
}

/// Writes an act into the ledger, in the transaction that does it. Returns the entry's id.
///
/// # Errors
/// Those of the database.
pub(crate) async fn write(
    db: &mut PgConnection,
    act: Act,
    actor: Actor,
    thread: &Thread,
    post: Option<PostId>,
    public_reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    if let Some(member) = actor.member() {
        store::number(db, member).await?;
    }
    store::insert(db, act, actor, thread, post, public_reason, now).await
}

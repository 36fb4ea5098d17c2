//! The ledger of moderation, and the one function that writes it.

use super::store;
use crate::{kit::PostId, outbox::Actor, threads::Thread};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use store::acts::{Entry, Which, latest, of_kind};

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
    /// All of them, as they are chosen from.
    pub(super) const ALL: [Self; 10] = [
        Self::RemovePost,
        Self::RestorePost,
        Self::HidePost,
        Self::EditPost,
        Self::LockThread,
        Self::UnlockThread,
        Self::PinThread,
        Self::UnpinThread,
        Self::JoinThread,
        Self::PartThread,
    ];

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

    /// The act of this name; none where a newer release wrote it.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// What it is called in a list of acts.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::RemovePost => "acts-remove-post",
            Self::RestorePost => "acts-restore-post",
            Self::HidePost => "acts-hide-post",
            Self::EditPost => "acts-edit-post",
            Self::LockThread => "acts-lock-thread",
            Self::UnlockThread => "acts-unlock-thread",
            Self::PinThread => "acts-pin-thread",
            Self::UnpinThread => "acts-unpin-thread",
            Self::JoinThread => "acts-join-thread",
            Self::PartThread => "acts-part-thread",
        }
    }

    /// The sentence that says that it was done.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::RemovePost => "act-remove-post",
            Self::RestorePost => "act-restore-post",
            Self::HidePost => "act-hide-post",
            Self::EditPost => "act-edit-post",
            Self::LockThread => "act-lock-thread",
            Self::UnlockThread => "act-unlock-thread",
            Self::PinThread => "act-pin-thread",
            Self::UnpinThread => "act-unpin-thread",
            Self::JoinThread => "act-join-thread",
            Self::PartThread => "act-part-thread",
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

use std::{fmt, num::ParseIntError, str::FromStr};

/// Declares one newtype per noun, so that a thread's id cannot be passed where a post's is meant.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A category: a heading over boards.
    CategoryId,
    /// A board: a place for threads of one kind.
    BoardId,
    /// A member's account.
    MemberId,
    /// A member's passkey.
    PasskeyId,
    /// A group of members.
    GroupId,
    /// A provider by which members sign in.
    ProviderId,
    /// An invitation to become a member.
    InvitationId,
    /// A sign-up that waits.
    ApplicationId,
    /// A thread, as in `/t/7`.
    ThreadId,
    /// A post, as in `/p/41`; its place in the thread is its position.
    PostId,
    /// One earlier version of a post.
    RevisionId,
    /// A picture or file that a member uploaded, as in `/files/7`.
    AttachmentId,
    /// A row of the outbox.
    EventId,
    /// A row of the job queue.
    JobId,
    /// A line in a member's inbox.
    NoticeId,
    /// A text that its author has not sent yet.
    DraftId,
}

use crate::kit::{MemberId, PostId, ThreadId};
use serde::{Deserialize, Serialize};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    Member(MemberId),
    /// A part of the community itself, such as an import.
    System(&'static str),
}

impl Actor {
    /// An import, whose deeds happened elsewhere and long ago: see [`super::record`].
    pub const IMPORT: Self = Self::System("import");

    /// The person, if it was one.
    pub fn member(self) -> Option<MemberId> {
        match self {
            Self::Member(id) => Some(id),
            Self::System(_) => None,
        }
    }

    /// The part of the community, if it was no person.
    pub fn system(self) -> Option<&'static str> {
        match self {
            Self::Member(_) => None,
            Self::System(name) => Some(name),
        }
    }
}

/// Something that happened. Named in the past tense; holds ids and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say what they hold")]
pub enum Event {
    /// Somebody signed up.
    MemberJoined { member: MemberId },
    /// An opening post was written.
    ThreadStarted { thread: ThreadId, post: PostId },
    /// A reply was written.
    PostWritten { thread: ThreadId, post: PostId },
    /// A post's text, or its thread's title, was changed.
    PostEdited { thread: ThreadId, post: PostId },
    /// A post was taken back by its author.
    PostDeleted { thread: ThreadId, post: PostId },
    /// A post was taken away by a moderator.
    PostRemoved { thread: ThreadId, post: PostId },
    /// A post was taken out of sight until somebody has looked at it.
    PostHidden { thread: ThreadId, post: PostId },
    /// What was flagged was looked at, or is gone.
    FlagsSettled { thread: ThreadId, post: PostId },
    /// A removed or hidden post was put back.
    PostRestored { thread: ThreadId, post: PostId },
    /// A thread was closed for replies.
    ThreadLocked { thread: ThreadId },
    /// A locked thread was opened again.
    ThreadUnlocked { thread: ThreadId },
    /// A thread was put first on its board or on the home page.
    ThreadPinned { thread: ThreadId },
    /// A pinned thread went back to its place.
    ThreadUnpinned { thread: ThreadId },
    /// A question was joined to where it was asked before.
    ThreadJoined { thread: ThreadId, original: ThreadId },
    /// It was parted from that again.
    ThreadParted { thread: ThreadId, original: ThreadId },
    /// Thanks were given for a post.
    KudosGiven { post: PostId, giver: Option<MemberId> },
    /// Thanks were taken back.
    KudosRevoked { post: PostId, giver: Option<MemberId> },
    /// A reply was marked as the solution.
    SolutionAccepted { thread: ThreadId, post: PostId },
    /// The mark was taken away.
    SolutionUnaccepted { thread: ThreadId, post: PostId },
    /// Too few of those with a me-too say that an accepted reply solved it: it is accepted no more.
    SolutionRefuted { thread: ThreadId, post: PostId },
    /// Who asked was asked whether one of the replies solved it.
    AskerAsked { thread: ThreadId },
    /// A member came to a higher rank.
    RankReached { member: MemberId, rank: i64 },
    /// A member came from the `former` rank to a lower one.
    RankLost { member: MemberId, rank: i64, former: i64 },
    /// A member was given a badge.
    BadgeAwarded { member: MemberId, award: i64 },
    /// A badge was taken from a member.
    BadgeRevoked { member: MemberId, award: i64 },
}

impl Event {
    /// Every name, so that a release leaves alone what it cannot read.
    pub(super) const NAMES: [&'static str; 25] = [
        "member_joined",
        "thread_started",
        "post_written",
        "post_edited",
        "post_deleted",
        "post_removed",
        "post_hidden",
        "flags_settled",
        "post_restored",
        "thread_locked",
        "thread_unlocked",
        "thread_pinned",
        "thread_unpinned",
        "thread_joined",
        "thread_parted",
        "kudos_given",
        "kudos_revoked",
        "solution_accepted",
        "solution_unaccepted",
        "solution_refuted",
        "asker_asked",
        "rank_reached",
        "rank_lost",
        "badge_awarded",
        "badge_revoked",
    ];

    /// The name under which it is stored.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MemberJoined { .. } => "member_joined",
            Self::ThreadStarted { .. } => "thread_started",
            Self::PostWritten { .. } => "post_written",
            Self::PostEdited { .. } => "post_edited",
            Self::PostDeleted { .. } => "post_deleted",
            Self::PostRemoved { .. } => "post_removed",
            Self::PostHidden { .. } => "post_hidden",
            Self::FlagsSettled { .. } => "flags_settled",
            Self::PostRestored { .. } => "post_restored",
            Self::ThreadLocked { .. } => "thread_locked",
            Self::ThreadUnlocked { .. } => "thread_unlocked",
            Self::ThreadPinned { .. } => "thread_pinned",
            Self::ThreadUnpinned { .. } => "thread_unpinned",
            Self::ThreadJoined { .. } => "thread_joined",
            Self::ThreadParted { .. } => "thread_parted",
            Self::KudosGiven { .. } => "kudos_given",
            Self::KudosRevoked { .. } => "kudos_revoked",
            Self::SolutionAccepted { .. } => "solution_accepted",
            Self::SolutionUnaccepted { .. } => "solution_unaccepted",
            Self::SolutionRefuted { .. } => "solution_refuted",
            Self::AskerAsked { .. } => "asker_asked",
            Self::RankReached { .. } => "rank_reached",
            Self::RankLost { .. } => "rank_lost",
            Self::BadgeAwarded { .. } => "badge_awarded",
            Self::BadgeRevoked { .. } => "badge_revoked",
        }
    }

    /// Whether somebody may see less by it, with their rank's groups.
    pub fn changes_rights(&self) -> bool {
        matches!(self, Self::RankLost { .. })
    }

    /// The thread whose open pages should learn of it.
    pub fn changes_thread(&self) -> Option<ThreadId> {
        match self {
            Self::PostWritten { thread, .. }
            | Self::PostRemoved { thread, .. }
            | Self::PostHidden { thread, .. }
            | Self::SolutionAccepted { thread, .. }
            | Self::SolutionRefuted { thread, .. }
            | Self::ThreadJoined { thread, .. }
            | Self::ThreadParted { thread, .. } => Some(*thread),
            _ => None,
        }
    }
}

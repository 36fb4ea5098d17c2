//! The numbers the dump uses for kinds of things.

/// What a row of `Posts` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostKind {
    Question,
    Answer,
    /// The short description of a tag; `TagRow::excerpt_post` points here.
    TagExcerpt,
    /// The long description of a tag; `TagRow::wiki_post` points here.
    TagWiki,
    /// Nominations in elections, help pages and the like.
    Other(i64),
}

impl From<i64> for PostKind {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Question,
            2 => Self::Answer,
            4 => Self::TagExcerpt,
            5 => Self::TagWiki,
            other => Self::Other(other),
        }
    }
}

/// What a row of `Votes` records; many are no votes at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VoteKind {
    /// The asker accepted this answer.
    AcceptedByOriginator,
    Up,
    Down,
    Offensive,
    /// A bookmark; with bounties, the only kind whose voter is named.
    Favorite,
    Close,
    Reopen,
    BountyStart,
    BountyClose,
    Deletion,
    Undeletion,
    Spam,
    ModeratorReview,
    ApproveEditSuggestion,
    Other(i64),
}

impl From<i64> for VoteKind {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::AcceptedByOriginator,
            2 => Self::Up,
            3 => Self::Down,
            4 => Self::Offensive,
            5 => Self::Favorite,
            6 => Self::Close,
            7 => Self::Reopen,
            8 => Self::BountyStart,
            9 => Self::BountyClose,
            10 => Self::Deletion,
            11 => Self::Undeletion,
            12 => Self::Spam,
            15 => Self::ModeratorReview,
            16 => Self::ApproveEditSuggestion,
            other => Self::Other(other),
        }
    }
}

/// How a text came to be what a row of history says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    Initial,
    Edit,
    /// Back to an earlier text, which the row repeats in full.
    Rollback,
}

/// What a row of `PostHistory` records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HistoryKind {
    Title(Change),
    Body(Change),
    Tags(Change),
    Closed,
    Reopened,
    Deleted,
    Undeleted,
    Locked,
    Unlocked,
    CommunityOwned,
    /// Merges, migrations, notices, bumps: what no page of Candor shows.
    Other(i64),
}

impl HistoryKind {
    /// Whether the row holds a text: a title, a body in Markdown, or tags.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Title(_) | Self::Body(_) | Self::Tags(_))
    }
}

impl From<i64> for HistoryKind {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Title(Change::Initial),
            2 => Self::Body(Change::Initial),
            3 => Self::Tags(Change::Initial),
            4 => Self::Title(Change::Edit),
            5 => Self::Body(Change::Edit),
            6 => Self::Tags(Change::Edit),
            7 => Self::Title(Change::Rollback),
            8 => Self::Body(Change::Rollback),
            9 => Self::Tags(Change::Rollback),
            10 => Self::Closed,
            11 => Self::Reopened,
            12 => Self::Deleted,
            13 => Self::Undeleted,
            14 => Self::Locked,
            15 => Self::Unlocked,
            16 => Self::CommunityOwned,
            other => Self::Other(other),
        }
    }
}

/// How one post points at another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Its text mentions the other's address.
    Linked,
    /// It was closed as a duplicate of the other.
    Duplicate,
    Other(i64),
}

impl From<i64> for LinkKind {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Linked,
            3 => Self::Duplicate,
            other => Self::Other(other),
        }
    }
}

/// The metal of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BadgeClass {
    Gold,
    Silver,
    Bronze,
    Other(i64),
}

impl From<i64> for BadgeClass {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Gold,
            2 => Self::Silver,
            3 => Self::Bronze,
            other => Self::Other(other),
        }
    }
}

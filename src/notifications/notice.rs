use crate::{
    kit::{Cursor, MemberId, NoticeId},
    markup::{self, Html},
    members::Author,
    moderation::cases::Outcome,
};
use time::OffsetDateTime;

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub(super) enum Kind {
    /// A thread one follows went on, or one's post was answered. Of an opening post: it has a tag one follows.
    Reply,
    /// One was called by name.
    Mention,
    /// One's words were repeated.
    Quote,
    /// Thanks for a post.
    Kudos,
    /// One's reply was marked as the solution.
    Solution,
    /// One came to another rank, or was given a badge or lost one.
    Rank,
    /// A moderator took a post away.
    Removal,
    /// A moderator put it back.
    Restoration,
    /// A moderator changed its words.
    Edit,
    /// A problem one has as well was solved.
    Outcome,
    /// It is open again.
    Reopening,
    /// A solution that one gave, or asked for, was refuted.
    Doubt,
    /// One is asked whether a reply solved it.
    Asking,
    /// One's question was joined to one like it.
    Joining,
    /// One's post is out of sight until a moderator has looked at it.
    Hiding,
    /// What one flagged was looked at.
    Verdict,
}

impl Kind {
    /// The name under which it is stored.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Quote => "quote",
            Self::Kudos => "kudos",
            Self::Solution => "solution",
            Self::Rank => "rank",
            Self::Removal => "removal",
            Self::Restoration => "restoration",
            Self::Edit => "edit",
            Self::Outcome => "outcome",
            Self::Reopening => "reopening",
            Self::Doubt => "doubt",
            Self::Asking => "asking",
            Self::Joining => "joining",
            Self::Hiding => "hiding",
            Self::Verdict => "verdict",
        }
    }
}

/// Longest excerpt in the inbox, in characters.
const EXCERPT: usize = 200;

/// A line of the inbox.
pub(super) struct Notice {
    pub(super) id: NoticeId,
    pub(super) kind: Kind,
    /// Of the post that it tells of.
    pub(super) position: Option<i32>,
    /// None where the thread is gone and was somebody else's.
    pub(super) thread_title: Option<String>,
    pub(super) at: OffsetDateTime,
    pub(super) seen: bool,
    pub(super) actor_id: Option<MemberId>,
    pub(super) actor_handle: Option<String>,
    pub(super) actor_name: Option<String>,
    /// Of the rank that one came to.
    pub(super) rank: Option<String>,
    /// Of the higher rank that one had before.
    pub(super) former_rank: Option<String>,
    /// Of the badge that one was given, or lost.
    pub(super) badge: Option<String>,
    pub(super) badge_icon: Option<String>,
    pub(super) badge_lost: Option<bool>,
    /// Of the post that was written.
    pub(super) html: Option<Html>,
    /// Why a moderator acted, or why a badge was given or taken.
    pub(super) reason: Option<String>,
    /// The moderator's number.
    pub(super) moderator: Option<i32>,
    /// What became of what one flagged.
    pub(super) verdict: Option<Outcome>,
    /// How many more gave kudos for the same post.
    pub(super) others: i64,
    /// The youngest of the notices that this line stands for.
    pub(super) newest: NoticeId,
}

impl Notice {
    /// Whether it tells of a new thread.
    pub(super) fn of_opening(&self) -> bool {
        self.position == Some(1)
    }

    /// Who did it.
    pub(super) fn actor(&self) -> Option<Author> {
        Some(Author {
            id: self.actor_id?,
            handle: self.actor_handle.clone()?,
            name: self.actor_name.clone()?,
        })
    }

    /// The address that marks it as seen and leads to what it tells of.
    pub(super) fn open_url(&self) -> String {
        format!("/inbox/{}/open", self.id)
    }

    /// The first words of what was written, or why a moderator acted; may be empty.
    pub(super) fn words(&self) -> String {
        match (&self.html, &self.reason) {
            (Some(html), _) => markup::excerpt(html, EXCERPT),
            (None, Some(reason)) => reason.clone(),
            (None, None) => String::new(),
        }
    }

    /// Its place in the inbox.
    pub(super) fn cursor(&self) -> Cursor {
        let micros = self.at.unix_timestamp_nanos() / 1_000;
        Cursor { key: i64::try_from(micros).unwrap_or(i64::MAX), id: self.id.0 }
    }
}

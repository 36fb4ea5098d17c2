//! What a member says is wrong with a post, and how much that counts towards hiding it.

use crate::kit::{Message, Problems};
use serde::{Deserialize, Serialize};
use time::Duration;

/// Longest note, in characters.
pub(crate) const LONGEST_NOTE: usize = 1_000;

/// What one flag of a member without a record weighs.
pub(super) const WHOLE: i32 = 100;

/// So many flags hide a post at the least, whatever they weigh: nobody does so alone.
pub(super) const DISTINCT: i64 = 2;

/// Flags of accounts younger than this count half: it takes a moment to make several.
const YOUNG: Duration = Duration::DAY;

/// What is wrong with a post. The order counts: the gravest comes first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type, Serialize, Deserialize,
)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It breaks the law.
    Illegal,
    /// It shows what is private to somebody.
    PrivateData,
    /// It attacks somebody.
    Abuse,
    /// It advertises.
    Spam,
    /// It belongs elsewhere.
    OffTopic,
    /// What the note says.
    Other,
}

impl Reason {
    /// All of them, the gravest first.
    pub(crate) const ALL: [Self; 6] =
        [Self::Illegal, Self::PrivateData, Self::Abuse, Self::Spam, Self::OffTopic, Self::Other];

    /// Its name in forms and in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Illegal => "illegal",
            Self::PrivateData => "private_data",
            Self::Abuse => "abuse",
            Self::Spam => "spam",
            Self::OffTopic => "off_topic",
            Self::Other => "other",
        }
    }

    /// What it is called.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Illegal => "flag-illegal",
            Self::PrivateData => "flag-private-data",
            Self::Abuse => "flag-abuse",
            Self::Spam => "flag-spam",
            Self::OffTopic => "flag-off-topic",
            Self::Other => "flag-other",
        }
    }

    /// What is meant by it, for those who choose.
    pub(crate) fn means(self) -> &'static str {
        match self {
            Self::Illegal => "flag-illegal-means",
            Self::PrivateData => "flag-private-data-means",
            Self::Abuse => "flag-abuse-means",
            Self::Spam => "flag-spam-means",
            Self::OffTopic => "flag-off-topic-means",
            Self::Other => "flag-other-means",
        }
    }

    /// What the public record says, unless the moderator says something else.
    pub(crate) fn removal(self) -> &'static str {
        match self {
            Self::Illegal => "flag-illegal-removal",
            Self::PrivateData => "flag-private-data-removal",
            Self::Abuse => "flag-abuse-removal",
            Self::Spam => "flag-spam-removal",
            Self::OffTopic => "flag-off-topic-removal",
            Self::Other => "flag-other-removal",
        }
    }

    /// How soon a moderator should look, before it is counted how many ask.
    pub(super) fn gravity(self) -> i32 {
        match self {
            Self::Illegal => 50_000,
            Self::PrivateData => 40_000,
            Self::Abuse => 30_000,
            Self::Spam => 20_000,
            Self::OffTopic => 10_000,
            Self::Other => 0,
        }
    }
}

/// What came of a member's flags.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Record {
    /// The post was removed.
    pub(crate) upheld: i64,
    /// It stayed.
    pub(crate) declined: i64,
}

impl Record {
    /// What a flag of theirs weighs, in hundredths, between 0 and twice [`WHOLE`]: twice the chance that it is
    /// upheld, estimated by Laplace's rule of succession (Essai philosophique sur les probabilités, 1814).
    pub(super) fn weight(self, account: Duration) -> i32 {
        let chance = |whole: i64| whole * (self.upheld + 1) / (self.upheld + self.declined + 2);
        let weight = i32::try_from(chance(2 * i64::from(WHOLE))).unwrap_or(WHOLE);
        if account < YOUNG { weight / 2 } else { weight }
    }
}

/// A flag as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlagForm {
    #[serde(default)]
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) note: String,
    #[serde(skip)]
    pub(crate) problems: Problems,
}

/// A flag that can be set.
#[derive(Debug, Clone)]
pub struct NewFlag {
    /// What is wrong.
    pub reason: Reason,
    /// In the member's own words; moderators alone read it.
    pub note: String,
}

impl FlagForm {
    /// The flag, if it can be set.
    pub(crate) fn check(&mut self) -> Option<NewFlag> {
        self.note = self.note.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
        let reason = Reason::ALL.into_iter().find(|reason| reason.name() == self.reason);
        if reason.is_none() {
            self.problems.add("reason", "flag-reason-missing");
        }
        if self.note.chars().count() > LONGEST_NOTE {
            let problem = Message::with("flag-note-too-long", "most", LONGEST_NOTE as i64);
            self.problems.add("note", problem);
        } else if reason == Some(Reason::Other) && self.note.is_empty() {
            self.problems.add("note", "flag-note-missing");
        }
        let reason = reason.filter(|_| self.problems.none())?;
        Some(NewFlag { reason, note: self.note.clone() })
    }

    pub(crate) fn has(&self, reason: &Reason) -> bool {
        self.reason == reason.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_weighs_by_how_often_its_member_was_right() {
        let weighs = |upheld, declined| Record { upheld, declined }.weight(Duration::WEEK);
        assert_eq!(weighs(0, 0), WHOLE);
        assert!(weighs(5, 0) > 170 && weighs(100_000, 0) < 2 * WHOLE);
        assert!(weighs(0, 5) < 30 && weighs(0, 5) > 0);
        assert_eq!(weighs(3, 3), WHOLE);
        assert_eq!(Record::default().weight(Duration::HOUR), WHOLE / 2);
    }
}

//! What administrators change at run time. Few, each with the reason it exists.
//!
//! A new one is a column of the table `settings` (`not null default …`), a field of [`Settings`] and an
//! [`Entry`] in [`ENTRIES`], all by the same name. The page that changes them is drawn from the entries, and
//! the log of administration tells changes in their words.

mod entries;
mod kind;
mod store;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use entries::{ENTRIES, Entry, Section, entry};
pub use kind::{Choice, Kind};
pub use store::{current, locked, set};

/// The community as its owner wants it to be known and run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settings {
    /// Stands in the header and in mails, because people must know whose community it is.
    pub community: String,
    /// Stands in the mark on posts by staff, because people must know who speaks for whom.
    pub brand: String,
    /// The one sentence a guest reads first on the home page.
    pub welcome: String,
    /// What buttons and links are drawn in, as `#rrggbb`, because people know a brand by its color.
    pub brand_color: String,
    /// What becomes of the posts of those who leave, because communities differ in whether answers belong
    /// to their authors alone.
    pub closed_accounts: PostsOfLeavers,
    /// Whom a second factor is asked of, because some accounts can do more harm than others.
    pub second_factor: SecondFactor,
    /// Who may become a member, because some communities are for people who are known already.
    pub sign_up: SignUpMode,
    /// What people are asked who wait for approval, because whoever decides needs something to decide by;
    /// empty where nothing is asked.
    pub approval_question: String,
    /// When browsers work a second before a sign-up is taken, because programs sign up by the thousand.
    pub proof_of_work: ProofOfWork,
    /// Domains of addresses that are thrown away after one use, one a line, because whoever uses them is
    /// rarely here to stay.
    pub refused_domains: String,
    /// Megabytes of the longest file, because what a disk and a phone's patience bear differs.
    pub largest_upload: i32,
    /// Megabytes of all files of one member, so that nobody fills the disk.
    pub uploads_each: i32,
    /// How many flags hide a post until a moderator has looked at it, because what a crowd should not be able to
    /// do differs; 0 where they never do.
    pub flags_to_hide: i32,
}

/// Who must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// Whoever wants one.
    Nobody,
    /// Moderators, staff and administrators.
    Staff,
    /// Every member.
    Everybody,
}

/// When browsers are asked to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProofOfWork {
    /// Never.
    Off,
    /// While more sign up than people do; see [`crate::limits::ALL_SIGN_UPS`].
    #[default]
    Attack,
    /// At every sign-up.
    Always,
}

/// Who may become a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUpMode {
    /// Everybody.
    #[default]
    Open,
    /// Whom an administrator invites.
    Invitation,
    /// Whom an administrator approves.
    Approval,
    /// Whom the operator makes an account for, and who comes by a provider that takes people in.
    Closed,
}

impl Settings {
    /// The domain of an address, if addresses there, or below it, are not taken.
    pub fn refused_domain<'a>(&self, email: &'a str) -> Option<&'a str> {
        let (_, domain) = email.rsplit_once('@')?;
        let lower = domain.to_lowercase();
        let mut refused = self.refused_domains.lines().map(|line| line.trim().to_lowercase());
        let meant = |refused: String| {
            !refused.is_empty() && (lower == refused || lower.ends_with(&format!(".{refused}")))
        };
        refused.any(meant).then_some(domain)
    }

    /// What an entry has now, as forms say it.
    pub fn said(&self, entry: &Entry) -> String {
        let all = serde_json::to_value(self).unwrap_or_default();
        match all.get(entry.name) {
            Some(Value::String(words)) => words.clone(),
            Some(Value::Bool(true)) => kind::ON.to_owned(),
            Some(Value::Bool(false)) => kind::OFF.to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }
}

/// What becomes of the posts of those who leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::Type, Serialize, Deserialize)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum PostsOfLeavers {
    /// They stay, under "Former member".
    #[default]
    Keep,
    /// They are withdrawn, as far as their author could have withdrawn them.
    Withdraw,
}

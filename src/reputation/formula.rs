//! The language in which a rank says what it takes: `points >= 500 and solutions(90d) >= 5`.
//!
//! A text is cut into words ([`lexer`]), and these are parsed into a tree that is of one type throughout
//! ([`parser`]); nothing but that tree is ever judged ([`judge`]) or told in words ([`words`]). A tree knows
//! no `not`: it was carried inwards, so that every lower bound stands as one and can be relaxed.
//!
//! - numbers: `500`, `0.5`; metrics: `points`, all-time, `points(90d)`, of the last ninety days with today,
//!   `points("help")`, on one board, or both;
//! - `+ - * /` and brackets; what is divided by nothing is nothing;
//! - `>= > <= < = !=`, `and`, `or`, `not`, `true`, `false`;
//! - `role("staff")`, `role("moderator")`, `role("admin")`;
//! - `did("profile")` and the other [`DEEDS`]: what somebody did once and no number counts.

mod judge;
mod lexer;
mod parser;
mod words;

pub(crate) use judge::{Facts, Lean};
pub(crate) use words::{Condition as ToldCondition, Tongue, metric_words};

use super::metric::{Made, Metric};
use crate::kit::Message;

/// Longest formula, in characters.
pub(crate) const LONGEST: usize = 1_000;

/// Deepest nesting of brackets, signs and `not`.
pub(crate) const DEEPEST: usize = 32;

/// Longest window, in days.
pub const LONGEST_WINDOW: u16 = 366;

/// The roles that a formula can ask for. Administrators are staff.
pub(crate) const ROLES: [&str; 3] = ["staff", "moderator", "admin"];

/// What can be asked whether somebody did it: wrote about themselves, proved their address, said that they have a
/// problem too, marked what solved their own question, said whether an accepted reply helped them.
pub(crate) const DEEDS: [&str; 5] = ["profile", "address", "me_too", "accept", "confirm"];

/// A formula that was found to be sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    tree: Claim,
}

/// What is wrong with a text, and with which character, counted from nought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The first character that cannot stand there.
    pub at: usize,
    /// What is wrong with it, for whoever wrote it.
    pub message: Message,
}

impl Formula {
    /// The formula that a text is.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        Ok(Self { tree: parser::parse(text)? })
    }

    /// Everything it asks of a member, each once.
    pub(crate) fn reads(&self) -> Vec<Read> {
        let mut reads = Vec::new();
        self.tree.gather(&mut reads);
        reads
    }

    /// The boards it names, by their names in addresses.
    pub(crate) fn boards(&self) -> Vec<String> {
        self.reads().into_iter().filter_map(|read| read.board).collect()
    }

    /// The deeds it asks for, perhaps more than once.
    pub(crate) fn deeds(&self) -> Vec<&'static str> {
        let mut deeds = Vec::new();
        self.tree.gather_deeds(&mut deeds);
        deeds
    }

    /// Whether something besides the ledger can change what it comes to: time, a role that is given, a deed.
    pub(crate) fn slides(&self) -> bool {
        self.asks_roles()
            || !self.deeds().is_empty()
            || self.reads().iter().any(|read| read.days.is_some())
    }

    /// Whether it counts days or people, which is to go through a member's history: too much for each of their deeds.
    pub(crate) fn counts_history(&self) -> bool {
        let counts = |read: &Read| matches!(read.metric.made(), Made::Days(_) | Made::Others(_));
        self.reads().iter().any(counts)
    }

    /// Whether it asks for a role.
    pub(crate) fn asks_roles(&self) -> bool {
        self.tree.asks_roles()
    }
}

/// True or false.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Claim {
    /// Of everybody, or of nobody.
    Always(bool),
    /// Whether one has a role, or has it not.
    Role { role: &'static str, held: bool },
    /// Whether one did something once, or never did.
    Did { deed: &'static str, done: bool },
    /// How two numbers stand to each other.
    Compare { left: Term, test: Test, right: Term },
    /// Each of them.
    All(Vec<Claim>),
    /// One of them at least.
    Any(Vec<Claim>),
}

/// How two numbers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Equal,
    Unequal,
}

/// A number.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    /// In thousandths.
    Number(i64),
    Read(Read),
    Of {
        left: Box<Term>,
        sign: Sign,
        right: Box<Term>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// A metric as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) metric: Metric,
    /// The last so many days with today; all-time without.
    pub(crate) days: Option<u16>,
    /// The board's name in addresses; everywhere without.
    pub(crate) board: Option<String>,
}

impl Claim {
    /// A lower bound stands on the right, however it was written: one that is never met by less, whether it is
    /// a number or made of metrics itself.
    fn compared(left: Term, test: Test, right: Term) -> Self {
        let upper = matches!(test, Test::AtMost | Test::LessThan);
        if right.asks() && (upper || !left.asks()) {
            Self::Compare { left: right, test: test.turned(), right: left }
        } else {
            Self::Compare { left, test, right }
        }
    }

    fn gather(&self, reads: &mut Vec<Read>) {
        match self {
            Self::Always(_) | Self::Role { .. } | Self::Did { .. } => {}
            Self::Compare { left, right, .. } => {
                left.gather(reads);
                right.gather(reads);
            }
            Self::All(claims) | Self::Any(claims) => {
                claims.iter().for_each(|claim| claim.gather(reads));
            }
        }
    }

    fn gather_deeds(&self, deeds: &mut Vec<&'static str>) {
        match self {
            Self::Did { deed, .. } => deeds.push(deed),
            Self::Always(_) | Self::Role { .. } | Self::Compare { .. } => {}
            Self::All(claims) | Self::Any(claims) => {
                claims.iter().for_each(|claim| claim.gather_deeds(deeds));
            }
        }
    }

    fn asks_roles(&self) -> bool {
        match self {
            Self::Role { .. } => true,
            Self::Always(_) | Self::Did { .. } | Self::Compare { .. } => false,
            Self::All(claims) | Self::Any(claims) => claims.iter().any(Self::asks_roles),
        }
    }

    /// The same, said of the contrary.
    fn negated(self) -> Self {
        match self {
            Self::Always(truth) => Self::Always(!truth),
            Self::Role { role, held } => Self::Role { role, held: !held },
            Self::Did { deed, done } => Self::Did { deed, done: !done },
            Self::Compare { left, test, right } => Self::compared(left, test.negated(), right),
            Self::All(claims) => Self::Any(claims.into_iter().map(Self::negated).collect()),
            Self::Any(claims) => Self::All(claims.into_iter().map(Self::negated).collect()),
        }
    }
}

impl Test {
    fn negated(self) -> Self {
        match self {
            Self::AtLeast => Self::LessThan,
            Self::MoreThan => Self::AtMost,
            Self::AtMost => Self::MoreThan,
            Self::LessThan => Self::AtLeast,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
        }
    }

    /// The same with its sides changed.
    fn turned(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::MoreThan => Self::LessThan,
            Self::AtMost => Self::AtLeast,
            Self::LessThan => Self::MoreThan,
            Self::Equal | Self::Unequal => self,
        }
    }
}

impl Term {
    /// Whether it asks something of a member.
    fn asks(&self) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Read(_) => true,
            Self::Of { left, right, .. } => left.asks() || right.asks(),
        }
    }

    fn gather(&self, reads: &mut Vec<Read>) {
        match self {
            Self::Number(_) => {}
            Self::Read(read) if reads.contains(read) => {}
            Self::Read(read) => reads.push(read.clone()),
            Self::Of { left, right, .. } => {
                left.gather(reads);
                right.gather(reads);
            }
        }
    }
}

#[cfg(test)]
mod tests;

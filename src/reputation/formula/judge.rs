//! What a formula comes to for a member. Numbers are thousandths, and stop at their bounds instead of
//! going round.

use super::{Claim, Formula, Read, Sign, Term, Test};

/// How strictly a formula is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// As it stands: for who would come to a rank.
    Strict,
    /// With nine tenths of every lower bound: for who holds the rank already.
    Kind,
}

/// What is known of a member.
pub(crate) struct Facts<'a> {
    /// What was asked.
    pub(crate) reads: &'a [Read],
    /// The answers, in thousandths, in the same order.
    pub(crate) values: &'a [i64],
    pub(crate) roles: &'a [String],
    /// Of the deeds that were asked for, those done.
    pub(crate) done: &'a [String],
}

impl Facts<'_> {
    pub(super) fn value(&self, read: &Read) -> i128 {
        let asked = self.reads.iter().position(|asked| asked == read);
        asked.and_then(|at| self.values.get(at)).copied().unwrap_or(0).into()
    }

    /// Whole ones of what was asked.
    pub(crate) fn whole(&self, read: &Read) -> i64 {
        i64::try_from(self.value(read).div_euclid(1_000)).unwrap_or(i64::MAX)
    }

    pub(super) fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role || held == "admin" && role == "staff")
    }
}

impl Formula {
    pub(crate) fn holds(&self, facts: &Facts<'_>, lean: Lean) -> bool {
        self.tree.holds(facts, lean)
    }
}

impl Claim {
    pub(super) fn holds(&self, facts: &Facts<'_>, lean: Lean) -> bool {
        match self {
            Self::Always(truth) => *truth,
            Self::Role { role, held } => facts.has(role) == *held,
            Self::Did { deed, done } => facts.done.iter().any(|did| did == deed) == *done,
            Self::Compare { left, test, right } => {
                let (left, right) = (left.value(facts), right.value(facts));
                test.holds(left, if lean == Lean::Kind { test.relaxed(right) } else { right })
            }
            Self::All(claims) => claims.iter().all(|claim| claim.holds(facts, lean)),
            Self::Any(claims) => claims.iter().any(|claim| claim.holds(facts, lean)),
        }
    }
}

impl Test {
    fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Self::AtLeast => left >= right,
            Self::MoreThan => left > right,
            Self::AtMost => left <= right,
            Self::LessThan => left < right,
            Self::Equal => left == right,
            Self::Unequal => left != right,
        }
    }

    /// Nine tenths of a lower bound, and every other bound as it is.
    fn relaxed(self, bound: i128) -> i128 {
        match self {
            Self::AtLeast | Self::MoreThan if bound > 0 => bound - bound / 10,
            _ => bound,
        }
    }
}

impl Term {
    pub(super) fn value(&self, facts: &Facts<'_>) -> i128 {
        match self {
            Self::Number(thousandths) => i128::from(*thousandths),
            Self::Read(read) => facts.value(read),
            Self::Of { left, sign, right } => {
                let (left, right) = (left.value(facts), right.value(facts));
                match sign {
                    Sign::Plus => left.saturating_add(right),
                    Sign::Minus => left.saturating_sub(right),
                    Sign::Times => left.saturating_mul(right) / 1_000,
                    Sign::Over => left.saturating_mul(1_000).checked_div(right).unwrap_or(0),
                }
            }
        }
    }
}

//! A formula told in plain words, condition by condition, and where somebody stands on each.

use super::{
    Claim, Formula, Read, Sign, Term, Test,
    judge::{Facts, Lean},
};
use crate::{
    kit::Arg,
    reputation::{metric::Metric, points::told_thousandths},
    words::Language,
};
use std::collections::HashMap;

/// In which language it is told, and which boards may be named.
pub(crate) struct Tongue {
    pub(crate) language: Language,
    /// Boards that the reader may see: by their names in addresses, their names.
    pub(crate) boards: HashMap<String, String>,
}

/// One of the conditions that must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    /// What it asks for.
    pub(crate) words: String,
    /// Where somebody stands on it; absent where nobody was asked about.
    pub(crate) standing: Option<Standing>,
}

/// Where somebody stands on a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) met: bool,
    /// What they have and what it takes, where it is as simple as that.
    pub(crate) progress: Option<(i64, i64)>,
    /// What is missing, in words; empty where nothing is, or where no number says it.
    pub(crate) missing: String,
}

impl Formula {
    /// Each condition in words, and where somebody stands on it.
    pub(crate) fn told(&self, tongue: &Tongue, facts: Option<&Facts<'_>>) -> Vec<Condition> {
        let claims = match &self.tree {
            Claim::All(claims) => claims.as_slice(),
            claim => std::slice::from_ref(claim),
        };
        let told = |claim: &Claim| Condition {
            words: begun(&tongue.claim(claim)),
            standing: facts.map(|facts| tongue.standing(claim, facts)),
        };
        claims.iter().map(told).collect()
    }
}

/// As a sentence begins.
fn begun(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Whole ones of so many thousandths; what is begun counts once it is whole.
fn whole(thousandths: i128) -> i64 {
    i64::try_from(thousandths.div_euclid(1_000)).unwrap_or(i64::MAX)
}

fn whole_up(thousandths: i128) -> i64 {
    whole(thousandths.saturating_add(999))
}

impl Tongue {
    fn say(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.language.text_with(key, args)
    }

    fn standing(&self, claim: &Claim, facts: &Facts<'_>) -> Standing {
        let met = claim.holds(facts, Lean::Strict);
        let Claim::Compare { left: Term::Read(read), test, right: Term::Number(bound) } = claim
        else {
            return Standing { met, progress: None, missing: String::new() };
        };
        let (value, bound) = (facts.value(read), i128::from(*bound));
        let (progress, missing) = match test {
            Test::AtLeast | Test::MoreThan => {
                let beyond = i128::from(*test == Test::MoreThan);
                let missing = (bound - value + beyond).max(0);
                (Some((whole(value), whole_up(bound))), missing)
            }
            _ => (None, 0),
        };
        let missing = match missing {
            0 => String::new(),
            missing => {
                let more = self.counted(read, whole_up(missing).saturating_mul(1_000));
                self.say("formula-missing-more", &[("what", more.into())])
            }
        };
        Standing { met, progress, missing }
    }

    fn claim(&self, claim: &Claim) -> String {
        match claim {
            Claim::Always(true) => self.language.text("formula-always"),
            Claim::Always(false) => self.language.text("formula-never"),
            Claim::Role { role, held } => self.role(role, *held),
            Claim::Did { deed, done } => self.deed(deed, *done),
            Claim::Compare { left: Term::Read(read), test, right: Term::Number(bound) } => {
                let what = self.counted(read, *bound);
                self.say(test.of_a_count(), &[("what", what.into())])
            }
            Claim::Compare { left, test, right } => {
                let (left, right) = (self.term(left), self.term(right));
                self.say(test.of_terms(), &[("left", left.into()), ("right", right.into())])
            }
            Claim::All(claims) => self.listed("formula-and", claims),
            Claim::Any(claims) => self.listed("formula-or", claims),
        }
    }

    fn listed(&self, key: &'static str, claims: &[Claim]) -> String {
        let part = |claim: &Claim| match claim {
            Claim::All(_) | Claim::Any(_) => format!("({})", self.claim(claim)),
            claim => self.claim(claim),
        };
        let join = |one: String, other: String| {
            self.say(key, &[("one", one.into()), ("other", other.into())])
        };
        claims.iter().map(part).reduce(join).unwrap_or_default()
    }

    fn role(&self, role: &str, held: bool) -> String {
        let key = match (role, held) {
            ("staff", true) => "formula-staff",
            ("staff", false) => "formula-not-staff",
            ("moderator", true) => "formula-moderator",
            ("moderator", false) => "formula-not-moderator",
            (_, true) => "formula-admin",
            (_, false) => "formula-not-admin",
        };
        self.language.text(key)
    }

    fn deed(&self, deed: &str, done: bool) -> String {
        let what = self.language.text(match deed {
            "profile" => "formula-did-profile",
            "address" => "formula-did-address",
            "me_too" => "formula-did-me-too",
            "accept" => "formula-did-accept",
            _ => "formula-did-confirm",
        });
        if done { what } else { self.say("formula-did-not", &[("what", what.into())]) }
    }

    /// `5 solutions in the last 90 days on Help`.
    fn counted(&self, read: &Read, thousandths: i64) -> String {
        let count = if thousandths % 1_000 == 0 {
            Arg::Number(thousandths / 1_000)
        } else {
            Arg::Text(told_thousandths(thousandths))
        };
        self.placed(read, self.say(counted(read.metric), &[("count", count)]))
    }

    fn placed(&self, read: &Read, what: String) -> String {
        let what = match &read.board {
            Some(board) => {
                let unseen = || self.language.text("formula-another-board");
                let name = self.boards.get(board).cloned().unwrap_or_else(unseen);
                self.say("formula-on-board", &[("what", what.into()), ("board", name.into())])
            }
            None => what,
        };
        match read.days {
            Some(days) => {
                let args = [("what", what.into()), ("days", i64::from(days).into())];
                self.say("formula-in-window", &args)
            }
            None => what,
        }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::Number(thousandths) => told_thousandths(*thousandths),
            Term::Read(read) => self.placed(read, self.language.text(named(read.metric))),
            Term::Of { left, sign, right } => {
                let bracketed = |term: &Term| match term {
                    Term::Of { .. } => format!("({})", self.term(term)),
                    term => self.term(term),
                };
                let sign = match sign {
                    Sign::Plus => "+",
                    Sign::Minus => "−",
                    Sign::Times => "×",
                    Sign::Over => "÷",
                };
                format!("{} {sign} {}", bracketed(left), bracketed(right))
            }
        }
    }
}

impl Test {
    fn of_a_count(self) -> &'static str {
        match self {
            Self::AtLeast => "formula-at-least",
            Self::MoreThan => "formula-more-than",
            Self::AtMost => "formula-at-most",
            Self::LessThan => "formula-fewer-than",
            Self::Equal => "formula-exactly",
            Self::Unequal => "formula-not-exactly",
        }
    }

    fn of_terms(self) -> &'static str {
        match self {
            Self::AtLeast => "formula-terms-at-least",
            Self::MoreThan => "formula-terms-more-than",
            Self::AtMost => "formula-terms-at-most",
            Self::LessThan => "formula-terms-less-than",
            Self::Equal => "formula-terms-equal",
            Self::Unequal => "formula-terms-unequal",
        }
    }
}

/// So many of a metric.
fn counted(metric: Metric) -> &'static str {
    match metric {
        Metric::Points => "metric-points",
        Metric::Threads => "metric-threads",
        Metric::Replies => "metric-replies",
        Metric::Posts => "metric-posts",
        Metric::Solutions => "metric-solutions",
        Metric::OwnSolutions => "metric-own-solutions",
        Metric::Confirmations => "metric-confirmations",
        Metric::MeToosHelped => "metric-me-toos-helped",
        Metric::DistinctHelped => "metric-distinct-helped",
        Metric::KudosReceived => "metric-kudos-received",
        Metric::KudosWeight => "metric-kudos-weight",
        Metric::DistinctThankful => "metric-distinct-thankful",
        Metric::KudosGiven => "metric-kudos-given",
        Metric::KudosGivenWeight => "metric-kudos-given-weight",
        Metric::DaysActive => "metric-days-active",
        Metric::Reversals => "metric-reversals",
    }
}

/// Every metric by its name in formulas, with the key of what it is.
pub(crate) fn metric_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    Metric::ALL.into_iter().map(|metric| (metric.name(), named(metric)))
}

/// The metric by itself.
fn named(metric: Metric) -> &'static str {
    match metric {
        Metric::Points => "metric-points-name",
        Metric::Threads => "metric-threads-name",
        Metric::Replies => "metric-replies-name",
        Metric::Posts => "metric-posts-name",
        Metric::Solutions => "metric-solutions-name",
        Metric::OwnSolutions => "metric-own-solutions-name",
        Metric::Confirmations => "metric-confirmations-name",
        Metric::MeToosHelped => "metric-me-toos-helped-name",
        Metric::DistinctHelped => "metric-distinct-helped-name",
        Metric::KudosReceived => "metric-kudos-received-name",
        Metric::KudosWeight => "metric-kudos-weight-name",
        Metric::DistinctThankful => "metric-distinct-thankful-name",
        Metric::KudosGiven => "metric-kudos-given-name",
        Metric::KudosGivenWeight => "metric-kudos-given-weight-name",
        Metric::DaysActive => "metric-days-active-name",
        Metric::Reversals => "metric-reversals-name",
    }
}

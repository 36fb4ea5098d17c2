//! What is counted. [`Counter`]s are what the ledger counts; [`Metric`]s are what formulas and people read,
//! each made of counters. A room that has something new to count adds it to both, and nowhere else.

/// What an entry of the ledger counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    /// Whole points.
    Points,
    /// What points have beyond whole ones.
    PointThousandths,
    /// Those of the points that the daily cap does not hold back.
    ExemptPoints,
    /// Threads begun.
    Threads,
    /// Replies written.
    Replies,
    /// Replies that somebody else accepted; from them.
    Solutions,
    /// Replies that their own author accepted.
    OwnSolutions,
    /// Replies of which somebody with the same problem said that they solved it; from them.
    Confirmations,
    /// Kudos received; from their giver.
    KudosReceived,
    /// Thousandths that kudos received weigh beyond one each, or less than that.
    KudosExtra,
    /// Kudos given.
    KudosGiven,
    /// Thousandths that kudos given weigh beyond one each, or less than that.
    KudosGivenExtra,
    /// Posts that a moderator took away.
    Reversals,
}

impl Counter {
    /// All of them.
    pub(crate) const ALL: [Self; 13] = [
        Self::Points,
        Self::PointThousandths,
        Self::ExemptPoints,
        Self::Threads,
        Self::Replies,
        Self::Solutions,
        Self::OwnSolutions,
        Self::Confirmations,
        Self::KudosReceived,
        Self::KudosExtra,
        Self::KudosGiven,
        Self::KudosGivenExtra,
        Self::Reversals,
    ];

    /// Its name in the ledger.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::PointThousandths => "point_thousandths",
            Self::ExemptPoints => "exempt_points",
            Self::Threads => "threads",
            Self::Replies => "replies",
            Self::Solutions => "solutions",
            Self::OwnSolutions => "own_solutions",
            Self::Confirmations => "confirmations",
            Self::KudosReceived => "kudos_received",
            Self::KudosExtra => "kudos_extra",
            Self::KudosGiven => "kudos_given",
            Self::KudosGivenExtra => "kudos_given_extra",
            Self::Reversals => "reversals",
        }
    }

    /// Whether it adds up something else than deeds; such amounts come from a deed, not from a person.
    pub(super) fn is_amount(self) -> bool {
        matches!(
            self,
            Self::Points
                | Self::PointThousandths
                | Self::ExemptPoints
                | Self::KudosExtra
                | Self::KudosGivenExtra
        )
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counter| counter.name() == name)
    }
}

/// What a formula can ask of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// What deeds brought.
    Points,
    /// Threads begun.
    Threads,
    /// Replies written.
    Replies,
    /// Threads and replies.
    Posts,
    /// Replies that others accepted as the solution.
    Solutions,
    /// Replies that they accepted themselves.
    OwnSolutions,
    /// How often somebody with the same problem said that a reply of theirs, accepted as a solution, solved it.
    Confirmations,
    /// How many different people with the same problem said so.
    MeToosHelped,
    /// How many different people they helped: who accepted a reply of theirs, or had the same problem and said that
    /// an accepted reply of theirs solved it. Who said nothing is not counted: nobody knows.
    DistinctHelped,
    /// Kudos received.
    KudosReceived,
    /// Kudos received, each as heavy as the rank of who gave it made it then.
    KudosWeight,
    /// How many different people gave them kudos.
    DistinctThankful,
    /// Kudos given.
    KudosGiven,
    /// Kudos given, each as heavy as their own rank made it then.
    KudosGivenWeight,
    /// Days on which they wrote or gave kudos.
    DaysActive,
    /// Posts of theirs that a moderator took away.
    Reversals,
}

/// What a metric is made of.
pub(super) enum Made {
    /// The sum of counters, each in so many thousandths.
    Sum(&'static [(Counter, i64)]),
    /// The days on which any of these went up.
    Days(&'static [Counter]),
    /// The different people from whom any of these came.
    Others(&'static [Counter]),
}

/// What counts once, in thousandths.
const ONCE: i64 = 1_000;

impl Metric {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Points,
        Self::Threads,
        Self::Replies,
        Self::Posts,
        Self::Solutions,
        Self::OwnSolutions,
        Self::Confirmations,
        Self::MeToosHelped,
        Self::DistinctHelped,
        Self::KudosReceived,
        Self::KudosWeight,
        Self::DistinctThankful,
        Self::KudosGiven,
        Self::KudosGivenWeight,
        Self::DaysActive,
        Self::Reversals,
    ];

    /// Its name in formulas.
    pub fn name(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Threads => "threads",
            Self::Replies => "replies",
            Self::Posts => "posts",
            Self::Solutions => "solutions",
            Self::OwnSolutions => "own_solutions",
            Self::Confirmations => "confirmations",
            Self::MeToosHelped => "me_toos_helped",
            Self::DistinctHelped => "distinct_helped",
            Self::KudosReceived => "kudos_received",
            Self::KudosWeight => "kudos_weight",
            Self::DistinctThankful => "distinct_thankful",
            Self::KudosGiven => "kudos_given",
            Self::KudosGivenWeight => "kudos_given_weight",
            Self::DaysActive => "days_active",
            Self::Reversals => "reversals",
        }
    }

    /// Whether it can be asked of one board alone.
    pub(super) fn has_place(self) -> bool {
        !matches!(self.made(), Made::Others(_))
    }

    pub(super) fn made(self) -> Made {
        match self {
            Self::Points => Made::Sum(&[(Counter::Points, ONCE), (Counter::PointThousandths, 1)]),
            Self::Threads => Made::Sum(&[(Counter::Threads, ONCE)]),
            Self::Replies => Made::Sum(&[(Counter::Replies, ONCE)]),
            Self::Posts => Made::Sum(&[(Counter::Threads, ONCE), (Counter::Replies, ONCE)]),
            Self::Solutions => Made::Sum(&[(Counter::Solutions, ONCE)]),
            Self::OwnSolutions => Made::Sum(&[(Counter::OwnSolutions, ONCE)]),
            Self::Confirmations => Made::Sum(&[(Counter::Confirmations, ONCE)]),
            Self::MeToosHelped => Made::Others(&[Counter::Confirmations]),
            Self::DistinctHelped => Made::Others(&[Counter::Solutions, Counter::Confirmations]),
            Self::KudosReceived => Made::Sum(&[(Counter::KudosReceived, ONCE)]),
            Self::KudosWeight => {
                Made::Sum(&[(Counter::KudosReceived, ONCE), (Counter::KudosExtra, 1)])
            }
            Self::DistinctThankful => Made::Others(&[Counter::KudosReceived]),
            Self::KudosGiven => Made::Sum(&[(Counter::KudosGiven, ONCE)]),
            Self::KudosGivenWeight => {
                Made::Sum(&[(Counter::KudosGiven, ONCE), (Counter::KudosGivenExtra, 1)])
            }
            Self::DaysActive => {
                Made::Days(&[Counter::Threads, Counter::Replies, Counter::KudosGiven])
            }
            Self::Reversals => Made::Sum(&[(Counter::Reversals, ONCE)]),
        }
    }
}

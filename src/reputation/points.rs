//! What earns how many points: the table that administrators set, and the two rules that no table changes.
//!
//! Points are counted in thousandths, as whole numbers, because the second kudos of the same giver earn
//! half of what the first did, and what is undone must take back exactly what was given.

use super::store;
use sqlx::PgConnection;
use time::Duration;

/// What earns points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// A reply was accepted by somebody else.
    Solution,
    /// Somebody with the same problem said that an accepted reply solved it.
    Confirmation,
    /// Kudos were received.
    Kudos,
    /// A reply was written.
    Reply,
    /// A thread was begun.
    Thread,
}

/// Kudos from the same giver within so many days earn ever less.
pub(crate) const DIVERSITY: Duration = Duration::days(30);

/// What each deed earns, in whole points, from when it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointTable {
    /// For a reply that somebody else accepted as the solution.
    pub solution: i64,
    /// For a solution that somebody else with the same problem confirms.
    pub confirmation: i64,
    /// For kudos received that weigh one.
    pub kudos: i64,
    /// For a reply.
    pub reply: i64,
    /// For a thread begun.
    pub thread: i64,
    /// The most that a day can bring, solutions apart.
    pub daily_cap: i64,
}

impl PointTable {
    /// What communities begin with, and can come back to.
    pub const PRESET: Self =
        Self { solution: 15, confirmation: 2, kudos: 4, reply: 2, thread: 1, daily_cap: 200 };

    /// The table in force.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn current(db: &mut PgConnection) -> sqlx::Result<Self> {
        store::points::current(db).await
    }

    /// What a deed is worth by itself, in thousandths.
    pub(super) fn worth(&self, deed: Deed) -> i64 {
        let points = match deed {
            Deed::Solution => self.solution,
            Deed::Confirmation => self.confirmation,
            Deed::Kudos => self.kudos,
            Deed::Reply => self.reply,
            Deed::Thread => self.thread,
        };
        points.saturating_mul(1_000)
    }

    /// What a deed earns somebody who earned so much today, in thousandths.
    pub(super) fn earned(&self, deed: Deed, so_far: SoFar) -> i64 {
        let worth = match deed {
            Deed::Kudos => halved(weighed(self.worth(deed), so_far.weight), so_far.thanked),
            _ => self.worth(deed),
        };
        match deed {
            Deed::Solution => worth,
            _ => {
                let room = self.daily_cap.saturating_mul(1_000).saturating_sub(so_far.today);
                worth.min(room.max(0))
            }
        }
    }
}

/// What the two rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SoFar {
    /// Thousandths earned today, without those that are exempt.
    pub(super) today: i64,
    /// How many kudos the same giver gave them within [`DIVERSITY`].
    pub(super) thanked: i64,
    /// What kudos of this giver weigh, in thousandths.
    pub(super) weight: i64,
}

/// What kudos weigh unless a rank says otherwise, in thousandths.
pub(super) const WEIGHT: i64 = 1_000;

fn weighed(worth: i64, weight: i64) -> i64 {
    worth.saturating_mul(weight) / WEIGHT
}

/// A weight as it is typed, such as `1.5`, in thousandths; `None` where it is none from nought to ten.
pub fn thousandths(typed: &str) -> Option<i32> {
    let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || rest.len() > 3 || !digits(whole) || !digits(rest) {
        return None;
    }
    let value = format!("{whole}{rest:0<3}").parse().ok()?;
    (0..=10_000).contains(&value).then_some(value)
}

/// `1.5`.
pub fn told_thousandths(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let thousandths = thousandths.unsigned_abs();
    let digits = format!("{sign}{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn halved(worth: i64, times: i64) -> i64 {
    let times = u32::try_from(times.max(0)).unwrap_or(u32::MAX);
    worth.checked_shr(times).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_earn_what_the_table_says_within_cap_and_diversity() {
        let so_far = |today, thanked| SoFar { today, thanked, weight: WEIGHT };
        let heavy = |weight, thanked| SoFar { today: 0, thanked, weight };
        for (deed, before, earned) in [
            (Deed::Thread, so_far(0, 0), 1_000),
            (Deed::Reply, so_far(0, 0), 2_000),
            (Deed::Kudos, so_far(0, 0), 4_000),
            (Deed::Solution, so_far(0, 0), 15_000),
            // The nth kudos of the same giver: 1, a half, a quarter …, and at last nothing.
            (Deed::Kudos, so_far(0, 1), 2_000),
            (Deed::Kudos, so_far(0, 2), 1_000),
            (Deed::Kudos, so_far(0, 3), 500),
            (Deed::Kudos, so_far(0, 11), 1),
            (Deed::Kudos, so_far(0, 12), 0),
            (Deed::Kudos, so_far(0, 500), 0),
            // What kudos weigh comes before they are halved.
            (Deed::Kudos, heavy(1_500, 0), 6_000),
            (Deed::Kudos, heavy(1_500, 1), 3_000),
            (Deed::Kudos, heavy(333, 0), 1_332),
            (Deed::Kudos, heavy(0, 0), 0),
            (Deed::Reply, heavy(10_000, 0), 2_000),
            // Others do not look at who it came from.
            (Deed::Reply, so_far(0, 7), 2_000),
            (Deed::Confirmation, so_far(0, 7), 2_000),
            (Deed::Confirmation, so_far(199_000, 0), 1_000),
            // The cap cuts what would go beyond it, but no solution.
            (Deed::Kudos, so_far(196_000, 0), 4_000),
            (Deed::Kudos, so_far(197_000, 0), 3_000),
            (Deed::Kudos, so_far(199_999, 0), 1),
            (Deed::Reply, so_far(200_000, 0), 0),
            (Deed::Reply, so_far(260_000, 0), 0),
            (Deed::Solution, so_far(260_000, 9), 15_000),
        ] {
            assert_eq!(PointTable::PRESET.earned(deed, before), earned, "{deed:?} {before:?}");
        }
    }

    #[test]
    fn weights_are_typed_as_people_write_numbers() {
        for (typed, weight) in [
            ("1", Some(1_000)),
            ("1.5", Some(1_500)),
            ("0.333", Some(333)),
            ("10", Some(10_000)),
            ("0", Some(0)),
            ("10.001", None),
            ("1.2345", None),
            ("-1", None),
            (".5", None),
            ("", None),
            ("1,5", None),
        ] {
            assert_eq!(thousandths(typed), weight, "{typed}");
            if let Some(weight) = weight {
                assert_eq!(told_thousandths(weight.into()), typed);
            }
        }
        assert_eq!(told_thousandths(-500), "-0.5");
    }

    #[test]
    fn a_table_may_pay_nothing() {
        let miser = PointTable {
            solution: 0,
            confirmation: 0,
            kudos: 0,
            reply: 0,
            thread: 0,
            daily_cap: 0,
        };
        let nothing = SoFar { today: 0, thanked: 0, weight: WEIGHT };
        for deed in [Deed::Solution, Deed::Confirmation, Deed::Kudos, Deed::Reply, Deed::Thread] {
            assert_eq!(miser.earned(deed, nothing), 0);
        }
    }
}

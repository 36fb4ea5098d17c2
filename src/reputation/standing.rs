//! The ladder as people read it: each rank with its conditions in words, and where somebody stands on them.

use super::{
    awards::day,
    facts,
    formula::{Read, ToldCondition, Tongue},
    ladder::Ladder,
    metric::Metric,
    rank::Rank,
    store,
};
use crate::{kit::MemberId, words::Language};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A rank in words.
pub(crate) struct ToldRank {
    pub(crate) rank: Rank,
    /// What it takes; everything of it.
    pub(crate) conditions: Vec<ToldCondition>,
}

/// Where a member stands on the ladder.
pub(crate) struct Standing {
    /// What they earned; never less than nothing.
    pub(crate) points: i64,
    /// The place of the rank held, from nought.
    place: usize,
    /// How many ranks there are.
    ranks: usize,
}

impl Standing {
    /// Whether a rank is held: the one come to, or one below it.
    pub(crate) fn holds(&self, place: usize) -> bool {
        place <= self.place
    }

    /// Whether this is the rank come to.
    pub(crate) fn here(&self, place: usize) -> bool {
        place == self.place
    }

    /// The rank come to.
    pub(crate) fn rank<'a>(&self, ladder: &'a [ToldRank]) -> Option<&'a ToldRank> {
        ladder.get(self.place)
    }

    /// The rank to come, unless the highest is reached.
    pub(crate) fn next<'a>(&self, ladder: &'a [ToldRank]) -> Option<&'a ToldRank> {
        ladder.get(self.place + 1)
    }

    /// The place of the rank come to, from one, and how many there are.
    pub(crate) fn of(&self) -> (i64, i64) {
        (self.place as i64 + 1, self.ranks as i64)
    }
}

/// The ladder in words, as `viewer` may read it, and where `member` stands on it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn told_ladder(
    db: &mut PgConnection,
    viewer: Option<i64>,
    member: Option<MemberId>,
    language: Language,
    now: OffsetDateTime,
) -> sqlx::Result<(Vec<ToldRank>, Option<Standing>)> {
    let mut ladder = Ladder::load(db).await?;
    let boards = match ladder.reads.iter().any(|read| read.board.is_some()) {
        true => store::facts::boards(db, viewer).await?.into_iter().collect(),
        false => Default::default(),
    };
    let tongue = Tongue { language, boards };
    let points = Read { metric: Metric::Points, days: None, board: None };
    if !ladder.reads.contains(&points) {
        ladder.reads.push(points.clone());
    }
    let subject = match member {
        Some(member) => {
            facts::of(db, &[member], &ladder.reads, &ladder.deeds, day(now)).await?.pop()
        }
        None => None,
    };
    let facts = subject.as_ref().map(|subject| ladder.facts(subject));
    let told = ladder.steps.iter().map(|step| ToldRank {
        rank: step.rank.clone(),
        conditions: step
            .formula
            .as_ref()
            .map_or_else(Vec::new, |formula| formula.told(&tongue, facts.as_ref())),
    });
    let told: Vec<ToldRank> = told.collect();
    let standing = subject.as_ref().zip(facts.as_ref()).map(|(subject, facts)| Standing {
        points: facts.whole(&points).max(0),
        place: ladder.at(subject.rank).unwrap_or(0),
        ranks: told.len(),
    });
    Ok((told, standing))
}

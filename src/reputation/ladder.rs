//! The ladder: which rank a member has come to, by the formulas and the answers to what they ask.
//!
//! A member stands on the highest rank whose formula holds. A rank that they hold, or one below it, stays
//! while its formula holds with nine tenths of every lower bound, so that nobody goes up and down with each
//! kudos; a permanent one stays for good. The lowest rank is everybody's.

mod wrong;

pub(crate) use wrong::{mend, wrong};

use super::{
    awards::day,
    badges::{self, Rules, Telling},
    facts::{self, Subject},
    formula::{Facts, Formula, Lean, Read},
    ledger,
    rank::Rank,
    store,
};
use crate::{
    kit::MemberId,
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// All ranks with their formulas, ready to be judged.
#[derive(Debug, Clone)]
pub(crate) struct Ladder {
    /// From below.
    pub(crate) steps: Vec<Step>,
    /// Everything the formulas ask, each once.
    pub(crate) reads: Vec<Read>,
    /// The deeds they ask for, each once.
    pub(crate) deeds: Vec<String>,
}

/// A rank and its formula.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) rank: Rank,
    /// None where it cannot be read any more: nobody comes to the rank, and nobody loses it.
    pub(crate) formula: Option<Formula>,
}

impl Ladder {
    pub(crate) async fn load(db: &mut PgConnection) -> sqlx::Result<Self> {
        Ok(Self::of(store::ladder(db).await?))
    }

    pub(crate) fn of(ranks: Vec<Rank>) -> Self {
        let step = |rank: Rank| {
            let formula = Formula::parse(&rank.formula).ok();
            if formula.is_none() {
                tracing::warn!(rank.id = rank.id, "the formula of a rank cannot be read");
            }
            Step { rank, formula }
        };
        let steps: Vec<Step> = ranks.into_iter().map(step).collect();
        let formulas: Vec<Formula> = steps.iter().filter_map(|step| step.formula.clone()).collect();
        let mut ladder = Self { steps, reads: Vec::new(), deeds: Vec::new() };
        formulas.iter().for_each(|formula| ladder.ask(formula));
        ladder
    }

    /// Has what this formula asks answered as well.
    pub(crate) fn ask(&mut self, formula: &Formula) {
        for read in formula.reads() {
            if !self.reads.contains(&read) {
                self.reads.push(read);
            }
        }
        for deed in formula.deeds() {
            if !self.deeds.iter().any(|asked| asked == deed) {
                self.deeds.push(deed.to_owned());
            }
        }
    }

    /// Whether something besides the ledger can move somebody.
    pub(crate) fn slides(&self) -> bool {
        self.steps.iter().filter_map(|step| step.formula.as_ref()).any(Formula::slides)
    }

    /// The step of this rank.
    pub(crate) fn at(&self, rank: Option<i64>) -> Option<usize> {
        self.steps.iter().position(|step| Some(step.rank.id) == rank)
    }

    /// The step that somebody has come to who held this one.
    pub(crate) fn place(&self, facts: &Facts<'_>, held: Option<usize>) -> usize {
        let stands = |(number, step): &(usize, &Step)| {
            let keeps = held.is_some_and(|held| *number <= held);
            let Some(formula) = &step.formula else { return keeps };
            keeps && (step.rank.permanent || formula.holds(facts, Lean::Kind))
                || formula.holds(facts, Lean::Strict)
        };
        let highest = self.steps.iter().enumerate().rev().find(stands);
        highest.map_or(0, |(number, _)| number)
    }

    /// What is known of a subject, as formulas take it.
    pub(crate) fn facts<'a>(&'a self, subject: &'a Subject) -> Facts<'a> {
        Facts {
            reads: &self.reads,
            values: &subject.values,
            roles: &subject.roles,
            done: &subject.done,
        }
    }
}

/// Brings these members to the ranks they have come to, gives them the badges they have earned, tells of it, and
/// confers what the ranks confer; returns how many moved. The caller holds them.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    let rules = Rules::load(db, None).await?.at_once();
    settle_by(db, rules, members, now).await
}

/// The same with the badges that count a member's whole history.
///
/// # Errors
/// Those of the database.
pub(super) async fn settle_wholly(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    let rules = Rules::load(db, None).await?;
    settle_by(db, rules, members, now).await
}

async fn settle_by(
    db: &mut PgConnection,
    rules: Rules,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    let mut ladder = Ladder::load(db).await?;
    rules.ask(&mut ladder);
    let subjects = facts::of(db, members, &ladder.reads, &ladder.deeds, day(now)).await?;
    let moved = climb(db, &ladder, &subjects, now).await?;
    badges::settle(db, &rules, &ladder, &subjects, Telling::Told, now).await?;
    Ok(moved)
}

async fn climb(
    db: &mut PgConnection,
    ladder: &Ladder,
    subjects: &[Subject],
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    let (mut given, mut ranks, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for subject in subjects {
        let held = ladder.at(subject.rank);
        let place = ladder.place(&ladder.facts(subject), held);
        if held == Some(place) {
            continue;
        }
        let Some(step) = ladder.steps.get(place) else { continue };
        given.push(subject.member.0);
        ranks.push(step.rank.id);
        // Who holds what is not on the ladder any more loses it, whatever they come to.
        let gone = subject.rank.filter(|_| held.is_none());
        let before = held.unwrap_or(0);
        if place != before || gone.is_some() {
            let former =
                ladder.steps.get(before).map(|step| step.rank.id).filter(|_| place < before);
            moved.push((subject.member, step.rank.id, gone.or(former)));
        }
    }
    if given.is_empty() {
        return Ok(0);
    }
    let given = store::ladder::give(db, &given, &ranks, now).await?;
    moved.retain(|(member, ..)| given.contains(&member.0));
    for (member, rank, former) in &moved {
        let event = match *former {
            Some(former) => Event::RankLost { member: *member, rank: *rank, former },
            None => Event::RankReached { member: *member, rank: *rank },
        };
        outbox::record(db, Actor::System("reputation"), &event, now).await?;
    }
    let members: Vec<MemberId> = moved.iter().map(|(member, ..)| *member).collect();
    ledger::confer_held(db, &members, now).await?;
    Ok(moved.len())
}

/// The same for what was earned elsewhere: nobody is told, and who is on the lowest rank has none noted.
pub(super) async fn settle_past(
    db: &mut PgConnection,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let mut ladder = Ladder::load(db).await?;
    let rules = Rules::load(db, None).await?;
    rules.ask(&mut ladder);
    let subjects = facts::of(db, members, &ladder.reads, &ladder.deeds, day(now)).await?;
    badges::settle(db, &rules, &ladder, &subjects, Telling::Untold, now).await?;
    let (mut given, mut ranks) = (Vec::new(), Vec::new());
    for subject in subjects {
        let held = ladder.at(subject.rank);
        let place = ladder.place(&ladder.facts(&subject), held);
        if held.unwrap_or(0) != place
            && let Some(step) = ladder.steps.get(place)
        {
            given.push(subject.member.0);
            ranks.push(step.rank.id);
        }
    }
    store::ladder::give_past(db, &given, &ranks).await
}

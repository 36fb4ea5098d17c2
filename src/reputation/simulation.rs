//! What a change of the ladder would do, before it is made: how many members would move from which rank
//! to which, and some of them by name. It asks and judges as the sweep after the change will, so that the
//! two cannot differ.

use super::{awards::day, facts, ladder::Ladder, rank::Rank, store};
use crate::kit::MemberId;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// How many members are looked at together.
const AT_ONCE: i64 = 10_000;

/// How many are named of each move.
const NAMED: usize = 5;

/// What would move.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Simulation {
    /// Members who were looked at.
    pub members: i64,
    /// Moves, the most frequent first.
    pub moves: Vec<Move>,
}

/// Members who would go the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The name of the rank they hold.
    pub from: String,
    /// The name of the rank they would hold.
    pub to: String,
    /// Whether that is higher.
    pub up: bool,
    /// How many they are.
    pub members: i64,
    /// The handles of the first of them.
    pub sample: Vec<String>,
}

/// Counts where everybody would stand on this ladder. Holds no more than some members at a time.
///
/// # Errors
/// Those of the database.
pub async fn simulate(
    db: &mut PgConnection,
    ladder: Vec<Rank>,
    now: OffsetDateTime,
) -> sqlx::Result<Simulation> {
    let ladder = Ladder::of(ladder);
    let mut moves: BTreeMap<(usize, usize), (i64, Vec<MemberId>)> = BTreeMap::new();
    let (mut looked_at, mut after) = (0, 0);
    loop {
        let members = store::facts::members_after(db, after, AT_ONCE).await?;
        let Some(last) = members.last() else { break };
        after = last.0;
        looked_at += members.len() as i64;
        for subject in facts::of(db, &members, &ladder.reads, &ladder.deeds, day(now)).await? {
            let held = ladder.at(subject.rank);
            let place = ladder.place(&ladder.facts(&subject), held);
            let before = held.unwrap_or(0);
            if place == before {
                continue;
            }
            let (count, sample) = moves.entry((before, place)).or_default();
            *count += 1;
            if sample.len() < NAMED {
                sample.push(subject.member);
            }
        }
    }
    told(db, &ladder, moves, looked_at).await
}

async fn told(
    db: &mut PgConnection,
    ladder: &Ladder,
    moves: BTreeMap<(usize, usize), (i64, Vec<MemberId>)>,
    members: i64,
) -> sqlx::Result<Simulation> {
    let ids: Vec<i64> =
        moves.values().flat_map(|(_, sample)| sample).map(|member| member.0).collect();
    let handles: BTreeMap<i64, String> = store::facts::handles(db, &ids)
        .await?
        .into_iter()
        .map(|(member, handle)| (member.0, handle))
        .collect();
    let name = |place: usize| {
        ladder.steps.get(place).map(|step| step.rank.name.clone()).unwrap_or_default()
    };
    let mut moves: Vec<Move> = moves
        .into_iter()
        .map(|((from, to), (members, sample))| Move {
            from: name(from),
            to: name(to),
            up: to > from,
            members,
            sample: sample.iter().filter_map(|member| handles.get(&member.0).cloned()).collect(),
        })
        .collect();
    moves.sort_by_key(|one| std::cmp::Reverse(one.members));
    Ok(Simulation { members, moves })
}

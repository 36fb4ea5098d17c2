//! Whether everybody holds the rank they have come to, for the doctor.

use super::Ladder;
use crate::reputation::{
    awards::day,
    facts::{self, Subject},
    formula::ROLES,
    store,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How many members are looked at together.
const AT_ONCE: i64 = 5_000;

/// How many hold a rank that is theirs neither today nor as of the day on which everybody was counted last:
/// between the two, a window slides and roles are given without anybody's doing. Members who are yet to be counted after a
/// change of the ladder are not looked at.
///
/// # Errors
/// Those of the database.
pub(crate) async fn wrong(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<i64> {
    Ok(i64::try_from(astray(db, now).await?.len()).unwrap_or(i64::MAX))
}

/// Gives each of them the rank that is theirs today, without telling anybody: it was ours to keep. What the ranks
/// confer is mended by itself, after them.
///
/// # Errors
/// Those of the database.
pub(crate) async fn mend(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    let (members, ranks): (Vec<i64>, Vec<i64>) = astray(db, now).await?.into_iter().unzip();
    Ok(store::ladder::give(db, &members, &ranks, now).await?.len() as u64)
}

/// Who holds the wrong rank, each with the right one.
async fn astray(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<(i64, i64)>> {
    let ladder = Ladder::load(db).await?;
    let sweep = store::ladder::sweep(db).await?;
    let until = sweep.after.unwrap_or(i64::MAX);
    let mut astray = Vec::new();
    let mut after = 0;
    loop {
        let mut members = store::facts::members_after(db, after, AT_ONCE).await?;
        let Some(last) = members.last() else { return Ok(astray) };
        after = last.0;
        members.retain(|member| member.0 <= until);
        let doubtful: Vec<_> = facts::of(db, &members, &ladder.reads, &ladder.deeds, day(now))
            .await?
            .into_iter()
            .filter_map(|subject| Some((subject.member, place(&ladder, &subject)?)))
            .collect();
        if doubtful.is_empty() {
            continue;
        }
        let members: Vec<_> = doubtful.iter().map(|(member, _)| *member).collect();
        let then = facts::of(db, &members, &ladder.reads, &ladder.deeds, sweep.day).await?;
        let settled = then.iter().filter(|subject| could_be(&ladder, subject));
        let settled: Vec<_> = settled.map(|subject| subject.member).collect();
        let wrong =
            doubtful.iter().filter(|(member, _)| !ladder.slides() || !settled.contains(member));
        astray.extend(wrong.map(|(member, rank)| (member.0, *rank)));
    }
}

/// Whether the rank they hold can have been theirs, whatever roles they had.
fn could_be(ladder: &Ladder, subject: &Subject) -> bool {
    let all = ROLES.map(str::to_owned).to_vec();
    [subject.roles.clone(), Vec::new(), all]
        .into_iter()
        .any(|roles| place(ladder, &Subject { roles, ..subject.clone() }).is_none())
}

/// The rank that is theirs, where it is another than they hold.
fn place(ladder: &Ladder, subject: &Subject) -> Option<i64> {
    let held = ladder.at(subject.rank);
    let place = ladder.place(&ladder.facts(subject), held);
    let rank = ladder.steps.get(place)?.rank.id;
    (place != held.unwrap_or(0)).then_some(rank)
}

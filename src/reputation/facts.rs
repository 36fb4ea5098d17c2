//! What is asked of members, and the answers: the reads of checked formulas become columns of parameters
//! for one query, which answers them for some members at a time.

use super::{
    formula::Read,
    metric::Made,
    store::facts::{self as store, Sources},
};
use crate::kit::MemberId;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::{Date, Duration, macros::date};

/// A day before all others.
const EVER: Date = date!(0001 - 01 - 01);

/// A member and the answers to what was asked.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) member: MemberId,
    /// The rank held, by its id.
    pub(crate) rank: Option<i64>,
    pub(crate) roles: Vec<String>,
    /// Of the deeds that were asked for, those done.
    pub(crate) done: Vec<String>,
    /// In thousandths, in the order of the questions.
    pub(crate) values: Vec<i64>,
}

/// The answers for these members, in the order of their ids.
///
/// # Errors
/// Those of the database.
pub(crate) async fn of(
    db: &mut PgConnection,
    members: &[MemberId],
    reads: &[Read],
    deeds: &[String],
    today: Date,
) -> sqlx::Result<Vec<Subject>> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = members.iter().map(|member| member.0).collect();
    let known = store::known(db, &ids, deeds).await?;
    let mut subjects: Vec<Subject> = known
        .into_iter()
        .map(|known| Subject {
            member: known.id,
            rank: known.rank_id,
            roles: known.roles,
            done: known.done,
            values: vec![0; reads.len()],
        })
        .collect();
    if reads.is_empty() {
        return Ok(subjects);
    }
    let places: HashMap<i64, usize> =
        subjects.iter().enumerate().map(|(place, subject)| (subject.member.0, place)).collect();
    for answer in store::answers(db, &ids, &sources(reads, today)).await? {
        let subject = places.get(&answer.member_id).and_then(|place| subjects.get_mut(*place));
        let number = usize::try_from(answer.number).ok();
        let value =
            subject.zip(number).and_then(|(subject, number)| subject.values.get_mut(number));
        if let Some(value) = value {
            *value = answer.value;
        }
    }
    Ok(subjects)
}

/// Where the answers are to be found.
fn sources(reads: &[Read], today: Date) -> Sources {
    let mut sources = Sources::default();
    for (number, read) in (0..).zip(reads) {
        let (kind, counters) = match (read.metric.made(), read.days, &read.board) {
            (Made::Sum(counters), None, None) => ("total", counters.to_vec()),
            (Made::Sum(counters), None, Some(_)) => ("board", counters.to_vec()),
            (Made::Sum(counters), Some(_), _) => ("days", counters.to_vec()),
            (Made::Days(counters), ..) => {
                ("active", counters.iter().map(|one| (*one, 0)).collect())
            }
            (Made::Others(counters), ..) => {
                ("others", counters.iter().map(|one| (*one, 0)).collect())
            }
        };
        let window = read.days.and_then(|days| today.checked_sub(Duration::days(days.into())));
        for (counter, scale) in counters {
            sources.numbers.push(number);
            sources.kinds.push(kind.to_owned());
            sources.metrics.push(counter.name().to_owned());
            sources.scales.push(scale);
            sources.after.push(window.unwrap_or(EVER));
            sources.boards.push(read.board.clone());
        }
    }
    sources
}

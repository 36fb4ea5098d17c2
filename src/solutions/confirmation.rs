//! Whether an accepted reply solved it for others who have the same problem. A reply of which most of them
//! say that it did not is accepted no more.

use super::{acceptance, store};
use crate::{kit::MemberId, reputation, threads::Thread};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// So many have to answer before their answers can refute a reply.
const LEAST: i32 = 5;

/// What somebody says of an accepted reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It solved it for me.
    Solved,
    /// It did not.
    Unsolved,
}

impl Answer {
    fn name(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Unsolved => "unsolved",
        }
    }
}

/// Answers about an accepted reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Those for whom it solved it.
    pub(crate) confirmed: i32,
    /// All who answered.
    pub(crate) answered: i32,
}

impl Tally {
    /// Whether the reply stays accepted: until five have answered, and as long as half of them confirm it.
    pub(crate) fn holds(self) -> bool {
        self.answered < LEAST || 2 * self.confirmed >= self.answered
    }
}

/// Notes what a member says of an accepted reply, in place of what they said before. The row of the thread
/// must be held.
///
/// # Errors
/// Those of the database.
pub(super) async fn give(
    db: &mut PgConnection,
    thread: &Thread,
    accepted: &store::Standing,
    member: MemberId,
    answer: Answer,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let before = store::answer_of(db, accepted.id, member).await?;
    let said = before.as_ref().map(|before| before.answer);
    if said == Some(answer) {
        return Ok(());
    }
    let number = store::set_answer(db, accepted.id, member, answer.name(), now).await?;
    take_back(db, before.as_ref(), now).await?;
    if let Some(number) = number {
        let (author, board) = (accepted.author_id, thread.board_id);
        reputation::solution_confirmed(db, author, member, board, number, now).await?;
    }
    let tally = store::count(db, accepted.id, change(said, Some(answer))).await?;
    judge(db, thread, accepted, tally, now).await
}

/// Forgets what these people said of the accepted replies of threads, whose problem they have no more, and judges
/// each reply once by what is left. The last that a deed does, because it holds those who lose by it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn forget(
    db: &mut PgConnection,
    gone: &[(&Thread, &[MemberId])],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut found = Vec::new();
    for &(thread, people) in gone {
        if thread.solution_id.is_none() || people.is_empty() {
            continue;
        }
        for accepted in store::standing(db, thread.id).await? {
            found.push((thread, people, accepted));
        }
    }
    // All who may lose something, at once: one after the other they would be held in the order of the replies.
    let authors: Vec<MemberId> = found.iter().map(|(.., accepted)| accepted.author_id).collect();
    reputation::ledger::hold(db, &authors).await?;
    let (mut earned, mut changed) = (Vec::new(), Vec::new());
    for (thread, people, accepted) in found {
        let given = store::delete_answers(db, accepted.id, people).await?;
        if given.is_empty() {
            continue;
        }
        let confirmed = given.iter().filter(|given| given.answer == Answer::Solved).count() as i32;
        let by = Tally { confirmed: -confirmed, answered: -(given.len() as i32) };
        earned.extend(given.iter().filter_map(|given| given.number).map(reputation::confirmation));
        changed.push((thread, accepted, by));
    }
    reputation::undo_all(db, &earned, now).await?;
    for (thread, accepted, by) in changed {
        let tally = store::count(db, accepted.id, by).await?;
        judge(db, thread, &accepted, tally, now).await?;
    }
    Ok(())
}

/// What an answer earned the author of the reply goes.
async fn take_back(
    db: &mut PgConnection,
    given: Option<&store::Given>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Some(number) = given.and_then(|given| given.number) else { return Ok(()) };
    reputation::undo_all(db, &[reputation::confirmation(number)], now).await
}

async fn judge(
    db: &mut PgConnection,
    thread: &Thread,
    accepted: &store::Standing,
    tally: Tally,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if tally.holds() {
        return Ok(());
    }
    acceptance::refute(db, thread, accepted.post_id, now).await
}

/// By how much another answer changes the tally.
fn change(before: Option<Answer>, after: Option<Answer>) -> Tally {
    let solved = |answer: Option<Answer>| i32::from(answer == Some(Answer::Solved));
    let given = |answer: Option<Answer>| i32::from(answer.is_some());
    Tally { confirmed: solved(after) - solved(before), answered: given(after) - given(before) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_answers_of_which_most_deny_it_refute_a_reply() {
        for (confirmed, answered, holds) in [
            (0, 0, true),
            (0, 1, true),
            (0, 4, true),
            (0, 5, false),
            (2, 5, false),
            (3, 5, true),
            (3, 6, true),
            (2, 6, false),
            (3, 7, false),
            (41, 45, true),
            (22, 45, false),
            (23, 46, true),
        ] {
            let tally = Tally { confirmed, answered };
            assert_eq!(tally.holds(), holds, "{confirmed} of {answered}");
        }
    }

    #[test]
    fn a_changed_answer_counts_once() {
        use Answer::{Solved, Unsolved};
        for (before, after, confirmed, answered) in [
            (None, Some(Solved), 1, 1),
            (None, Some(Unsolved), 0, 1),
            (Some(Solved), Some(Unsolved), -1, 0),
            (Some(Unsolved), Some(Solved), 1, 0),
            (Some(Solved), None, -1, -1),
            (Some(Unsolved), None, 0, -1),
        ] {
            assert_eq!(
                change(before, after),
                Tally { confirmed, answered },
                "{before:?} {after:?}"
            );
        }
    }
}

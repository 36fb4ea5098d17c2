//! The noun: marking a reply as the solution and taking the mark away, inside a given transaction
//! that holds the thread's row.

use super::store;
use crate::{
    kit::{MemberId, PostId},
    outbox::{self, Actor, Event},
    reputation,
    threads::{self, Thread},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Marks a reply as the solution in place of any other.
pub(crate) async fn mark(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    author: MemberId,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if thread.solution_id == Some(post) {
        return Ok(());
    }
    if let Some(other) = thread.solution_id {
        withdraw(db, thread, other, actor, now).await?;
    }
    let by = actor.member();
    let acceptance = note(db, thread, post, by, actor, now).await?;
    reputation::solution_accepted(db, author, by, thread.board_id, acceptance, now).await
}

/// Notes that a reply was accepted by somebody, as `actor` tells; returns the acceptance, for which the
/// caller awards what it earned. The question must have no solution.
pub(crate) async fn note(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    by: Option<MemberId>,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    let acceptance = store::insert(db, thread.id, post, by, now).await?;
    threads::store::set_solution(db, thread.id, Some(post), by, now).await?;
    outbox::record(db, actor, &Event::SolutionAccepted { thread: thread.id, post }, now).await?;
    Ok(acceptance)
}

/// Takes the mark away, if this reply has it; what it earned goes.
pub(crate) async fn withdraw(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if thread.solution_id != Some(post) {
        return Ok(());
    }
    let Some(acceptance) = store::undo(db, thread.id, actor.member(), now).await? else {
        return Ok(());
    };
    threads::store::set_solution(db, thread.id, None, None, now).await?;
    let cause = format!("acceptance:{acceptance}");
    reputation::undo(db, &cause, &format!("{cause}:undone"), now).await?;
    outbox::record(db, actor, &Event::SolutionUnaccepted { thread: thread.id, post }, now).await?;
    Ok(())
}

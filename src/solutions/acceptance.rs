//! The noun: accepting a reply and taking that back, inside a given transaction that holds the thread's
//! row.

use super::store;
use crate::{
    kit::{MemberId, PostId, ThreadId},
    outbox::{self, Actor, Event},
    reputation,
    threads::{self, Thread},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// So many replies make up an answer at most.
pub(crate) const MOST: usize = 5;

/// What a reply was accepted for being.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Marked {
    /// It is accepted, perhaps since earlier.
    Done,
    /// The question has as many accepted replies as it can have.
    Full,
}

/// Accepts a reply beside those that are accepted already.
pub(crate) async fn mark(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    author: MemberId,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<Marked> {
    let standing = store::standing(db, thread.id).await?;
    if standing.iter().any(|accepted| accepted.post_id == post) {
        return Ok(Marked::Done);
    }
    if standing.len() >= MOST {
        return Ok(Marked::Full);
    }
    let by = actor.member();
    let acceptance = note(db, thread, post, by, actor, now).await?;
    reputation::solution_accepted(db, author, by, thread.board_id, acceptance, now).await?;
    Ok(Marked::Done)
}

/// Notes that a reply was accepted by somebody, as `actor` tells; returns the acceptance, for which the
/// caller awards what it earned. The reply must not be accepted already.
pub(crate) async fn note(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    by: Option<MemberId>,
    actor: Actor,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    let acceptance = store::insert(db, thread.id, post, by, now).await?;
    settle(db, thread.id).await?;
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
    if undo(db, thread, post, actor.member(), None, now).await? {
        let event = Event::SolutionUnaccepted { thread: thread.id, post };
        outbox::record(db, actor, &event, now).await?;
    }
    Ok(())
}

/// Takes the mark away because too few of those with the same problem say that it helped.
pub(super) async fn refute(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if undo(db, thread, post, None, Some("unconfirmed"), now).await? {
        let event = Event::SolutionRefuted { thread: thread.id, post };
        outbox::record(db, Actor::System("solutions"), &event, now).await?;
    }
    Ok(())
}

async fn undo(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    by: Option<MemberId>,
    because: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    if thread.solution_id.is_none() {
        return Ok(false);
    }
    let Some(acceptance) = store::undo(db, post, by, because, now).await? else {
        return Ok(false);
    };
    settle(db, thread.id).await?;
    // What was confirmed of it goes with it.
    let confirmed = store::numbers(db, acceptance).await?;
    let mut causes: Vec<String> = confirmed.into_iter().map(reputation::confirmation).collect();
    causes.push(format!("acceptance:{acceptance}"));
    reputation::undo_all(db, &causes, now).await?;
    Ok(true)
}

/// A question is solved by the first of its accepted replies, and as long as there is one.
async fn settle(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<()> {
    let standing = store::standing(db, thread).await?;
    let first = standing.first().map(|first| threads::store::Solution {
        post: first.post_id,
        by: first.accepted_by,
        at: first.accepted_at,
    });
    threads::store::set_solution(db, thread, first).await
}

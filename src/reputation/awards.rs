//! What is earned by what: the public rules.

use super::{
    ledger::{self, Entry},
    store,
};
use crate::kit::{BoardId, MemberId, PostId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Points for beginning a thread.
pub(super) const THREAD: i64 = 1;
/// Points for a reply.
pub(super) const REPLY: i64 = 2;
/// Points for kudos received.
pub(super) const KUDOS: i64 = 4;
/// Points for a reply that somebody else accepted as the solution.
pub(super) const SOLUTION: i64 = 15;

/// A post was written.
pub(crate) async fn post_written(
    db: &mut PgConnection,
    author: MemberId,
    board: BoardId,
    post: PostId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    ledger::append(db, &for_post(author, board, post, position), now).await
}

/// What a post earns its author.
pub(super) fn for_post(
    author: MemberId,
    board: BoardId,
    post: PostId,
    position: i32,
) -> Vec<Entry> {
    let (metric, points) = if position == 1 { ("threads", THREAD) } else { ("replies", REPLY) };
    both(author, board, metric, points, &format!("post:{post}"))
}

/// A post went out of sight by `deed`, which names that one time it did.
pub(crate) async fn post_withdrawn(
    db: &mut PgConnection,
    post: PostId,
    deed: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    undo(db, &format!("post:{post}"), &format!("post:{post}:{deed}"), now).await
}

/// A removed post came back: what the removal took is given back.
pub(crate) async fn post_restored(
    db: &mut PgConnection,
    post: PostId,
    removal: &str,
    deed: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    undo(db, &format!("post:{post}:{removal}"), &format!("post:{post}:{deed}"), now).await
}

/// A reply was accepted by somebody; by its own author it counts but earns nothing.
pub(crate) async fn solution_accepted(
    db: &mut PgConnection,
    author: MemberId,
    by: Option<MemberId>,
    board: BoardId,
    acceptance: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    ledger::append(db, &for_solution(author, by, board, acceptance), now).await
}

/// What an acceptance earns the author of the reply.
pub(super) fn for_solution(
    author: MemberId,
    by: Option<MemberId>,
    board: BoardId,
    acceptance: i64,
) -> Vec<Entry> {
    if by == Some(author) {
        return Vec::new();
    }
    both(author, board, "solutions", SOLUTION, &format!("acceptance:{acceptance}"))
}

/// What kudos earn the author of the post.
pub(super) fn for_kudos(author: MemberId, board: BoardId, cause: &str) -> Vec<Entry> {
    both(author, board, "kudos_received", KUDOS, cause)
}

/// Kudos were given.
pub(super) async fn kudos_given(
    db: &mut PgConnection,
    author: MemberId,
    giver: MemberId,
    board: BoardId,
    kudos: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let cause = format!("kudos:{kudos}");
    let mut entries = for_kudos(author, board, &cause);
    entries.push(Entry {
        member: giver,
        metric: "kudos_given",
        board: Some(board),
        delta: 1,
        cause,
    });
    ledger::append(db, &entries, now).await
}

/// Appends the negative of exactly what `cause` earned.
pub(crate) async fn undo(
    db: &mut PgConnection,
    cause: &str,
    undoing: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let earned = store::earned_by(db, cause).await?;
    let entries: Vec<Entry> = earned
        .into_iter()
        .filter_map(|entered| {
            Some(Entry {
                member: entered.member_id,
                metric: METRICS.into_iter().find(|metric| *metric == entered.metric)?,
                board: entered.board_id.map(BoardId),
                delta: -entered.delta,
                cause: undoing.to_owned(),
            })
        })
        .collect();
    ledger::append(db, &entries, now).await
}

/// Everything that is counted.
pub(crate) const METRICS: [&str; 6] =
    ["points", "threads", "replies", "kudos_received", "kudos_given", "solutions"];

fn both(
    member: MemberId,
    board: BoardId,
    metric: &'static str,
    points: i64,
    cause: &str,
) -> Vec<Entry> {
    [(metric, 1), ("points", points)]
        .into_iter()
        .map(|(metric, delta)| Entry {
            member,
            metric,
            board: Some(board),
            delta,
            cause: cause.to_owned(),
        })
        .collect()
}

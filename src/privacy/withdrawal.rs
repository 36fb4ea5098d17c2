//! Withdrawing everything that somebody wrote and could have withdrawn themselves.

use super::store::rewrite;
use crate::{
    kit::MemberId,
    outbox::{self, Actor, Event},
    posts, reputation, solutions, threads,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Withdraws up to `most` posts; returns how many it looked at. An opening post that others answered stays while it is read:
/// it belongs to those who answered as well.
pub(super) async fn withdraw(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
    now: OffsetDateTime,
) -> anyhow::Result<i64> {
    let actor = Actor::Member(member);
    let found = rewrite::withdrawable(db, member, most).await?;
    let mut withdrawn = Vec::new();
    for &(thread, post) in &found {
        let Some(thread) = threads::access::whole(db, thread).await? else { continue };
        let Some(post) = posts::store::by_id(db, post).await? else { continue };
        // Somebody may have replied before the thread was held.
        let answered = post.position == 1 && thread.replies > 0 && post.removed_at.is_none();
        if answered || post.deleted_at.is_some() {
            continue;
        }
        if post.removed_at.is_none() {
            posts::post::count_readable(db, &thread, &post, -1, now).await?;
        }
        posts::store::set_deleted(db, post.id, now).await?;
        withdrawn.push((thread, post));
    }
    // What was earned comes last, because it holds those who earned it.
    for (thread, post) in &withdrawn {
        if post.removed_at.is_none() {
            solutions::acceptance::withdraw(db, thread, post.id, actor, now).await?;
            reputation::post_withdrawn(db, post.id, "deleted", now).await?;
        }
        let event = Event::PostDeleted { thread: thread.id, post: post.id };
        outbox::record(db, actor, &event, now).await?;
    }
    Ok(found.len() as i64)
}

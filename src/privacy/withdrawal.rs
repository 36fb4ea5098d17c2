//! Withdrawing everything that somebody wrote and could have withdrawn themselves.

use super::store::erase;
use crate::{
    kit::MemberId,
    outbox::{self, Actor, Event},
    posts, reputation, solutions,
    threads::{self, thread},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Withdraws up to `most` posts; returns how many. An opening post that was answered stays: it belongs to
/// those who answered as well.
pub(super) async fn withdraw(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
    now: OffsetDateTime,
) -> anyhow::Result<i64> {
    let actor = Actor::Member(member);
    let ids = erase::withdrawable(db, member, most).await?;
    for &(thread, post) in &ids {
        let Some(thread) = threads::access::whole(db, thread).await? else { continue };
        let Some(post) = posts::store::by_id(db, post).await? else { continue };
        if post.deleted_at.is_some() || (post.position == 1 && thread.replies > 0) {
            continue;
        }
        if post.removed_at.is_none() {
            solutions::acceptance::withdraw(db, &thread, post.id, actor, now).await?;
            thread::count_readable(db, &thread, post.id, post.position, -1, now).await?;
            reputation::post_withdrawn(db, post.id, "deleted", now).await?;
        }
        posts::store::set_deleted(db, post.id, now).await?;
        let event = Event::PostDeleted { thread: thread.id, post: post.id };
        outbox::record(db, actor, &event, now).await?;
    }
    Ok(ids.len() as i64)
}

//! Taking a post out of sight and putting it back, inside a given transaction that holds the thread's row.

use super::{
    ledger::{self, Act},
    store,
};
use crate::{
    error::Result,
    outbox::{self, Actor, Event},
    posts::{self, Post},
    reputation, solutions,
    threads::Thread,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Takes a post that everybody could read out of sight: for good, or until somebody has looked at it.
///
/// # Errors
/// Those of the database.
pub(super) async fn take_away(
    db: &mut PgConnection,
    act: Act,
    actor: Actor,
    (thread, post): (&Thread, &Post),
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    let entry = ledger::write(db, act, actor, thread, Some(post.id), reason, now).await?;
    solutions::acceptance::withdraw(db, thread, post.id, actor, now).await?;
    posts::store::set_removed(db, post.id, Some(now)).await?;
    posts::post::count_readable(db, thread, post, -1, now).await?;
    let deed = format!("removed:{entry}");
    let (author, board) = (post.author_id, thread.board_id);
    reputation::post_removed(db, author, board, post.id, &deed, now).await?;
    let event = match act {
        Act::HidePost => Event::PostHidden { thread: thread.id, post: post.id },
        _ => Event::PostRemoved { thread: thread.id, post: post.id },
    };
    outbox::record(db, actor, &event, now).await?;
    Ok(())
}

/// Lets a post that was hidden until somebody has looked at it stay out of sight.
///
/// # Errors
/// Those of the database.
pub(super) async fn confirm(
    db: &mut PgConnection,
    actor: Actor,
    (thread, post): (&Thread, &Post),
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    ledger::write(db, Act::RemovePost, actor, thread, Some(post.id), reason, now).await?;
    posts::store::set_removed(db, post.id, Some(now)).await?;
    let event = Event::PostRemoved { thread: thread.id, post: post.id };
    outbox::record(db, actor, &event, now).await?;
    Ok(())
}

/// Puts a post back that was out of sight, with all it had earned.
///
/// # Errors
/// Those of the database.
pub(super) async fn put_back(
    db: &mut PgConnection,
    actor: Actor,
    (thread, post): (&Thread, &Post),
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    let removal = store::taken_away_by(db, post.id).await?.unwrap_or_default();
    let entry =
        ledger::write(db, Act::RestorePost, actor, thread, Some(post.id), reason, now).await?;
    posts::store::set_removed(db, post.id, None).await?;
    posts::post::count_readable(db, thread, post, 1, now).await?;
    let (removal, deed) = (format!("removed:{removal}"), format!("restored:{entry}"));
    reputation::post_restored(db, post.id, &removal, &deed, now).await?;
    let event = Event::PostRestored { thread: thread.id, post: post.id };
    outbox::record(db, actor, &event, now).await?;
    Ok(())
}

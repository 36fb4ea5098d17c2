//! What becomes of questions: told to who answered, who asked, and everybody with a me-too.

use super::{readable, tell_of};
use crate::{
    error::Error,
    kit::{PostId, ThreadId},
    members::{self, Viewer},
    notifications::{
        addressees::Addressees,
        notice::Kind,
        store::{self, Outcome},
    },
    outbox::Heard,
    posts::{self, Post},
    threads::{access, duplicates, me_too},
};
use sqlx::PgConnection;

/// A reply was accepted: its author hears of it, and of the first of a question all who wait for it.
pub(super) async fn accepted(
    db: &mut PgConnection,
    heard: &Heard,
    post: PostId,
) -> anyhow::Result<()> {
    let Some(post) = readable(db, post).await? else { return Ok(()) };
    let outcome = store::outcome(db, post.thread_id, post.id).await?;
    if !outcome.accepted {
        return Ok(());
    }
    let mut told = Addressees::new();
    if outcome.solution_id == Some(post.id) {
        told = waiting(db, &post, &outcome, Kind::Outcome).await?;
    }
    told.insert(post.author_id, Kind::Solution);
    store::forget_unseen_outcomes(db, &post, &told).await?;
    tell(db, heard, &post, told).await
}

/// A solution was taken back, by somebody or with its reply.
pub(super) async fn lost(db: &mut PgConnection, heard: &Heard, post: PostId) -> anyhow::Result<()> {
    let Some(post) = posts::store::by_id(db, post).await? else { return Ok(()) };
    let outcome = store::outcome(db, post.thread_id, post.id).await?;
    if outcome.solution_id.is_some() {
        return Ok(());
    }
    let mut told = waiting(db, &post, &outcome, Kind::Reopening).await?;
    if let Some(actor) = heard.actor {
        told.remove(&actor);
    }
    store::forget_unseen_outcomes(db, &post, &told).await?;
    // A moderator who removed the reply stays unnamed.
    tell_of(db, heard, &post, None, &told).await
}

/// Too few confirmed a solution.
pub(super) async fn refuted(
    db: &mut PgConnection,
    heard: &Heard,
    post: PostId,
) -> anyhow::Result<()> {
    let Some(post) = posts::store::by_id(db, post).await? else { return Ok(()) };
    let outcome = store::outcome(db, post.thread_id, post.id).await?;
    if outcome.accepted {
        return Ok(());
    }
    let mut told = Addressees::new();
    if outcome.solution_id.is_none() {
        told = waiting(db, &post, &outcome, Kind::Reopening).await?;
    }
    told.extend([(outcome.asker_id, Kind::Doubt), (post.author_id, Kind::Doubt)]);
    tell(db, heard, &post, told).await
}

/// Who asked is asked whether a reply solved it.
pub(super) async fn asked(
    db: &mut PgConnection,
    heard: &Heard,
    thread: ThreadId,
) -> anyhow::Result<()> {
    let Some(opening) = posts::store::at(db, thread, 1).await? else { return Ok(()) };
    let outcome = store::outcome(db, thread, opening.id).await?;
    if outcome.solution_id.is_some() {
        return Ok(());
    }
    let told = Addressees::from([(outcome.asker_id, Kind::Asking)]);
    tell(db, heard, &opening, told).await
}

/// Whose question was joined to one like it hears of that, where they may read that one.
pub(super) async fn joined(
    db: &mut PgConnection,
    heard: &Heard,
    thread: ThreadId,
    original: ThreadId,
) -> anyhow::Result<()> {
    if duplicates::original_of(db, thread).await? != Some(original) {
        return Ok(());
    }
    let Some(opening) = posts::store::at(db, thread, 1).await? else { return Ok(()) };
    let Some(asker) = members::by_id(db, opening.author_id).await? else { return Ok(()) };
    match access::readable(db, &Viewer::from(&asker), original).await {
        Ok(original) if original.closed_at.is_none() => {}
        Ok(_) | Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    store::forget_unseen_joining(db, asker.id, thread).await?;
    let mut told = Addressees::from([(asker.id, Kind::Joining)]);
    if let Some(actor) = heard.actor {
        told.remove(&actor);
    }
    // Who joined it may be a moderator, and stays unnamed.
    tell_of(db, heard, &opening, None, &told).await
}

/// Whose question was parted from one like it need not hear that it had been joined.
pub(super) async fn parted(db: &mut PgConnection, thread: ThreadId) -> anyhow::Result<()> {
    if duplicates::original_of(db, thread).await?.is_some() {
        return Ok(());
    }
    let Some(opening) = posts::store::at(db, thread, 1).await? else { return Ok(()) };
    Ok(store::forget_unseen_joining(db, opening.author_id, thread).await?)
}

/// Who asked, and who has the same problem.
async fn waiting(
    db: &mut PgConnection,
    post: &Post,
    outcome: &Outcome,
    kind: Kind,
) -> anyhow::Result<Addressees> {
    let others = me_too::members(db, post.thread_id).await?;
    Ok(others.into_iter().chain([outcome.asker_id]).map(|member| (member, kind)).collect())
}

/// Nobody is told of what they did themselves.
async fn tell(
    db: &mut PgConnection,
    heard: &Heard,
    post: &Post,
    mut told: Addressees,
) -> anyhow::Result<()> {
    if let Some(actor) = heard.actor {
        told.remove(&actor);
    }
    tell_of(db, heard, post, heard.actor, &told).await
}

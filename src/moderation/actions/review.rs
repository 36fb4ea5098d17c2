//! Deciding about what was flagged.

use super::{put_back, refuse_own, take_away};
use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    moderation::{
        cases::{self, Case, Outcome},
        store,
    },
    outbox::Actor,
    posts::{self, Post},
    threads::Thread,
};
use sqlx::PgConnection;

/// What a moderator says of a flagged post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::moderation) enum Decision {
    /// It stays.
    Keep,
    /// It goes.
    Remove,
}

/// Whether there was something to decide.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::moderation) enum Decided {
    Done,
    /// Somebody else was quicker.
    Late,
}

/// Whether a moderator takes a case or leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::moderation) enum Claim {
    Take,
    Leave,
}

/// The door to a case: whoever moderates the board, and did not write the post.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`].
pub(in crate::moderation) fn moderated(
    (thread, post): (&Thread, &Post),
    member: &Member,
) -> Result<()> {
    if !thread.can(&Viewer::from(member)).moderate {
        return Err(Error::Refused("moderators-only".into()));
    }
    refuse_own(post, member)
}

/// Lets a flagged post stay, and puts it back where it was hidden; or takes it away.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub(in crate::moderation) async fn decide(
    app: &App,
    member: &Member,
    post: PostId,
    decision: Decision,
    reason: &str,
) -> Result<Decided> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post, case) = held(&mut tx, member, post).await?;
    if case.is_none() {
        return Ok(Decided::Late);
    }
    let what = (&thread, &post);
    if post.deleted_at.is_some() {
        // Its author took it back a moment ago.
        cases::settle(&mut tx, &post, Actor::Member(member.id), Outcome::Gone, now).await?;
    } else if decision == Decision::Remove {
        take_away(&mut tx, member, what, reason, now).await?;
    } else if post.removed_at.is_some() {
        put_back(&mut tx, member, what, reason, now).await?;
    } else {
        cases::settle(&mut tx, &post, Actor::Member(member.id), Outcome::Kept, now).await?;
    }
    tx.commit().await?;
    Ok(Decided::Done)
}

/// Says that the moderator is at a case, in place of whoever was, or that nobody is.
///
/// # Errors
/// As [`decide`].
pub(in crate::moderation) async fn claim(
    app: &App,
    member: &Member,
    post: PostId,
    claim: Claim,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (_, _, case) = held(&mut tx, member, post).await?;
    let Some(case) = case else { return Ok(()) };
    let by = (claim == Claim::Take).then_some((member.id, now));
    // What somebody else is at is theirs to leave.
    if by.is_some() || case.own(member.id, now) {
        store::cases::set_claimed(&mut tx, case.id, by).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn held(
    db: &mut PgConnection,
    member: &Member,
    post: PostId,
) -> Result<(Thread, Post, Option<Case>)> {
    let (thread, post) = posts::access::held(db, member, post).await?;
    moderated((&thread, &post), member)?;
    let case = store::cases::open(db, post.id).await?;
    Ok((thread, post, case))
}

mod flag;
mod review;

use super::{
    cases::{self, Outcome},
    ledger::Act,
    removal, store,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::PostId,
    members::{Member, Viewer},
    outbox::Actor,
    posts::{self, Post},
    threads::Thread,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub use flag::flag_post;
pub(super) use review::{Claim, Decided, Decision, claim, decide, moderated};

/// Takes a post away, saying why in public. Its author still sees the words, and whoever flagged it hears of it.
/// Returns where its tombstone stands.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn remove_post(app: &App, member: &Member, post: PostId, reason: &str) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    take_away(&mut tx, member, (&thread, &post), reason, now).await?;
    tx.commit().await?;
    Ok(thread.url_at(post.position))
}

/// Takes a post away, or lets it stay so where it was hidden, and settles its case, if it has one. What was taken away
/// for good is left as it is.
async fn take_away(
    db: &mut PgConnection,
    member: &Member,
    (thread, post): (&Thread, &Post),
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    let actor = Actor::Member(member.id);
    let can = post.can(thread, &Viewer::from(member));
    if can.remove {
        removal::take_away(db, Act::RemovePost, actor, (thread, post), reason, now).await?;
    } else if can.restore {
        if store::cases::open(db, post.id).await?.is_none() {
            return Ok(());
        }
        refuse_own(post, member)?;
        removal::confirm(db, actor, (thread, post), reason, now).await?;
    } else {
        return Err(Error::Refused("moderators-only".into()));
    }
    Ok(cases::settle(db, post, actor, Outcome::Removed, now).await?)
}

/// Puts a removed post back, or one that is hidden until somebody has looked at it. Returns where it stands.
///
/// # Errors
/// As [`remove_post`].
pub async fn restore_post(
    app: &App,
    member: &Member,
    post: PostId,
    reason: &str,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let (thread, post) = posts::access::held(&mut tx, member, post).await?;
    let location = thread.url_at(post.position);
    let can = post.can(&thread, &Viewer::from(member));
    if !can.restore {
        return if can.remove {
            Ok(location)
        } else {
            Err(Error::Refused("moderators-only".into()))
        };
    }
    put_back(&mut tx, member, (&thread, &post), reason, now).await?;
    tx.commit().await?;
    Ok(location)
}

/// Puts a post back and settles its case, if it has one.
async fn put_back(
    db: &mut PgConnection,
    member: &Member,
    (thread, post): (&Thread, &Post),
    reason: &str,
    now: OffsetDateTime,
) -> Result<()> {
    if store::cases::open(db, post.id).await?.is_some() {
        refuse_own(post, member)?;
    }
    let actor = Actor::Member(member.id);
    removal::put_back(db, actor, (thread, post), reason, now).await?;
    cases::settle(db, post, actor, Outcome::Kept, now).await?;
    Ok(())
}

/// Nobody decides about flags on what they wrote.
fn refuse_own(post: &Post, member: &Member) -> Result<()> {
    if post.author_id == member.id { Err(Error::Refused("review-own".into())) } else { Ok(()) }
}

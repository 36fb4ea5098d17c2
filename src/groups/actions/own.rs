//! What members do for themselves.

use crate::{
    app::App,
    error::{Error, Result},
    groups::{Can, Group, Membership, access, store},
    kit::Message,
    members::{Member, Viewer},
    reputation,
};
use sqlx::{PgConnection, Postgres, Transaction};

/// Goes into an open group. Returns its address.
///
/// # Errors
/// [`Error::NotFound`] from the door, [`Error::Refused`] where one must be let in; those of the database.
pub async fn join(app: &App, member: &Member, slug: &str) -> Result<String> {
    let now = app.now();
    let (mut tx, group, can) = begin(app, member, slug).await?;
    if can.join {
        store::enter(&mut tx, group.id, member.id, now).await?;
        tx.commit().await?;
        return Ok(group.url());
    }
    unless(group.membership() == Membership::None, &group, "group-join-refusal")
}

/// Asks to be let in. Returns the group's address.
///
/// # Errors
/// As [`join`].
pub async fn request(app: &App, member: &Member, slug: &str) -> Result<String> {
    let now = app.now();
    let (mut tx, group, can) = begin(app, member, slug).await?;
    if can.request {
        store::ask(&mut tx, group.id, member.id, now).await?;
        tx.commit().await?;
        return Ok(group.url());
    }
    unless(group.membership() == Membership::None, &group, "group-request-refusal")
}

/// Asks no longer. Returns the group's address.
///
/// # Errors
/// [`Error::NotFound`] from the door; those of the database.
pub async fn withdraw(app: &App, member: &Member, slug: &str) -> Result<String> {
    let (mut tx, group, _) = begin(app, member, slug).await?;
    store::forget_request(&mut tx, group.id, member.id).await?;
    tx.commit().await?;
    Ok(group.url())
}

/// Goes out of a group. Returns its address, where it is still there for them to see.
///
/// # Errors
/// [`Error::NotFound`] from the door, [`Error::Refused`] where a rank keeps them in; those of the database.
pub async fn leave(app: &App, member: &Member, slug: &str) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // Before the group, as whoever changes their rank does.
    reputation::ledger::hold(&mut tx, &[member.id]).await?;
    let group = access::held(&mut tx, member, slug).await?;
    let can = group.can(&Viewer::from(member));
    if !can.leave {
        let by_rank = group.membership() == Membership::ByRank;
        return unless(by_rank, &group, "group-leave-refusal");
    }
    store::leave(&mut tx, group.id, member.id).await?;
    store::brought::release(&mut tx, group.id, member.id).await?;
    by_rank_again(&mut tx, member, now).await?;
    let there = access::seen(&mut tx, &Viewer::from(member), slug).await.is_ok();
    tx.commit().await?;
    app.announce_member(member.id).await?;
    Ok(if there { group.url() } else { "/groups".to_owned() })
}

/// Whose rank brings them in is in, also after having been in by hand.
async fn by_rank_again(
    db: &mut PgConnection,
    member: &Member,
    now: time::OffsetDateTime,
) -> Result<()> {
    Ok(reputation::ledger::confer(db, &[member.id], now).await?)
}

async fn begin(
    app: &App,
    member: &Member,
    slug: &str,
) -> Result<(Transaction<'static, Postgres>, Group, Can)> {
    let mut tx = app.db.begin().await?;
    let group = access::held(&mut tx, member, slug).await?;
    let can = group.can(&Viewer::from(member));
    Ok((tx, group, can))
}

/// Doing twice what is done is fine; what may not be done is refused.
fn unless(refused: bool, group: &Group, because: &'static str) -> Result<String> {
    if refused { Err(Error::Refused(Message::from(because))) } else { Ok(group.url()) }
}

//! What owners and administrators do with who is in a group.

use crate::{
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    groups::{Group, access, store},
    kit::MemberId,
    members::{self, Member, Viewer},
    outbox::Actor,
    reputation,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How naming somebody ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is done, or was so before.
    Done,
    /// Nobody has this handle.
    Nobody,
}

/// Brings somebody in.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn add(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<Answer> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let group = access::managed(&mut tx, actor, slug).await?;
    let Some(member) = members::by_handle(&mut tx, handle).await? else {
        return Ok(Answer::Nobody);
    };
    if enter(&mut tx, actor, &group, member, now).await? {
        tx.commit().await?;
        app.announce_member(member).await?;
    }
    Ok(Answer::Done)
}

/// Lets somebody in who asked. False where they do not ask any more; they stay outside.
///
/// # Errors
/// As [`add`].
pub async fn approve(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let group = access::managed(&mut tx, actor, slug).await?;
    let member = named(&mut tx, handle).await?;
    let asked = store::forget_request(&mut tx, group.id, member).await?;
    if asked {
        enter(&mut tx, actor, &group, member, now).await?;
        tx.commit().await?;
        app.announce_member(member).await?;
    }
    Ok(asked)
}

/// Does not let somebody in who asked.
///
/// # Errors
/// As [`add`].
pub async fn decline(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let group = access::managed(&mut tx, actor, slug).await?;
    let member = named(&mut tx, handle).await?;
    if store::forget_request(&mut tx, group.id, member).await? {
        log(&mut tx, actor, Act::DeclineRequest, &group, member, (json!({}), json!({})), now)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes somebody out. Owners are for administrators to take out.
///
/// # Errors
/// As [`add`]; [`Error::Refused`] where the member is an owner, or in by a rank.
pub async fn remove(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = members::by_handle(&mut tx, handle).await?;
    // Before the group, as whoever changes their rank does.
    reputation::ledger::hold(&mut tx, member.as_slice()).await?;
    let group = access::managed(&mut tx, actor, slug).await?;
    let member = member.ok_or(Error::NotFound)?;
    let owner = store::owns(&mut tx, group.id, member).await?;
    if owner && !group.can(&Viewer::from(actor)).govern {
        return Err(Error::Refused("group-owner-refusal".into()));
    }
    store::brought::release(&mut tx, group.id, member).await?;
    if store::leave(&mut tx, group.id, member).await? {
        let before = json!({ "owner": owner });
        log(&mut tx, actor, Act::RemoveMember, &group, member, (before, json!({})), now).await?;
        reputation::ledger::confer(&mut tx, &[member], now).await?;
        tx.commit().await?;
        app.announce_member(member).await?;
    }
    Ok(())
}

/// Makes somebody who is in the group an owner.
///
/// # Errors
/// As [`add`]; [`Error::Refused`] for all but administrators.
pub async fn make_owner(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<()> {
    set_owner(app, actor, slug, handle, true).await
}

/// Makes an owner a plain member again.
///
/// # Errors
/// As [`make_owner`].
pub async fn unmake_owner(app: &App, actor: &Member, slug: &str, handle: &str) -> Result<()> {
    set_owner(app, actor, slug, handle, false).await
}

async fn set_owner(app: &App, actor: &Member, slug: &str, handle: &str, owner: bool) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let group = access::managed(&mut tx, actor, slug).await?;
    if !group.can(&Viewer::from(actor)).govern {
        return Err(Error::Refused("group-owner-refusal".into()));
    }
    let member = named(&mut tx, handle).await?;
    if store::set_owner(&mut tx, group.id, member, owner.then_some(now)).await? {
        let act = if owner { Act::MakeOwner } else { Act::UnmakeOwner };
        log(&mut tx, actor, act, &group, member, (json!({}), json!({})), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn enter(
    db: &mut PgConnection,
    actor: &Member,
    group: &Group,
    member: MemberId,
    now: OffsetDateTime,
) -> Result<bool> {
    let entered = store::enter(db, group.id, member, now).await?;
    // Whom a provider had brought is in by hand from now on, and stays when it says otherwise.
    let kept = store::brought::release(db, group.id, member).await?;
    if entered || kept {
        log(db, actor, Act::AddMember, group, member, (json!({}), json!({})), now).await?;
    }
    Ok(entered || kept)
}

async fn named(db: &mut PgConnection, handle: &str) -> Result<MemberId> {
    members::by_handle(db, handle).await?.ok_or(Error::NotFound)
}

async fn log(
    db: &mut PgConnection,
    actor: &Member,
    act: Act,
    group: &Group,
    member: MemberId,
    (before, after): (Value, Value),
    now: OffsetDateTime,
) -> Result<()> {
    let about = About::Group(group.id, &group.name);
    let change = Change { act, about, member: Some(member), before, after };
    Ok(audit::record(db, Actor::Member(actor.id), &change, now).await?)
}

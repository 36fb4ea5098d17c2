//! What administrators do with members: they grant and take roles, and end sessions.

use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    kit::MemberId,
    members::{
        Role, session,
        store::{self, factors},
    },
    outbox::Actor,
    reputation,
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Grants a role, as the command line does, and ends all sessions of whoever did not have it; `None` where
/// nobody has the handle.
///
/// # Errors
/// Those of the database.
pub async fn promote(app: &App, handle: &str, role: Role) -> Result<Option<MemberId>> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(member) = store::by_handle(&mut tx, handle).await? else { return Ok(None) };
    factors::hold(&mut tx, member).await?;
    let actor = Actor::System("command line");
    grant_to(&mut tx, actor, member, role, now).await?;
    tx.commit().await?;
    app.announce_member(member).await?;
    Ok(Some(member))
}

/// Grants a role and ends all sessions of whoever did not have it.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the handle; those of the database.
pub async fn grant(app: &App, admin: &Admin, handle: &str, role: Role) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = store::by_handle(&mut tx, handle).await?.ok_or(Error::NotFound)?;
    factors::hold(&mut tx, member).await?;
    grant_to(&mut tx, Actor::Member(admin.member().id), member, role, now).await?;
    tx.commit().await?;
    app.announce_member(member).await
}

/// Takes a role away. It is gone with the next request, with the ranks that it brought and their groups, and
/// open streams that it let in end.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the handle; [`Error::Refused`] where nobody would be left to run
/// the community; those of the database.
pub async fn revoke(app: &App, admin: &Admin, handle: &str, role: Role) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = store::by_handle(&mut tx, handle).await?.ok_or(Error::NotFound)?;
    // The account before what belongs to it, as signing in does.
    factors::hold(&mut tx, member).await?;
    // Held, so that two who take it from each other at once do not both succeed.
    let admins = store::hold_admins(&mut tx).await?;
    if role == Role::Admin && admins == [member] {
        return Err(Error::Refused("last-admin-refusal".into()));
    }
    if store::revoke(&mut tx, member, role).await? {
        store::brought_roles::release(&mut tx, member, role).await?;
        let change = Change {
            act: Act::RevokeRole,
            about: About::Member(member),
            member: None,
            before: json!({ "role": role }),
            after: json!({}),
        };
        audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
        reputation::ledger::settle(&mut tx, &[member], now).await?;
        tx.commit().await?;
        app.announce_member(member).await?;
    }
    Ok(())
}

/// Ends a member's sessions, or the one that its id names, and keeps why.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the handle, or the session is none of theirs; those of the database.
pub async fn end_sessions_of(
    app: &App,
    admin: &Admin,
    handle: &str,
    session: Option<&str>,
    reason: &str,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = store::by_handle(&mut tx, handle).await?.ok_or(Error::NotFound)?;
    let before = store::sessions::count(&mut tx, member).await?;
    match session {
        Some(id) if !store::sessions::delete_named(&mut tx, member, id).await? => {
            return Err(Error::NotFound);
        }
        Some(_) => {}
        None => session::end_all(&mut tx, member).await?,
    }
    let after = store::sessions::count(&mut tx, member).await?;
    let change = Change {
        act: Act::EndSessions,
        about: About::Member(member),
        member: None,
        before: json!({ "sessions": before }),
        after: json!({ "sessions": after, "reason": reason }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    app.announce_member(member).await
}

/// A cookie that was good for little must not become good for much by itself: somebody else may have
/// it. Who grants cannot hand the member's browsers another, so they sign in again.
pub(super) async fn grant_to(
    db: &mut PgConnection,
    actor: Actor,
    member: MemberId,
    role: Role,
    now: OffsetDateTime,
) -> Result<()> {
    if store::grant(db, member, role, actor.member(), now).await? {
        let change = Change {
            act: Act::GrantRole,
            about: About::Member(member),
            member: None,
            before: json!({}),
            after: json!({ "role": role }),
        };
        audit::record(db, actor, &change, now).await?;
        session::end_all(db, member).await?;
        reputation::ledger::settle(db, &[member], now).await?;
    } else {
        // Whoever had it by a provider has it by hand from now on, and keeps it when that says otherwise.
        store::brought_roles::release(db, member, role).await?;
    }
    Ok(())
}

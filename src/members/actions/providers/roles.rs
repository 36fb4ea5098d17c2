//! Roles that follow what a provider says of somebody: certain values of its claim bring certain roles, and
//! whoever has one by it has it no more when it says so no longer. Who was given a role by hand keeps it.

use crate::{
    audit::{self, About, Act, Change},
    error::Result,
    kit::{MemberId, ProviderId},
    members::{
        Role, session,
        store::{self, brought_roles as stored},
    },
    outbox::Actor,
    reputation,
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Brings the roles that belong to these values, and takes those that the provider brought before. A role ends
/// all sessions, as everywhere: to be called before somebody is let in. True where anything changed, which is
/// to be announced after the commit.
pub(super) async fn follow(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
    now: OffsetDateTime,
) -> Result<bool> {
    let mut changed = false;
    for step in stored::steps(db, provider, member, values).await? {
        changed |= match step.comes {
            true => bring(db, provider, member, step.role, now).await?,
            false => take(db, provider, member, step.role, now).await?,
        };
    }
    if changed {
        reputation::ledger::settle(db, &[member], now).await?;
    }
    Ok(changed)
}

/// Takes these roles from all whom the provider brought them: for which of its values it did is not kept, and
/// whoever has another that brings the role gets it at the next sign-in. True where anything changed.
pub(super) async fn withdraw(
    db: &mut PgConnection,
    provider: ProviderId,
    taken: &[Role],
    now: OffsetDateTime,
) -> Result<bool> {
    let mut without = Vec::new();
    for held in stored::held(db, provider, taken).await? {
        if take(db, provider, held.member, held.role, now).await? {
            without.push(held.member);
        }
    }
    without.dedup();
    reputation::ledger::settle(db, &without, now).await?;
    Ok(!without.is_empty())
}

async fn bring(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    role: Role,
    now: OffsetDateTime,
) -> Result<bool> {
    let granted = store::grant(db, member, role, None, now).await?;
    // Theirs already: by hand, and stays so, or by another provider, whose word is then not the only one.
    if !granted && !stored::is_brought(db, member, role).await? {
        return Ok(false);
    }
    stored::note(db, provider, member, role).await?;
    if granted {
        let change = (json!({}), json!({ "role": role }));
        log(db, Act::GrantRole, member, change, now).await?;
        session::end_all(db, member).await?;
    }
    Ok(granted)
}

async fn take(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    role: Role,
    now: OffsetDateTime,
) -> Result<bool> {
    stored::forget(db, provider, member, role).await?;
    if stored::is_brought(db, member, role).await? || !store::revoke(db, member, role).await? {
        return Ok(false);
    }
    log(db, Act::RevokeRole, member, (json!({ "role": role }), json!({})), now).await?;
    Ok(true)
}

async fn log(
    db: &mut PgConnection,
    act: Act,
    member: MemberId,
    (before, after): (serde_json::Value, serde_json::Value),
    now: OffsetDateTime,
) -> Result<()> {
    let change = Change { act, about: About::Member(member), member: None, before, after };
    Ok(audit::record(db, Actor::System("a sign-in provider"), &change, now).await?)
}

//! Membership that follows what a sign-in provider says of somebody: certain values of its claim bring into
//! certain groups, and whoever was brought by it goes again when it says so no longer. Who joined or was added
//! by hand stays.

use super::store::{self, brought};
use crate::{
    audit::{self, About, Act, Change},
    kit::{GroupId, MemberId, ProviderId},
    outbox::Actor,
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) use brought::{mappings, slugs_known};

/// Puts these mappings in the place of those that were.
///
/// # Errors
/// Those of the database.
pub(crate) async fn map(
    db: &mut PgConnection,
    provider: ProviderId,
    mappings: &[(String, String)],
) -> sqlx::Result<()> {
    brought::map(db, provider, mappings).await
}

/// The provider says these values of somebody: brings them into the groups that belong to them, and out of
/// those it brought them into before. True where anything changed, and rights must be announced after the
/// commit and ranks conferred before it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn follow(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let steps = brought::steps(db, provider, member, values).await?;
    let mut changed = false;
    for step in steps {
        // Held as every change of a group's members holds it.
        store::hold(db, &step.slug).await?;
        let act = if step.enters {
            let entered = store::enter(db, step.id, member, now).await?;
            // In already: by hand, and stays so, or by another provider, whose word is then not the only one.
            if !entered && !brought::brought(db, member, step.id).await? {
                continue;
            }
            brought::note(db, provider, member, step.id).await?;
            if !entered {
                continue;
            }
            Act::AddMember
        } else {
            brought::forget(db, provider, member, step.id).await?;
            if brought::brought(db, member, step.id).await?
                || store::owns(db, step.id, member).await?
                || !store::leave(db, step.id, member).await?
            {
                continue;
            }
            Act::RemoveMember
        };
        log(db, act, step.id, &step.name, member, now).await?;
        changed = true;
    }
    Ok(changed)
}

/// Whom a provider no longer vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Withdrawn {
    /// Those in groups that it brings nobody into any more.
    Unmapped,
    /// All: it is switched off, or another than it was.
    All,
}

/// Takes those out whom the provider brought and does not vouch for any more; returns who is out now: their
/// ranks must be conferred before the commit, and rights announced after it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn withdraw(
    db: &mut PgConnection,
    provider: ProviderId,
    whom: Withdrawn,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<MemberId>> {
    let mut out = Vec::new();
    for group in brought::filled(db, provider, whom == Withdrawn::All).await? {
        store::hold(db, &group.slug).await?;
        for member in brought::empty(db, provider, group.id).await? {
            log(db, Act::RemoveMember, group.id, &group.name, member, now).await?;
            out.push(member);
        }
    }
    Ok(out)
}

async fn log(
    db: &mut PgConnection,
    act: Act,
    group: GroupId,
    name: &str,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let about = About::Group(group, name);
    let change = Change { act, about, member: Some(member), before: json!({}), after: json!({}) };
    audit::record(db, Actor::System("a sign-in provider"), &change, now).await
}

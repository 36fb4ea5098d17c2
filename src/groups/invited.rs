//! Members who come into groups because the invitation they joined by says so.

use super::store;
use crate::{
    audit::{self, About, Act, Change},
    kit::{GroupId, MemberId},
    outbox::Actor,
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A group, as an invitation names it.
pub(crate) struct Named {
    pub(crate) id: GroupId,
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// Brings a new member into these groups. True where they came into any, and rights must be announced after
/// the commit.
///
/// # Errors
/// Those of the database.
pub(crate) async fn enter(
    db: &mut PgConnection,
    groups: &[Named],
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let mut changed = false;
    for group in groups {
        // Held as every change of a group's members holds it.
        store::hold(db, &group.slug).await?;
        if !store::enter(db, group.id, member, now).await? {
            continue;
        }
        let change = Change {
            act: Act::AddMember,
            about: About::Group(group.id, &group.name),
            member: Some(member),
            before: json!({}),
            after: json!({}),
        };
        audit::record(db, Actor::System("an invitation"), &change, now).await?;
        changed = true;
    }
    Ok(changed)
}

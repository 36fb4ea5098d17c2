use super::store;
use crate::{
    groups::invited,
    kit::{InvitationId, MemberId, Secret},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// So long after it has ended, an invitation still holds the address of whoever never came.
pub(crate) const ADDRESS_KEPT: Duration = Duration::days(30);

/// An invitation that somebody can still join by.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) id: InvitationId,
    /// Whom it was mailed to.
    pub(crate) email: Option<String>,
    /// What the administrator calls them.
    pub(crate) name: String,
}

impl Open {
    /// Whether an address needs no other proof, because the link was mailed to it.
    pub(crate) fn proves(&self, email: &str) -> bool {
        self.email.as_ref().is_some_and(|invited| invited.eq_ignore_ascii_case(email))
    }
}

/// The invitation of this link, if somebody can still join by it.
///
/// # Errors
/// Those of the database.
pub(crate) async fn usable(
    db: &mut PgConnection,
    link: &Secret,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Open>> {
    store::usable(db, &link.hash(), now).await
}

/// The invitation that somebody brings along, if it is still good.
///
/// # Errors
/// Those of the database.
pub(crate) async fn brought(
    db: &mut PgConnection,
    id: Option<InvitationId>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Open>> {
    match id {
        Some(id) => store::by_id(db, id, now).await,
        None => Ok(None),
    }
}

/// What joining by an invitation brought.
pub(crate) struct Claimed {
    /// Rights must be announced after the commit.
    pub(crate) rights_changed: bool,
}

/// Takes a place of the invitation for a member who was made in this transaction, and brings them into its
/// groups. `None` where no place is left: of those who come at once, one gets the last.
///
/// # Errors
/// Those of the database.
pub(crate) async fn claim(
    db: &mut PgConnection,
    id: InvitationId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Claimed>> {
    if !store::take_place(db, id, now).await? {
        return Ok(None);
    }
    store::note_use(db, id, member, now).await?;
    let groups = store::groups(db, id).await?;
    let rights_changed = invited::enter(db, &groups, member, now).await?;
    Ok(Some(Claimed { rights_changed }))
}

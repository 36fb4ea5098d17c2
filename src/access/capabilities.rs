//! What ranks grant their holders beyond what boards allow.

mod store;

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Something that a rank may grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// Accept replies to others' questions, wherever the member may reply.
    Accept,
}

impl Capability {
    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
        }
    }
}

/// Grants a member exactly these, in place of what they had. Whoever settles ranks calls it, in the
/// transaction in which a rank changes.
///
/// # Errors
/// Those of the database.
pub async fn settle_capabilities(
    db: &mut PgConnection,
    member: MemberId,
    granted: &[Capability],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let names: Vec<String> = granted.iter().map(|one| one.name().to_owned()).collect();
    store::settle(db, member, &names, now).await
}

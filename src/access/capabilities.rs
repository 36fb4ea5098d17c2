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
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Accept];

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
        }
    }
}

/// Grants members exactly these, in place of what they had. Whoever settles ranks calls it, in the transaction in
/// which a rank changes.
///
/// # Errors
/// Those of the database.
pub async fn settle_capabilities(
    db: &mut PgConnection,
    members: &[MemberId],
    granted: &[(MemberId, Capability)],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    store::settle(db, members, granted, now).await
}

/// Takes it at once from everybody who does not hold this rank or a higher one; from everybody where it is none.
///
/// # Errors
/// Those of the database.
pub(crate) async fn keep_capability(
    db: &mut PgConnection,
    capability: Capability,
    rank: Option<i64>,
) -> sqlx::Result<()> {
    store::keep(db, capability.name(), rank).await
}

//! Signed-in browsers. The cookie holds a secret, the database its hash.

use crate::kit::{MemberId, Secret};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A session ends by itself after so long.
pub const LIFETIME: Duration = Duration::days(60);

/// Begins a session and returns the secret for the cookie. The only place that does.
///
/// # Errors
/// Those of the database.
pub async fn begin(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Secret> {
    let secret = Secret::random();
    super::store::sessions::insert(db, &secret.hash(), member, now, now + LIFETIME).await?;
    Ok(secret)
}

/// Ends one session; its cookie is worth nothing on any node from then on.
///
/// # Errors
/// Those of the database.
pub async fn end(db: &mut PgConnection, secret: &Secret) -> sqlx::Result<()> {
    super::store::sessions::delete(db, &secret.hash()).await
}

/// Ends every session of a member.
///
/// # Errors
/// Those of the database.
pub async fn end_all(db: &mut PgConnection, member: MemberId) -> sqlx::Result<()> {
    super::store::sessions::delete_all(db, member).await
}

//! Signed-in browsers. The cookie holds a secret, the database its hash.

use super::{
    device::Device,
    store::{factors, passkeys, sessions, steps},
};
use crate::kit::{MemberId, Secret};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A session ends by itself after so long, however much it is used.
pub const LIFETIME: Duration = Duration::days(180);

/// A session ends by itself when it was not seen for so long.
pub const IDLE: Duration = Duration::days(30);

/// A browser that has shown whose it is has so long to bring the second factor.
pub const PENDING: Duration = Duration::minutes(10);
/// So long after somebody showed who they are, they need not show it again.
pub const FRESH: Duration = Duration::minutes(10);

/// The browser that asks: what it is, and the session it already has, not yet believed.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// What it is.
    pub device: Device,
    /// What its cookie holds.
    pub presented: Option<Secret>,
}

/// Begins a session and returns the secret for the cookie; the one that this browser presented ends, so
/// that no secret known before lives on. The only place that begins sessions.
///
/// # Errors
/// Those of the database.
pub async fn begin(
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
    now: OffsetDateTime,
) -> sqlx::Result<Secret> {
    if let Some(before) = &browser.presented {
        end(db, before).await?;
    }
    let secret = Secret::random();
    let row = sessions::NewRow {
        token_hash: &secret.hash(),
        member,
        device: browser.device,
        expires_at: now + LIFETIME,
    };
    sessions::insert(db, row, now).await?;
    Ok(secret)
}

/// Ends one session; its cookie is worth nothing on any node from then on. Returns whose it was, if there was
/// one. Whoever ends sessions tells the member's open pages, after the commit:
/// [`App::announce_member`](crate::app::App::announce_member).
///
/// # Errors
/// Those of the database.
pub async fn end(db: &mut PgConnection, secret: &Secret) -> sqlx::Result<Option<MemberId>> {
    sessions::delete(db, &secret.hash()).await
}

/// Whether a session of this member still counts.
///
/// # Errors
/// Those of the database.
pub async fn counts(
    db: &mut PgConnection,
    secret: &Secret,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sessions::counts(db, &secret.hash(), member, now, now - IDLE).await
}

/// Ends every session of a member, every sign-in that waits for its second step, and every second factor that was
/// begun and is not in force.
///
/// # Errors
/// Those of the database.
pub async fn end_all(db: &mut PgConnection, member: MemberId) -> sqlx::Result<()> {
    steps::delete_all(db, member).await?;
    factors::delete_begun(db, member).await?;
    passkeys::delete_asked(db, member).await?;
    sessions::delete_all(db, member).await?;
    Ok(())
}

/// Ends every session of a member but the one this browser presents.
pub(super) async fn end_others(
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
) -> sqlx::Result<()> {
    sessions::delete_others(db, member, browser.hash().as_deref()).await
}

/// Whether the member still is signed in with this browser. Whoever acts on what was read or waited for asks, with
/// the account held: what ends all sessions (a new password, the closing of the account) calls off such deeds too.
pub(super) async fn lasts(
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
) -> sqlx::Result<bool> {
    match browser.hash() {
        Some(hash) => sessions::is_of(db, member, &hash).await,
        None => Ok(false),
    }
}

/// Notes that whoever uses this browser has shown again that they are the member, and returns another secret for
/// its cookie: whoever copied the one before has shown nothing. None where the session has ended.
pub(super) async fn renew(
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Secret>> {
    let (before, secret) = (browser.hash().unwrap_or_default(), Secret::random());
    let renewed = sessions::renew(db, member, &before, &secret.hash(), now).await?;
    Ok(renewed.then_some(secret))
}

/// Whether whoever uses this browser has shown just now who they are, by signing in or once more since.
pub(super) async fn is_fresh(
    db: &mut PgConnection,
    browser: &Browser,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    match browser.hash() {
        Some(hash) => sessions::proved_after(db, &hash, now - FRESH).await,
        None => Ok(false),
    }
}

impl Browser {
    /// What the database may know its session by.
    pub(super) fn hash(&self) -> Option<Vec<u8>> {
        self.presented.as_ref().map(Secret::hash)
    }
}

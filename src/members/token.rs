//! Links in mails that prove an address. Single use, one purpose, stored hashed.

use super::store::{
    factors,
    tokens::{self, Proof},
};
use crate::kit::{MemberId, Secret};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What a link is good for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    ConfirmEmail,
    ResetPassword,
    ChangeEmail,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
            Self::ChangeEmail => "change_email",
        }
    }

    fn lifetime(self) -> Duration {
        match self {
            Self::ConfirmEmail => Duration::days(3),
            Self::ResetPassword => Duration::HOUR,
            Self::ChangeEmail => Duration::DAY,
        }
    }
}

pub(super) async fn issue(
    db: &mut PgConnection,
    member: MemberId,
    purpose: Purpose,
    email: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Secret> {
    let secret = Secret::random();
    let expires_at = now + purpose.lifetime();
    tokens::insert(db, &secret.hash(), member, purpose.name(), email, now, expires_at).await?;
    Ok(secret)
}

pub(super) async fn usable(
    db: &mut PgConnection,
    secret: &Secret,
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Proof>> {
    tokens::usable(db, &secret.hash(), purpose.name(), now).await
}

/// Uses the link up, with its account held first, as by everybody else who holds both.
pub(super) async fn spend(
    db: &mut PgConnection,
    secret: &Secret,
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Proof>> {
    let Some(proof) = usable(db, secret, purpose, now).await? else { return Ok(None) };
    factors::hold(db, proof.member_id).await?;
    tokens::spend(db, &secret.hash(), purpose.name(), now).await
}

pub(super) async fn void_all(
    db: &mut PgConnection,
    member: MemberId,
    purpose: Purpose,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    tokens::void_all(db, member, purpose.name(), now).await
}

//! Passkeys (Web Authentication, level 3). What the library must remember between asking and answering lies
//! in the database, is used once, and is soon worth nothing.

use crate::{
    app::App,
    error::Result,
    kit::{MemberId, Secret},
    members::store::{factors, passkeys as store},
};
use anyhow::anyhow;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use url::{Host, Url};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PublicKeyCredential, Webauthn, WebauthnBuilder,
    WebauthnError,
};

/// So long the library lets an authenticator take.
const ANSWERED_WITHIN: Duration = Duration::minutes(5);

/// What a challenge is for.
#[derive(Debug, Clone, Copy)]
pub(in crate::members) enum Purpose {
    Add,
    SignIn,
    SecondStep,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::SignIn => "sign_in",
            Self::SecondStep => "second_step",
        }
    }
}

/// Whether browsers let this community use passkeys.
pub(in crate::members) fn offered(app: &App) -> bool {
    door(app).is_some()
}

/// The library, for the address under which people come. None where browsers would refuse: without https,
/// or under a bare number.
pub(in crate::members) fn door(app: &App) -> Option<Webauthn> {
    let origin = Url::parse(&app.config.address()).ok()?;
    let Some(Host::Domain(host)) = origin.host() else { return None };
    if origin.scheme() != "https" && host != "localhost" {
        return None;
    }
    let door = WebauthnBuilder::new(host, &origin).ok()?.rp_name(host).build();
    door.inspect_err(|error| tracing::error!(%error, "passkeys are not offered")).ok()
}

/// Keeps a challenge, and returns what the page needs to have it answered.
pub(in crate::members) async fn ask(
    db: &mut PgConnection,
    purpose: Purpose,
    member: Option<MemberId>,
    state: &impl Serialize,
    now: OffsetDateTime,
) -> Result<Secret> {
    let secret = Secret::random();
    let state = serde_json::to_value(state).map_err(anyhow::Error::from)?;
    let expires_at = now + ANSWERED_WITHIN;
    store::ask(db, &secret.hash(), purpose.name(), member, &state, expires_at).await?;
    Ok(secret)
}

/// Takes the challenge that the page had. None where it is too old, was answered, or is another's.
pub(in crate::members) async fn answered<T: DeserializeOwned>(
    db: &mut PgConnection,
    secret: &Secret,
    purpose: Purpose,
    member: Option<MemberId>,
    now: OffsetDateTime,
) -> Result<Option<T>> {
    let state = store::answer(db, &secret.hash(), purpose.name(), member, now).await?;
    Ok(state.map(serde_json::from_value).transpose().map_err(anyhow::Error::from)?)
}

/// How showing a passkey ends.
pub(in crate::members) enum Showing {
    /// It is this member's, and they were there.
    Is(MemberId),
    /// Its counter went back, as it does for a copy.
    Copied(MemberId),
    /// It is nobody's here, or the answer is wrong.
    Unknown,
}

/// Believes a passkey's answer, or not. Whoever signs in by it alone is known by what the passkey says; the
/// second step knows whose it must be.
pub(in crate::members) async fn believe(
    app: &App,
    db: &mut PgConnection,
    challenge: DiscoverableAuthentication,
    typed: &str,
    of: Option<MemberId>,
    now: OffsetDateTime,
) -> Result<Showing> {
    let Some(door) = door(app) else { return Ok(Showing::Unknown) };
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(typed) else {
        return Ok(Showing::Unknown);
    };
    let Some(shown) = store::shown(db, answer.get_credential_id()).await? else {
        return Ok(Showing::Unknown);
    };
    // Held, so that the counter of one answer is known to the next.
    factors::hold(db, shown.member_id).await?;
    let Some(shown) = store::shown(db, answer.get_credential_id()).await? else {
        return Ok(Showing::Unknown);
    };
    let says = answer.get_user_unique_id();
    let fits = match of {
        // An authenticator that was told which passkeys are meant need not say whose they are.
        Some(member) => member == shown.member_id && says.is_none_or(|says| is(&shown, says)),
        None => says.is_some_and(|says| is(&shown, says)),
    };
    if !fits {
        return Ok(Showing::Unknown);
    }
    let mut passkey: Passkey =
        serde_json::from_value(shown.credential).map_err(anyhow::Error::from)?;
    match door.finish_discoverable_authentication_v2(&answer, challenge, &passkey) {
        Ok(result) => {
            passkey.update_credential(&result);
            store::used(db, shown.id, &written(&passkey)?, now).await?;
            Ok(Showing::Is(shown.member_id))
        }
        Err(WebauthnError::CredentialPossibleCompromise) => Ok(Showing::Copied(shown.member_id)),
        Err(error) => {
            tracing::info!(%error, "a passkey was not believed");
            Ok(Showing::Unknown)
        }
    }
}

fn is(shown: &store::Shown, says: &[u8]) -> bool {
    shown.user.is_some_and(|user| user.as_bytes() == says)
}

/// As it lies in the database.
pub(in crate::members) fn written(passkey: &Passkey) -> Result<serde_json::Value> {
    Ok(serde_json::to_value(passkey).map_err(|error| anyhow!(error))?)
}

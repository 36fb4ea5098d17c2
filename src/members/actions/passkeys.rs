//! Passkeys: added and removed, and signed in by, alone or as the second step.

use super::{
    factors::{first_codes, forget_idle_codes, may_lose_one},
    passwords::tell,
    sessions::{self, Admission, Factor, Proof, is_self, still_self},
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{Code, MemberId, PasskeyId, Secret},
    members::{
        Member,
        factors::passkeys::{self, Purpose, Showing, door},
        mails::What,
        session::Browser,
        store::{self, factors, passkeys as stored, providers},
    },
};
use anyhow::anyhow;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration,
    RegisterPublicKeyCredential,
};

/// More than anybody has devices, and few enough to look at.
const MOST: usize = 20;

/// A challenge on its way to the page.
pub(in crate::members) struct Asked {
    /// What the answer names it by.
    pub(in crate::members) challenge: Secret,
    /// What the browser is asked, in JSON.
    pub(in crate::members) options: String,
}

/// What is remembered of a passkey being added.
#[derive(Serialize, Deserialize)]
struct Adding {
    name: String,
    registration: PasskeyRegistration,
}

/// Asks for a new passkey. None where it was not shown that the account is theirs.
pub(in crate::members) async fn begin_passkey(
    app: &App,
    member: &Member,
    name: &str,
    password: SecretString,
    browser: &Browser,
) -> Result<Option<Asked>> {
    let now = app.now();
    let door = door(app).ok_or(Error::NotFound)?;
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !is_self(app, &account, password, browser).await? {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    if !still_self(&mut tx, &account, browser).await? {
        return Ok(None);
    }
    let known = known(&mut tx, member.id).await?;
    if known.len() >= MOST {
        return Err(Error::Refused("passkeys-many-refusal".into()));
    }
    let user = stored::user(&mut tx, member.id, Uuid::new_v4()).await?;
    let (options, registration) = door
        .start_passkey_registration(user, &account.handle, &account.name, Some(known))
        .map_err(|error| anyhow!(error))?;
    let adding = Adding { name: name.to_owned(), registration };
    let challenge = passkeys::ask(&mut tx, Purpose::Add, Some(member.id), &adding, now).await?;
    tx.commit().await?;
    let mut options = value(&options.public_key)?;
    // One that the browser finds by itself, so that nobody has to say first who they are.
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    Ok(Some(Asked { challenge, options: options.to_string() }))
}

async fn known(db: &mut PgConnection, member: MemberId) -> Result<Vec<CredentialID>> {
    let written = stored::credentials(db, member).await?;
    let read = written.into_iter().map(serde_json::from_value::<Passkey>);
    let passkeys: Vec<Passkey> = read.collect::<Result<_, _>>().map_err(anyhow::Error::from)?;
    Ok(passkeys.iter().map(|passkey| passkey.cred_id().clone()).collect())
}

fn value(options: &impl Serialize) -> Result<Value> {
    Ok(serde_json::to_value(options).map_err(anyhow::Error::from)?)
}

/// How adding a passkey ends.
pub(in crate::members) enum Added {
    /// It is there. The recovery codes are for the member to keep, where they had none.
    Done(Option<Vec<Code>>),
    /// The answer came too late, twice, or is wrong.
    Not,
}

/// Adds the passkey that the browser made.
pub(in crate::members) async fn add_passkey(
    app: &App,
    member: &Member,
    challenge: &Secret,
    typed: &str,
) -> Result<Added> {
    let now = app.now();
    let door = door(app).ok_or(Error::NotFound)?;
    let mut tx = app.db.begin().await?;
    factors::hold(&mut tx, member.id).await?;
    let of = Some(member.id);
    let Some(adding) =
        passkeys::answered::<Adding>(&mut tx, challenge, Purpose::Add, of, now).await?
    else {
        return Ok(Added::Not);
    };
    let made = serde_json::from_str::<RegisterPublicKeyCredential>(typed)
        .map_err(|error| error.to_string())
        .and_then(|answer| {
            door.finish_passkey_registration(&answer, &adding.registration)
                .map_err(|error| error.to_string())
        });
    let passkey = match made {
        Ok(passkey) => passkey,
        Err(error) => {
            tracing::info!(error, "a passkey was not taken");
            tx.commit().await?;
            return Ok(Added::Not);
        }
    };
    let (id, written) = (passkey.cred_id(), passkeys::written(&passkey)?);
    if !stored::insert(&mut tx, member.id, id, &adding.name, &written, now).await? {
        return Ok(Added::Not);
    }
    let codes = first_codes(&mut tx, member.id, now).await?;
    let account = store::account(&mut tx, member.id).await?;
    tell(&mut tx, &account, What::PasskeyAdded, now).await?;
    tx.commit().await?;
    Ok(Added::Done(codes))
}

/// Calls a passkey something else.
pub(in crate::members) async fn rename_passkey(
    app: &App,
    member: &Member,
    id: PasskeyId,
    name: &str,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !stored::rename(&mut tx, member.id, id, name).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Removes a passkey. False where it was not shown that the account is theirs.
pub(in crate::members) async fn remove_passkey(
    app: &App,
    member: &Member,
    id: PasskeyId,
    password: SecretString,
    browser: &Browser,
) -> Result<bool> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !is_self(app, &account, password, browser).await? {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    if !still_self(&mut tx, &account, browser).await? {
        return Ok(false);
    }
    may_lose_one(&mut tx, member).await?;
    if !stored::delete(&mut tx, member.id, id).await? {
        return Err(Error::NotFound);
    }
    if !providers::has_way_in(&mut tx, member.id).await? {
        return Err(Error::Refused("only-way-refusal".into()));
    }
    forget_idle_codes(&mut tx, member.id).await?;
    tell(&mut tx, &account, What::PasskeyRemoved, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Asks for a passkey: of whoever waits for their second step, else of anybody. To whom nobody is known yet,
/// no list of passkeys is given, which would say who has an account.
pub(in crate::members) async fn ask_for_passkey(app: &App, step: Option<&Secret>) -> Result<Asked> {
    let now = app.now();
    let door = door(app).ok_or(Error::NotFound)?;
    let (options, challenge) =
        door.start_discoverable_authentication().map_err(|error| anyhow!(error))?;
    let mut options = value(&options.public_key)?;
    let mut tx = app.db.begin().await?;
    let (purpose, member) = match step {
        None => (Purpose::SignIn, None),
        Some(step) => {
            let waiting = sessions::pending(&mut tx, step, now).await?.ok_or(Error::NotFound)?;
            let ids = known(&mut tx, waiting.member_id).await?;
            options["allowCredentials"] = ids.iter().map(allowed).collect();
            (Purpose::SecondStep, Some(waiting.member_id))
        }
    };
    let challenge = passkeys::ask(&mut tx, purpose, member, &challenge, now).await?;
    tx.commit().await?;
    Ok(Asked { challenge, options: options.to_string() })
}

fn allowed(id: &CredentialID) -> Value {
    json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(id) })
}

/// How signing in by a passkey ends.
pub(in crate::members) enum ByPasskey {
    Done(Admission),
    /// It may be a copy; the member was told.
    Copied,
    /// It is nobody's here, or the answer is wrong or too late.
    Unknown,
    /// Nobody waits for a second step any more.
    Over,
}

/// Signs in whoever the passkey says it is.
pub(in crate::members) async fn sign_in_by_passkey(
    app: &App,
    challenge: &Secret,
    typed: &str,
    browser: &Browser,
) -> Result<ByPasskey> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let done = match show(app, &mut tx, challenge, typed, None, now).await? {
        Ok(member) => {
            ByPasskey::Done(sessions::admit(&mut tx, member, Proof::Passkey, browser, now).await?)
        }
        Err(not) => not,
    };
    tx.commit().await?;
    Ok(done)
}

/// Signs in whoever waits for their second step, by a passkey of theirs.
pub(in crate::members) async fn second_step_by_passkey(
    app: &App,
    step: &Secret,
    challenge: &Secret,
    typed: &str,
    browser: &Browser,
) -> Result<ByPasskey> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(waiting) = sessions::pending(&mut tx, step, now).await? else {
        return Ok(ByPasskey::Over);
    };
    let of = Some(waiting.member_id);
    let done = match show(app, &mut tx, challenge, typed, of, now).await? {
        Ok(_) => {
            let factor = Factor::Passkey;
            let signed_in = sessions::pass(&mut tx, step, &waiting, factor, browser, now).await?;
            ByPasskey::Done(Admission::SignedIn(signed_in))
        }
        Err(not) => not,
    };
    tx.commit().await?;
    Ok(done)
}

/// Whose passkey it is, if it is to be believed. The challenge is used up either way.
async fn show(
    app: &App,
    db: &mut PgConnection,
    challenge: &Secret,
    typed: &str,
    of: Option<MemberId>,
    now: OffsetDateTime,
) -> Result<Result<MemberId, ByPasskey>> {
    let purpose = if of.is_some() { Purpose::SecondStep } else { Purpose::SignIn };
    let asked = passkeys::answered::<DiscoverableAuthentication>(db, challenge, purpose, of, now);
    let Some(asked) = asked.await? else { return Ok(Err(ByPasskey::Unknown)) };
    match passkeys::believe(app, db, asked, typed, of, now).await? {
        Showing::Is(member) => Ok(Ok(member)),
        Showing::Unknown => Ok(Err(ByPasskey::Unknown)),
        Showing::Copied(member) => {
            let account = store::account(db, member).await?;
            tell(db, &account, What::PasskeyCopied, now).await?;
            Ok(Err(ByPasskey::Copied))
        }
    }
}

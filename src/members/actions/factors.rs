//! Apps that make codes, and recovery codes.

use super::{
    passwords::tell,
    sessions::{Factor, is_self, still_self},
};
use crate::{
    access::{self, Admin},
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    kit::{Code, MemberId},
    limits,
    members::{
        Member,
        factors::otp::Seed,
        mails::What,
        session::{self, Browser},
        store::{self, factors, passkeys},
    },
    outbox::Actor,
    settings,
};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A seed that no code confirms within so long is begun anew.
const CONFIRMED_WITHIN: Duration = Duration::HOUR;

/// What a typed code came to.
pub(super) enum Spent {
    By(Factor),
    Wrong,
    /// The server lacks the key to what the app makes its codes of. Recovery codes still do.
    SeedLost,
}

/// Uses up a code of the app, or a recovery code. The account is held.
pub(super) async fn spend_code(
    app: &App,
    db: &mut PgConnection,
    member: MemberId,
    typed: &str,
    now: OffsetDateTime,
) -> Result<Spent> {
    if let Some(code) = Code::typed(typed) {
        if !factors::spend_code(db, member, &code.hash(), now).await? {
            return Ok(Spent::Wrong);
        }
        let account = store::account(db, member).await?;
        tell(db, &account, What::CodeUsed, now).await?;
        return Ok(Spent::By(Factor::RecoveryCode));
    }
    let Some(sealed) = factors::seed(db, member).await? else { return Ok(Spent::Wrong) };
    let seed = match Seed::open(&app.sealer, member, &sealed) {
        Ok(seed) => seed,
        Err(error) => {
            tracing::error!(member.id = %member, "{error}");
            return Ok(Spent::SeedLost);
        }
    };
    match seed.step_of(&bare(typed), now)? {
        Some(step) if factors::spend_step(db, member, step).await? => Ok(Spent::By(Factor::App)),
        _ => Ok(Spent::Wrong),
    }
}

/// Apps show codes with a space in the middle.
fn bare(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Begins with an app: makes a seed, which counts once a code has shown that the app has it. False where it
/// was not shown that the account is theirs.
pub(in crate::members) async fn begin_app(
    app: &App,
    member: &Member,
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
    let (sealed, session) = (Seed::random().seal(&app.sealer, member.id)?, browser.hash());
    if !factors::begin_seed(&mut tx, member.id, &sealed, session.as_deref(), now).await? {
        return Err(Error::Refused("app-there-refusal".into()));
    }
    tx.commit().await?;
    Ok(true)
}

/// The seed that was begun in this browser and waits for a code, with its sealed form. In another it is not
/// shown, where its owner could take it for their own.
pub(in crate::members) async fn begun_seed(
    app: &App,
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
) -> Result<Option<(Seed, Vec<u8>)>> {
    let (begun_after, session) = (app.now() - CONFIRMED_WITHIN, browser.hash());
    let begun = factors::begun_seed(db, member, session.as_deref(), begun_after).await?;
    let Some(sealed) = begun else { return Ok(None) };
    // One that does not open is as good as none: it is begun anew.
    Ok(Seed::open(&app.sealer, member, &sealed).ok().map(|seed| (seed, sealed)))
}

/// How confirming an app ends.
pub(in crate::members) enum AppConfirmed {
    /// It counts. The recovery codes are for the member to keep, where they had none.
    Done(Option<Vec<Code>>),
    Wrong,
    /// There is nothing to confirm any more.
    Over,
}

/// Puts the app in force by a code of it.
pub(in crate::members) async fn confirm_app(
    app: &App,
    member: &Member,
    code: &str,
    browser: &Browser,
) -> Result<AppConfirmed> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    factors::hold(&mut tx, member.id).await?;
    let Some((seed, sealed)) = begun_seed(app, &mut tx, member.id, browser).await? else {
        return Ok(AppConfirmed::Over);
    };
    app.take_place(&mut tx, limits::SECOND_STEP, &limits::member(member.id)).await?;
    let Some(step) = seed.step_of(&bare(code), now)? else {
        tx.commit().await?;
        return Ok(AppConfirmed::Wrong);
    };
    if !factors::confirm_seed(&mut tx, member.id, &sealed, step, now).await? {
        return Ok(AppConfirmed::Over);
    }
    let codes = first_codes(&mut tx, member.id, now).await?;
    let account = store::account(&mut tx, member.id).await?;
    tell(&mut tx, &account, What::AppAdded, now).await?;
    tx.commit().await?;
    Ok(AppConfirmed::Done(codes))
}

/// Makes recovery codes for whoever has none left.
pub(super) async fn first_codes(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Vec<Code>>> {
    if factors::held(db, member).await?.codes > 0 {
        return Ok(None);
    }
    Ok(Some(make_codes(db, member, now).await?))
}

async fn make_codes(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Code>> {
    let codes = Code::ten();
    let hashes: Vec<Vec<u8>> = codes.iter().map(Code::hash).collect();
    factors::replace_codes(db, member, &hashes, now).await?;
    Ok(codes)
}

/// Makes ten recovery codes in place of those before. None where it was not shown that the account is theirs.
pub(in crate::members) async fn renew_codes(
    app: &App,
    member: &Member,
    password: SecretString,
    browser: &Browser,
) -> Result<Option<Vec<Code>>> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !is_self(app, &account, password, browser).await? {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    if !still_self(&mut tx, &account, browser).await? {
        return Ok(None);
    }
    if factors::held(&mut tx, member.id).await?.count() == 0 {
        return Err(Error::Refused("codes-alone-refusal".into()));
    }
    let codes = make_codes(&mut tx, member.id, now).await?;
    tell(&mut tx, &account, What::CodesMade, now).await?;
    tx.commit().await?;
    Ok(Some(codes))
}

/// How removing an app ends.
pub(in crate::members) enum AppRemoved {
    Done,
    NotYou,
    WrongCode,
}

/// Takes the app away, by password and code both: whoever has only come upon one of them cannot.
pub(in crate::members) async fn remove_app(
    app: &App,
    member: &Member,
    password: SecretString,
    code: &str,
    browser: &Browser,
) -> Result<AppRemoved> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !is_self(app, &account, password, browser).await? {
        return Ok(AppRemoved::NotYou);
    }
    let mut tx = app.db.begin().await?;
    if !still_self(&mut tx, &account, browser).await? {
        return Ok(AppRemoved::NotYou);
    }
    app.take_place(&mut tx, limits::SECOND_STEP, &limits::member(member.id)).await?;
    if !matches!(spend_code(app, &mut tx, member.id, code, now).await?, Spent::By(_)) {
        // What was guessed counts, though nothing comes of it.
        tx.commit().await?;
        return Ok(AppRemoved::WrongCode);
    }
    may_lose_one(&mut tx, member).await?;
    factors::delete_seed(&mut tx, member.id).await?;
    forget_idle_codes(&mut tx, member.id).await?;
    tell(&mut tx, &account, What::AppRemoved, now).await?;
    tx.commit().await?;
    Ok(AppRemoved::Done)
}

/// Refuses where the community asks for a second factor and this is the last. The account is held.
pub(super) async fn may_lose_one(db: &mut PgConnection, member: &Member) -> Result<()> {
    let asked = settings::current(db).await?.second_factor;
    // As they are now: a role may have come since the request began.
    let moderates = access::store::moderates(db, member.id).await?;
    let bound =
        store::by_id(db, member.id).await?.is_some_and(|now| now.is_bound_by(asked, moderates));
    if bound && factors::held(db, member.id).await?.count() <= 1 {
        return Err(Error::Refused("last-factor-refusal".into()));
    }
    Ok(())
}

/// Recovery codes stand in for factors; without one they are worth nothing.
pub(super) async fn forget_idle_codes(db: &mut PgConnection, member: MemberId) -> sqlx::Result<()> {
    if factors::held(db, member).await?.count() == 0 {
        factors::delete_codes(db, member).await?;
    }
    Ok(())
}

/// Takes all second factors of a member away, who has lost them, and signs them out everywhere.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the handle; [`Error::Refused`] for one's own, whose way is another;
/// those of the database.
pub async fn take_factors(app: &App, admin: &Admin, handle: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let member = store::by_handle(&mut tx, handle).await?.ok_or(Error::NotFound)?;
    if member == admin.member().id {
        return Err(Error::Refused("own-factors-refusal".into()));
    }
    take_all(&mut tx, Actor::Member(admin.member().id), member, app.now()).await?;
    tx.commit().await?;
    app.announce_member(member).await
}

/// The same from the command line; `None` where nobody has the handle, else whether there were any.
///
/// # Errors
/// Those of the database.
pub async fn take_factors_from(app: &App, handle: &str) -> Result<Option<bool>> {
    let mut tx = app.db.begin().await?;
    let Some(member) = store::by_handle(&mut tx, handle).await? else { return Ok(None) };
    let taken = take_all(&mut tx, Actor::System("command line"), member, app.now()).await?;
    tx.commit().await?;
    app.announce_member(member).await?;
    Ok(Some(taken))
}

async fn take_all(
    db: &mut PgConnection,
    actor: Actor,
    member: MemberId,
    now: OffsetDateTime,
) -> Result<bool> {
    factors::hold(db, member).await?;
    let held = factors::held(db, member).await?;
    // Also one that was only begun.
    factors::delete_seed(db, member).await?;
    if held.count() == 0 {
        return Ok(false);
    }
    passkeys::delete_all(db, member).await?;
    factors::delete_codes(db, member).await?;
    session::end_all(db, member).await?;
    let change = Change {
        act: Act::TakeFactors,
        about: About::Member(member),
        member: None,
        before: json!({ "factors": held.count() }),
        after: json!({ "factors": 0 }),
    };
    audit::record(db, actor, &change, now).await?;
    let account = store::account(db, member).await?;
    tell(db, &account, What::FactorsTaken, now).await?;
    Ok(true)
}

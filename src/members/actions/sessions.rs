use super::factors::{Spent, spend_code};
use crate::{
    app::App,
    applications,
    error::{Error, Result},
    kit::{MemberId, Secret},
    limits,
    members::{
        Member, closing,
        session::{self, Browser},
        store::{
            self, factors, sessions,
            steps::{self, Pending},
        },
    },
};
use secrecy::SecretString;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Lets somebody in who knows the password. `None` for an unknown login and a wrong password alike, after
/// the same work.
pub(in crate::members) async fn sign_in(
    app: &App,
    login: &str,
    password: SecretString,
    browser: &Browser,
) -> Result<Option<Admission>> {
    let now = app.now();
    let mut db = app.db.acquire().await?;
    let account = store::meant_by(&mut db, login).await?;
    app.take_place(&mut db, limits::SIGN_IN, &subject(account.as_ref(), login)).await?;
    // Whoever waits to be let in is no member.
    let application = match &account {
        Some(_) => None,
        None => applications::meant_by(&mut db, login).await?,
    };
    drop(db);
    // No connection is held while hashing: the wait for a turn may be long.
    let hash = match (&account, &application) {
        (Some(account), _) => account.password_hash.clone(),
        (None, application) => application.as_ref().and_then(|it| it.password_hash.clone()),
    };
    let fits = app.hasher.verify(password, hash).await?;
    if let Some(application) = application.filter(|_| fits) {
        let mut tx = app.db.begin().await?;
        let browser = applications::show_to(&mut tx, application.id).await?;
        tx.commit().await?;
        return Ok(Some(Admission::Waits(browser)));
    }
    let Some(account) = account.filter(|_| fits) else { return Ok(None) };
    let mut tx = app.db.begin().await?;
    // A password that was changed meanwhile has ended all sessions; it must not begin one after that.
    if !store::still_has_password(&mut tx, account.id, account.password_hash.as_deref()).await? {
        return Ok(None);
    }
    let admission = admit(&mut tx, account.id, Proof::Password, browser, now).await?;
    tx.commit().await?;
    Ok(Some(admission))
}

/// How somebody has shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::members) enum Proof {
    Password,
    /// A link mailed to their address.
    Link,
    /// A passkey that has asked for a finger or a PIN.
    Passkey,
    /// A provider of OpenID Connect.
    Provider,
}

impl Proof {
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
        }
    }

    /// Whether it is something they have and something they know or are, both in one.
    fn is_two_factors(self) -> bool {
        self == Self::Passkey
    }
}

/// What a second step was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::members) enum Factor {
    App,
    RecoveryCode,
    Passkey,
}

impl Factor {
    fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::RecoveryCode => "recovery_code",
            Self::Passkey => "passkey",
        }
    }
}

/// A browser that was just signed in.
pub(crate) struct SignedIn {
    /// For the session cookie.
    pub(in crate::members) secret: Secret,
    /// The account was closed, and is open again.
    pub(in crate::members) reopened: bool,
}

/// How far somebody gets who has shown who they are.
pub(crate) enum Admission {
    SignedIn(SignedIn),
    /// They owe a second factor; the secret is for the cookie of the second step.
    SecondStep(Secret),
    /// They are no member yet; the secret is for the cookie that shows where they stand.
    Waits(Secret),
}

/// Decides how a proven identity becomes a session: at once, or by a second step where the account has a
/// second factor and the proof is but one. Every way of signing in ends here.
///
/// # Errors
/// [`Error::SignInFirst`] where the account was erased since it was asked for.
pub(in crate::members) async fn admit(
    db: &mut PgConnection,
    member: MemberId,
    proof: Proof,
    browser: &Browser,
    now: OffsetDateTime,
) -> Result<Admission> {
    if !factors::hold(db, member).await? {
        return Err(Error::SignInFirst);
    }
    if proof.is_two_factors() || factors::held(db, member).await?.count() == 0 {
        let signed_in = begin(db, member, (proof.name(), None), browser, now).await?;
        return Ok(Admission::SignedIn(signed_in));
    }
    let secret = Secret::random();
    let expires_at = now + session::PENDING;
    steps::insert(db, &secret.hash(), member, proof.name(), now, expires_at).await?;
    Ok(Admission::SecondStep(secret))
}

/// Begins the session; a closed account is open again from then on.
async fn begin(
    db: &mut PgConnection,
    member: MemberId,
    (proof, factor): (&str, Option<Factor>),
    browser: &Browser,
    now: OffsetDateTime,
) -> sqlx::Result<SignedIn> {
    let reopened = closing::reopen(db, member).await?;
    let secret = session::begin(db, member, browser, now).await?;
    sessions::note_way(db, &secret.hash(), proof, factor.map(Factor::name)).await?;
    Ok(SignedIn { secret, reopened })
}

/// So many wrong codes end a second step, and the first step is to be done again.
const ATTEMPTS: i32 = 5;

/// Who waits for the second step under this secret, held until the transaction ends. None where they have
/// waited or guessed for too long, or a new password has called it off.
pub(super) async fn pending(
    db: &mut PgConnection,
    step: &Secret,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Pending>> {
    let hash = step.hash();
    let Some(pending) = steps::pending(db, &hash, ATTEMPTS, now).await? else { return Ok(None) };
    factors::hold(db, pending.member_id).await?;
    // Somebody else may have held the account, and ended the wait.
    steps::pending(db, &hash, ATTEMPTS, now).await
}

/// Ends the wait with a session.
pub(super) async fn pass(
    db: &mut PgConnection,
    step: &Secret,
    pending: &Pending,
    factor: Factor,
    browser: &Browser,
    now: OffsetDateTime,
) -> sqlx::Result<SignedIn> {
    steps::delete(db, &step.hash()).await?;
    begin(db, pending.member_id, (&pending.proof, Some(factor)), browser, now).await
}

/// How a second step ends.
pub(in crate::members) enum SecondStep {
    Done(SignedIn),
    /// It was another code, or one used before.
    Wrong,
    /// The server lacks the key to what the app makes its codes of.
    SeedLost,
    /// Nobody waits any more.
    Over,
}

/// Signs in whoever waits, by a code of their app or a recovery code.
pub(in crate::members) async fn second_step(
    app: &App,
    step: &Secret,
    code: &str,
    browser: &Browser,
) -> Result<SecondStep> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(waiting) = pending(&mut tx, step, now).await? else { return Ok(SecondStep::Over) };
    let member = waiting.member_id;
    app.take_place(&mut tx, limits::SECOND_STEP, &limits::member(member)).await?;
    let done = match spend_code(app, &mut tx, member, code, now).await? {
        Spent::By(factor) => {
            SecondStep::Done(pass(&mut tx, step, &waiting, factor, browser, now).await?)
        }
        Spent::SeedLost => SecondStep::SeedLost,
        Spent::Wrong => {
            steps::count_attempt(&mut tx, &step.hash()).await?;
            SecondStep::Wrong
        }
    };
    tx.commit().await?;
    Ok(done)
}

/// Whether somebody still waits, for the page.
pub(in crate::members) async fn is_pending(app: &App, step: &Secret) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    Ok(steps::pending(&mut db, &step.hash(), ATTEMPTS, app.now()).await?.is_some())
}

/// Whether this is the member's password. Whoever has come upon a signed-in browser may guess no more
/// often than at the sign-in page.
pub(super) async fn knows_password(
    app: &App,
    account: &store::Account,
    password: SecretString,
) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    app.take_place(&mut db, limits::SIGN_IN, &limits::member(account.id)).await?;
    drop(db);
    app.hasher.verify(password, account.password_hash.clone()).await
}

/// Whether somebody who is signed in shows once more that the account is theirs: by their password, or, where
/// they have none, because they have shown just now who they are.
pub(crate) async fn shows_self(
    app: &App,
    member: &Member,
    password: SecretString,
    browser: &Browser,
) -> Result<bool> {
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    is_self(app, &account, password, browser).await
}

/// As [`shows_self`], of an account that was read before.
pub(super) async fn is_self(
    app: &App,
    account: &store::Account,
    password: SecretString,
    browser: &Browser,
) -> Result<bool> {
    if account.password_hash.is_some() {
        return knows_password(app, account, password).await;
    }
    Ok(session::is_fresh(&mut *app.db.acquire().await?, browser, app.now()).await?)
}

/// Holds the account of somebody who is signed in with this browser.
///
/// # Errors
/// [`Error::SignInFirst`] where they are no more: the account was closed, or has another password.
pub(super) async fn hold_own(
    db: &mut PgConnection,
    member: MemberId,
    browser: &Browser,
) -> Result<()> {
    if factors::hold(db, member).await? && session::lasts(db, member, browser).await? {
        return Ok(());
    }
    Err(Error::SignInFirst)
}

/// The same, and says whether the password is still the one that was shown.
///
/// # Errors
/// As [`hold_own`].
pub(super) async fn still_self(
    db: &mut PgConnection,
    account: &store::Account,
    browser: &Browser,
) -> Result<bool> {
    hold_own(db, account.id, browser).await?;
    Ok(store::still_has_password(db, account.id, account.password_hash.as_deref()).await?)
}

/// Whose password is guessed at. Somebody unknown is held back as one who is known, and what was typed
/// is not kept in words.
pub(super) fn subject(account: Option<&store::Credentials>, login: &str) -> String {
    match account {
        Some(account) => limits::member(account.id),
        None => limits::typed(login),
    }
}

/// Signs this browser out, everywhere and at once.
pub(in crate::members) async fn sign_out(app: &App, secret: &Secret) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let member = session::end(&mut tx, secret).await?;
    tx.commit().await?;
    if let Some(member) = member {
        app.announce_member(member).await?;
    }
    Ok(())
}

/// Ends one of the member's own sessions, by the id its page names it with.
pub(in crate::members) async fn end_session(app: &App, member: &Member, id: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !store::sessions::delete_named(&mut tx, member.id, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    app.announce_member(member.id).await
}

/// Ends all of the member's sessions but the one that asks.
pub(in crate::members) async fn end_other_sessions(
    app: &App,
    member: &Member,
    browser: &Browser,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    session::end_others(&mut tx, member.id, browser).await?;
    tx.commit().await?;
    app.announce_member(member.id).await
}

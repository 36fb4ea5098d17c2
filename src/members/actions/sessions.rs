use crate::{
    app::App,
    error::{Error, Result},
    kit::Secret,
    limits,
    members::{
        Member, closing,
        session::{self, Browser},
        store,
    },
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// A browser that was just signed in.
pub(in crate::members) struct SignedIn {
    pub(in crate::members) secret: Secret,
    /// The account was closed, and is open again.
    pub(in crate::members) reopened: bool,
}

/// Signs a browser in. `None` for an unknown login and a wrong password alike, after the same work.
pub(in crate::members) async fn sign_in(
    app: &App,
    login: &str,
    password: SecretString,
    browser: &Browser,
) -> Result<Option<SignedIn>> {
    let now = app.now();
    let mut db = app.db.acquire().await?;
    let account = store::meant_by(&mut db, login).await?;
    app.take_place(&mut db, limits::SIGN_IN, &subject(account.as_ref(), login)).await?;
    drop(db);
    // No connection is held while hashing: the wait for a turn may be long.
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let fits = app.hasher.verify(password, hash).await?;
    let Some(account) = account.filter(|_| fits) else { return Ok(None) };
    let mut tx = app.db.begin().await?;
    // A password that was changed meanwhile has ended all sessions; it must not begin one after that.
    if !store::still_has_password(&mut tx, account.id, account.password_hash.as_deref()).await? {
        return Ok(None);
    }
    let reopened = account.closed && closing::reopen(&mut tx, account.id).await?;
    let secret = session::begin(&mut tx, account.id, browser, now).await?;
    tx.commit().await?;
    Ok(Some(SignedIn { secret, reopened }))
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

/// Whether the password is the member's, who is asked for it again before something that matters. Whoever
/// has none, because they come in another way, is not asked.
pub(crate) async fn is_password_of(
    app: &App,
    member: &Member,
    password: SecretString,
) -> Result<bool> {
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if account.password_hash.is_none() {
        return Ok(true);
    }
    knows_password(app, &account, password).await
}

/// Whose password is guessed at. Somebody unknown is held back as one who is known, and what was typed
/// is not kept in words.
pub(super) fn subject(account: Option<&store::Credentials>, login: &str) -> String {
    match account {
        Some(account) => limits::member(account.id),
        None => BASE64.encode(Sha256::digest(login.trim().to_lowercase())),
    }
}

/// Signs this browser out, everywhere and at once.
pub(in crate::members) async fn sign_out(app: &App, secret: &Secret) -> Result<()> {
    let mut tx = app.db.begin().await?;
    session::end(&mut tx, secret).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends one of the member's own sessions, by the id its page names it with.
pub(in crate::members) async fn end_session(app: &App, member: &Member, id: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !store::sessions::delete_named(&mut tx, member.id, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
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
    Ok(())
}

use crate::{
    app::App,
    error::Result,
    kit::Secret,
    members::{session, store},
};
use secrecy::SecretString;

/// Signs a browser in. `None` for an unknown login and a wrong password alike, after the same work.
pub(in crate::members) async fn sign_in(
    app: &App,
    login: &str,
    password: SecretString,
) -> Result<Option<Secret>> {
    let now = app.now();
    let account = store::meant_by(&mut *app.db.acquire().await?, login).await?;
    // No connection is held while hashing: the wait for a turn may be long.
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let fits = app.hasher.verify(password, hash).await?;
    let Some(account) = account.filter(|_| fits) else { return Ok(None) };
    let mut tx = app.db.begin().await?;
    let secret = session::begin(&mut tx, account.id, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Signs this browser out, everywhere and at once.
pub(in crate::members) async fn sign_out(app: &App, secret: &Secret) -> Result<()> {
    let mut tx = app.db.begin().await?;
    session::end(&mut tx, secret).await?;
    tx.commit().await?;
    Ok(())
}

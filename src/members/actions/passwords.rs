use crate::{
    app::App,
    config::RateLimits,
    error::{Result, Taken},
    jobs,
    kit::{MemberId, Secret},
    limits,
    members::{
        actions::sessions,
        mails,
        session::{self, Browser},
        store,
        token::{self, Purpose},
    },
};
use secrecy::SecretString;

/// Sends a link for a new password, if the login is anybody's. Looks the same either way.
pub(in crate::members) async fn request_reset(app: &App, login: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let account = store::meant_by(&mut tx, login).await?;
    if app.config.rate_limits == RateLimits::On {
        let subject = sessions::subject(account.as_ref(), login);
        limits::take(&mut tx, limits::RESET_MAIL, &subject, now).await?;
    }
    if let Some(account) = account {
        jobs::enqueue(&mut tx, mails::RESET, &account.id, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sets the password by the link of that mail, ends all sessions and proves the address, because only
/// its reader could have the link. `None` where the link is used up or too old.
pub(in crate::members) async fn reset(
    app: &App,
    secret: &Secret,
    password: SecretString,
    browser: &Browser,
) -> Result<Option<Secret>> {
    let now = app.now();
    let hash = app.hasher.hash(password).await?;
    let mut tx = app.db.begin().await?;
    let Some(proof) = token::spend(&mut tx, secret, Purpose::ResetPassword, now).await? else {
        return Ok(None);
    };
    let confirmed = store::confirm_email(&mut tx, proof.member_id, &proof.email, now)
        .await
        .unless_taken(&["members_confirmed_email"])?;
    if confirmed != Some(true) {
        return Ok(None);
    }
    store::set_password(&mut tx, proof.member_id, &hash).await?;
    token::void_all(&mut tx, proof.member_id, Purpose::ResetPassword, now).await?;
    session::end_all(&mut tx, proof.member_id).await?;
    let secret = session::begin(&mut tx, proof.member_id, browser, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Sets a password from the command line and ends all sessions; `None` where nobody has the handle.
///
/// # Errors
/// Those of the database; [`crate::error::Error::Busy`] where too many hash.
pub async fn set_password(
    app: &App,
    handle: &str,
    password: SecretString,
) -> Result<Option<MemberId>> {
    let hash = app.hasher.hash(password).await?;
    let mut tx = app.db.begin().await?;
    let Some(member) = store::by_handle(&mut tx, handle).await? else { return Ok(None) };
    store::set_password(&mut tx, member, &hash).await?;
    session::end_all(&mut tx, member).await?;
    tx.commit().await?;
    Ok(Some(member))
}

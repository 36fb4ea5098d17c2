use super::sessions;
use crate::{
    access::Admin,
    app::App,
    error::{Error, Result},
    kit::Secret,
    members::{
        Member,
        closing::{self, GRACE},
        session::Browser,
        store,
    },
    outbox::Actor,
    reputation,
};
use secrecy::SecretString;

/// Closes a member's own account; false where they do not show that it is theirs.
pub(in crate::members) async fn close_own(
    app: &App,
    member: &Member,
    password: SecretString,
    browser: &Browser,
) -> Result<bool> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !sessions::is_self(app, &account, password, browser).await? {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    if !sessions::still_self(&mut tx, &account, browser).await? {
        return Ok(false);
    }
    closing::close(&mut tx, Actor::Member(member.id), member.id, now + GRACE, now).await?;
    // The roles went, and ranks may go with them.
    reputation::ledger::settle(&mut tx, &[member.id], now).await?;
    tx.commit().await?;
    app.announce_member(member.id).await?;
    Ok(true)
}

/// Closes somebody's account for them, as they asked an administrator to; after `wait` it is erased.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the handle; [`Error::Refused`] where nobody would be left to run
/// the community; those of the database.
pub async fn close_account(
    app: &App,
    admin: &Admin,
    handle: &str,
    wait: time::Duration,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = store::by_handle(&mut tx, handle).await?.ok_or(Error::NotFound)?;
    closing::close(&mut tx, Actor::Member(admin.member().id), member, now + wait, now).await?;
    reputation::ledger::settle(&mut tx, &[member], now).await?;
    tx.commit().await?;
    app.announce_member(member).await
}

/// Opens an account again by the link of the mail that told of its closing. Signs nobody in: whoever has
/// the mail need not have the password.
pub(in crate::members) async fn reopen(app: &App, secret: &Secret) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(member) = store::closing::by_token(&mut tx, &secret.hash()).await? else {
        return Ok(false);
    };
    // The account before what was kept of it, as whoever signs in to it does.
    store::factors::hold(&mut tx, member).await?;
    if store::closing::by_token(&mut tx, &secret.hash()).await? != Some(member) {
        return Ok(false);
    }
    let reopened = closing::reopen(&mut tx, member).await?;
    tx.commit().await?;
    Ok(reopened)
}

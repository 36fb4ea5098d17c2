use super::{join::mail_unproved, passwords::tell, sessions};
use crate::{
    app::App,
    error::{Result, Taken},
    kit::Secret,
    members::{
        Member,
        mails::{self, What},
        session::Browser,
        store,
        token::{self, Purpose},
    },
};
use secrecy::SecretString;

/// Notes that a member wants another address, mails a link to it and a warning to the one they have.
/// False where the password is not theirs, or, where they have none, they have not shown just now who they
/// are. Looks the same whether or not the address is known here.
pub(in crate::members) async fn request_address(
    app: &App,
    member: &Member,
    browser: &Browser,
    email: &str,
    password: Option<SecretString>,
) -> Result<bool> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !sessions::is_self(app, &account, password.unwrap_or_default(), browser).await? {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    if !sessions::still_self(&mut tx, &account, browser).await? {
        return Ok(false);
    }
    store::want_email(&mut tx, member.id, email).await?;
    token::void_all(&mut tx, member.id, Purpose::ChangeEmail, now).await?;
    mail_unproved(app, &mut tx, mails::CHANGE, member.id, email).await?;
    tell(&mut tx, &account, What::AddressWanted, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Uses the link that was sent to the wanted address, which is the member's from then on. False where the
/// link was used, is too old, or called off, or the address has become somebody else's.
pub(in crate::members) async fn change_address(app: &App, secret: &Secret) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(proof) = token::spend(&mut tx, secret, Purpose::ChangeEmail, now).await? else {
        return Ok(false);
    };
    let before = store::account(&mut tx, proof.member_id).await?;
    let changed = store::take_wanted_email(&mut tx, proof.member_id, &proof.email, now)
        .await
        .unless_taken(&["members_confirmed_email"])?;
    if changed != Some(true) {
        return Ok(false);
    }
    // Links that the old address got are worth nothing any more.
    for purpose in [Purpose::ConfirmEmail, Purpose::ResetPassword, Purpose::ChangeEmail] {
        token::void_all(&mut tx, proof.member_id, purpose, now).await?;
    }
    tell(&mut tx, &before, What::AddressChanged, now).await?;
    tx.commit().await?;
    Ok(true)
}

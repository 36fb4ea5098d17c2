//! What members do about the providers of their own account.

use crate::{
    app::App,
    error::{Error, Result},
    members::{
        Member,
        actions::{passwords, sessions},
        mails::What,
        session::{self, Browser},
        store::{self, providers},
    },
};
use secrecy::SecretString;

/// Whether the way into an account may be changed from this browser.
pub(in crate::members) enum Allowed {
    Yes,
    /// The password is another.
    NotYours,
    /// They have to show first who they are.
    ShowFirst,
}

/// Whether the member has shown just now who they are, or knows their password.
pub(in crate::members) async fn may_link(
    app: &App,
    member: &Member,
    browser: &Browser,
    password: Option<SecretString>,
) -> Result<Allowed> {
    let now = app.now();
    let mut db = app.db.acquire().await?;
    if session::is_fresh(&mut db, browser, now).await? {
        return Ok(Allowed::Yes);
    }
    let account = store::account(&mut db, member.id).await?;
    drop(db);
    match (&account.password_hash, password) {
        (Some(_), Some(password)) => {
            let theirs = sessions::knows_password(app, &account, password).await?;
            Ok(if theirs { Allowed::Yes } else { Allowed::NotYours })
        }
        (Some(_), None) => Ok(Allowed::NotYours),
        (None, _) => Ok(Allowed::ShowFirst),
    }
}

/// How unlinking ends.
pub(in crate::members) enum Unlinked {
    /// It is not linked any more.
    Done,
    /// It is the only way in.
    Last,
    /// See [`Allowed`].
    Not(Allowed),
}

/// Unlinks a provider from the member's account.
///
/// # Errors
/// [`Error::NotFound`] where it is not linked; [`Error::SignInFirst`] where they are signed out by now; those of
/// the database.
pub(in crate::members) async fn unlink(
    app: &App,
    member: &Member,
    slug: &str,
    browser: &Browser,
    password: Option<SecretString>,
) -> Result<Unlinked> {
    match may_link(app, member, browser, password).await? {
        Allowed::Yes => {}
        not => return Ok(Unlinked::Not(not)),
    }
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let provider = providers::by_slug(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    providers::hold(&mut tx, provider.id).await?;
    sessions::hold_own(&mut tx, member.id, browser).await?;
    if !providers::unlink(&mut tx, member.id, provider.id).await? {
        return Err(Error::NotFound);
    }
    if !providers::has_way_in(&mut tx, member.id).await? {
        return Ok(Unlinked::Last);
    }
    let changed = super::follow(&mut tx, provider.id, member.id, &[], now).await?;
    let account = store::account(&mut tx, member.id).await?;
    passwords::tell_of(&mut tx, &account, What::ProviderUnlinked, &provider.name, now).await?;
    tx.commit().await?;
    if changed {
        app.announce_member(member.id).await?;
    }
    Ok(Unlinked::Done)
}

use crate::{
    app::App,
    error::{Result, Taken},
    jobs,
    kit::{MemberId, Message, Secret},
    limits,
    members::{
        Member,
        actions::{
            join::mail_unproved,
            providers,
            sessions::{self, Admission, Proof},
        },
        mails::{self, Notice, What},
        session::{self, Browser},
        store::{self, Account, factors},
        strength::weakness,
        token::{self, Purpose},
    },
};
use secrecy::SecretString;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// No account has this number.
const NOBODY: MemberId = MemberId(0);

/// Sends a link for a new password, if the login is anybody's. Looks the same either way.
pub(in crate::members) async fn request_reset(app: &App, login: &str) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let account = store::meant_by(&mut tx, login).await?;
    let subject = sessions::subject(account.as_ref(), login);
    app.take_place(&mut tx, limits::RESET_MAIL, &subject).await?;
    let addressee = match &account {
        Some(account) => store::addressee(&mut tx, account.id).await?,
        None => None,
    };
    match addressee {
        Some(unproved) if !unproved.confirmed => {
            mail_unproved(app, &mut tx, mails::RESET, unproved.id, &unproved.email).await?;
        }
        // For nobody where there is nobody: what is written has to wait for the disk, and that can be timed.
        known => {
            let id = known.map_or(NOBODY, |known| known.id);
            jobs::enqueue(&mut tx, mails::RESET, &id, now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// How setting a password by a mailed link ends.
pub(in crate::members) enum Reset {
    /// It is set; a second factor is asked for all the same.
    Done(Admission),
    /// It would soon be guessed; the link is still good.
    TooWeak(Message),
    /// The link was used or is too old.
    UsedUp,
}

/// Sets the password by the link of that mail, ends all sessions and proves the address, because only
/// its reader could have the link. Where nobody had proved it before, other ways in go.
pub(in crate::members) async fn reset(
    app: &App,
    secret: &Secret,
    password: SecretString,
    browser: &Browser,
) -> Result<Reset> {
    let now = app.now();
    let mut db = app.db.acquire().await?;
    let Some(proof) = token::usable(&mut db, secret, Purpose::ResetPassword, now).await? else {
        return Ok(Reset::UsedUp);
    };
    let account = store::account(&mut db, proof.member_id).await?;
    drop(db);
    if let Some(weak) = weakness(&app.hasher, &password, &account.owner()).await? {
        return Ok(Reset::TooWeak(weak));
    }
    let hash = app.hasher.hash(password).await?;
    let mut tx = app.db.begin().await?;
    let Some(proof) = token::spend(&mut tx, secret, Purpose::ResetPassword, now).await? else {
        return Ok(Reset::UsedUp);
    };
    let account = store::account(&mut tx, proof.member_id).await?;
    if account.email.as_ref() != Some(&proof.email) {
        return Ok(Reset::UsedUp);
    }
    // With a second factor they have shown too little yet: it may be another's who made the account.
    if !account.confirmed && factors::held(&mut tx, account.id).await?.count() == 0 {
        let confirmed = store::confirm_email(&mut tx, account.id, &proof.email, now)
            .await
            .unless_taken(&["members_confirmed_email"])?;
        if confirmed != Some(true) {
            return Ok(Reset::UsedUp);
        }
        // Nobody knows who made the account. From now on it is theirs who reads the mail.
        providers::unlink_all(&mut tx, account.id, now).await?;
    }
    replace(&mut tx, account.id, &hash, now).await?;
    let admission = sessions::admit(&mut tx, account.id, Proof::Link, browser, now).await?;
    tx.commit().await?;
    app.announce_member(account.id).await?;
    Ok(Reset::Done(admission))
}

/// How changing one's password ends.
pub(in crate::members) enum Change {
    /// It is changed, and this is the browser's new session.
    Done(Secret),
    /// The password typed as the present one is another.
    NotYours,
    /// It would soon be guessed.
    TooWeak(Message),
}

/// Changes a member's own password, by the one they have. Every session ends, and this browser gets
/// another, so that whoever copied its cookie is out as well.
pub(in crate::members) async fn change_password(
    app: &App,
    member: &Member,
    current: SecretString,
    new: SecretString,
    browser: &Browser,
) -> Result<Change> {
    let now = app.now();
    let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
    if !sessions::knows_password(app, &account, current).await? {
        return Ok(Change::NotYours);
    }
    if let Some(weak) = weakness(&app.hasher, &new, &account.owner()).await? {
        return Ok(Change::TooWeak(weak));
    }
    let hash = app.hasher.hash(new).await?;
    let mut tx = app.db.begin().await?;
    if !sessions::still_self(&mut tx, &account, browser).await? {
        return Ok(Change::NotYours);
    }
    replace(&mut tx, member.id, &hash, now).await?;
    let secret = session::begin(&mut tx, member.id, browser, now).await?;
    tx.commit().await?;
    app.announce_member(member.id).await?;
    Ok(Change::Done(secret))
}

/// How setting a password from the command line ends.
#[derive(Debug)]
pub enum PasswordSet {
    /// It is set.
    Done(MemberId),
    /// It would soon be guessed.
    TooWeak(Message),
    /// Nobody has the handle.
    Nobody,
}

/// Sets a password from the command line and ends all sessions.
///
/// # Errors
/// Those of the database; [`crate::error::Error::Busy`] where too many hash.
pub async fn set_password(app: &App, handle: &str, password: SecretString) -> Result<PasswordSet> {
    let mut db = app.db.acquire().await?;
    let Some(member) = store::by_handle(&mut db, handle).await? else {
        return Ok(PasswordSet::Nobody);
    };
    let account = store::account(&mut db, member).await?;
    drop(db);
    if let Some(weak) = weakness(&app.hasher, &password, &account.owner()).await? {
        return Ok(PasswordSet::TooWeak(weak));
    }
    let hash = app.hasher.hash(password).await?;
    let mut tx = app.db.begin().await?;
    replace(&mut tx, member, &hash, app.now()).await?;
    tx.commit().await?;
    app.announce_member(member).await?;
    Ok(PasswordSet::Done(member))
}

/// Puts a new password in place, makes everything worthless that the old one opened, and tells the
/// member by mail.
async fn replace(
    db: &mut PgConnection,
    member: MemberId,
    hash: &str,
    now: OffsetDateTime,
) -> Result<()> {
    store::set_password(db, member, hash).await?;
    token::void_all(db, member, Purpose::ResetPassword, now).await?;
    session::end_all(db, member).await?;
    let account = store::account(db, member).await?;
    tell(db, &account, What::PasswordChanged, now).await
}

/// Mails the member that the way into their account changed. An address that nobody proved may be a
/// stranger's and is told nothing.
pub(super) async fn tell(
    db: &mut PgConnection,
    account: &Account,
    what: What,
    now: OffsetDateTime,
) -> Result<()> {
    tell_of(db, account, what, "", now).await
}

/// The same, about one of the providers by which members sign in.
pub(super) async fn tell_of(
    db: &mut PgConnection,
    account: &Account,
    what: What,
    provider: &str,
    now: OffsetDateTime,
) -> Result<()> {
    if let Some(email) = account.email.as_ref().filter(|_| account.confirmed) {
        let notice = Notice {
            member: account.id,
            email: email.clone(),
            what,
            at: now.unix_timestamp(),
            provider: provider.to_owned(),
        };
        jobs::enqueue(db, mails::NOTICE, &notice, now).await?;
    }
    Ok(())
}

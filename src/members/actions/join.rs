use super::{
    roles::grant_to,
    sessions::{Admission, Proof, admit},
};
use crate::{
    app::App,
    applications::{self, NewApplication, WaitsFor},
    error::{Result, Taken},
    invitations::{self, Open},
    jobs,
    kit::{MemberId, Message, Secret, handle_skeleton},
    members::{
        Role,
        forms::NewSignUp,
        mails,
        puzzle::Solved,
        session::Browser,
        store::{self, NewRow, puzzles},
        strength::{Owner, weakness},
        token::{self, Purpose},
    },
    outbox::{self, Actor, Event},
    papers::{self, Agreed},
    settings::{self, SignUpMode},
};
use secrecy::SecretString;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How a sign-up ends.
pub(in crate::members) enum SignUp {
    /// The account stands and its owner is let in. Whether the address needs no proof.
    Joined { admission: Admission, confirmed: bool },
    /// Somebody has this handle, or one that looks like it.
    HandleTaken,
    /// The password would soon be guessed.
    TooWeak(Message),
    /// There are terms, and they agreed to none or to a version that has been replaced.
    TermsOpen,
    /// The puzzle was used before.
    Spent,
    /// Too many take the slow way at once.
    Crowded,
    /// Nobody can join by the invitation any more.
    Uninvited,
    /// They wait to be let in; the secret is for the cookie that shows where they stand.
    Waits(Secret),
}

/// By which way somebody comes to an account.
pub(in crate::members) enum Way<'a> {
    Invited(&'a Open),
    Straight,
    /// By work that their browser has done.
    Worked(Solved),
    /// By mail alone, later, because their browser ran no script.
    Slow,
}

/// So long whoever takes the slow way waits for the mail.
const SLOW: Duration = Duration::minutes(15);

/// Makes the account, signs the browser in and sends the mail that proves the address, where no invitation
/// proves it.
pub(in crate::members) async fn sign_up(
    app: &App,
    new: NewSignUp,
    way: Way<'_>,
    browser: &Browser,
) -> Result<SignUp> {
    let now = app.now();
    if let Some(ended) = too_late(app, &way, now).await? {
        return Ok(ended);
    }
    let owner = Owner { handle: &new.handle, name: &new.name, email: Some(&new.email) };
    if let Some(weak) = weakness(&app.hasher, &new.password, &owner).await? {
        return Ok(SignUp::TooWeak(weak));
    }
    let hash = app.hasher.hash(new.password.clone()).await?;
    let mut tx = app.db.begin().await?;
    let row = NewRow {
        handle: &new.handle,
        skeleton: &handle_skeleton(&new.handle),
        name: &new.name,
        email: Some(&new.email),
        password_hash: Some(&hash),
    };
    if let Way::Worked(solved) = &way
        && !puzzles::spend(&mut tx, solved).await?
    {
        return Ok(SignUp::Spent);
    }
    if let Some(application) = waiting(&mut tx, &new, &hash, &way, now).await? {
        let terms = match papers::agreed_on_joining(&mut tx, new.terms).await? {
            Agreed::Open => return Ok(SignUp::TermsOpen),
            Agreed::Nothing => None,
            Agreed::To(version) => Some(version),
        };
        let application = NewApplication { terms, ..application };
        if matches!(way, Way::Slow) && applications::is_crowded(&mut tx, now - SLOW).await? {
            return Ok(SignUp::Crowded);
        }
        let applied = applications::apply(app, &mut tx, &application, now).await?;
        let Some(browser) = applied else { return Ok(SignUp::HandleTaken) };
        tx.commit().await?;
        return Ok(SignUp::Waits(browser));
    }
    let invitation = match way {
        Way::Invited(invitation) => Some(invitation),
        _ => None,
    };
    let Some(member) = insert(&mut tx, row, now).await? else { return Ok(SignUp::HandleTaken) };
    if !papers::agree_on_joining(&mut tx, member, new.terms, now).await? {
        return Ok(SignUp::TermsOpen);
    }
    let mut rights_changed = false;
    if let Some(invitation) = invitation {
        let claimed = invitations::claim(&mut tx, invitation.id, member, now).await?;
        let Some(claimed) = claimed else { return Ok(SignUp::Uninvited) };
        rights_changed = claimed.rights_changed;
    }
    let proved = invitation.is_some_and(|invitation| invitation.proves(&new.email))
        && store::confirm_unclaimed(&mut tx, member, now).await?;
    if !proved {
        mail_unproved(app, &mut tx, mails::CONFIRM, member, &new.email).await?;
    }
    let admission = admit(&mut tx, member, Proof::Password, browser, now).await?;
    tx.commit().await?;
    if rights_changed {
        app.announce_member(member).await?;
    }
    Ok(SignUp::Joined { admission, confirmed: proved })
}

/// What is known before a password is hashed for nothing; decided again in the transaction.
async fn too_late(app: &App, way: &Way<'_>, now: OffsetDateTime) -> Result<Option<SignUp>> {
    let mut db = app.db.acquire().await?;
    Ok(match way {
        Way::Worked(solved) if puzzles::is_spent(&mut db, solved).await? => Some(SignUp::Spent),
        Way::Slow if applications::is_crowded(&mut db, now - SLOW).await? => Some(SignUp::Crowded),
        _ => None,
    })
}

/// The sign-up as one that waits, if it does.
async fn waiting<'a>(
    db: &mut PgConnection,
    new: &'a NewSignUp,
    hash: &'a str,
    way: &Way<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<NewApplication<'a>>> {
    let approving = settings::current(db).await?.sign_up == SignUpMode::Approval;
    let (waits_for, mail_at) = match way {
        Way::Invited(_) => return Ok(None),
        Way::Slow if approving => (WaitsFor::Approval, now + SLOW),
        Way::Slow => (WaitsFor::Mail, now + SLOW),
        Way::Straight | Way::Worked(_) if approving => (WaitsFor::Approval, now),
        Way::Straight | Way::Worked(_) => return Ok(None),
    };
    Ok(Some(NewApplication {
        waits_for,
        handle: &new.handle,
        name: &new.name,
        email: &new.email,
        proved: false,
        password_hash: Some(hash),
        answer: &new.answer,
        terms: None,
        identity: None,
        mail_at,
    }))
}

/// The account of whoever sets the community up.
pub(crate) struct FirstAccount<'a> {
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    /// Proved by a mail, as everybody's.
    pub(crate) email: &'a str,
    pub(crate) password_hash: &'a str,
}

/// Makes the first account inside a given transaction, gives it the community to run, and signs its browser
/// in. `None` where the handle is not to be had.
///
/// # Errors
/// Those of the database.
pub(crate) async fn join_first(
    db: &mut PgConnection,
    new: FirstAccount<'_>,
    browser: &Browser,
    now: OffsetDateTime,
) -> Result<Option<(MemberId, Admission)>> {
    let row = NewRow {
        handle: new.handle,
        skeleton: &handle_skeleton(new.handle),
        name: new.name,
        email: Some(new.email),
        password_hash: Some(new.password_hash),
    };
    let Some(member) = insert(db, row, now).await? else { return Ok(None) };
    grant_to(db, Actor::System("set-up"), member, Role::Admin, now).await?;
    jobs::enqueue(db, mails::CONFIRM, &member, now).await?;
    let admission = admit(db, member, Proof::Password, browser, now).await?;
    Ok(Some((member, admission)))
}

/// An account made by the operator, an import or the demonstration.
pub struct NewMember<'a> {
    /// What the member is called in addresses.
    pub handle: &'a str,
    /// What the member is called.
    pub name: &'a str,
    /// An address that is theirs, known to be so.
    pub email: Option<&'a str>,
    /// Absent for accounts nobody signs in to. Taken as it is: whoever lets people choose judges first.
    pub password: Option<SecretString>,
}

/// Makes an account whose address needs no proof. `None` where the handle is taken.
///
/// # Errors
/// Those of the database; [`crate::error::Error::Busy`] where too many hash.
pub async fn join(app: &App, new: NewMember<'_>) -> Result<Option<MemberId>> {
    let now = app.now();
    let hash = match new.password {
        Some(password) => Some(app.hasher.hash(password).await?),
        None => None,
    };
    let mut tx = app.db.begin().await?;
    let row = NewRow {
        handle: new.handle,
        skeleton: &handle_skeleton(new.handle),
        name: new.name,
        email: new.email,
        password_hash: hash.as_deref(),
    };
    let Some(member) = insert(&mut tx, row, now).await? else { return Ok(None) };
    if let Some(email) = new.email {
        store::confirm_email(&mut tx, member, email, now).await?;
    }
    tx.commit().await?;
    Ok(Some(member))
}

pub(super) async fn insert(
    db: &mut PgConnection,
    row: NewRow<'_>,
    now: OffsetDateTime,
) -> Result<Option<MemberId>> {
    let Some(member) = store::insert(db, row, now).await? else { return Ok(None) };
    outbox::record(db, Actor::Member(member), &Event::MemberJoined { member }, now).await?;
    Ok(Some(member))
}

/// Sends the mail that proves the address once more.
pub(in crate::members) async fn send_confirmation(app: &App, member: MemberId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if let Some(email) = store::account(&mut tx, member).await?.email {
        mail_unproved(app, &mut tx, mails::CONFIRM, member, &email).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Has a mail sent for this account to an address that nobody has proved to be its owner's, if it may be.
pub(super) async fn mail_unproved(
    app: &App,
    db: &mut PgConnection,
    mail: &'static str,
    member: MemberId,
    email: &str,
) -> Result<()> {
    if app.may_mail_unproved(db, email).await? {
        jobs::enqueue(db, mail, &member, app.now()).await?;
    }
    Ok(())
}

/// Uses the link of that mail. False where it was used, is too old, or the address has become
/// somebody else's.
pub(in crate::members) async fn confirm(app: &App, secret: &Secret) -> Result<bool> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(proof) = token::spend(&mut tx, secret, Purpose::ConfirmEmail, now).await? else {
        return Ok(false);
    };
    let confirmed = store::confirm_email(&mut tx, proof.member_id, &proof.email, now)
        .await
        .unless_taken(&["members_confirmed_email"])?;
    if confirmed != Some(true) {
        return Ok(false);
    }
    tx.commit().await?;
    Ok(true)
}

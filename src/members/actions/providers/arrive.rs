use super::{come_back::shown, follow, link};
use crate::{
    app::App,
    applications::{self, NewApplication, WaitsFor},
    error::Result,
    invitations,
    kit::{Secret, handle_skeleton},
    members::{
        Member,
        actions::{
            join::{insert, mail_unproved},
            sessions::{self, Admission, Proof},
        },
        forms::NewArrival,
        mails,
        session::Browser,
        store::{
            self, NewRow,
            providers::{self, NewIdentity},
            rounds::{self, Arrival},
        },
    },
    papers::{self, Agreed},
    settings::{self, SignUpMode},
};
use time::OffsetDateTime;

/// How becoming a member by a provider ends.
pub(in crate::members) enum Joined {
    /// The account stands and this browser is let in. Whether the address needs no proof.
    Done { admission: Admission, back: String, confirmed: bool },
    /// Somebody has this handle, or one that looks like it.
    HandleTaken,
    /// The address is an account's, as whoever reads its mail may know.
    AddressTaken,
    /// There are terms, and they agreed to none or to a version that has been replaced.
    TermsOpen,
    /// It was too long ago, or has been settled.
    Gone,
    /// One is needed, and they have none, or it is good no longer.
    Uninvited,
    /// They wait to be let in; the secret is for the cookie that shows where they stand.
    Waits(Secret),
}

/// Makes an account for somebody who has arrived, and signs the browser in.
pub(in crate::members) async fn join_by_arrival(
    app: &App,
    ticket: &Secret,
    new: &NewArrival,
    browser: &Browser,
) -> Result<Joined> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(waiting) = rounds::waiting(&mut tx, &ticket.hash(), now).await? else {
        return Ok(Joined::Gone);
    };
    if !waiting.takes_in || !rounds::settle(&mut tx, &ticket.hash()).await? {
        return Ok(Joined::Gone);
    }
    let arrival = waiting.arrival;
    let vouched = arrival.confirmed && new.email.eq_ignore_ascii_case(&arrival.email);
    let invitation = invitations::brought(&mut tx, arrival.invitation, now).await?;
    let mode = settings::current(&mut tx).await?.sign_up;
    if invitation.is_none() && mode == SignUpMode::Approval {
        if vouched && store::owner_of(&mut tx, &new.email).await?.is_some() {
            return Ok(Joined::AddressTaken);
        }
        let terms = match papers::agreed_on_joining(&mut tx, new.terms).await? {
            Agreed::Open => return Ok(Joined::TermsOpen),
            Agreed::Nothing => None,
            Agreed::To(version) => Some(version),
        };
        // Twice at once, or once more: they wait already.
        let (provider, issuer, subject) = (arrival.provider_id, &arrival.issuer, &arrival.subject);
        if let Some(id) = applications::by_subject(&mut tx, provider, issuer, subject).await? {
            let browser = applications::show_to(&mut tx, id).await?;
            tx.commit().await?;
            return Ok(Joined::Waits(browser));
        }
        let application = NewApplication { terms, ..applied(&arrival, new, vouched, now) };
        let browser = applications::apply(app, &mut tx, &application, now).await?;
        let Some(browser) = browser else { return Ok(Joined::HandleTaken) };
        tx.commit().await?;
        return Ok(Joined::Waits(browser));
    }
    let row = NewRow {
        handle: &new.handle,
        skeleton: &handle_skeleton(&new.handle),
        name: &new.name,
        email: Some(&new.email),
        password_hash: None,
    };
    let Some(member) = insert(&mut tx, row, now).await? else { return Ok(Joined::HandleTaken) };
    if !papers::agree_on_joining(&mut tx, member, new.terms, now).await? {
        return Ok(Joined::TermsOpen);
    }
    let claimed = match &invitation {
        Some(invitation) => invitations::claim(&mut tx, invitation.id, member, now).await?,
        None => None,
    };
    // Whoever came by an invitation that others used up meanwhile did not choose to wait.
    let needs_one = match mode {
        SignUpMode::Invitation => true,
        SignUpMode::Approval => invitation.is_some(),
        SignUpMode::Open | SignUpMode::Closed => false,
    };
    if claimed.is_none() && needs_one {
        return Ok(Joined::Uninvited);
    }
    let mailed = invitation.is_some_and(|invitation| invitation.proves(&new.email));
    let confirmed = (vouched || mailed) && store::confirm_unclaimed(&mut tx, member, now).await?;
    if vouched && !confirmed {
        return Ok(Joined::AddressTaken);
    }
    if !confirmed {
        mail_unproved(app, &mut tx, mails::CONFIRM, member, &new.email).await?;
    }
    // Nobody is told by mail of what they do when they join.
    if !providers::link(&mut tx, member, &identity(&arrival), now).await? {
        return Ok(Joined::Gone);
    }
    let followed = follow(&mut tx, arrival.provider_id, member, &arrival.groups, now).await?;
    let changed = followed || claimed.is_some_and(|claimed| claimed.rights_changed);
    let admission = sessions::admit(&mut tx, member, Proof::Provider, browser, now).await?;
    // Whoever makes an account is the one it belongs to.
    shown(&mut tx, member, &admission, now).await?;
    tx.commit().await?;
    if changed {
        app.announce_member(member).await?;
    }
    Ok(Joined::Done { admission, back: arrival.back, confirmed })
}

/// Links what somebody has arrived by to the account they are signed in to. Where they go then; `None` where
/// it was too long ago, or either is linked already.
pub(in crate::members) async fn link_arrival(
    app: &App,
    member: &Member,
    ticket: &Secret,
    browser: &Browser,
) -> Result<Option<String>> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    sessions::hold_own(&mut tx, member.id, browser).await?;
    let Some(waiting) = rounds::waiting(&mut tx, &ticket.hash(), now).await? else {
        return Ok(None);
    };
    if !rounds::settle(&mut tx, &ticket.hash()).await? {
        return Ok(None);
    }
    let arrival = waiting.arrival;
    let called = (&waiting.provider[..], &arrival.groups[..]);
    let linked = link(&mut tx, member.id, &identity(&arrival), called, now).await?;
    let Some(changed) = linked else { return Ok(None) };
    tx.commit().await?;
    if changed {
        app.announce_member(member.id).await?;
    }
    Ok(Some(arrival.back))
}

/// What they say and what the provider says of them, for whoever decides.
fn applied<'a>(
    arrival: &'a Arrival,
    new: &'a NewArrival,
    proved: bool,
    now: OffsetDateTime,
) -> NewApplication<'a> {
    NewApplication {
        waits_for: WaitsFor::Approval,
        handle: &new.handle,
        name: &new.name,
        email: &new.email,
        proved,
        password_hash: None,
        answer: &new.answer,
        terms: None,
        identity: Some(applications::Identity {
            provider: arrival.provider_id,
            issuer: &arrival.issuer,
            subject: &arrival.subject,
            label: &arrival.label,
        }),
        mail_at: now,
    }
}

fn identity(arrival: &Arrival) -> NewIdentity<'_> {
    NewIdentity {
        provider: arrival.provider_id,
        issuer: &arrival.issuer,
        subject: &arrival.subject,
        label: &arrival.label,
    }
}

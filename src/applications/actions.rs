//! What administrators decide, and what those who wait do.

use super::{
    application::{DECLINED_KEPT, WaitsFor, show_to},
    mails,
    store::{self, Taken},
};
use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::Result,
    jobs,
    kit::{ApplicationId, Secret},
    limits,
    members::newcomer::{self, Applicant, Known, Welcome, Welcomed},
    outbox::Actor,
    papers,
    settings::{self, SignUpMode},
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Handles that are tried where one was taken meanwhile.
const TRIED: u32 = 99;

/// Longest handle.
const LONGEST_HANDLE: usize = 30;

/// Lets people in who wait, or were declined; returns how many: each once, whoever else decides at the same
/// time.
///
/// # Errors
/// Those of the database.
pub async fn approve(app: &App, admin: &Admin, ids: &[ApplicationId]) -> Result<i64> {
    let mut count = 0;
    for id in ids {
        let now = app.now();
        let mut tx = app.db.begin().await?;
        let Some(taken) = store::take(&mut tx, *id, None).await? else { continue };
        let Some(welcomed) = admit(&mut tx, &taken, now).await? else { continue };
        let change = Change {
            act: Act::Approve,
            about: About::Member(welcomed.member),
            member: None,
            before: json!({}),
            after: json!({}),
        };
        audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
        jobs::enqueue(&mut tx, mails::APPROVED, &welcomed.member, now).await?;
        tx.commit().await?;
        count += 1;
    }
    Ok(count)
}

/// Makes a member of an application that was taken away in this transaction. `None` where no handle like theirs
/// is free, or who they are elsewhere is a member by now, and nothing must be committed. What their provider
/// brings them follows when they sign in by it.
async fn admit(
    db: &mut PgConnection,
    taken: &Taken,
    now: OffsetDateTime,
) -> Result<Option<Welcomed>> {
    let known = match (taken.provider_id, &taken.issuer, &taken.subject) {
        (Some(provider), Some(issuer), Some(subject)) => {
            Some(Known { provider, issuer, subject, label: &taken.label })
        }
        _ => None,
    };
    for number in 1..=TRIED {
        // Theirs was kept for them; an import may have taken it all the same.
        let end = if number == 1 { String::new() } else { number.to_string() };
        let begin: String = taken.handle.chars().take(LONGEST_HANDLE - end.len()).collect();
        let applicant = Applicant {
            handle: &format!("{begin}{end}"),
            name: &taken.name,
            email: &taken.email,
            password_hash: taken.password_hash.as_deref(),
            identity: known,
        };
        let welcomed = match newcomer::welcome(db, &applicant, now).await? {
            Welcome::In(welcomed) => welcomed,
            Welcome::HandleTaken => continue,
            Welcome::Known => return Ok(None),
        };
        if let Some(version) = taken.terms {
            papers::note_agreed(db, welcomed.member, version, taken.applied_at).await?;
        }
        return Ok(Some(welcomed));
    }
    Ok(None)
}

/// Declines people who wait, and tells them why; returns how many.
///
/// # Errors
/// Those of the database.
pub async fn decline(app: &App, admin: &Admin, ids: &[ApplicationId], reason: &str) -> Result<i64> {
    let now = app.now();
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let by = admin.member().id;
    let mut tx = app.db.begin().await?;
    let declined = store::decline(&mut tx, &ids, (by, reason), now + DECLINED_KEPT, now).await?;
    for id in &declined {
        let change = Change {
            act: Act::Decline,
            about: About::Application(*id),
            member: None,
            before: json!({}),
            // Their words, and words about them, go with the application.
            after: json!({}),
        };
        audit::record(&mut tx, Actor::Member(by), &change, now).await?;
        jobs::enqueue(&mut tx, mails::DECLINED, id, now).await?;
    }
    tx.commit().await?;
    Ok(declined.len() as i64)
}

/// What comes of a link that proves an address.
pub(super) enum Proved {
    /// They are a member, and can sign in.
    Joined,
    /// They wait for an administrator; the secret is for the cookie.
    Waits(Secret),
    /// It was used, is too old, the address has become somebody else's, or nobody gets in this way any more.
    Gone,
}

/// Uses the link of the mail.
pub(super) async fn confirm(app: &App, link: &Secret) -> Result<Proved> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let Some(linked) = store::by_link(&mut tx, &link.hash(), now).await? else {
        return Ok(Proved::Gone);
    };
    match (linked.waits_for, settings::current(&mut tx).await?.sign_up) {
        (WaitsFor::Mail, SignUpMode::Open) => {}
        // The community has become stricter since.
        (WaitsFor::Mail, SignUpMode::Invitation | SignUpMode::Closed) => return Ok(Proved::Gone),
        (WaitsFor::Approval, _) | (WaitsFor::Mail, SignUpMode::Approval) => {
            if !store::confirm(&mut tx, linked.id, now).await? {
                return Ok(Proved::Gone);
            }
            let browser = show_to(&mut tx, linked.id).await?;
            tx.commit().await?;
            return Ok(Proved::Waits(browser));
        }
    }
    let Some(taken) = store::take(&mut tx, linked.id, Some(&link.hash())).await? else {
        return Ok(Proved::Gone);
    };
    match admit(&mut tx, &taken, now).await? {
        Some(welcomed) if welcomed.confirmed => tx.commit().await?,
        _ => return Ok(Proved::Gone),
    }
    Ok(Proved::Joined)
}

/// Sends the mail that proves the address once more, where that is still open.
pub(super) async fn send_again(app: &App, browser: &Secret) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let standing = store::standing(&mut tx, &browser.hash()).await?;
    // Before its time nobody gets it by asking again.
    let open = standing.filter(|it| !it.confirmed && it.declined_at.is_none() && it.mail_at <= now);
    if let Some(standing) = open {
        let subject = format!("application {}", standing.id);
        app.take_place(&mut tx, limits::CONFIRM_MAIL, &subject).await?;
        if app.may_mail_unproved(&mut tx, &standing.email).await? {
            jobs::enqueue(&mut tx, mails::CONFIRM, &standing.id, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Erases the application of this browser at once.
pub(super) async fn withdraw(app: &App, browser: &Secret) -> Result<()> {
    let mut tx = app.db.begin().await?;
    store::withdraw(&mut tx, &browser.hash()).await?;
    tx.commit().await?;
    Ok(())
}

//! What administrators do with invitations.

use super::{
    mails,
    store::{self, Addressees, NewRow},
};
use crate::{
    access::Admin,
    app::App,
    audit::{self, About, Act, Change},
    error::{Error, Result},
    jobs,
    kit::{GroupId, InvitationId, Secret},
    outbox::Actor,
};
use serde_json::json;
use std::collections::BTreeMap;
use time::Duration;

/// A link to be handed on.
#[derive(Debug)]
pub struct NewInvitation {
    /// How many may join by it.
    pub uses_most: i32,
    /// How long.
    pub lasts: Duration,
    /// For the eyes of administrators.
    pub note: String,
    /// What whoever joins by it comes into.
    pub groups: Vec<GroupId>,
}

/// People to be invited by mail.
#[derive(Debug)]
pub struct Mailing {
    /// Addresses, names, and ids of groups. No address twice.
    pub people: Vec<(String, String, Vec<i64>)>,
    /// How long each has.
    pub lasts: Duration,
    /// For the eyes of administrators.
    pub note: String,
}

/// Makes a link to be handed on; nobody can look it up again.
///
/// # Errors
/// Those of the database.
pub async fn invite(app: &App, admin: &Admin, new: &NewInvitation) -> Result<Secret> {
    let now = app.now();
    let link = Secret::random();
    let mut tx = app.db.begin().await?;
    let row = NewRow {
        token_hash: &link.hash(),
        note: &new.note,
        uses_most: new.uses_most,
        invited_by: admin.member().id,
        expires_at: now + new.lasts,
    };
    let id = store::insert(&mut tx, &row, now).await?;
    let groups: Vec<i64> = new.groups.iter().map(|group| group.0).collect();
    store::set_groups(&mut tx, &[id.0], (&vec![id.0; groups.len()], &groups)).await?;
    let groups = store::groups(&mut tx, id).await?;
    let groups: Vec<_> = groups.into_iter().map(|group| group.name).collect();
    let change = Change {
        act: Act::Invite,
        about: About::Invitation(id),
        member: None,
        before: json!({}),
        after: json!({
            "uses": new.uses_most,
            "days": new.lasts.whole_days(),
            "groups": groups.join(", "),
        }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Invites people by mail. What becomes of it looks the same whether or not an address is a member's.
///
/// # Errors
/// Those of the database.
pub async fn mail(app: &App, admin: &Admin, new: &Mailing) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let people = new.people.iter();
    let (emails, names): (Vec<_>, Vec<_>) =
        people.map(|(email, name, _)| (email.clone(), name.clone())).unzip();
    let addressees = Addressees {
        emails: &emails,
        names: &names,
        note: &new.note,
        invited_by: admin.member().id,
        expires_at: now + new.lasts,
    };
    let invited = store::insert_mailed(&mut tx, &addressees, now).await?;
    let groups: BTreeMap<&str, &[i64]> =
        new.people.iter().map(|(email, _, groups)| (&email[..], &groups[..])).collect();
    let (mut ids, mut of, mut into) = (Vec::new(), Vec::new(), Vec::new());
    for (id, email) in &invited {
        ids.push(id.0);
        for group in groups.get(&email[..]).copied().unwrap_or_default() {
            of.push(id.0);
            into.push(*group);
        }
        jobs::enqueue(&mut tx, mails::INVITE, id, now).await?;
    }
    store::set_groups(&mut tx, &ids, (&of, &into)).await?;
    let change = Change {
        act: Act::InviteByMail,
        about: About::Invitations,
        member: None,
        before: json!({}),
        // Addresses of people who are not members stand in no log.
        after: json!({ "people": invited.len(), "days": new.lasts.whole_days() }),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an invitation; its link is good no longer.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is withdrawn already; those of the database.
pub async fn withdraw(app: &App, admin: &Admin, id: InvitationId) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if !store::withdraw(&mut tx, id, now).await? {
        return Err(Error::NotFound);
    }
    let change = Change {
        act: Act::WithdrawInvitation,
        about: About::Invitation(id),
        member: None,
        before: json!({}),
        after: json!({}),
    };
    audit::record(&mut tx, Actor::Member(admin.member().id), &change, now).await?;
    tx.commit().await?;
    Ok(())
}

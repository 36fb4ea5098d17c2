//! The mails to those who wait. Links are made when they are sent, and never wait in the queue.

use super::{application::WaitsFor, store};
use crate::{
    app::App,
    kit::{ApplicationId, Arg, MemberId, Secret},
    mail::Mail,
    settings,
    words::Language,
};
use askama::Template;
use sqlx::PgConnection;

/// Job: sends the mail that proves the address. Run twice, it sends two mails, of which the link in the later
/// one works.
pub(super) const CONFIRM: &str = "applications.mail_confirmation";
/// Job: tells somebody that they are a member. Run twice, it sends one mail twice.
pub(super) const APPROVED: &str = "applications.mail_approved";
/// Job: tells somebody that they were declined. Run twice, it sends one mail twice.
pub(super) const DECLINED: &str = "applications.mail_declined";

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Letter<'a> {
    subject: &'a str,
    lines: &'a [String],
    button: Option<(&'a str, &'a str)>,
    footer: &'a str,
}

pub(super) async fn confirm(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let id: ApplicationId = serde_json::from_value(payload)?;
    let Some(to) = store::addressee(db, id).await? else { return Ok(()) };
    if to.confirmed || to.declined {
        return Ok(());
    }
    let whom = (&to.email[..], &to.name[..]);
    let args = [("handle", to.handle.as_str().into())];
    if let Some(known) = &to.known_as {
        // Only the reader of the mail learns that the address is known here.
        let args = [args[0].clone(), ("known", known.as_str().into())];
        return send(app, db, whom, ("mail-known", id.0), None, &args).await;
    }
    let secret = Secret::random();
    store::set_link(db, id, &secret.hash()).await?;
    let link = format!("{}/sign-up/confirm/{}", app.config.address(), secret.reveal());
    let key = match to.waits_for {
        WaitsFor::Approval => "mail-application",
        WaitsFor::Mail => "mail-slow-way",
    };
    send(app, db, whom, (key, id.0), Some(&link), &args).await
}

pub(super) async fn approved(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(to) = store::welcomed(db, member).await? else { return Ok(()) };
    let link = format!("{}/sign-in", app.config.address());
    let args = [("handle", to.handle.as_str().into())];
    send(app, db, (&to.email, &to.name), ("mail-approved", member.0), Some(&link), &args).await
}

pub(super) async fn declined(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let id: ApplicationId = serde_json::from_value(payload)?;
    let Some(to) = store::addressee(db, id).await?.filter(|to| to.declined) else { return Ok(()) };
    let date = to.erase_at.map(|at| Language::English.date(at)).unwrap_or_default();
    let args = [
        ("handle", to.handle.as_str().into()),
        ("reason", to.reason.as_str().into()),
        ("date", date.as_str().into()),
    ];
    send(app, db, (&to.email, &to.name), ("mail-declined", id.0), None, &args).await
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    (email, name): (&str, &str),
    (key, about): (&str, i64),
    link: Option<&str>,
    args: &[(&'static str, Arg)],
) -> anyhow::Result<()> {
    let language = Language::English;
    let community = settings::current(db).await?.community;
    let args = [&[("community", community.as_str().into())], args].concat();
    let text = |part: &str| language.text_with(&format!("{key}-{part}"), &args);
    let (subject, footer) = (text("subject"), text("footer"));
    let lines = [text("greeting"), text("body")];
    let button = link.map(|link| (text("button"), link));
    let letter = Letter {
        subject: &subject,
        lines: &lines,
        button: button.as_ref().map(|(words, link)| (&words[..], *link)),
        footer: &footer,
    };
    let html = letter.render()?;
    let parts = [lines.join("\n\n"), link.unwrap_or_default().to_owned(), footer.clone()];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mail = Mail {
        to: email.to_owned(),
        to_name: name.to_owned(),
        html,
        text: parts.join("\n\n"),
        key: format!("{key}:{about}:{}", link.unwrap_or_default()),
        subject,
        unsubscribe: None,
    };
    app.mailer.send(&mail).await
}

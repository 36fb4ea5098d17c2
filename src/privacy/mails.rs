//! The mails about a copy: that somebody asked for it, and that it is ready. Both go to the address the
//! member proved, and say where it is had, not what is in it.

use crate::{
    app::App, kit::MemberId, mail::Mail, privacy::store::copies, settings, words::Language,
};
use askama::Template;
use sqlx::PgConnection;

/// Job: tells a member that a copy was asked for. Run twice, it sends one mail twice.
pub(super) const ASKED: &str = "privacy.mail_asked";
/// Job: tells a member that their copy is ready. Run twice, it sends one mail twice.
pub(super) const READY: &str = "privacy.mail_ready";

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Letter<'a> {
    subject: &'a str,
    lines: &'a [String],
    button: Option<(&'a str, &'a str)>,
    footer: &'a str,
}

pub(super) async fn asked(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    send(app, db, payload, "mail-copy-asked", "/settings/security").await
}

pub(super) async fn ready(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    send(app, db, payload, "mail-copy-ready", "/settings/data").await
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
    key: &str,
    leads_to: &str,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(to) = copies::addressee(db, member).await? else { return Ok(()) };
    let Some(copy) = copies::of_member(db, member, app.now()).await? else { return Ok(()) };
    let language = Language::English;
    let community = settings::current(db).await?.community;
    let date = language.date(copy.expires_at);
    let args = [
        ("community", community.as_str().into()),
        ("handle", to.handle.as_str().into()),
        ("date", date.as_str().into()),
    ];
    let text = |part: &str| language.text_with(&format!("{key}-{part}"), &args);
    let link = format!("{}{leads_to}", app.config.address());
    let (subject, button, footer) = (text("subject"), text("button"), text("footer"));
    let lines = [text("greeting"), text("body")];
    let letter = Letter {
        subject: &subject,
        lines: &lines,
        button: Some((button.as_str(), link.as_str())),
        footer: &footer,
    };
    let mail = Mail {
        to: to.email,
        to_name: to.name,
        html: letter.render()?,
        text: [lines.join("\n\n"), link.clone(), footer.clone()].join("\n\n"),
        subject,
        key: format!("{key}:{member}:{}", copy.asked_at.unix_timestamp()),
        unsubscribe: None,
    };
    app.mailer.send(&mail).await
}

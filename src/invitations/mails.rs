//! The mail that invites. Its link is made when it is sent, and never waits in the queue.

use super::store;
use crate::{
    app::App,
    kit::{InvitationId, Secret},
    mail::Mail,
    settings,
    words::Language,
};
use askama::Template;
use sqlx::PgConnection;

/// Job: invites somebody by mail. Run twice, it sends two mails, of which the link in the later one works.
pub(super) const INVITE: &str = "invitations.mail_invitation";

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Letter<'a> {
    subject: &'a str,
    lines: &'a [String],
    button: Option<(&'a str, &'a str)>,
    footer: &'a str,
}

pub(super) async fn invite(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let id: InvitationId = serde_json::from_value(payload)?;
    let Some(to) = store::invited(db, id, app.now()).await? else { return Ok(()) };
    let (key, link) = match &to.known_as {
        // Only the reader of the mail learns that the address is known here.
        Some(_) => ("mail-invited-known", format!("{}/sign-in", app.config.address())),
        None => {
            let secret = Secret::random();
            store::set_token(db, id, &secret.hash()).await?;
            ("mail-invited", format!("{}/join/{}", app.config.address(), secret.reveal()))
        }
    };
    let language = Language::English;
    let community = settings::current(db).await?.community;
    let date = language.date(to.expires_at);
    let args = [
        ("community", community.as_str().into()),
        ("known", to.known_as.as_deref().unwrap_or_default().into()),
        ("date", date.as_str().into()),
    ];
    let text = |part: &str| language.text_with(&format!("{key}-{part}"), &args);
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
        // Each has another link, and the one before is good no longer.
        key: format!("{key}:{id}:{link}"),
        unsubscribe: None,
    };
    app.mailer.send(&mail).await
}

//! The mails of this room, composed when they are sent: links are made then and never wait in the
//! queue.

use super::{
    store::{self, Addressee},
    token::{self, Purpose},
};
use crate::{app::App, kit::MemberId, mail::Mail, settings, words::Language};
use askama::Template;
use sqlx::PgConnection;

/// Job: sends the mail that proves an address. Run twice, it sends two good links.
pub(super) const CONFIRM: &str = "members.mail_confirmation";
/// Job: sends the mail with which a password is set anew. Run twice, it sends two good links.
pub(super) const RESET: &str = "members.mail_reset";

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
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(to) = store::addressee(db, member).await? else { return Ok(()) };
    if to.confirmed {
        return Ok(());
    }
    let owner = store::owner_of(db, &to.email).await?;
    match owner {
        // Only the reader of the mail learns that the address is known here.
        Some(owner) => send(app, db, &to, "mail-known", None, Some(&owner.handle)).await,
        None => {
            let secret =
                token::issue(db, member, Purpose::ConfirmEmail, &to.email, app.now()).await?;
            let link = format!("{}/confirm/{}", app.config.address(), secret.reveal());
            send(app, db, &to, "mail-confirm", Some(link), None).await
        }
    }
}

pub(super) async fn reset(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(to) = store::addressee(db, member).await? else { return Ok(()) };
    let secret = token::issue(db, member, Purpose::ResetPassword, &to.email, app.now()).await?;
    let link = format!("{}/reset-password/{}", app.config.address(), secret.reveal());
    send(app, db, &to, "mail-reset", Some(link), None).await
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    to: &Addressee,
    key: &'static str,
    link: Option<String>,
    known_as: Option<&str>,
) -> anyhow::Result<()> {
    let language = Language::English;
    let community = settings::current(db).await?.community;
    let args = [
        ("community", community.as_str().into()),
        ("name", to.name.as_str().into()),
        ("handle", to.handle.as_str().into()),
        ("known", known_as.unwrap_or_default().into()),
    ];
    let text = |part: &str| language.text_with(&format!("{key}-{part}"), &args);
    let subject = text("subject");
    let lines = vec![text("greeting"), text("body")];
    let button_words = link.as_ref().map(|_| text("button"));
    let footer = text("footer");
    let letter = Letter {
        subject: &subject,
        lines: &lines,
        button: button_words.as_deref().zip(link.as_deref()),
        footer: &footer,
    };
    let html = letter.render()?;
    let text = [lines.join("\n\n"), link.clone().unwrap_or_default(), footer.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    let mail = Mail {
        to: to.email.clone(),
        to_name: to.name.clone(),
        subject,
        text,
        html,
        key: format!("{key}:{}:{}", to.id, link.unwrap_or_default()),
        unsubscribe: None,
    };
    app.mailer.send(&mail).await
}

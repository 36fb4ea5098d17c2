//! The mails of this room, composed when they are sent: links are made then and never wait in the
//! queue.

use super::{
    store::{self, Addressee, closing},
    token::{self, Purpose},
};
use crate::{
    app::App,
    kit::{MemberId, Secret},
    mail::Mail,
    settings,
    words::Language,
};
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// Job: sends the mail that proves an address. Run twice, it sends two good links.
pub(super) const CONFIRM: &str = "members.mail_confirmation";
/// Job: sends the mail with which a password is set anew. Run twice, it sends two good links.
pub(super) const RESET: &str = "members.mail_reset";

/// Job: sends the mail that proves the address a member wants. Run twice, it sends two good links.
pub(super) const CHANGE: &str = "members.mail_change";
/// Job: tells a member that the way into their account changed. Run twice, it sends one mail twice.
pub(super) const NOTICE: &str = "members.mail_notice";

/// Job: tells a member that their account is closed, and how to have it back. Run twice, it sends two
/// mails, of which the link in the later one works.
pub(super) const FAREWELL: &str = "members.mail_farewell";

/// What a member is told of, at the address that was theirs then.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) member: MemberId,
    pub(super) email: String,
    pub(super) what: What,
    /// In seconds since 1970.
    pub(super) at: i64,
    /// The provider it is about, if it is about one.
    #[serde(default)]
    pub(super) provider: String,
}

/// What changed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    PasswordChanged,
    AddressWanted,
    AddressChanged,
    AppAdded,
    AppRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    PasskeyCopied,
    CodesMade,
    CodeUsed,
    FactorsTaken,
    ProviderLinked,
    ProviderUnlinked,
}

impl What {
    fn key(self) -> &'static str {
        match self {
            Self::PasswordChanged => "mail-password-changed",
            Self::AddressWanted => "mail-address-wanted",
            Self::AddressChanged => "mail-address-changed",
            Self::AppAdded => "mail-app-added",
            Self::AppRemoved => "mail-app-removed",
            Self::PasskeyAdded => "mail-passkey-added",
            Self::PasskeyRemoved => "mail-passkey-removed",
            Self::PasskeyCopied => "mail-passkey-copied",
            Self::CodesMade => "mail-codes-made",
            Self::CodeUsed => "mail-code-used",
            Self::FactorsTaken => "mail-factors-taken",
            Self::ProviderLinked => "mail-provider-linked",
            Self::ProviderUnlinked => "mail-provider-unlinked",
        }
    }

    /// Where one can do something about it.
    fn leads_to(self) -> &'static str {
        match self {
            Self::PasswordChanged | Self::AddressWanted => "/reset-password",
            // A link for a new password would go to the new address.
            Self::AddressChanged => "/",
            Self::PasskeyCopied | Self::CodeUsed | Self::FactorsTaken => "/settings/factors",
            Self::AppAdded
            | Self::AppRemoved
            | Self::PasskeyAdded
            | Self::PasskeyRemoved
            | Self::CodesMade => "/reset-password",
            Self::ProviderLinked | Self::ProviderUnlinked => "/settings/security",
        }
    }
}

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
        Some(owner) => {
            let words = Words { known_as: &owner.handle, ..Words::of("mail-known") };
            send(app, db, &to, words).await
        }
        None => {
            let secret =
                token::issue(db, member, Purpose::ConfirmEmail, &to.email, app.now()).await?;
            let link = format!("{}/confirm/{}", app.config.address(), secret.reveal());
            send(app, db, &to, Words::leading_to(&link, "mail-confirm")).await
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
    send(app, db, &to, Words::leading_to(&link, "mail-reset")).await
}

pub(super) async fn change(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(wanted) = store::account(db, member).await?.email_wanted else { return Ok(()) };
    let Some(to) = store::addressee(db, member).await? else { return Ok(()) };
    let to = Addressee { email: wanted, ..to };
    match store::owner_of(db, &to.email).await? {
        // Only the reader of the mail learns that the address is known here.
        Some(owner) => {
            let words = Words { known_as: &owner.handle, ..Words::of("mail-change-known") };
            send(app, db, &to, words).await
        }
        None => {
            let secret =
                token::issue(db, member, Purpose::ChangeEmail, &to.email, app.now()).await?;
            let link = format!("{}/confirm/{}", app.config.address(), secret.reveal());
            send(app, db, &to, Words::leading_to(&link, "mail-change")).await
        }
    }
}

pub(super) async fn notice(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let notice: Notice = serde_json::from_value(payload)?;
    let Some(to) = store::addressee(db, notice.member).await? else { return Ok(()) };
    let to = Addressee { email: notice.email, ..to };
    let link = format!("{}{}", app.config.address(), notice.what.leads_to());
    let at = notice.at.to_string();
    let words = Words::leading_to(&link, notice.what.key());
    send(app, db, &to, Words { at: &at, provider: &notice.provider, ..words }).await
}

pub(super) async fn farewell(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let member: MemberId = serde_json::from_value(payload)?;
    let Some(left) = closing::farewell(db, member).await? else { return Ok(()) };
    let secret = Secret::random();
    closing::set_token(db, member, &secret.hash()).await?;
    let to = Addressee {
        id: member,
        handle: left.handle,
        name: left.name,
        email: left.email,
        confirmed: true,
    };
    let link = format!("{}/reopen/{}", app.config.address(), secret.reveal());
    let date = Language::English.date(left.erase_at);
    send(app, db, &to, Words { date: &date, ..Words::leading_to(&link, "mail-closed") }).await
}

/// What a mail says.
struct Words<'a> {
    key: &'static str,
    /// Where its button leads.
    link: Option<&'a str>,
    /// The handle under which the address is known.
    known_as: &'a str,
    /// The provider it is about.
    provider: &'a str,
    /// Tells it from the same mail of another time.
    at: &'a str,
    /// The day it speaks of.
    date: &'a str,
}

impl<'a> Words<'a> {
    fn of(key: &'static str) -> Self {
        Self { key, link: None, known_as: "", provider: "", at: "", date: "" }
    }

    fn leading_to(link: &'a str, key: &'static str) -> Self {
        Self { link: Some(link), ..Self::of(key) }
    }
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    to: &Addressee,
    words: Words<'_>,
) -> anyhow::Result<()> {
    let language = Language::English;
    let community = settings::current(db).await?.community;
    let args = [
        ("community", community.as_str().into()),
        ("name", to.name.as_str().into()),
        ("handle", to.handle.as_str().into()),
        ("known", words.known_as.into()),
        ("date", words.date.into()),
        ("provider", words.provider.into()),
    ];
    let text = |part: &str| language.text_with(&format!("{}-{part}", words.key), &args);
    let subject = text("subject");
    let lines = vec![text("greeting"), text("body")];
    let button_words = words.link.map(|_| text("button"));
    let footer = text("footer");
    let letter = Letter {
        subject: &subject,
        lines: &lines,
        button: button_words.as_deref().zip(words.link),
        footer: &footer,
    };
    let html = letter.render()?;
    let link = words.link.unwrap_or_default();
    let text = [lines.join("\n\n"), link.to_owned(), footer.clone()]
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
        key: format!("{}:{}:{link}:{}", words.key, to.id, words.at),
        unsubscribe: None,
    };
    app.mailer.send(&mail).await
}

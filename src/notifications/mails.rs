//! Mail to those who follow a thread. Composed when it is sent, and only for those whom it still
//! concerns then.

use super::store::letters::{self, Letter};
use crate::{
    app::App,
    jobs,
    kit::{EventId, MemberId, PostId, Secret},
    mail::Mail,
    markup,
    outbox::{Event, Heard},
    settings, threads,
    words::Language,
};
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// Job: mails a reply to one who follows its thread. Run twice, it sends the same mail again, which the
/// reader's mail program shows once.
pub(super) const REPLY: &str = "notifications.mail_reply";

/// A reply this old is no news any more: written long ago by an import or the demonstration.
const STALE: Duration = Duration::days(2);

/// Longest excerpt in a mail, in characters.
const EXCERPT: usize = 600;

#[derive(Debug, Serialize, Deserialize)]
struct Reply {
    member: MemberId,
    post: PostId,
    event: EventId,
}

/// Listener: enqueues a mail to everybody who follows the thread of a new reply.
///
/// # Errors
/// Those of the database.
pub(crate) async fn mail_followers(
    app: &App,
    db: &mut PgConnection,
    heard: &Heard,
) -> anyhow::Result<()> {
    let now = app.now();
    let Event::PostWritten { post, .. } = heard.event else { return Ok(()) };
    if now - heard.at > STALE {
        return Ok(());
    }
    for member in letters::readers(db, post).await? {
        let key = format!("{REPLY}:{}:{member}", heard.id);
        let reply = Reply { member, post, event: heard.id };
        jobs::enqueue_once(db, REPLY, &key, &reply, now).await?;
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "mail/reply.html")]
struct ReplyLetter<'a> {
    subject: &'a str,
    lead: &'a str,
    excerpt: &'a str,
    button: Option<(&'a str, &'a str)>,
    footer: &'a str,
    unsubscribe: (&'a str, &'a str),
}

pub(super) async fn reply(
    app: &App,
    db: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let reply: Reply = serde_json::from_value(payload)?;
    let Some(letter) = letters::letter(db, reply.member, reply.post).await? else { return Ok(()) };
    let secret = Secret::random();
    let thread = letter.thread_id;
    letters::insert_token(db, &secret.hash(), reply.member, thread, app.now()).await?;
    let community = settings::current(db).await?.community;
    let key = format!("event:{}:member:{}", reply.event, reply.member);
    app.mailer.send(&compose(&app.config.address(), &community, &secret, letter, key)?).await
}

fn compose(
    address: &str,
    community: &str,
    secret: &Secret,
    letter: Letter,
    key: String,
) -> anyhow::Result<Mail> {
    let args = [
        ("community", community.into()),
        ("author", letter.author.as_str().into()),
        ("title", letter.title.as_str().into()),
    ];
    let text = |key: &str| Language::English.text_with(key, &args);
    let (subject, lead) = (text("mail-reply-subject"), text("mail-reply-lead"));
    let (button, footer) = (text("mail-reply-button"), text("mail-reply-footer"));
    let mute = text("mail-reply-mute");
    let link = format!("{address}{}", threads::permalink(letter.thread_id, letter.position));
    let unsubscribe = format!("{address}/unsubscribe/{}", secret.reveal());
    let excerpt = markup::excerpt(&letter.html, EXCERPT);
    let html = ReplyLetter {
        subject: &subject,
        lead: &lead,
        excerpt: &excerpt,
        button: Some((&button, &link)),
        footer: &footer,
        unsubscribe: (&mute, &unsubscribe),
    }
    .render()?;
    let text = [lead, excerpt, link, format!("{footer}\n{mute}: {unsubscribe}")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    Ok(Mail {
        to: letter.to,
        to_name: letter.to_name,
        subject,
        text,
        html,
        key,
        unsubscribe: Some(unsubscribe),
    })
}

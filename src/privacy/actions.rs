use super::{
    copy::{self, KEPT},
    mails,
    store::copies,
};
use crate::{
    app::App,
    error::Result,
    jobs,
    limits::{self, Allowance},
    members::{self, Member, session::Browser},
};
use secrecy::SecretString;

/// Copies of one member: making one reads everything they ever wrote.
const COPIES: Allowance = Allowance { name: "copies", at_once: 2, seconds_each: 12 * 60 * 60 };

/// Asks for a copy of everything about the member, in place of the one before. False where they do not
/// show that the account is theirs.
pub(super) async fn ask(
    app: &App,
    member: &Member,
    password: SecretString,
    browser: &Browser,
) -> Result<bool> {
    let now = app.now();
    if !members::shows_self(app, member, password, browser).await? {
        return Ok(false);
    }
    let mut tx = app.db.begin().await?;
    app.take_place(&mut tx, COPIES, &limits::member(member.id)).await?;
    copies::begin(&mut tx, member.id, now, now + KEPT).await?;
    jobs::enqueue(&mut tx, mails::ASKED, &member.id, now).await?;
    jobs::enqueue_once(&mut tx, copy::MAKE, &format!("copy of {}", member.id), &member.id, now)
        .await?;
    tx.commit().await?;
    Ok(true)
}

use super::store::{
    letters::{self, Subscription},
    lines, seen,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{NoticeId, Secret},
    members::Member,
    threads,
};

/// Marks a line of the inbox as seen. Returns where what it tells of stands.
///
/// # Errors
/// [`Error::NotFound`] where the member's inbox holds no such line; those of the database.
pub(super) async fn open(app: &App, member: &Member, id: NoticeId) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let line = lines::line(&mut tx, member.id, id).await?.ok_or(Error::NotFound)?;
    seen::one(&mut tx, member.id, id, now).await?;
    tx.commit().await?;
    Ok(line.place())
}

/// Marks everything up to `newest` as seen: what came after the page was drawn stays unread, also where it
/// was being written then.
///
/// # Errors
/// Those of the database.
pub async fn read_all(app: &App, member: &Member, newest: NoticeId, writing: &[i64]) -> Result<()> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    seen::all(&mut tx, member.id, newest, writing, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Mutes the thread that a mail's link names, for whoever holds the link.
///
/// # Errors
/// [`Error::NotFound`] where it is no link of ours; those of the database.
pub(super) async fn unsubscribe(app: &App, secret: &Secret) -> Result<Subscription> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let subscription =
        letters::subscription(&mut tx, &secret.hash()).await?.ok_or(Error::NotFound)?;
    threads::mute(&mut tx, subscription.thread_id, subscription.member_id, now).await?;
    tx.commit().await?;
    Ok(subscription)
}

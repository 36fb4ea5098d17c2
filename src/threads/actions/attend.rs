use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::{self, Member, Viewer},
    notifications,
    threads::{access, follow as follows, reading, thread::ReplyOrder},
};

/// Notes how far the member has read, and what of the inbox they have seen with it. Returns where that was.
///
/// # Errors
/// [`Error::NotFound`] from the door; those of the database.
pub(in crate::threads) async fn mark_read(
    app: &App,
    member: &Member,
    thread: ThreadId,
    position: i32,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::readable(&mut tx, &Viewer::from(member), thread).await?;
    let position = position.clamp(1, thread.last_position);
    reading::mark_read(&mut tx, member.id, thread.id, position, now).await?;
    notifications::seen_in(&mut tx, member.id, thread.id, position, now).await?;
    tx.commit().await?;
    Ok(thread.url_in_time(position))
}

/// Chooses the order in which the member reads replies, on this thread and all others. Returns where the
/// replies begin.
///
/// # Errors
/// As [`mark_read`].
pub(in crate::threads) async fn order(
    app: &App,
    member: &Member,
    thread: ThreadId,
    order: ReplyOrder,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::readable(&mut tx, &Viewer::from(member), thread).await?;
    let by_help = order == ReplyOrder::Helpful;
    if by_help != thread.by_help {
        members::set_replies_by_help(&mut tx, member.id, by_help.then_some(now)).await?;
        tx.commit().await?;
    }
    Ok(format!("{}#replies", thread.url()))
}

/// Follows a thread: its replies come to the inbox and by mail.
///
/// # Errors
/// As [`mark_read`].
pub(in crate::threads) async fn follow(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    set(app, member, thread, Some("follow")).await
}

/// Mutes a thread: nothing of it comes, not even to its author.
///
/// # Errors
/// As [`mark_read`].
pub(in crate::threads) async fn mute(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    set(app, member, thread, Some("mute")).await
}

/// Neither follows nor mutes a thread any more.
///
/// # Errors
/// As [`mark_read`].
pub(in crate::threads) async fn unfollow(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    set(app, member, thread, None).await
}

async fn set(app: &App, member: &Member, thread: ThreadId, level: Option<&str>) -> Result<String> {
    let now = app.now();
    let viewer = Viewer::from(member);
    let mut tx = app.db.begin().await?;
    let thread = access::readable(&mut tx, &viewer, thread).await?;
    if !thread.can(&viewer).follow {
        return Err(Error::Refused("thread-closed-refusal".into()));
    }
    match level {
        Some(level) => follows::set(&mut tx, thread.id, member.id, level, now).await?,
        None => follows::forget(&mut tx, thread.id, member.id).await?,
    }
    tx.commit().await?;
    Ok(thread.url())
}

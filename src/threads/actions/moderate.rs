use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::{Member, Viewer},
    moderation::ledger::{self, Act},
    outbox::{self, Actor, Event},
    threads::{access, store, thread::Pin},
};

/// Locks a thread, saying why in public: it takes no more replies from customers.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub async fn lock(app: &App, member: &Member, thread: ThreadId, reason: &str) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::moderated(&mut tx, member, thread).await?;
    if thread.locked_at.is_none() {
        let actor = Actor::Member(member.id);
        ledger::write(&mut tx, Act::LockThread, actor, &thread, None, reason, now).await?;
        store::set_locked(&mut tx, thread.id, Some(now)).await?;
        outbox::record(&mut tx, actor, &Event::ThreadLocked { thread: thread.id }, now).await?;
        tx.commit().await?;
    }
    Ok(thread.url())
}

/// Opens a locked thread again.
///
/// # Errors
/// As [`lock`].
pub(in crate::threads) async fn unlock(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::moderated(&mut tx, member, thread).await?;
    if thread.locked_at.is_some() {
        let actor = Actor::Member(member.id);
        ledger::write(&mut tx, Act::UnlockThread, actor, &thread, None, "", now).await?;
        store::set_locked(&mut tx, thread.id, None).await?;
        outbox::record(&mut tx, actor, &Event::ThreadUnlocked { thread: thread.id }, now).await?;
        tx.commit().await?;
    }
    Ok(thread.url())
}

/// Puts a thread first: moderators any, staff their announcements.
///
/// # Errors
/// As [`lock`].
pub async fn pin(app: &App, member: &Member, thread: ThreadId, to: Pin) -> Result<String> {
    set_pin(app, member, thread, Some(to)).await
}

/// Puts a pinned thread back in its place.
///
/// # Errors
/// As [`lock`].
pub(in crate::threads) async fn unpin(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    set_pin(app, member, thread, None).await
}

async fn set_pin(app: &App, member: &Member, thread: ThreadId, to: Option<Pin>) -> Result<String> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = access::held(&mut tx, member, thread).await?;
    if !thread.can(&Viewer::from(member)).pin {
        return Err(Error::Refused("moderators-only".into()));
    }
    if thread.pinned_to != to {
        let actor = Actor::Member(member.id);
        let (act, event) = match to {
            Some(_) => (Act::PinThread, Event::ThreadPinned { thread: thread.id }),
            None => (Act::UnpinThread, Event::ThreadUnpinned { thread: thread.id }),
        };
        ledger::write(&mut tx, act, actor, &thread, None, "", now).await?;
        store::set_pinned(&mut tx, thread.id, to, now).await?;
        outbox::record(&mut tx, actor, &event, now).await?;
        tx.commit().await?;
    }
    Ok(thread.url())
}

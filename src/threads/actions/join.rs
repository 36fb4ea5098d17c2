use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::{Member, Viewer},
    moderation::ledger::{self, Act},
    outbox::{self, Actor, Event},
    solutions::confirmation,
    threads::{
        access,
        duplicates::{self, Joined},
        thread::Thread,
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How joining ends.
pub(in crate::threads) enum Joining {
    /// It is joined; this is where it is.
    Done(String),
    /// It is not, for this reason.
    Not(&'static str),
}

/// Joins a question to where it was asked before.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Refused`] from the door; those of the database.
pub(in crate::threads) async fn join(
    app: &App,
    member: &Member,
    thread: ThreadId,
    named: ThreadId,
) -> Result<Joining> {
    let (now, viewer) = (app.now(), Viewer::from(member));
    let mut tx = app.db.begin().await?;
    // Who may not is sent away before all joining is held up.
    let may = |thread: Thread| allowed(thread.can(&viewer).join, thread);
    may(access::readable(&mut tx, &viewer, thread).await?)?;
    if named == thread {
        return Ok(Joining::Not("duplicate-itself"));
    }
    if open_to(&mut tx, &viewer, named).await?.is_none() {
        return Ok(Joining::Not("duplicate-unknown"));
    }
    duplicates::hold(&mut tx).await?;
    let end = duplicates::end_of(&mut tx, named).await?;
    let thread = may(access::held_with(&mut tx, member, thread, end).await?)?;
    if open_to(&mut tx, &viewer, named).await?.is_none() {
        return Ok(Joining::Not("duplicate-unknown"));
    }
    let Some(original) = open_to(&mut tx, &viewer, end).await? else {
        return Ok(Joining::Not("duplicate-unknown"));
    };
    let way = (named, &original);
    match duplicates::join(&mut tx, &thread, way, Some(member.id), now).await? {
        Joined::Done(lost) => {
            enter(&mut tx, member, Act::JoinThread, &thread, now).await?;
            let event = Event::ThreadJoined { thread: thread.id, original: original.id };
            outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
            confirmation::forget(&mut tx, &[(&thread, &lost)], now).await?;
            tx.commit().await?;
            Ok(Joining::Done(thread.url()))
        }
        Joined::Already => Ok(Joining::Not("duplicate-already")),
        Joined::Round => Ok(Joining::Not("duplicate-round")),
        Joined::Unfit => Ok(Joining::Not("duplicate-unknown")),
        Joined::Narrower => Ok(Joining::Not("duplicate-narrower")),
    }
}

/// Parts it again: what was carried over goes back. Returns where it is.
///
/// # Errors
/// As [`join`].
pub(in crate::threads) async fn part(
    app: &App,
    member: &Member,
    thread: ThreadId,
) -> Result<String> {
    let (now, viewer) = (app.now(), Viewer::from(member));
    let mut tx = app.db.begin().await?;
    let may = |thread: Thread| allowed(thread.can(&viewer).part, thread);
    may(access::readable(&mut tx, &viewer, thread).await?)?;
    duplicates::hold(&mut tx).await?;
    let end = duplicates::end_of(&mut tx, thread).await?;
    let thread = may(access::held_with(&mut tx, member, thread, end).await?)?;
    if end != thread.id {
        let lost = duplicates::part(&mut tx, thread.id, end).await?;
        enter(&mut tx, member, Act::PartThread, &thread, now).await?;
        let event = Event::ThreadParted { thread: thread.id, original: end };
        outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
        if let Some(original) = access::whole(&mut tx, end).await? {
            confirmation::forget(&mut tx, &[(&original, &lost)], now).await?;
        }
        tx.commit().await?;
    }
    Ok(thread.url())
}

fn allowed(may: bool, thread: Thread) -> Result<Thread> {
    match may {
        true => Ok(thread),
        false => Err(Error::Refused("duplicate-refusal".into())),
    }
}

/// An open question that the viewer may read: others are as if they were not.
async fn open_to(db: &mut PgConnection, viewer: &Viewer, id: ThreadId) -> Result<Option<Thread>> {
    match access::readable(db, viewer, id).await {
        Ok(thread) => Ok(Some(thread).filter(|it| it.asks() && it.closed_at.is_none())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What somebody does to another's question stands in the public record.
async fn enter(
    db: &mut PgConnection,
    member: &Member,
    act: Act,
    thread: &Thread,
    now: OffsetDateTime,
) -> Result<()> {
    if member.id != thread.author_id {
        ledger::write(db, act, Actor::Member(member.id), thread, None, "", now).await?;
    }
    Ok(())
}

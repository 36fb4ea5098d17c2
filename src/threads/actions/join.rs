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
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = held(&mut tx, member, thread).await?;
    if named == thread.id {
        return Ok(Joining::Not("duplicate-itself"));
    }
    // What the member may not see is as if it were not.
    let named = match access::readable(&mut tx, &Viewer::from(member), named).await {
        Ok(named) if named.asks() && named.closed_at.is_none() => named.id,
        Ok(_) | Err(Error::NotFound) => return Ok(Joining::Not("duplicate-unknown")),
        Err(error) => return Err(error),
    };
    match duplicates::join(&mut tx, &thread, named, Some(member.id), now).await? {
        Joined::To(original) => {
            enter(&mut tx, member, Act::JoinThread, &thread, now).await?;
            let event = Event::ThreadJoined { thread: thread.id, original };
            outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
            tx.commit().await?;
            Ok(Joining::Done(thread.url()))
        }
        Joined::Already => Ok(Joining::Not("duplicate-already")),
        Joined::Round => Ok(Joining::Not("duplicate-round")),
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
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let thread = held(&mut tx, member, thread).await?;
    if let Some(parted) = duplicates::part(&mut tx, &thread).await? {
        enter(&mut tx, member, Act::PartThread, &thread, now).await?;
        let event = Event::ThreadParted { thread: thread.id, original: parted.original };
        outbox::record(&mut tx, Actor::Member(member.id), &event, now).await?;
        if let Some(original) = access::whole(&mut tx, parted.original).await? {
            let gone: Vec<_> = parted.lost.iter().map(|&lost| (&original, lost)).collect();
            confirmation::forget(&mut tx, &gone, now).await?;
        }
        tx.commit().await?;
    }
    Ok(thread.url())
}

async fn held(db: &mut PgConnection, member: &Member, thread: ThreadId) -> Result<Thread> {
    duplicates::hold(db).await?;
    let thread = access::held(db, member, thread).await?;
    match thread.can(&Viewer::from(member)).join {
        true => Ok(thread),
        false => Err(Error::Refused("duplicate-refusal".into())),
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

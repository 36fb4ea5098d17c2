//! What happened, recorded in the transaction in which it happened.
//!
//! Everything that is not needed by the very next page hangs on this one spine: workers read it
//! after commit, hand each event to its listeners (the table in `reactions.rs`) and forget only the
//! delivery mark. The events themselves are never changed.
//!
//! An event says who, what and when by ids alone; listeners load what they need and so act on
//! what is true when they run. They use the event's time, not their own.

mod event;
mod store;

use crate::kit::EventId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub use event::{Actor, Event};
pub(crate) use store::{claim_pending, forget_pending};

/// An event as its listeners hear it.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its place in the outbox; effects keyed by it happen once.
    pub id: EventId,
    /// Who did it.
    pub actor: Option<crate::kit::MemberId>,
    /// What was done.
    pub event: Event,
    /// When it was done.
    pub at: OffsetDateTime,
}

/// Records `event` in the transaction of the deed. What an import does is settled at once:
/// see [`record_settled`].
///
/// # Errors
/// Those of the database.
pub async fn record(
    db: &mut PgConnection,
    actor: Actor,
    event: &Event,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    record_all(db, actor, std::slice::from_ref(event), now).await
}

/// Records what was done at once, in one statement; as [`record`].
///
/// # Errors
/// Those of the database.
pub async fn record_all(
    db: &mut PgConnection,
    actor: Actor,
    events: &[Event],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    if actor == Actor::IMPORT {
        let events: Vec<_> = events.iter().map(|event| (event.clone(), now)).collect();
        return record_settled(db, actor, &events).await;
    }
    store::insert(db, actor.member(), events, now).await
}

/// Records events that no listener hears of, because they have no delivery mark.
///
/// They belong to history: who moves in with ten years of posts must not get ten years of notices,
/// nor anybody mails about them, and no open page waits for them. What listeners would have written
/// and somebody needs, the import writes itself. The alternative, an import that every listener must
/// recognise, would be forgotten by the next listener.
///
/// # Errors
/// Those of the database.
pub async fn record_settled(
    db: &mut PgConnection,
    actor: Actor,
    events: &[(Event, OffsetDateTime)],
) -> sqlx::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    store::insert_settled(db, actor.member(), events).await
}

/// The event with this id.
///
/// # Errors
/// Those of the database, and an event that this version cannot read.
pub async fn heard(db: &mut PgConnection, id: EventId) -> anyhow::Result<Heard> {
    let row = store::by_id(db, id).await?;
    Ok(Heard { id, actor: row.actor_id, event: serde_json::from_value(row.event)?, at: row.at })
}

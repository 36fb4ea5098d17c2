//! Work done after commit: a queue in the database, written in the transaction of the deed that
//! wants it, so that what was acknowledged is never forgotten.
//!
//! A job's row is locked while the job runs and is deleted in the same transaction, so what a job
//! does to the database happens exactly once; what it does outside (mail) at least once. A job that
//! fails is tried again after 2ⁿ minutes; after [`worker::MOST_FAILURES`] it is kept for the
//! administrator. Jobs run within a minute or enqueue their own continuation.

pub mod relay;
pub mod schedule;
mod store;
pub mod worker;

use crate::{app::App, outbox};
use futures_util::future::BoxFuture;
use serde::Serialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub use store::{gave_up, waiting};

/// What a job is called and what it does with its payload. Must bear being run twice.
pub struct Kind {
    /// The name in the queue; `room.deed`.
    pub name: &'static str,
    /// The work.
    pub run: for<'a> fn(&'a App, &'a mut PgConnection, serde_json::Value) -> Outcome<'a>,
}

/// Who wants to hear of which events. Runs as a job of its own, so that one failing listener does
/// not hold up the others. Must bear hearing an event twice.
pub struct Listener {
    /// The name in the queue; `room.deed`.
    pub name: &'static str,
    /// Which events it hears.
    pub hears: fn(&outbox::Event) -> bool,
    /// What it does.
    pub run: for<'a> fn(&'a App, &'a mut PgConnection, outbox::Heard) -> Outcome<'a>,
}

/// How a job ends.
pub type Outcome<'a> = BoxFuture<'a, anyhow::Result<()>>;

/// All jobs and listeners of this server; filled by `reactions.rs`.
pub struct Table {
    /// Jobs that rooms enqueue themselves, a list for each room.
    pub kinds: &'static [&'static [Kind]],
    /// Listeners of the outbox.
    pub listeners: &'static [Listener],
}

/// Enqueues a job in the transaction of the deed.
///
/// # Errors
/// Those of the database; a payload that is no JSON.
pub async fn enqueue(
    db: &mut PgConnection,
    name: &'static str,
    payload: &impl Serialize,
    run_at: OffsetDateTime,
) -> anyhow::Result<()> {
    store::insert(db, name, serde_json::to_value(payload)?, None, run_at).await?;
    Ok(())
}

/// Enqueues a job, unless one with this key waits already.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_once(
    db: &mut PgConnection,
    name: &'static str,
    key: &str,
    payload: &impl Serialize,
    run_at: OffsetDateTime,
) -> anyhow::Result<()> {
    store::insert(db, name, serde_json::to_value(payload)?, Some(key), run_at).await?;
    Ok(())
}

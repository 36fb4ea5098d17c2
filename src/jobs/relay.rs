//! From the outbox to the queue: every event becomes one job for each of its listeners.

use super::{Table, store};
use crate::{
    app::App,
    kit::{EventId, ThreadId},
    outbox,
};
use std::collections::BTreeSet;

/// Events handed on in one transaction.
const AT_ONCE: i64 = 100;

/// Hands waiting events to their listeners' queues; returns how many.
///
/// Other nodes do the same at once: each claims events nobody else holds.
///
/// # Errors
/// Those of the database; nothing is lost, the events stay marked.
pub async fn relay(app: &App, table: &Table) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    let ids = outbox::claim_pending(&mut tx, AT_ONCE).await?;
    let (mut changed, mut rights) = (BTreeSet::new(), false);
    for id in &ids {
        let heard = outbox::heard(&mut tx, *id).await?;
        changed.extend(heard.event.changes_thread());
        rights |= heard.event.changes_rights();
        for listener in table.listeners.iter().filter(|listener| (listener.hears)(&heard.event)) {
            enqueue_for(&mut tx, listener.name, *id, app.now()).await?;
        }
    }
    outbox::forget_pending(&mut tx, &ids).await?;
    tx.commit().await?;
    announce(app, &changed).await?;
    if rights {
        app.announce_rights().await?;
    }
    Ok(ids.len())
}

async fn enqueue_for(
    db: &mut sqlx::PgConnection,
    listener: &str,
    event: EventId,
    now: time::OffsetDateTime,
) -> sqlx::Result<()> {
    let key = format!("{listener}:{event}");
    store::insert(db, listener, serde_json::json!(event), Some(&key), now).await
}

/// Tells the open pages on every node. In a statement of its own, because a commit with a NOTIFY in it
/// takes a lock on the whole database.
async fn announce(app: &App, changed: &BTreeSet<ThreadId>) -> sqlx::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut db = app.db.acquire().await?;
    crate::realtime::announce(&mut db, changed).await
}

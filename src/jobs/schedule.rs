//! Work that comes round by itself: taking away what is of no more use, adding up what pages show. The
//! table of it is in `chores.rs`.
//!
//! Each chore has a row that says when it was last done. A node that finds it due holds the row while
//! it works, and the others pass by; so several nodes do it once.

use super::store;
use crate::app::App;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use std::time::Duration;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

/// How many rows a chore takes in one transaction.
pub const AT_ONCE: i64 = 1_000;

/// How often a node looks for chores that are due.
const LOOK: Duration = Duration::from_secs(60);

/// A piece of regular work. Must bear being run twice.
pub struct Chore {
    /// Its name in the table.
    pub name: &'static str,
    /// How long it rests after it was done. Nodes look once a minute.
    pub rest: time::Duration,
    /// Takes away at most [`AT_ONCE`] rows, or changes some; returns how many. Run again at once where
    /// they were as many as that.
    pub run: for<'a> fn(&'a mut PgConnection, OffsetDateTime) -> BoxFuture<'a, sqlx::Result<u64>>,
}

/// Does what is due until `stop`.
pub async fn keep(app: App, chores: &'static [Chore], stop: CancellationToken) {
    loop {
        for chore in chores {
            if stop.is_cancelled() {
                return;
            }
            if let Err(error) = tend(&app, chore).await {
                tracing::warn!(chore.name = chore.name, %error, "a chore was not done; it comes round again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Does one chore, if it is due and no other node is at it; returns how many rows went or changed.
///
/// # Errors
/// Those of the database; what was taken away until then stays away.
pub async fn tend(app: &App, chore: &Chore) -> sqlx::Result<u64> {
    let mut gone = 0;
    loop {
        let now = app.now();
        let mut tx = app.db.begin().await?;
        store::know_chore(&mut tx, chore.name).await?;
        if !store::claim_chore(&mut tx, chore.name, now - chore.rest).await? {
            return Ok(gone);
        }
        let batch = (chore.run)(&mut tx, now).await?;
        gone += batch;
        if batch < AT_ONCE.unsigned_abs() {
            store::chore_done(&mut tx, chore.name, now).await?;
        }
        tx.commit().await?;
    }
}

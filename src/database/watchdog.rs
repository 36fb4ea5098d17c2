//! Replaces a pool that is stuck while the database itself is well.
//!
//! When the network to PostgreSQL goes silent, connections that are lent wait for an answer without
//! end, and one on its way back is pinged by sqlx without a limit. With all of them gone the pool
//! is empty for good, although new connections work (sqlx#4349).

use super::hooks;
use super::pool::{Database, Inner};
use sqlx::{ConnectOptions, Connection};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// How long an old pool may take to close before it is left to itself.
const CLOSING: Duration = Duration::from_secs(60);

/// Since when no connection could be had.
pub(super) struct Drought {
    born: Instant,
    /// Milliseconds after `born`, plus one, of the first failure in a row; 0 while all is well.
    since: AtomicU64,
}

impl Drought {
    pub(super) fn new() -> Self {
        Self { born: Instant::now(), since: AtomicU64::new(0) }
    }

    pub(super) fn note<T>(&self, outcome: &sqlx::Result<T>) {
        match outcome {
            // A load before the store keeps the cache line shared while all is well.
            Ok(_) if self.since.load(Ordering::Relaxed) == 0 => {}
            Ok(_) => self.since.store(0, Ordering::Relaxed),
            Err(sqlx::Error::PoolClosed) => {}
            Err(_) => {
                let now = u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX) + 1;
                // Fails when an earlier failure is already there, which is what we want.
                let _ = self.since.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed);
            }
        }
    }

    /// How long every acquire has failed; `None` when the last one succeeded.
    fn length(&self) -> Option<Duration> {
        match self.since.load(Ordering::Relaxed) {
            0 => None,
            since => Some(self.born.elapsed().saturating_sub(Duration::from_millis(since - 1))),
        }
    }
}

/// Watches until the last clone of the database is gone or its pool is closed.
pub(super) fn watch(database: &Database) {
    let settings = &database.inner.settings;
    let interval =
        (settings.stuck_after / 15).clamp(Duration::from_millis(50), Duration::from_secs(1));
    let weak = Arc::downgrade(&database.inner);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(interval).await;
            let Some(database) = alive(&weak) else { return };
            look(&database).await;
        }
    });
}

fn alive(inner: &Weak<Inner>) -> Option<Database> {
    let inner = inner.upgrade()?;
    (!inner.pool.load().is_closed()).then_some(Database { inner })
}

async fn look(database: &Database) {
    let inner = &database.inner;
    if inner.drought.length().is_none() {
        return;
    }
    // Our own attempt, so that a single failure on a quiet site does not pass for a drought.
    if database.acquire().await.is_ok() {
        return;
    }
    let Some(length) = inner.drought.length().filter(|length| *length > inner.settings.stuck_after)
    else {
        return;
    };
    if fresh_connection_works(database).await {
        swap(inner, length);
    }
}

async fn fresh_connection_works(database: &Database) -> bool {
    let attempt = async {
        let mut connection = database.inner.options.connect().await?;
        connection.ping().await?;
        connection.close().await
    };
    matches!(
        tokio::time::timeout(database.inner.settings.acquire_timeout, attempt).await,
        Ok(Ok(()))
    )
}

fn swap(inner: &Inner, drought: Duration) {
    let fresh =
        hooks::pool_options(&inner.settings, &inner.seen).connect_lazy_with(inner.options.clone());
    let old = inner.pool.swap(Arc::new(fresh));
    let swaps = inner.swaps.fetch_add(1, Ordering::Relaxed) + 1;
    inner.drought.note(&Ok(()));
    tracing::error!(
        pool.swaps = swaps,
        pool.size = old.size(),
        pool.idle = old.num_idle(),
        pool.stuck_seconds = drought.as_secs_f64(),
        "the connection pool was stuck while the database answers; it has been replaced"
    );
    tokio::spawn(async move {
        let _ = tokio::time::timeout(CLOSING, old.close()).await;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drought_begins_with_the_first_failure_and_ends_with_a_success() {
        let drought = Drought::new();
        assert!(drought.length().is_none());

        drought.note::<()>(&Err(sqlx::Error::PoolTimedOut));
        std::thread::sleep(Duration::from_millis(20));
        drought.note::<()>(&Err(sqlx::Error::PoolTimedOut));
        assert!(drought.length().unwrap() >= Duration::from_millis(15));

        drought.note(&Ok(()));
        assert!(drought.length().is_none());
    }
}

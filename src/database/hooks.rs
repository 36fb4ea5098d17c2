//! What is asked of a connection when it comes back to the pool and when it leaves.

use super::pool::PoolSettings;
use super::session::{in_transaction, lost};
use sqlx::{Connection, PgConnection, postgres::PgPoolOptions};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The longest a connection may take to answer a hook before it is given up.
const HOOK_TIMEOUT: Duration = Duration::from_secs(1);

/// A connection idle for longer than this is pinged before it is used. Busy ones are not: a ping
/// is a round trip on every page.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// What the hooks of all pools of one [`super::Database`] have seen.
pub(super) struct Observations {
    born: Instant,
    /// Milliseconds after `born`, plus one, of the last lost connection; 0 for none yet.
    last_loss: AtomicU64,
    discarded: AtomicU64,
}

impl Observations {
    pub(super) fn new() -> Self {
        Self { born: Instant::now(), last_loss: AtomicU64::new(0), discarded: AtomicU64::new(0) }
    }

    /// A connection was found dead. Where there is one there are more: after a restart of
    /// PostgreSQL all the idle ones are.
    pub(super) fn loss(&self) {
        self.last_loss.fetch_max(millis(self.born.elapsed()) + 1, Ordering::Relaxed);
    }

    /// Whether a connection idle for so long may have died together with the last one lost.
    fn suspects(&self, idle_for: Duration) -> bool {
        let idle_since = self.born.elapsed().saturating_sub(idle_for);
        self.last_loss.load(Ordering::Relaxed) > millis(idle_since)
    }

    /// Connections thrown away because they came back inside a transaction.
    pub(super) fn discarded(&self) -> u64 {
        self.discarded.load(Ordering::Relaxed)
    }
}

pub(super) fn pool_options(settings: &PoolSettings, seen: &Arc<Observations>) -> PgPoolOptions {
    let (returning, leaving) = (Arc::clone(seen), Arc::clone(seen));
    PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(settings.acquire_timeout)
        .test_before_acquire(false)
        .after_release(move |connection, _| {
            let seen = Arc::clone(&returning);
            Box::pin(async move { Ok(clean(connection, &seen).await) })
        })
        .before_acquire(move |connection, about| {
            let seen = Arc::clone(&leaving);
            Box::pin(async move {
                let trusted = about.idle_for <= TRUSTED_FOR && !seen.suspects(about.idle_for);
                Ok(trusted || answers(connection, &seen).await)
            })
        })
}

/// Whether the connection may be lent again: it answers and no transaction is open on it.
///
/// The alternative, a plain `rollback`, costs the same round trip, makes the server log a warning
/// each time, and keeps a connection whose state nobody knows.
async fn clean(connection: &mut PgConnection, seen: &Observations) -> bool {
    match tokio::time::timeout(HOOK_TIMEOUT, in_transaction(connection)).await {
        Ok(Ok(false)) => true,
        Ok(Ok(true)) => {
            seen.discarded.fetch_add(1, Ordering::Relaxed);
            tracing::info!("a connection came back inside a transaction and was discarded");
            false
        }
        Ok(Err(error)) => {
            if lost(&error) {
                seen.loss();
            }
            tracing::info!(%error, "a connection came back broken and was discarded");
            false
        }
        Err(_) => {
            seen.loss();
            tracing::warn!("a connection came back silent and was discarded");
            false
        }
    }
}

async fn answers(connection: &mut PgConnection, seen: &Observations) -> bool {
    let alive = matches!(tokio::time::timeout(HOOK_TIMEOUT, connection.ping()).await, Ok(Ok(())));
    if !alive {
        seen.loss();
        tracing::info!("an idle connection had died and was replaced");
    }
    alive
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_idle_when_a_connection_died_is_suspected() {
        let seen = Observations::new();
        assert!(!seen.suspects(Duration::ZERO));

        std::thread::sleep(Duration::from_millis(20));
        seen.loss();
        std::thread::sleep(Duration::from_millis(20));

        assert!(seen.suspects(Duration::from_millis(30)));
        assert!(!seen.suspects(Duration::from_millis(5)));
    }
}

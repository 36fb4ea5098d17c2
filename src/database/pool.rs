//! The pool of connections.

use super::hooks::{self, Observations};
use super::roles;
use super::session::{as_app, lost};
use super::watchdog::{self, Drought};
use anyhow::{Context, Result, bail};
use arc_swap::ArcSwap;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::{PgPool, Postgres, Row, Transaction};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long [`Database::close`] waits for connections that are lent.
const CLOSING: Duration = Duration::from_secs(10);

/// How large and how patient the pool is.
#[derive(Clone, Debug)]
pub struct PoolSettings {
    /// The most connections open at a time.
    pub connections: u32,
    /// How long [`Database::acquire`] waits before it fails.
    pub acquire_timeout: Duration,
    /// How long every acquire must have failed before a pool is taken to be stuck. Longer than
    /// `statement_timeout`, or a pool busy with slow statements would be mistaken for one.
    pub stuck_after: Duration,
}

impl PoolSettings {
    /// The settings of the server, for so many connections.
    pub fn of(connections: u32) -> Self {
        Self {
            connections,
            acquire_timeout: Duration::from_secs(2),
            // Failing begins with the first timeout, 2 s after all connections are taken, so a
            // statement ended by its 15 s limit has made room by then.
            stuck_after: Duration::from_secs(15),
        }
    }
}

/// The pool at one moment, for readiness and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    /// Connections open, lent or not.
    pub size: u32,
    /// Connections waiting to be lent.
    pub idle: usize,
    /// Times the watchdog replaced a stuck pool.
    pub swaps: u64,
    /// Connections thrown away because they came back inside a transaction.
    pub discarded: u64,
}

/// Connections to the database as `candor_app`. Cheap to clone; all clones are one pool.
#[derive(Clone)]
pub struct Database {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) pool: ArcSwap<PgPool>,
    pub(super) options: PgConnectOptions,
    pub(super) settings: PoolSettings,
    pub(super) seen: Arc<Observations>,
    pub(super) drought: Drought,
    pub(super) swaps: AtomicU64,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("pool", &self.pool_state()).finish_non_exhaustive()
    }
}

impl Database {
    /// Connects as the server does, with the server's patience.
    ///
    /// # Errors
    /// When the database does not answer, or the session does not run as `candor_app`.
    pub async fn connect(options: PgConnectOptions, connections: u32) -> Result<Self> {
        Self::connect_with(options, PoolSettings::of(connections)).await
    }

    /// Connects with other limits than the server's, for tests and tools.
    ///
    /// # Errors
    /// As [`Database::connect`].
    pub async fn connect_with(options: PgConnectOptions, settings: PoolSettings) -> Result<Self> {
        let options = as_app(options);
        let seen = Arc::new(Observations::new());
        let pool = hooks::pool_options(&settings, &seen).connect_lazy_with(options.clone());
        let database = Self {
            inner: Arc::new(Inner {
                pool: ArcSwap::from_pointee(pool),
                options,
                settings,
                seen,
                drought: Drought::new(),
                swaps: AtomicU64::new(0),
            }),
        };
        database.insist_on_our_session().await?;
        watchdog::watch(&database);
        Ok(database)
    }

    /// Lends a connection, outside any transaction.
    ///
    /// # Errors
    /// When none becomes free, or can be opened, within the pool's patience.
    pub async fn acquire(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        let deadline = Instant::now() + self.inner.settings.acquire_timeout;
        let outcome = self.acquire_until(deadline).await;
        self.inner.drought.note(&outcome);
        outcome
    }

    /// Lends a connection inside a new transaction, which rolls back unless it is committed.
    ///
    /// # Errors
    /// As [`Database::acquire`].
    pub async fn begin(&self) -> sqlx::Result<Transaction<'static, Postgres>> {
        match Transaction::begin(self.acquire().await?, None).await {
            // Nothing has been done on it yet, so trying again on another one is safe.
            Err(error) if lost(&error) => {
                self.inner.seen.loss();
                Transaction::begin(self.acquire().await?, None).await
            }
            begun => begun,
        }
    }

    /// Lends no more, waits up to 10 s until every connection is back, and closes them.
    pub async fn close(&self) {
        let pool = self.inner.pool.load_full();
        if tokio::time::timeout(CLOSING, pool.close()).await.is_err() {
            tracing::warn!(
                pool.size = pool.size(),
                "connections were still in use when the pool closed"
            );
        }
    }

    /// What the pool looks like now.
    pub fn pool_state(&self) -> PoolState {
        let pool = self.inner.pool.load();
        PoolState {
            size: pool.size(),
            idle: pool.num_idle(),
            swaps: self.inner.swaps.load(Ordering::Relaxed),
            discarded: self.inner.seen.discarded(),
        }
    }

    /// How to open a connection of one's own, to listen or to dump: same address, role and limits.
    pub fn options(&self) -> PgConnectOptions {
        self.inner.options.clone()
    }

    async fn acquire_until(&self, deadline: Instant) -> sqlx::Result<PoolConnection<Postgres>> {
        loop {
            let pool = self.inner.pool.load_full();
            let attempt = tokio::time::timeout_at(deadline.into(), pool.acquire()).await;
            match attempt.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
                // The watchdog replaced the pool while we waited for the old one.
                Err(sqlx::Error::PoolClosed)
                    if !Arc::ptr_eq(&pool, &self.inner.pool.load_full()) => {}
                // A restarting PostgreSQL takes its unix socket away for a moment, and cuts off who
                // is just connecting; sqlx waits only where a connection is refused.
                Err(error) if lost(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(25)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// A connection pooler in between may drop what we ask for in the startup message; without it
    /// the server would run with the login's rights and without limits.
    async fn insist_on_our_session(&self) -> Result<()> {
        let mut connection =
            self.acquire().await.context("the database does not accept the server's connection")?;
        let row = sqlx::raw_sql("select current_user::text, current_setting('statement_timeout')")
            .fetch_one(&mut *connection)
            .await?;
        let (role, limit): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        if role != roles::APP || limit != "15s" {
            bail!(
                "the database session runs as {role} with statement_timeout {limit}, not as {} with 15s. \
                 A connection pooler drops the `options` of the startup message: connect to PostgreSQL \
                 directly, or let the pooler pass them.",
                roles::APP
            );
        }
        Ok(())
    }
}

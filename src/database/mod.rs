//! The database: where it is, how it is started, what shape it has, and the pool of connections.
//!
//! With an address (`DATABASE_URL`) the server uses that PostgreSQL, version 15 or newer. Without
//! one it runs a PostgreSQL of its own inside the data directory: see [`embedded`].
//!
//! Invariants:
//!
//! * **Two roles.** Migrations run as `candor_owner`, which owns every table; the server runs as
//!   `candor_app`, which may do only what migrations granted it. See [`roles`].
//! * **A connection handed out is outside any transaction.** sqlx returns a connection to its pool
//!   inside an open transaction when `begin` is cancelled half-way; the next borrower's writes
//!   would be acknowledged and lost. Every connection is asked when it comes back: see [`Database`].
//! * **A pool that is stuck is replaced**, not waited for.
//! * **No wait is unbounded**: statements, locks, idle transactions, acquiring, migrating and
//!   stopping all have a limit.
//! * **A server never runs on a schema it does not know how to use**: see [`migrate`].

pub mod embedded;
mod external;
mod hooks;
pub mod migrate;
mod pool;
pub mod roles;
mod session;
mod watchdog;

pub use pool::{Database, PoolSettings, PoolState};
pub use session::{as_app, as_owner, passes};

use anyhow::{Context, Result, bail};
use embedded::Embedded;
use secrecy::SecretString;
use sqlx::postgres::PgConnectOptions;
use std::path::PathBuf;

/// Where the database is, as the operator configured it.
#[derive(Clone, Debug)]
pub struct DatabaseOptions {
    /// The address the server uses; without it a private PostgreSQL runs under `data`.
    pub url: Option<SecretString>,
    /// The address migrations use, where the operator separates the two logins.
    pub owner_url: Option<SecretString>,
    /// The data directory. The private PostgreSQL lives in its `pg` folder.
    pub data: PathBuf,
    /// The folder of `postgres` and `initdb`, where they are not in one of the usual places.
    pub pg_bin: Option<PathBuf>,
    /// The user a private PostgreSQL runs as when the server runs as root.
    pub pg_user: Option<String>,
    /// The most connections the pool opens.
    pub connections: u32,
}

/// A database that answers, has both roles, and may still need migrating.
pub struct Opened {
    /// How the server connects; hand it to [`Database::connect`].
    pub app: PgConnectOptions,
    /// How migrations connect, or `None` where the only login given is not allowed to migrate.
    pub owner: Option<PgConnectOptions>,
    /// The private PostgreSQL, to be stopped last of all.
    pub embedded: Option<Embedded>,
    /// Where `pg_dump` of the matching version is, when the database is a private one.
    pub bin_dir: Option<PathBuf>,
}

impl Opened {
    /// Brings the schema up to date, or, where this login may not, insists that it is.
    ///
    /// # Errors
    /// See [`migrate::run`]; and with migrations pending that this login may not run.
    pub async fn migrate(&self) -> Result<migrate::Report> {
        if let Some(owner) = &self.owner {
            return migrate::run(owner).await;
        }
        let check = migrate::check(&self.app).await?;
        check.refuse_unknown_floor()?;
        if !check.pending.is_empty() {
            bail!(
                "{check}\nThe login of DATABASE_URL is not a member of {}, so this server cannot migrate. \
                 Run `candor migrate` with DATABASE_OWNER_URL set to a login that is.",
                roles::OWNER
            );
        }
        Ok(migrate::Report::default())
    }
}

/// Finds or starts the database and makes its two roles. Does not migrate.
///
/// # Errors
/// With a message for the operator, naming the next step.
pub async fn open(options: &DatabaseOptions) -> Result<Opened> {
    if let Some(url) = &options.url {
        return external::open(url, options.owner_url.as_ref()).await;
    }
    if options.owner_url.is_some() {
        bail!(
            "DATABASE_OWNER_URL is set but DATABASE_URL is not: set both, or neither for a private PostgreSQL."
        );
    }
    let embedded = Embedded::start(&embedded::Settings {
        data: options.data.clone(),
        bin: options.pg_bin.clone(),
        user: options.pg_user.clone(),
        connections: options.connections,
        configuration: Vec::new(),
    })
    .await
    .with_context(|| {
        format!("the private PostgreSQL in {} cannot be used", options.data.display())
    })?;
    Ok(Opened {
        app: embedded.app(),
        owner: Some(embedded.owner()),
        bin_dir: Some(embedded.bin_dir().to_path_buf()),
        embedded: Some(embedded),
    })
}

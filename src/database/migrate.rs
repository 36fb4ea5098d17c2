//! The shape of the database: bringing it up to date, and refusing one that is too new.
//!
//! An *expanding* migration only adds, so the previous release keeps running beside it, and a
//! server does not mind migrations it has never heard of. A *contracting* migration takes away what
//! older releases use; it raises `schema_floor.version` to its own version, and a server whose
//! newest migration is older than the floor refuses to start.

use super::session::as_owner;
use anyhow::{Context, Result, bail};
use sqlx::migrate::{AppliedMigration, Migrate, MigrateError, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};
use std::fmt;
use std::time::{Duration, Instant};

/// Two servers started together on one database migrate one after the other. The number is
/// "candor" in ASCII; advisory locks belong to one database each.
const LOCK: i64 = 0x63_61_6e_64_6f_72;

/// How long another server's migration is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(120);

/// How often a migration that met a locked table is tried again, a little later each time.
const ATTEMPTS: u32 = 8;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The migrations applied, oldest first; empty when the schema was up to date.
    pub applied: Vec<Step>,
    /// How long it took, waiting included.
    pub took: Duration,
}

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number its file name starts with, `YYYYMMDDhhmmss`.
    pub version: i64,
    /// The words of its file name.
    pub name: String,
}

/// What a run would do.
#[derive(Clone, Debug)]
pub struct Check {
    /// Migrations this program has and the database has not.
    pub pending: Vec<Step>,
    /// Migrations the database has and this program has not: a newer release was here.
    pub unknown: Vec<i64>,
    /// Migrations whose file was changed after it ran.
    pub changed: Vec<i64>,
    /// The oldest program the schema still serves, once there is a schema.
    pub floor: Option<i64>,
    /// The newest migration of this program.
    pub newest: i64,
}

/// The migrations built into this program.
pub fn all() -> Migrator {
    let mut migrator = sqlx::migrate!();
    // Applied by a newer release: the floor decides, not the mere presence.
    migrator.set_ignore_missing(true);
    // sqlx's own lock waits for ever and does not say for whom.
    migrator.set_locking(false);
    migrator
}

/// Applies what is pending, under a lock, as `candor_owner`.
///
/// # Errors
/// When the schema is too new, an applied migration's file has changed, another migration holds the
/// lock for more than two minutes, or a migration fails; then it is rolled back, the ones before it
/// stay, and the message names it.
pub async fn run(owner: &PgConnectOptions) -> Result<Report> {
    run_waiting(owner, LOCK_PATIENCE).await
}

/// [`run`], waiting as long as this for another migration.
///
/// # Errors
/// As [`run`].
pub async fn run_waiting(owner: &PgConnectOptions, patience: Duration) -> Result<Report> {
    let began = Instant::now();
    let migrator = all();
    let mut connection =
        as_owner(owner.clone()).connect().await.context("cannot connect to migrate")?;
    lock(&mut connection, patience).await?;
    let check = compare(&mut connection, &migrator).await?;
    check.refuse_unknown_floor()?;
    apply(&mut connection, &migrator).await?;
    // A server whose login may not migrate still checks, see `Opened::migrate`.
    sqlx::raw_sql("grant select on _sqlx_migrations, schema_floor to candor_app")
        .execute(&mut connection)
        .await?;
    // Also gives the lock back.
    connection.close().await?;
    let report = Report { applied: check.pending, took: began.elapsed() };
    if !report.applied.is_empty() {
        tracing::info!(migrations = report.applied.len(), "the schema has been brought up to date");
    }
    Ok(report)
}

/// Says what [`run`] would do; changes nothing. Any login that may read the schema will do.
///
/// # Errors
/// When the database does not answer or may not be read.
pub async fn check(options: &PgConnectOptions) -> Result<Check> {
    let mut connection = options.connect().await.context("cannot connect to check the schema")?;
    let check = compare(&mut connection, &all()).await?;
    connection.close().await?;
    Ok(check)
}

async fn compare(connection: &mut PgConnection, migrator: &Migrator) -> Result<Check> {
    let (migrated, floored): (bool, bool) = {
        let row = sqlx::raw_sql(
            "select to_regclass('_sqlx_migrations') is not null, to_regclass('schema_floor') is not null",
        )
        .fetch_one(&mut *connection)
        .await?;
        (row.try_get(0)?, row.try_get(1)?)
    };
    let applied = match migrated {
        true => connection.list_applied_migrations("_sqlx_migrations").await?,
        false => Vec::new(),
    };
    let floor = match floored {
        true => sqlx::raw_sql("select max(version) from schema_floor")
            .fetch_one(connection)
            .await?
            .try_get(0)?,
        false => None,
    };
    Ok(weigh(migrator, &applied, floor))
}

fn weigh(migrator: &Migrator, applied: &[AppliedMigration], floor: Option<i64>) -> Check {
    let ran = |version| applied.iter().find(|applied| applied.version == version);
    let ours = || migrator.iter().filter(|ours| !ours.migration_type.is_down_migration());
    Check {
        pending: ours()
            .filter(|ours| ran(ours.version).is_none())
            .map(|ours| Step { version: ours.version, name: ours.description.to_string() })
            .collect(),
        unknown: applied
            .iter()
            .map(|it| it.version)
            .filter(|version| !migrator.version_exists(*version))
            .collect(),
        changed: ours()
            .filter(|ours| ran(ours.version).is_some_and(|ran| ran.checksum != ours.checksum))
            .map(|ours| ours.version)
            .collect(),
        floor,
        newest: ours().map(|ours| ours.version).max().unwrap_or(0),
    }
}

impl Check {
    /// Whether the schema is as this program wants it.
    pub fn is_up_to_date(&self) -> bool {
        self.pending.is_empty() && self.changed.is_empty()
    }

    /// # Errors
    /// When the schema no longer serves a program as old as this one.
    pub fn refuse_unknown_floor(&self) -> Result<()> {
        match self.floor {
            Some(floor) if floor > self.newest => bail!(
                "this Candor is too old for its database: the schema needs migration {floor} or later, and this \
                 program knows none after {}. Start the newer release again, or restore the backup made before it.",
                self.newest
            ),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_up_to_date() {
            write!(f, "The schema is up to date.")?;
        }
        if !self.pending.is_empty() {
            write!(f, "Would run {}:", self.pending.len())?;
        }
        for step in &self.pending {
            write!(f, "\n  {} {}", step.version, step.name)?;
        }
        for version in &self.changed {
            write!(
                f,
                "\nChanged after it ran: {version}. Migrations are never edited; restore the file."
            )?;
        }
        if !self.unknown.is_empty() {
            write!(
                f,
                "\nA newer release has run {} more; this one still works beside it.",
                self.unknown.len()
            )?;
        }
        Ok(())
    }
}

/// Takes the session's advisory lock, which goes with the connection.
async fn lock(connection: &mut PgConnection, patience: Duration) -> Result<()> {
    let began = Instant::now();
    let mut told = false;
    loop {
        let attempt = format!("select pg_try_advisory_lock({LOCK})");
        let row = sqlx::raw_sql(AssertSqlSafe(attempt)).fetch_one(&mut *connection).await?;
        if row.try_get(0)? {
            return Ok(());
        }
        if began.elapsed() > patience {
            bail!(
                "another Candor has been migrating this database for {} s ({}). Wait for it, or end it: \
                 `select pg_terminate_backend(PID)`.",
                patience.as_secs(),
                holder(connection).await.unwrap_or_else(|_| "unknown process".into())
            );
        }
        if !std::mem::replace(&mut told, true) {
            tracing::info!("another Candor is migrating this database; waiting for it");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn holder(connection: &mut PgConnection) -> sqlx::Result<String> {
    let (high, low) = (LOCK >> 32, LOCK & 0xffff_ffff);
    let question = format!(
        "select format('PostgreSQL process %s', l.pid) \
         from pg_locks l \
         where l.locktype = 'advisory' and l.granted and l.classid = {high} and l.objid = {low} \
         and l.database = (select oid from pg_database where datname = current_database())"
    );
    sqlx::raw_sql(AssertSqlSafe(question)).fetch_one(connection).await?.try_get(0)
}

async fn apply(connection: &mut PgConnection, migrator: &Migrator) -> Result<()> {
    for attempt in 1.. {
        match migrator.run_direct(None, &mut *connection, false).await {
            Ok(()) => break,
            Err(error) if attempt < ATTEMPTS && met_a_lock(&error) => {
                tracing::info!(attempt, "a migration met a locked table and will be tried again");
                tokio::time::sleep(Duration::from_millis(500) * attempt).await;
            }
            Err(MigrateError::VersionMismatch(version)) => bail!(
                "migration {version} has run here with another text than this program has. \
                 Migrations are never edited: use the release the database was migrated with."
            ),
            Err(error) => {
                return Err(error)
                    .context("the migration did not run; the schema is as it was before it");
            }
        }
    }
    Ok(())
}

fn met_a_lock(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    error.as_database_error().and_then(|error| error.code()).as_deref() == Some("55P03")
}

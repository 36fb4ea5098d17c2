//! A PostgreSQL the operator runs.

use super::{Opened, roles};
use anyhow::{Context, Result, bail};
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, Row};
use std::time::{Duration, Instant};

/// The oldest PostgreSQL that will do.
const OLDEST: i32 = 15;

/// How long a database that does not answer yet is waited for: under a container runner both are
/// often started at the same time.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn open(url: &SecretString, owner_url: Option<&SecretString>) -> Result<Opened> {
    let app = address(url, "DATABASE_URL")?;
    let separate = owner_url.map(|url| address(url, "DATABASE_OWNER_URL")).transpose()?;
    let login = separate.as_ref().unwrap_or(&app);

    let mut connection = reach(login).await?;
    insist_on_version(&mut connection).await?;
    let standing = roles::standing(&mut connection, app.get_username()).await?;
    connection.close().await?;

    // One login that an administrator allowed to serve and not to migrate: migrations are run
    // from elsewhere, and that is no reason to ask for more rights.
    let serves_only = separate.is_none() && standing.may_serve && !standing.may_own;
    if serves_only {
        return Ok(Opened { app, owner: None, embedded: None, bin_dir: None });
    }
    roles::prepare(login, app.get_username()).await?;
    let owner = Some(separate.unwrap_or_else(|| app.clone()));
    Ok(Opened { app, owner, embedded: None, bin_dir: None })
}

fn address(url: &SecretString, variable: &str) -> Result<PgConnectOptions> {
    let wrong =
        || format!("{variable} is not an address like postgres://user:password@host:5432/database");
    // Without these, sqlx takes the name before the colon for the scheme, and asks at localhost.
    let url = url.expose_secret();
    if !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        bail!(wrong());
    }
    url.parse().with_context(wrong)
}

async fn reach(options: &PgConnectOptions) -> Result<PgConnection> {
    let began = Instant::now();
    let place = format!("{}:{}", options.get_host(), options.get_port());
    let mut told = false;
    loop {
        let error = match tokio::time::timeout(Duration::from_secs(10), options.connect()).await {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(error)) if may_pass(&error) => anyhow::Error::from(error),
            Ok(Err(error)) => {
                return Err(error).with_context(|| format!("the database at {place} refuses us"));
            }
            Err(_) => anyhow::anyhow!("no answer within 10 s"),
        };
        if began.elapsed() > PATIENCE {
            return Err(error).with_context(|| {
                format!("the database at {place} cannot be reached; is it running, and is DATABASE_URL right?")
            });
        }
        if !std::mem::replace(&mut told, true) {
            tracing::info!("waiting for the database at {place}: {error:#}");
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Not there yet, starting up, or out of connections for a moment.
fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("57P03" | "53300")),
        _ => false,
    }
}

async fn insist_on_version(connection: &mut PgConnection) -> Result<()> {
    let row = sqlx::raw_sql(
        "select current_setting('server_version_num')::int / 10000, current_setting('server_encoding')",
    )
    .fetch_one(connection)
    .await?;
    let (major, encoding): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
    if major < OLDEST {
        bail!(
            "the database runs PostgreSQL {major}; Candor needs {OLDEST} or newer. Upgrade it first."
        );
    }
    if encoding != "UTF8" {
        bail!(
            "the database is encoded in {encoding}; make one with `create database … encoding 'UTF8'`."
        );
    }
    Ok(())
}

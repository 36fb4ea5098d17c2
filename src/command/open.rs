//! The database of a command: started for it, somebody else's, or that of a server running on the
//! same data folder, for `backup` and `doctor` must not have to stop the community.

use crate::{
    app::App,
    config::Config,
    database::{Database, DatabaseOptions, Opened, embedded, migrate, roles},
    hasher::Hasher,
    kit::{Clock, Latch},
    mail::Mailer,
    oidc::Oidc,
    outbound::Outbound,
    realtime::Hub,
    sealing::Sealer,
    storage::Blobs,
};
use anyhow::{Context, Result, bail};
use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_util::sync::CancellationToken;

/// The private cluster's superuser.
const SUPERUSER: &str = "candor";

/// A database to work on.
pub(super) struct Ground {
    /// How to reach it.
    pub(super) opened: Opened,
    /// The login that may do most here: the private cluster's superuser, or whom the operator gave us.
    pub(super) admin: PgConnectOptions,
    /// It belongs to a server that is running.
    pub(super) shared: bool,
}

impl Ground {
    /// The login that owns the schema.
    ///
    /// # Errors
    /// Where the operator keeps it from us.
    pub(super) fn owner(&self) -> Result<&PgConnectOptions> {
        self.opened.owner.as_ref().context(
            "the login of DATABASE_URL may not act as candor_owner; set CANDOR_OWNER_DATABASE_URL to one that may",
        )
    }

    /// Brings the schema up to date; under a running server only looks whether it is.
    ///
    /// # Errors
    /// Those of migrating; a schema that the running server has not brought up to date.
    pub(super) async fn migrate(&self) -> Result<()> {
        if !self.shared {
            self.opened.migrate().await?;
            return Ok(());
        }
        self.insist_on_schema().await
    }

    /// Insists on a schema that is up to date, and changes nothing.
    ///
    /// # Errors
    /// A schema that is not.
    pub(super) async fn insist_on_schema(&self) -> Result<()> {
        let check = migrate::check(self.opened.owner.as_ref().unwrap_or(&self.opened.app)).await?;
        check.refuse_unknown_floor()?;
        if !check.is_up_to_date() {
            bail!("the database is not up to date; run `candor migrate` first.\n{check}");
        }
        Ok(())
    }
}

/// Opens the database, does the work, and closes it again whatever came of the work.
///
/// # Errors
/// Those of opening and of the work.
pub(super) async fn with<T>(
    config: &Config,
    work: impl AsyncFnOnce(&Ground) -> Result<T>,
) -> Result<T> {
    let ground = ground(config).await?;
    let outcome = work(&ground).await;
    if let Some(embedded) = ground.opened.embedded
        && let Err(error) = embedded.stop().await
    {
        tracing::warn!("{error:#}");
    }
    outcome
}

/// The database of a server that runs on this data folder, else one opened for us.
async fn ground(config: &Config) -> Result<Ground> {
    if config.database_url.is_none()
        && let Some((address, bin_dir)) = running(&config.data)?
    {
        let (app, owner) = (address(roles::APP), address(roles::OWNER));
        let opened = Opened { app, owner: Some(owner), embedded: None, bin_dir };
        return Ok(Ground { opened, admin: address(SUPERUSER), shared: true });
    }
    let opened = own(config).await?;
    let admin = match &opened.embedded {
        Some(embedded) => embedded.superuser(embedded::DATABASE),
        None => opened.owner.clone().unwrap_or_else(|| opened.app.clone()),
    };
    Ok(Ground { opened, admin, shared: false })
}

/// Opens the database for a server.
///
/// # Errors
/// See [`crate::database::open`].
pub(super) async fn own(config: &Config) -> Result<Opened> {
    crate::database::open(&DatabaseOptions {
        url: config.database_url.clone(),
        owner_url: config.owner_database_url.clone(),
        data: config.data.clone(),
        pg_bin: config.pg_bin.clone(),
        pg_user: config.pg_user.clone(),
        connections: config.database_connections,
    })
    .await
}

type Running = (Box<dyn Fn(&str) -> PgConnectOptions + Send + Sync>, Option<PathBuf>);

/// The way to the private PostgreSQL of a server that is running: while one is, it holds the lock.
fn running(data: &Path) -> Result<Option<Running>> {
    let Ok(lock) = File::open(data.join("pg/lock")) else { return Ok(None) };
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        _ => return Ok(None),
    }
    let cluster = data.join("pg/data");
    let file = cluster.join("postmaster.pid");
    let said = std::fs::read_to_string(&file).with_context(|| {
        format!(
            "a server runs on {} and its database is not ready ({} cannot be read); try again in a moment",
            data.display(),
            file.display()
        )
    })?;
    // The fourth line is the port, the fifth the folder of the socket.
    let mut lines = said.lines().skip(3);
    let port: u16 = lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(5432);
    let socket = PathBuf::from(lines.next().unwrap_or_default());
    let address = move |user: &str| {
        PgConnectOptions::new_without_pgpass()
            .socket(&socket)
            .port(port)
            .username(user)
            .database(embedded::DATABASE)
            .ssl_mode(PgSslMode::Disable)
    };
    Ok(Some((Box::new(address), programs_of(&cluster))))
}

/// PostgreSQL writes down how it was started; its programs lie where it lies.
fn programs_of(cluster: &Path) -> Option<PathBuf> {
    let started = std::fs::read_to_string(cluster.join("postmaster.opts")).ok()?;
    let program = PathBuf::from(started.split_whitespace().next()?);
    Some(program.parent()?.to_owned())
}

/// The App over an open database.
///
/// # Errors
/// A database that does not take the connection; a mail address that is none.
pub(super) async fn app(
    config: Config,
    opened: &Opened,
    mailer: Mailer,
    connections: u32,
    stopping: CancellationToken,
) -> Result<App> {
    let blobs = Blobs::disk(&config.data);
    Ok(App {
        db: Database::connect(opened.app.clone(), connections).await?,
        clock: Clock::System,
        oidc: Oidc::new(Outbound::new(&config.outbound_allow)),
        config: Arc::new(config),
        mailer,
        hub: Hub::default(),
        blobs,
        hasher: Hasher::default(),
        sealer: Sealer::without_key(),
        inhabited: Latch::default(),
        stopping,
    })
}

/// A way out for mail that leads nowhere, for commands that send none.
pub(super) fn no_mail() -> Mailer {
    Mailer::Memory(Arc::default())
}

/// The way out for mail that the configuration names, said in the log.
///
/// # Errors
/// An address or folder that will not do.
pub(super) fn mailer(config: &Config) -> Result<Mailer> {
    let from = config.sender()?;
    match &config.smtp_url {
        Some(url) => {
            tracing::info!("mails go out by SMTP as {from}");
            Mailer::smtp(url.expose_secret(), from)
        }
        None => {
            let folder = config.data.join("mail");
            tracing::info!(
                "no CANDOR_SMTP_URL: mails are written to {} and sent to nobody",
                folder.display()
            );
            Mailer::disk(&folder, from)
        }
    }
}

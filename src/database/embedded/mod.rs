//! A private PostgreSQL inside the data directory, started and stopped with the server.
//!
//! ```text
//! DATA/pg/lock           held while a server uses this directory
//! DATA/pg/data           the cluster; owned by the user PostgreSQL runs as
//! DATA/pg/run            the unix socket, the only way in
//! DATA/pg/postgres.log   what PostgreSQL says
//! ```
//!
//! It is a real server with `fsync` on. It listens on no network; the socket lies in a directory
//! only its user may enter, and the operating system says who is calling (`peer`).
//!
//! When our process dies, however it dies, the kernel asks PostgreSQL to stop (on Linux, through
//! `setpriv --pdeathsig`). A PostgreSQL that is still there at the next start is waited for if it
//! is stopping and taken over if it is not. A dead one left its files behind; it recovers from its
//! log as after a power cut. The folder of a half-made cluster has another name and is removed.
//!
//! Refused: `postgresql_embedded`, which starts it with `fsync` off, on TCP, and not as root;
//! `pg_ctl`, which detaches it from us.

mod account;
mod cluster;
mod layout;
mod orphan;
mod programs;
mod roles_and_database;
mod supervisor;

use account::Accounts;
use anyhow::{Context, Result, bail};
use layout::Layout;
use programs::Programs;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use supervisor::{Launch, Supervisor};

/// The database inside the private cluster.
pub const DATABASE: &str = "candor";
/// The private cluster's superuser, for maintenance only.
const SUPERUSER: &str = "candor";
/// Part of the socket's file name; nothing listens on this port.
const PORT: u16 = 5432;

/// How long PostgreSQL may take to answer: after a crash it replays its log first.
const READY_WITHIN: Duration = Duration::from_secs(300);

/// How a private PostgreSQL is to be run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data directory; everything lies in its `pg` folder.
    pub data: PathBuf,
    /// The folder of `postgres` and `initdb`; found by itself when `None`.
    pub bin: Option<PathBuf>,
    /// The user to run as, when we are root; chosen when `None`.
    pub user: Option<String>,
    /// How many connections the pool will open; room for others is added.
    pub connections: u32,
    /// Further settings of PostgreSQL, as for `-c name=value`; these win. Tests turn `fsync` off.
    pub configuration: Vec<(String, String)>,
}

/// A private PostgreSQL that answers. Dropping it asks PostgreSQL to stop; [`Embedded::stop`] waits.
pub struct Embedded {
    programs: Programs,
    socket: PathBuf,
    // Before the layout, whose lock must not be given back before PostgreSQL is asked to stop.
    supervisor: Supervisor,
    layout: Layout,
}

/// What has been found and made before PostgreSQL is started.
struct Prepared {
    accounts: Accounts,
    programs: Programs,
    layout: Layout,
}

impl Embedded {
    /// Makes the cluster if there is none, starts PostgreSQL or takes over one left running, and
    /// makes the two roles and the database.
    ///
    /// # Errors
    /// With a message for the operator, naming the next step: no PostgreSQL found, another server
    /// on this directory, a cluster of another version, a directory PostgreSQL's user cannot enter.
    pub async fn start(settings: &Settings) -> Result<Self> {
        let began = Instant::now();
        let prepared = {
            let settings = settings.clone();
            tokio::task::spawn_blocking(move || prepare(&settings))
                .await
                .context("preparing the cluster failed")??
        };
        let Prepared { accounts, programs, layout } = prepared;
        let orphan = orphan::find(&layout).await?;
        let adopted = orphan.is_some();
        let (pid, socket) = match orphan {
            Some(orphan) => (Some(orphan.pid), orphan.socket),
            None => (None, layout.run.clone()),
        };
        let supervisor = Supervisor::start(launch(settings, &accounts, &programs, &layout), pid)?;
        let embedded = Self { programs, socket, supervisor, layout };
        embedded.wait_until_ready().await?;
        embedded.supervisor.is_ready();
        roles_and_database::ensure(&embedded.superuser("postgres")).await?;
        tracing::info!(
            database.adopted = adopted,
            database.version = embedded.programs.major,
            database.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "the private PostgreSQL is ready"
        );
        Ok(embedded)
    }

    /// Connects as the cluster's superuser, to this database.
    pub fn superuser(&self, database: &str) -> PgConnectOptions {
        address(&self.socket, SUPERUSER).database(database)
    }

    /// Connects as `candor_owner`.
    pub fn owner(&self) -> PgConnectOptions {
        address(&self.socket, super::roles::OWNER).database(DATABASE)
    }

    /// Connects as `candor_app`.
    pub fn app(&self) -> PgConnectOptions {
        address(&self.socket, super::roles::APP).database(DATABASE)
    }

    /// The folder of this PostgreSQL's programs, such as a `pg_dump` of the right version.
    pub fn bin_dir(&self) -> &Path {
        &self.programs.bin
    }

    /// The folder of the unix socket, for `host=` of other programs.
    pub fn socket_dir(&self) -> &Path {
        &self.socket
    }

    /// The number of the running postmaster, or `None` while it is being started again.
    pub fn process(&self) -> Option<u32> {
        self.supervisor.process()
    }

    /// Ends when PostgreSQL has ended and could not be started again; says why.
    pub async fn failed(&self) -> String {
        self.supervisor.ended().await
    }

    /// Stops PostgreSQL and waits for it: open sessions are cut off, what was committed is safe.
    /// Close the pool first. Takes up to 65 s where the disk is very slow.
    ///
    /// # Errors
    /// When it had to be killed; it will recover at the next start.
    pub async fn stop(self) -> Result<()> {
        self.supervisor.stop().await
    }

    async fn wait_until_ready(&self) -> Result<()> {
        let began = Instant::now();
        let options = self.superuser("postgres");
        let attempt = || async {
            let connection = tokio::time::timeout(Duration::from_secs(5), options.connect()).await;
            connection.map_err(anyhow::Error::from)?.map_err(anyhow::Error::from)
        };
        loop {
            let error = match attempt().await {
                Ok(connection) => return connection.close().await.map_err(Into::into),
                Err(error) => error,
            };
            if let Some(why) = self.supervisor.has_ended() {
                bail!("PostgreSQL did not start: {why}\n{}", self.layout.log_tail());
            }
            if began.elapsed() > READY_WITHIN {
                return Err(error).with_context(|| {
                    format!(
                        "PostgreSQL has not become ready within {} s; see {}",
                        READY_WITHIN.as_secs(),
                        self.layout.log.display()
                    )
                });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn address(socket: &Path, user: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(PORT)
        .username(user)
        .ssl_mode(PgSslMode::Disable)
}

fn prepare(settings: &Settings) -> Result<Prepared> {
    let mut layout = Layout::claim(&settings.data)?;
    let accounts = Accounts::choose(settings.user.as_deref(), layout.cluster_owner())?;
    layout.admit(&accounts)?;
    let programs = programs::find(settings.bin.as_deref(), cluster::version(&layout.cluster)?)?;
    if !layout.cluster.exists() {
        cluster::make(&layout, &accounts, &programs)?;
    }
    cluster::write_access_rules(&layout, &accounts)?;
    layout.rotate_log()?;
    Ok(Prepared { accounts, programs, layout })
}

fn launch(
    settings: &Settings,
    accounts: &Accounts,
    programs: &Programs,
    layout: &Layout,
) -> Launch {
    let connections = (settings.connections + 20).max(60).to_string();
    let mut arguments = vec!["-D".into(), layout.cluster.clone(), "-k".into(), layout.run.clone()];
    let ours = [
        ("port", PORT.to_string().as_str()),
        ("listen_addresses", ""),
        ("unix_socket_permissions", "0700"),
        ("max_connections", &connections),
        ("fsync", "on"),
        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("lc_messages", "C"),
        ("jit", "off"),
        // A container gives /dev/shm 64 MB, and systemd removes it when the user logs out.
        ("dynamic_shared_memory_type", "mmap"),
        ("log_line_prefix", "%m [%p] "),
        // The detail of an error repeats values, such as an address that is taken.
        ("log_error_verbosity", "terse"),
    ]
    .map(|(name, value)| format!("{name}={value}"));
    let theirs = settings.configuration.iter().map(|(name, value)| format!("{name}={value}"));
    for setting in ours.into_iter().chain(theirs) {
        arguments.extend(["-c".into(), setting.into()]);
    }
    Launch {
        accounts: accounts.clone(),
        program: programs.bin.join("postgres"),
        arguments,
        log: layout.log.clone(),
        cluster: layout.cluster.clone(),
    }
}

//! The throw-away PostgreSQL that all tests of this checkout share.
//!
//! It lives in memory where there is `/dev/shm`, never syncs, and is left running between runs, because
//! starting it costs more than most tests. Every test process holds a shared lock while it runs. A
//! small janitor process ends the cluster and removes its folder once nobody has held the lock for
//! [`IDLE_MINUTES`]; `cargo test --test it stop_the_cluster -- --ignored` does so at once. A cluster
//! that was killed is simply made anew.

use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use std::{
    fs::{self, File},
    io,
    os::unix::{net::UnixStream, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::LazyLock,
    thread::sleep,
    time::Duration,
};

/// After so long without tests the janitor ends the cluster.
const IDLE_MINUTES: u32 = 20;

/// As fast as PostgreSQL goes where nothing needs to survive.
const SETTINGS: &str = "-c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 \
    -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=256MB -c min_wal_size=32MB \
    -c checkpoint_timeout=1h -c timezone=UTC -c lc_messages=C -c jit=off";

/// Waits for the folder to be unused, then ends the server by its pid and removes the folder. The lock
/// is held meanwhile, so that no test process begins to use what is about to go.
const JANITOR: &str = r#"
while sleep 60 && test -d "$1"; do
  flock --nonblock "$2" sh -c '
    test -n "$(find "$1/used" -mmin "-$2")" && exit
    kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"
    sleep 1
    rm -rf "$1"
  ' janitor "$1" "$3"
done
"#;

/// The running cluster, locked against the janitor while this process lives.
pub(crate) struct Cluster {
    folder: PathBuf,
    /// No other test process ran when this one started, so whatever else lies in the cluster is a
    /// leftover.
    pub(super) alone: bool,
    _in_use: File,
}

/// The cluster of this checkout, started if need be.
pub(crate) fn cluster() -> &'static Cluster {
    static CLUSTER: LazyLock<Cluster> =
        LazyLock::new(|| Cluster::join().expect("the test cluster starts"));
    &CLUSTER
}

impl Cluster {
    /// How its superuser connects to one of its databases.
    pub(crate) fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.folder)
            .port(5432)
            .username("postgres")
            .database(database)
    }

    /// Tells the janitor that somebody is here.
    pub(super) fn touch(&self) {
        let _ = fs::write(self.folder.join("used"), "");
    }

    fn join() -> io::Result<Self> {
        let (folder, lock) = (folder(), File::create(lock_path())?);
        for _ in 0..300 {
            if lock.try_lock().is_ok() {
                if !answers(&folder) {
                    start(&folder)?;
                }
                let cluster = Self { folder, alone: true, _in_use: lock };
                cluster.touch();
                cluster._in_use.lock_shared()?;
                return Ok(cluster);
            }
            // Waits while another process starts it.
            lock.lock_shared()?;
            if answers(&folder) {
                let cluster = Self { folder, alone: false, _in_use: lock };
                cluster.touch();
                return Ok(cluster);
            }
            lock.unlock()?;
            sleep(Duration::from_millis(100));
        }
        Err(io::Error::other(format!(
            "other tests use {} but no PostgreSQL answers there",
            folder.display()
        )))
    }
}

/// One folder for each checkout, with a name short enough for a socket.
fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    parent.join(format!("candor-it-{}", key()))
}

/// Outside the folder, which comes and goes.
fn lock_path() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cluster-{}.lock", key()))
}

fn key() -> String {
    let hash = Sha256::digest(env!("CARGO_MANIFEST_DIR").as_bytes());
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn answers(folder: &Path) -> bool {
    UnixStream::connect(folder.join(".s.PGSQL.5432")).is_ok()
}

fn start(folder: &Path) -> io::Result<()> {
    let bin = programs()?;
    let data = folder.join("data");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    run(as_postgres("mkdir").args(["-m", "700"]).arg(folder))?;
    run(as_postgres(bin.join("initdb")).arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]))?;
    let settings = format!("-k {} {SETTINGS}", folder.display());
    let log = folder.join("log");
    run(as_postgres(bin.join("pg_ctl"))
        .args(["start", "--wait", "--silent", "-D"])
        .arg(&data)
        .arg("-l")
        .arg(log)
        .arg("-o")
        .arg(settings))?;
    if Command::new("flock").arg("--version").output().is_ok() {
        quiet(Command::new("sh").args(["-c", JANITOR, "janitor"]).arg(folder).arg(lock_path()))
            .arg(IDLE_MINUTES.to_string())
            .process_group(0)
            .spawn()?;
    }
    Ok(())
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"]);
    command.arg(program);
    command
}

/// In a folder that everybody may read, and without our pipes, which would stay open as long as the
/// server runs.
fn quiet(command: &mut Command) -> &mut Command {
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn run(command: &mut Command) -> io::Result<()> {
    let status = quiet(command).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("{command:?} ended with {status}")))
    }
}

/// The folder of `initdb` and `postgres`: that of `CANDOR_PG_BIN`, else one on the PATH, else the newest
/// of the usual places.
fn programs() -> io::Result<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("CANDOR_PG_BIN").map(PathBuf::from).into_iter().collect();
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    let mut installed = Vec::new();
    for parent in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        installed.extend(entries.map(|entry| entry.path().join("bin")));
    }
    installed.sort_by_key(|bin| std::cmp::Reverse(major(bin)));
    folders.extend(installed);
    folders
        .into_iter()
        .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .ok_or_else(|| {
            io::Error::other(
                "PostgreSQL is missing: install it or set CANDOR_PG_BIN to its programs",
            )
        })
}

fn major(bin: &Path) -> u32 {
    let parent = bin.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    parent.trim_start_matches("postgresql@").parse().unwrap_or(0)
}

/// Not a test: ends the cluster now, where no other test process uses it.
#[test]
#[ignore = "a command: ends the cluster that is otherwise left running for a while"]
fn stop_the_cluster() {
    let (folder, lock) = (folder(), File::create(lock_path()).unwrap());
    lock.try_lock().expect("tests are running");
    if let Ok(pid) = fs::read_to_string(folder.join("data/postmaster.pid")) {
        let pid = pid.lines().next().unwrap_or_default();
        run(Command::new("kill").args(["-QUIT", pid])).unwrap();
        sleep(Duration::from_millis(300));
    }
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

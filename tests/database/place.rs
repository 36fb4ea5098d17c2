//! A directory of a test's own, and servers that run in it.

use candor::database::embedded::{Embedded, Settings};
use candor::database::{Database, migrate};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Set for the process that plays the server which is killed.
const PLAY_SERVER_IN: &str = "CANDOR_TEST_PLAY_SERVER_IN";

/// A table to write to, whatever the real ones are; made by the schema's owner.
pub(crate) const DEMO: &str = "
    create table database_test_words (word text not null);
    grant select, insert on database_test_words to candor_app";

/// Removed when the test ends.
pub(crate) struct Place {
    pub(crate) data: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::under(Path::new(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }))
    }

    pub(crate) fn under(parent: &Path) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let data = parent.join(format!("candor-test-{}-{number}", std::process::id()));
        fs::create_dir(&data).unwrap();
        Self { data }
    }

    pub(crate) fn cluster(&self) -> PathBuf {
        self.data.join("pg/data")
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            data: self.data.clone(),
            bin: None,
            user: None,
            connections: 8,
            configuration: vec![],
        }
    }

    pub(crate) async fn start(&self) -> Embedded {
        Embedded::start(&self.settings()).await.unwrap()
    }

    /// Why it does not start.
    pub(crate) async fn refusal(&self) -> String {
        match Embedded::start(&self.settings()).await {
            Ok(_) => panic!("it started"),
            Err(error) => format!("{error:#}"),
        }
    }

    /// Starts a server in a process of its own, and waits until its PostgreSQL answers.
    pub(crate) fn server(&self) -> Server {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["place::plays_the_server", "--exact", "--nocapture"])
            .env(PLAY_SERVER_IN, &self.data)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let postmaster = lines
            .map_while(Result::ok)
            .find_map(|line| line.split_once("postmaster=")?.1.trim().parse().ok())
            .expect("the server starts");
        Server { process, postmaster }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.data);
    }
}

/// A server in another process.
pub(crate) struct Server {
    process: Child,
    pub(crate) postmaster: u32,
}

impl Server {
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(crate) fn kill_both(mut self) {
        // PostgreSQL first, as it would be told to stop by the death of the other.
        signal(self.postmaster, "STOP");
        self.process.kill().unwrap();
        signal(self.postmaster, "KILL");
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Not a test: what [`Place::server`] runs.
#[tokio::test]
async fn plays_the_server() {
    let Some(data) = std::env::var_os(PLAY_SERVER_IN) else { return };
    let settings = Settings {
        data: data.into(),
        bin: None,
        user: None,
        connections: 8,
        configuration: vec![],
    };
    let embedded = Embedded::start(&settings).await.unwrap();
    println!("\npostmaster={}", embedded.process().unwrap());
    // Bounded, should whoever started us forget us.
    tokio::time::sleep(Duration::from_secs(60)).await;
}

pub(crate) fn signal(pid: u32, name: &str) {
    assert!(
        Command::new("kill")
            .args([format!("-{name}"), pid.to_string()])
            .status()
            .unwrap()
            .success()
    );
}

pub(crate) fn lives(pid: u32) -> bool {
    // A zombie has no folder; in a container nobody may collect it.
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok()
}

pub(crate) fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}

/// A private PostgreSQL with the schema, and a pool on it.
pub(crate) async fn migrated(place: &Place, connections: u32) -> (Embedded, Database) {
    let embedded = place.start().await;
    migrate::run(&embedded.owner()).await.unwrap();
    run(&embedded.owner(), DEMO).await.unwrap();
    let database = Database::connect(embedded.app(), connections).await.unwrap();
    (embedded, database)
}

/// Runs one statement on a connection of its own.
pub(crate) async fn run(options: &PgConnectOptions, sql: &str) -> sqlx::Result<()> {
    let mut connection = options.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
    connection.close().await
}

/// One number, read on a connection of its own.
pub(crate) async fn number(options: &PgConnectOptions, sql: &str) -> i64 {
    let mut connection = options.connect().await.unwrap();
    let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    row.get(0)
}

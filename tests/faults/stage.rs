//! A community with its PostgreSQL, for the servers of one test.

use crate::{
    browser::Browser,
    ledger::Ledger,
    node::{Recipe, signal},
};
use candor::{
    access::Audience,
    app::App,
    boards::{NewBoard, NewCategory, Style, found_board, found_category},
    config::Config,
    database::{
        Database,
        embedded::{Embedded, Settings},
        migrate,
    },
    doctor,
    hasher::Hasher,
    jobs::{relay::relay, worker::run_next},
    kit::{Clock, Latch, ThreadId},
    mail::Mailer,
    members::{self, Member, NewMember, session},
    oidc::Oidc,
    outbound::Outbound,
    reactions::TABLE,
    realtime::Hub,
    sealing::Sealer,
    storage::Blobs,
    threads::{self, NewThread, Started},
};
use clap::Parser;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, sync::MutexGuard, time::sleep};
use tokio_util::sync::CancellationToken;

/// The tests take turns.
static TURN: Mutex<()> = Mutex::const_new(());

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Removed, with everything in it, when the test ends.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
}

pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) postgres: Embedded,
    /// Begun by somebody who writes nothing else and so is told of every reply.
    pub(crate) threads: Vec<i64>,
    pub(crate) asker: Browser,
    asker_id: i64,
    folder: Folder,
    _turn: MutexGuard<'static, ()>,
}

impl Stage {
    /// A community with so many questions.
    pub(crate) async fn with_threads(number: usize) -> Self {
        let turn = TURN.lock().await;
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let unique = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = Folder(parent.join(format!("candor-faults-{}-{unique}", std::process::id())));
        fs::create_dir(&folder.0).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_candor"), folder.0.join("candor")).unwrap();
        let settings = Settings {
            data: folder.0.clone(),
            bin: None,
            user: None,
            connections: 80,
            // Killed is PostgreSQL, not the machine.
            configuration: vec![("fsync".into(), "off".into())],
        };
        let postgres = Embedded::start(&settings).await.unwrap();
        migrate::run(&postgres.owner()).await.unwrap();
        let app = app(&postgres).await;
        found_help(&app).await;
        let (asker, member) = join(&app, "asker", None).await;
        let mut threads = Vec::new();
        for number in 1..=number {
            threads.push(begin(&app, &member, number).await.0);
        }
        let asker_id = member.id.0;
        Self { app, postgres, threads, asker, asker_id, folder, _turn: turn }
    }

    /// Somebody signed in.
    pub(crate) async fn member(&self, handle: &str) -> Browser {
        join(&self.app, handle, None).await.0
    }

    /// Somebody signed in who gets mails.
    pub(crate) async fn reader(&self, handle: &str) -> Browser {
        join(&self.app, handle, Some(&format!("{handle}@example.com"))).await.0
    }

    /// How to start a server here.
    pub(crate) fn recipe(&self, name: &str) -> Recipe {
        Recipe {
            program: self.folder.0.join("candor"),
            socket: self.postgres.socket_dir().to_owned(),
            data: self.folder.0.join(name),
            arguments: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// A name in the test's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    pub(crate) async fn connection(&self) -> PgConnection {
        let began = Instant::now();
        loop {
            match self.postgres.superuser("candor").connect().await {
                Ok(connection) => return connection,
                Err(error) if began.elapsed() > Duration::from_secs(20) => panic!("{error}"),
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// One number from the database.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut connection = self.connection().await;
        let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut connection).await;
        connection.close().await.unwrap();
        row.unwrap_or_else(|error| panic!("{sql}: {error}")).get(0)
    }

    /// Waits until the number is this one.
    pub(crate) async fn until(&self, sql: &str, wanted: i64, within: Duration) {
        let began = Instant::now();
        loop {
            let found = self.number(sql).await;
            if found == wanted {
                return;
            }
            assert!(began.elapsed() < within, "{found} instead of {wanted}: {sql}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// A transaction that holds rows; drop or roll it back to let the others go on.
    pub(crate) async fn holding(&self, sql: &str) -> PgConnection {
        let mut connection = self.connection().await;
        let sql = format!("begin; {sql}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection
    }

    /// Waits until so many sessions wait for a lock.
    pub(crate) async fn until_waiting(&self, sessions: i64) {
        let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";
        self.until(waiting, sessions, Duration::from_secs(4)).await;
    }

    /// Kills PostgreSQL with all its sessions, as a power cut would; it is started again by itself.
    pub(crate) async fn kill_postgres(&self) {
        let postmaster = self.postgres.process().expect("it runs");
        // Stopped first, so that it makes no children while we count them.
        signal("STOP", &[postmaster]);
        let mut all = children(postmaster);
        all.push(postmaster);
        signal("KILL", &all);
        while self.postgres.process().is_none_or(|process| process == postmaster) {
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until everybody was told everything.
    pub(crate) async fn settle(&self) {
        let undone = "select (select count(*) from outbox_pending)
            + (select count(*) from jobs where gave_up_at is null)";
        self.until(undone, 0, Duration::from_secs(30)).await;
    }

    /// Does the work of servers that have no worker.
    pub(crate) async fn tell_everybody(&self) {
        while relay(&self.app, &TABLE).await.unwrap() > 0
            || run_next(&self.app, &TABLE).await.unwrap()
        {}
    }

    /// Holds the database against what clients were told, and everything derived against what it is
    /// made of. Call [`Stage::settle`] or [`Stage::tell_everybody`] first.
    pub(crate) async fn prove(&self, ledger: &Ledger) {
        let mut db = self.connection().await;
        ledger.prove(&mut db).await;
        let idle = "select count(*) from pg_stat_activity where state like 'idle in transaction%'";
        self.until(idle, 0, Duration::from_secs(5)).await;
        let wrong: Vec<_> = doctor::examine(&mut db, self.app.now())
            .await
            .unwrap()
            .into_iter()
            .filter(|finding| finding.wrong > 0)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let asker = self.asker_id;
        for (what, sql) in [
            (
                "replies without exactly one event",
                "select count(*) from posts where position > 1 and 1 <> (
                    select count(*) from outbox
                    where name = 'post_written' and (event #>> '{post_written,post}')::bigint = posts.id
                )"
                .to_owned(),
            ),
            (
                "events of replies that are not there",
                "select count(*) from outbox where name = 'post_written' and not exists (
                    select from posts where posts.id = (event #>> '{post_written,post}')::bigint
                )"
                .to_owned(),
            ),
            (
                "replies the asker was not told of exactly once",
                format!(
                    "select count(*) from posts where position > 1 and 1 <> (
                        select count(*) from notifications
                        where post_id = posts.id and member_id = {asker} and kind = 'reply'
                    )"
                ),
            ),
            (
                "replies that earned anything else than their two points",
                "select count(*) from posts where position > 1 and 2 <> (
                    select coalesce(sum(delta), 0) from metric_events
                    where cause = 'post:' || posts.id and metric = 'points' and member_id = author_id
                )"
                .to_owned(),
            ),
            ("jobs that failed", "select count(*) from jobs where failures > 0".to_owned()),
        ] {
            assert_eq!(self.number(&sql).await, 0, "{what}");
        }
    }
}

fn children(of: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    ids.filter(|process| {
        let about = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        // After the name, which may hold anything: state, parent.
        let parent = about.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1));
        parent.is_some_and(|parent| parent == of.to_string())
    })
    .collect()
}

async fn app(postgres: &Embedded) -> App {
    App {
        db: Database::connect(postgres.app(), 4).await.unwrap(),
        clock: Clock::System,
        oidc: Oidc::new(Outbound::new(&[])),
        config: Arc::new(CommandLine::parse_from(["faults"]).config),
        mailer: Mailer::Memory(Arc::default()),
        hub: Hub::default(),
        blobs: Blobs::memory(),
        hasher: Hasher::default(),
        sealer: Sealer::with_key(&[7; 32]).unwrap(),
        inhabited: Latch::default(),
        stopping: CancellationToken::new(),
    }
}

async fn found_help(app: &App) {
    let new = NewCategory { slug: "community", name: "Community" };
    let category = found_category(app, new).await.unwrap().unwrap();
    let new = NewBoard {
        category,
        slug: "help",
        name: "Help",
        description: "",
        style: Style::Questions,
        icon: "help",
        tone: 1,
        audience: Audience::Everyone,
    };
    found_board(app, new).await.unwrap().unwrap();
}

async fn join(app: &App, handle: &str, email: Option<&str>) -> (Browser, Member) {
    let new = NewMember { handle, name: handle, email, password: None };
    let id = members::join(app, new).await.unwrap().unwrap();
    let mut tx = app.db.begin().await.unwrap();
    let secret =
        session::begin(&mut tx, id, &session::Browser::default(), app.now()).await.unwrap();
    let member = members::by_id(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let cookie = secret.reveal().to_owned();
    (Browser { name: handle.to_owned(), cookie }, member)
}

async fn begin(app: &App, member: &Member, number: usize) -> ThreadId {
    let new = NewThread {
        board: "help".to_owned(),
        title: format!("Thread {number}"),
        body: "How does it bear this?".to_owned(),
        tags: Vec::new(),
        key: None,
    };
    match threads::start(app, member, &new).await.unwrap() {
        Started::At(location) => threads::thread_in(&location).unwrap(),
        other => panic!("{other:?}"),
    }
}

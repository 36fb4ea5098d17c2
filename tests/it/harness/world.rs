use super::{client::Client, database::TestDatabase};
use axum::Router;
use candor::{
    app::App,
    chores::CHORES,
    config::Config,
    database::{Database, PoolSettings, as_app, as_owner},
    hasher::Hasher,
    jobs::{self, relay::relay, worker::run_next},
    kit::{Clock, Latch},
    mail::{Mail, Mailer},
    oidc::Oidc,
    outbound::Outbound,
    reactions::TABLE,
    realtime::Hub,
    router::router,
    sealing::Sealer,
    storage::Blobs,
};
use clap::Parser;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row, postgres::PgConnectOptions};
use std::{
    iter,
    sync::{Arc, Mutex},
};
use time::{Duration, macros::datetime};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The address under which the community of a [`World`] is reached; links in mails begin with it.
pub(crate) const PUBLIC: &str = "https://community.example";

/// How many connections a community has.
pub(super) const CONNECTIONS: u32 = 4;

/// A whole community of one test's own: database, clock and mail. The clock stands at Monday
/// 2026-03-02 09:00 UTC until it is moved; no worker runs, so that jobs run when the test says so.
///
/// Dropped, it fails the test that leaves jobs undone or failed: a deed whose consequences nobody
/// looked at is half tested.
pub(crate) struct World {
    /// What the rooms' actions take.
    pub(crate) app: App,
    router: Router,
    mails: Arc<Mutex<Vec<Mail>>>,
    database: TestDatabase,
}

#[derive(Parser)]
struct CommandLine {
    #[command(flatten)]
    config: Config,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::reached_under(PUBLIC).await
    }

    /// A community with another public address, such as one without https.
    pub(crate) async fn reached_under(address: &str) -> Self {
        Self::set_up(&["--public-url", address, "--rate-limits", "off"]).await
    }

    /// A community that holds back who sends too much, which would be in the way elsewhere. Browsers
    /// come through a proxy that it trusts.
    pub(crate) async fn with_rate_limits() -> Self {
        Self::set_up(&["--public-url", PUBLIC, "--trusted-proxies", "192.0.2.7"]).await
    }

    /// A community whose server may ask others on this machine, at one of its addresses.
    pub(crate) async fn with_neighbours() -> Self {
        let allow = "127.0.0.1/32";
        Self::set_up(&["--public-url", PUBLIC, "--rate-limits", "off", "--outbound-allow", allow])
            .await
    }

    /// An installation that nobody has set up: without boards, and its server does not know of members.
    pub(crate) async fn fresh(flags: &[&str]) -> Self {
        let database = TestDatabase::empty().await;
        let options = database.options();
        let mut world = Self::of(database, options, CONNECTIONS, flags).await;
        world.restart();
        world
    }

    /// The same installation after a restart of its server, which learns anew whether it has members.
    pub(crate) fn restart(&mut self) {
        self.app.inhabited = Latch::default();
        self.router =
            router(self.app.clone(), &TaskTracker::new()).expect("the router can be built");
    }

    async fn set_up(flags: &[&str]) -> Self {
        let database = TestDatabase::clone_of_template().await;
        let options = database.options();
        Self::of(database, options, CONNECTIONS, flags).await
    }

    /// A community on a single connection, which has these settings of PostgreSQL.
    pub(crate) async fn on_one_connection(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::clone_of_template().await;
        let options = database.options().options(settings.iter().copied());
        Self::of(database, options, 1, &["--public-url", PUBLIC, "--outbound-allow", "127.0.0.0/8"])
            .await
    }

    async fn of(
        database: TestDatabase,
        options: PgConnectOptions,
        connections: u32,
        flags: &[&str],
    ) -> Self {
        let mails = Arc::default();
        let app = app(options, connections, Arc::clone(&mails), flags).await;
        let router = router(app.clone(), &TaskTracker::new()).expect("the router can be built");
        Self { app, router, mails, database }
    }

    /// Gives the badges that come with Candor, which worlds begin without: a line of them would stand in every inbox.
    pub(crate) async fn give_badges(&self) {
        let given = sqlx::raw_sql("update badges set retired_at = null");
        given.execute(&mut self.as_app().await).await.expect("the badges are there");
    }

    /// A browser that is not signed in.
    pub(crate) fn guest(&self) -> Client {
        Client::new(self.router.clone(), self.app.config.address())
    }

    /// A browser that is not signed in, at another server on the same database.
    pub(crate) fn guest_elsewhere(&self) -> Client {
        let other = router(self.app.clone(), &TaskTracker::new());
        Client::new(other.expect("the router can be built"), self.app.config.address())
    }

    /// The same community after a restart of its server, with another key.
    pub(crate) fn restart_with(&mut self, sealer: Sealer) {
        self.app.sealer = sealer;
        self.router =
            router(self.app.clone(), &TaskTracker::new()).expect("the router can be built");
    }

    /// Relays events and runs jobs until nothing is due.
    pub(crate) async fn run_jobs(&self) {
        loop {
            let relayed = relay(&self.app, &TABLE).await.expect("events can be relayed");
            let ran = run_next(&self.app, &TABLE).await.expect("jobs can be run");
            if relayed == 0 && !ran {
                return;
            }
        }
    }

    /// Does everything that comes round by itself, whether or not it is due.
    pub(crate) async fn run_chores(&self) {
        for chore in CHORES {
            let mut tx = self.app.db.begin().await.unwrap();
            (chore.run)(&mut tx, self.app.now()).await.expect("a chore can be done");
            tx.commit().await.unwrap();
        }
    }

    /// Moves the clock on. Jobs that have become due run with the next [`World::run_jobs`].
    pub(crate) fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }

    /// All mails sent so far, oldest first.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    /// The last mail to this address.
    pub(crate) fn mail_to(&self, address: &str) -> Mail {
        let mails = self.mails();
        let last = mails.iter().rev().find(|mail| mail.to == address);
        last.unwrap_or_else(|| panic!("no mail to {address}, only {:?}", addressees(&mails)))
            .clone()
    }

    /// The path in the last mail to this address, as a click on its link would ask for it.
    pub(crate) fn link_to(&self, address: &str) -> String {
        let text = self.mail_to(address).text;
        let start = text.find(PUBLIC).unwrap_or_else(|| panic!("no link in {text}"));
        let link = text[start + PUBLIC.len()..].split_whitespace().next().unwrap_or_default();
        link.to_owned()
    }

    /// A connection as the role that the server runs as, to try what it may not do.
    pub(crate) async fn as_app(&self) -> PgConnection {
        as_app(self.database.options()).connect().await.expect("the database answers")
    }

    /// A connection as the role that owns the tables. For breaking things and for trying the triggers;
    /// never to make a cast.
    pub(crate) async fn as_owner(&self) -> PgConnection {
        as_owner(self.database.options()).connect().await.expect("the database answers")
    }

    /// One number from the database, for what no page shows.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        query.fetch_one(&mut self.as_app().await).await.expect("the query is right").get(0)
    }

    /// What is undone, in words; empty when all is done.
    fn undone(&self) -> Vec<String> {
        let now = self.app.now().unix_timestamp();
        self.database.inspect(move |mut db| async move {
            let sql = format!(
                "select 'event ' || name from outbox_pending join outbox on id = event_id
                union all
                select 'job ' || name from jobs where run_at <= to_timestamp({now}) and failures = 0"
            );
            let rows = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(&mut db).await;
            let left = rows.expect("the database answers").into_iter().map(|row| row.get(0));
            let failed = jobs::gave_up(&mut db).await.expect("the database answers");
            left.chain(failed.into_iter().map(|job| format!("failed job {job}"))).collect()
        })
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let undone = self.undone();
        assert!(undone.is_empty(), "left undone; call world.run_jobs().await first: {undone:#?}");
    }
}

/// What a server has, on this database.
pub(super) async fn app(
    database: PgConnectOptions,
    connections: u32,
    mails: Arc<Mutex<Vec<Mail>>>,
    flags: &[&str],
) -> App {
    let config = CommandLine::parse_from(iter::once(&"it").chain(flags)).config;
    App {
        db: connect(database, connections).await,
        oidc: Oidc::new(Outbound::new(&config.outbound_allow)),
        clock: Clock::stopped_at(datetime!(2026-03-02 09:00 UTC)),
        config: Arc::new(config),
        mailer: Mailer::Memory(mails),
        hub: Hub::default(),
        blobs: Blobs::memory(),
        hasher: Hasher::default(),
        sealer: Sealer::with_key(&[7; 32]).expect("a key has 32 bytes"),
        inhabited: Latch::closed(),
        stopping: CancellationToken::new(),
    }
}

/// As the server connects, with fewer connections and more patience, because the machine is full of tests.
async fn connect(options: PgConnectOptions, connections: u32) -> Database {
    let patience = std::time::Duration::from_secs(20);
    let settings =
        PoolSettings { connections, acquire_timeout: patience, stuck_after: patience * 2 };
    Database::connect_with(options, settings).await.expect("the database answers")
}

fn addressees(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

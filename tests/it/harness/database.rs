//! A database for each test: a copy of a template that was migrated and given its boards once.

use super::{cast, cluster::cluster, world};
use candor::database::{migrate, roles};
use sqlx::{
    AssertSqlSafe, ConnectOptions, PgConnection, PgPool, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    fs,
    future::Future,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    time::{Duration, UNIX_EPOCH},
};
use tokio::{runtime::Runtime, sync::OnceCell};

/// Makes and drops databases. A runtime of its own, because a database must be dropped while the
/// test's own is blocked in `drop`.
static STAGEHAND: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().expect("a runtime starts")
});

/// One test's own database; gone when this is dropped.
pub(crate) struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// A copy of the template.
    pub(crate) async fn clone_of_template() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("t_{}_{number}", std::process::id());
        let create = async move {
            let template = template().await;
            cluster().touch();
            // Copying files is twice as fast as logging every page, and nothing reads the log.
            let sql = format!("create database {name} template {template} strategy file_copy");
            let copied = sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin().await).await;
            copied.expect("the template can be copied");
            Self { name }
        };
        STAGEHAND.spawn(create).await.expect("the database is made")
    }

    /// A database that was migrated and holds nothing else.
    pub(crate) async fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("t_{}_empty_{number}", std::process::id());
        let create = async move {
            cluster().touch();
            let created = sqlx::raw_sql(AssertSqlSafe(format!("create database {name}")));
            created.execute(admin().await).await.expect("a database can be made");
            migrated(&name).await;
            Self { name }
        };
        STAGEHAND.spawn(create).await.expect("the database is made")
    }

    /// How the superuser connects; the roles are put on by `candor::database`.
    pub(crate) fn options(&self) -> PgConnectOptions {
        cluster().options(&self.name)
    }

    /// Looks into the database once more, from outside the test's runtime.
    pub(crate) fn inspect<T: Send + 'static, F: Future<Output = T> + Send>(
        &self,
        look: impl FnOnce(PgConnection) -> F + Send + 'static,
    ) -> T {
        let options = self.options();
        blocking(async move { look(options.connect().await.expect("the database is there")).await })
    }
}

impl Drop for TestDatabase {
    /// Does not wait. What is not yet gone when the process ends is swept by the next.
    fn drop(&mut self) {
        STAGEHAND.spawn(drop_database(std::mem::take(&mut self.name)));
    }
}

/// `drop database … with (force)` sleeps for a tenth of a second where it finds somebody connected, so
/// they are sent away first.
async fn drop_database(name: String) {
    let mut db = admin().await.acquire().await.expect("the test cluster answers");
    let connected =
        format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    for _ in 0..50 {
        let rows = sqlx::raw_sql(AssertSqlSafe(connected.clone())).fetch_all(&mut *db).await;
        if rows.is_ok_and(|rows| rows.is_empty()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let drop = format!("drop database if exists {name} with (force)");
    let _ = sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut *db).await;
}

fn blocking<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let (done, wait) = mpsc::sync_channel(1);
    STAGEHAND.spawn(async move {
        let _ = done.send(work.await);
    });
    wait.recv().expect("the stagehand does not panic")
}

async fn admin() -> &'static PgPool {
    static ADMIN: OnceCell<PgPool> = OnceCell::const_new();
    let connect = || async {
        let options = cluster().options("postgres");
        let pool = PgPoolOptions::new().max_connections(4).connect_with(options);
        pool.await.expect("the test cluster answers")
    };
    ADMIN.get_or_init(connect).await
}

async fn template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE.get_or_init(find_or_make_template).await
}

/// The template's name holds the age of this program, which holds the migrations and whose deeds filled the
/// template: a new build makes a new one.
async fn find_or_make_template() -> String {
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|file| file.modified());
    let built = program.expect("the program can be found").duration_since(UNIX_EPOCH);
    let name = format!("template_{}", built.expect("it was built after 1970").as_millis());

    let mut db = admin().await.acquire().await.expect("the test cluster answers");
    // Another test process may be about to make the same.
    execute(&mut db, "select pg_advisory_lock(1)").await;
    if cluster().alone {
        sweep(&mut db, &name).await;
    }
    let made =
        sqlx::raw_sql(AssertSqlSafe(format!("select from pg_database where datname = '{name}'")));
    let found = made.fetch_optional(&mut *db).await.expect("the test cluster answers");
    if found.is_none() {
        make_template(&mut db, &name).await;
    }
    execute(&mut db, "select pg_advisory_unlock(1)").await;
    name
}

/// The way an operator's server comes to its first boards: roles, migrations, deeds.
async fn make_template(db: &mut PgConnection, name: &str) {
    execute(db, "drop database if exists template_unfinished with (force)").await;
    execute(db, "create database template_unfinished").await;
    let unfinished = migrated("template_unfinished").await;
    let flags = ["--rate-limits", "off"];
    let app = world::app(unfinished, world::CONNECTIONS, Arc::default(), &flags).await;
    cast::found_boards(&app).await;
    app.db.close().await;
    execute(db, &format!("alter database template_unfinished rename to {name}")).await;
    execute(db, &format!("alter database {name} with is_template true allow_connections false"))
        .await;
}

/// Gives a database its roles and tables, as a server's first start does.
async fn migrated(name: &str) -> PgConnectOptions {
    let options = cluster().options(name);
    roles::prepare(&options, "postgres").await.expect("the roles can be made");
    migrate::run(&options).await.expect("the migrations run");
    options
}

/// Drops what earlier processes left: databases of killed tests, and templates of other migrations.
async fn sweep(db: &mut PgConnection, keep: &str) {
    let leftovers = sqlx::raw_sql(
        "select datname::text from pg_database where datname like 't\\_%' or datname like 'template\\_%'",
    );
    let rows = leftovers.fetch_all(&mut *db).await.expect("the test cluster answers");
    for row in rows {
        let name: String = row.get(0);
        if name != keep {
            execute(db, &format!("alter database {name} with is_template false")).await;
            execute(db, &format!("drop database {name} with (force)")).await;
        }
    }
}

async fn execute(db: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

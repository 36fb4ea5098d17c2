//! A PostgreSQL the operator runs, played by a private one that trusts every login.

use crate::place::{DEMO, Place, number, run};
use candor::database::embedded::{Embedded, Settings};
use candor::database::{Database, DatabaseOptions, as_owner, migrate, open, roles};
use sqlx::postgres::PgConnectOptions;
use std::fs;

struct Elsewhere {
    server: Embedded,
    place: Place,
}

impl Elsewhere {
    /// With the logins `operator` (may make roles and databases), `deploy` and `web` (may nothing),
    /// without our roles, and a database `community` of the operator's.
    async fn new() -> Self {
        let place = Place::new();
        let rules = place.data.join("hba.conf");
        fs::write(&rules, "local all all trust\n").unwrap();
        let configuration = vec![
            ("hba_file".to_owned(), rules.display().to_string()),
            ("fsync".to_owned(), "off".to_owned()),
        ];
        let server =
            Embedded::start(&Settings { configuration, ..place.settings() }).await.unwrap();
        let superuser = server.superuser("postgres");
        for statement in [
            "drop database candor",
            "drop role candor_owner",
            "drop role candor_app",
            "create role operator login createrole createdb",
            "create role deploy login",
            "create role web login",
            "create database community owner operator",
            "create database second owner operator",
        ] {
            run(&superuser, statement).await.unwrap();
        }
        Self { server, place }
    }

    fn url(&self, user: &str, database: &str) -> String {
        let socket = self.server.socket_dir().display().to_string().replace('/', "%2F");
        format!("postgres://{user}@{socket}:5432/{database}")
    }

    fn options(&self, url: &str, owner_url: Option<&str>) -> DatabaseOptions {
        DatabaseOptions {
            url: Some(url.to_owned().into()),
            owner_url: owner_url.map(|url| url.to_owned().into()),
            data: self.place.data.clone(),
            pg_bin: None,
            pg_user: None,
            connections: 4,
        }
    }

    fn admin(&self) -> PgConnectOptions {
        self.server.superuser("community")
    }
}

#[tokio::test]
async fn one_login_makes_the_roles_and_turns_into_them() {
    let elsewhere = Elsewhere::new().await;
    let options = elsewhere.options(&elsewhere.url("operator", "community"), None);

    let opened = open(&options).await.unwrap();
    opened.migrate().await.unwrap();
    run(&as_owner(opened.owner.clone().unwrap()), DEMO).await.unwrap();
    let database = Database::connect(opened.app.clone(), 4).await.unwrap();

    assert_eq!(
        number(&database.options(), "select (current_user = 'candor_app')::int::bigint").await,
        1
    );
    assert!(run(&database.options(), "create table mine (n int)").await.is_err());
    run(&database.options(), "insert into database_test_words (word) values ('hello')")
        .await
        .unwrap();

    // A second server on the same database, at the same time.
    let second = open(&options).await.unwrap();
    assert!(second.migrate().await.unwrap().applied.is_empty());
    let other = Database::connect(second.app, 4).await.unwrap();
    assert_eq!(number(&other.options(), "select count(*) from database_test_words").await, 1);
    other.close().await;
    database.close().await;
    elsewhere.server.stop().await.unwrap();
}

#[tokio::test]
async fn communities_of_one_cluster_may_make_the_roles_at_the_same_time() {
    let elsewhere = Elsewhere::new().await;
    let logins = ["community", "second", "community", "second"].map(|database| {
        let options: PgConnectOptions = elsewhere.url("operator", database).parse().unwrap();
        tokio::spawn(async move { roles::prepare(&options, "operator").await })
    });

    for login in logins {
        login.await.unwrap().unwrap();
    }

    elsewhere.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_login_without_rights_is_told_the_sql_to_ask_for() {
    let elsewhere = Elsewhere::new().await;
    let options = elsewhere
        .options(&elsewhere.url("web", "community"), Some(&elsewhere.url("deploy", "community")));

    let refusal = format!("{:#}", open(&options).await.err().unwrap());

    println!("{refusal}");
    let sql: String =
        refusal.lines().filter(|line| line.starts_with("  ")).collect::<Vec<_>>().join("\n");
    assert!(
        sql.contains("create role candor_owner;") && sql.contains("grant candor_app to \"web\";"),
        "{sql}"
    );
    // An administrator does as asked, and it starts.
    run(&elsewhere.admin(), &sql).await.unwrap();
    let opened = open(&options).await.unwrap();
    opened.migrate().await.unwrap();
    Database::connect(opened.app, 2).await.unwrap().close().await;

    // The server's login can neither own the schema nor migrate it, and need not.
    let url = elsewhere.url("web", "community");
    assert!(run(&url.parse().unwrap(), "set role candor_owner").await.is_err());
    let opened = open(&elsewhere.options(&url, None)).await.unwrap();
    assert!(opened.owner.is_none());
    assert!(opened.migrate().await.unwrap().applied.is_empty());
    run(&elsewhere.admin(), "delete from _sqlx_migrations").await.unwrap();
    let refusal = opened.migrate().await.unwrap_err().to_string();
    assert!(refusal.contains("DATABASE_OWNER_URL"), "{refusal}");
    elsewhere.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_migration_in_progress_is_waited_for() {
    use sqlx::{ConnectOptions, Connection};
    let elsewhere = Elsewhere::new().await;
    let opened =
        open(&elsewhere.options(&elsewhere.url("operator", "community"), None)).await.unwrap();
    let mut other = elsewhere.admin().connect().await.unwrap();
    sqlx::raw_sql("select pg_advisory_lock(x'63616e646f72'::bigint)")
        .execute(&mut other)
        .await
        .unwrap();

    let owner = opened.owner.clone().unwrap();
    let refusal = migrate::run_waiting(&owner, std::time::Duration::from_millis(200))
        .await
        .unwrap_err()
        .to_string();
    println!("{refusal}");
    assert!(refusal.contains("(PostgreSQL process "), "{refusal}");
    let waiting = tokio::spawn(async move { migrate::run(&owner).await });
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    assert!(!waiting.is_finished());
    other.close().await.unwrap();

    assert!(!waiting.await.unwrap().unwrap().applied.is_empty());
    elsewhere.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_wrong_address_is_explained_without_its_password() {
    let options = |url: &str| DatabaseOptions {
        url: Some(url.to_owned().into()),
        owner_url: None,
        data: "/nowhere".into(),
        pg_bin: None,
        pg_user: None,
        connections: 1,
    };
    for url in ["postgres://web:hunter2@host:port/db", "hunter2"] {
        let refusal = format!("{:#}", open(&options(url)).await.err().unwrap());
        assert!(refusal.contains("DATABASE_URL is not an address"), "{refusal}");
        assert!(!refusal.contains("hunter2"), "{refusal}");
    }
    assert!(!format!("{:?}", options("hunter2")).contains("hunter2"));
}

//! History is appended to: neither the server's role nor the owner of the tables can change it.

use crate::harness::World;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

const LEDGERS: [&str; 4] = ["outbox", "metric_events", "moderation_ledger", "admin_log"];

/// Why PostgreSQL refuses; panics where it does not.
async fn refusal(db: &mut PgConnection, sql: String) -> String {
    let done = db.execute(AssertSqlSafe(sql.clone())).await;
    let error = done.expect_err(&sql);
    let error = error.as_database_error().expect("PostgreSQL refuses");
    assert_eq!(error.code().as_deref(), Some("42501"), "{sql}: {error}");
    error.message().to_owned()
}

fn changes(ledger: &str) -> [String; 3] {
    [
        format!("update {ledger} set at = at"),
        format!("delete from {ledger}"),
        format!("truncate {ledger} cascade"),
    ]
}

#[tokio::test]
async fn the_server_may_not_change_the_ledgers() {
    let world = World::new().await;
    let mut db = world.as_app().await;

    for sql in LEDGERS.iter().flat_map(|ledger| changes(ledger)) {
        let why = refusal(&mut db, sql.clone()).await;
        assert!(why.contains("permission denied"), "{sql}: {why}");
    }
}

#[tokio::test]
async fn not_even_their_owner_changes_the_ledgers() {
    let world = World::new().await;
    let mut db = world.as_owner().await;

    for sql in LEDGERS.iter().flat_map(|ledger| changes(ledger)) {
        let why = refusal(&mut db, sql.clone()).await;
        assert!(why.contains("append-only"), "{sql}: {why}");
    }
}

#[tokio::test]
async fn the_server_may_not_change_the_schema() {
    let world = World::new().await;
    let mut db = world.as_app().await;

    for sql in [
        "alter table outbox disable trigger all",
        "drop trigger outbox_is_append_only on outbox",
        "drop table outbox cascade",
        "create table mine (id bigint)",
        "update schema_floor set version = 0",
        "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    ] {
        refusal(&mut db, sql.to_owned()).await;
    }
}

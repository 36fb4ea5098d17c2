//! Bringing the schema up to date.

use crate::place::{Place, number, run};
use candor::database::{Database, Opened, as_owner, migrate};

#[tokio::test]
async fn two_servers_started_together_migrate_once() {
    let place = Place::new();
    let server = place.start().await;

    let before = migrate::check(&server.owner()).await.unwrap();
    let owner = server.owner();
    let (one, two) = tokio::join!(migrate::run(&owner), migrate::run(&owner));

    let applied = [one.unwrap().applied.len(), two.unwrap().applied.len()];
    assert_eq!(applied.iter().sum::<usize>(), before.pending.len());
    assert!(applied.contains(&0), "{applied:?}");
    let after = migrate::check(&server.app()).await.unwrap();
    assert!(after.is_up_to_date(), "{after}");
    assert_eq!(number(&server.owner(), "select count(*) from schema_floor").await, 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn check_names_what_would_run_and_runs_nothing() {
    let place = Place::new();
    let server = place.start().await;

    let check = migrate::check(&server.owner()).await.unwrap();

    assert!(!check.pending.is_empty());
    let first = &check.pending[0];
    assert!(
        check.to_string().contains(&format!("\n  {} {}", first.version, first.name)),
        "{check}"
    );
    assert!(
        check.to_string().starts_with(&format!("Would run {}:", check.pending.len())),
        "{check}"
    );
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(number(&server.owner(), tables).await, 0);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn an_expanded_schema_is_served_and_a_contracted_one_refused() {
    let place = Place::new();
    let server = place.start().await;
    migrate::run(&server.owner()).await.unwrap();
    let later =
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (29990101000000, 'later', true, 'x', 1)";
    run(&server.owner(), later).await.unwrap();

    let report = migrate::run(&server.owner()).await.unwrap();
    assert!(report.applied.is_empty(), "a newer release's migration does not matter by itself");
    let check = migrate::check(&server.owner()).await.unwrap();
    assert_eq!(check.unknown, [29990101000000]);

    run(&server.owner(), "update schema_floor set version = 29990101000000").await.unwrap();
    let refusal = migrate::run(&server.owner()).await.unwrap_err().to_string();
    assert!(refusal.contains("too old for its database"), "{refusal}");
    let serving_only = Opened { app: server.app(), owner: None, embedded: None, bin_dir: None };
    let refusal = serving_only.migrate().await.unwrap_err().to_string();
    assert!(refusal.contains("too old for its database"), "{refusal}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn an_edited_migration_is_refused() {
    let place = Place::new();
    let server = place.start().await;
    migrate::run(&server.owner()).await.unwrap();
    run(&server.owner(), "update _sqlx_migrations set checksum = 'other'").await.unwrap();

    let check = migrate::check(&server.owner()).await.unwrap();
    assert!(!check.is_up_to_date());
    let refusal = migrate::run(&server.owner()).await.unwrap_err().to_string();
    assert!(refusal.contains("with another text"), "{refusal}");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn tables_belong_to_the_owner_and_the_server_works_in_them() {
    let place = Place::new();
    let server = place.start().await;
    // The superuser's address, as in an external database with one login.
    migrate::run(&server.superuser("candor")).await.unwrap();

    let foreign = "select count(*) from pg_tables where schemaname = 'public' and tableowner <> 'candor_owner'";
    assert_eq!(number(&server.owner(), foreign).await, 0);
    let database = Database::connect(server.superuser("candor"), 2).await.unwrap();
    let mut connection = database.acquire().await.unwrap();
    for forbidden in [
        "create table mine (n int)",
        "drop table schema_floor",
        "set role candor_owner; reset role; drop table schema_floor",
    ] {
        let outcome = sqlx::raw_sql(forbidden).execute(&mut *connection).await;
        if forbidden.starts_with("set") {
            // A superuser's login can turn into any role; only `reset role` leads back to ours.
            assert!(outcome.unwrap_err().to_string().contains("must be owner"));
        } else {
            assert!(outcome.is_err(), "{forbidden}");
        }
    }
    drop(connection);
    database.close().await;
    assert_eq!(
        number(&as_owner(server.superuser("candor")), "select count(*) from schema_floor").await,
        1
    );
    server.stop().await.unwrap();
}

//! History is appended to: neither the server's role nor the owner of the tables can change it.

use crate::harness::World;
use candor::doctor;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

const LEDGERS: [&str; 6] =
    ["outbox", "metric_events", "moderation_ledger", "admin_log", "paper_versions", "consents"];

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

/// As a database is after the migration that began to count: with entries that nobody counted.
#[tokio::test]
async fn entries_from_before_the_ledger_counted_itself_are_counted_meanwhile() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let mut db = world.as_owner().await;
    let uncounted = "truncate metric_days, metric_boards, metric_pairs;
        insert into ledger_backlog select min(id), max(id) from metric_events";
    db.execute(sqlx::raw_sql(AssertSqlSafe(uncounted))).await.unwrap();
    bob.say(&thread, "Or another lamp.").await;
    let lately = "select coalesce(sum(total), 0)::bigint from metric_days where metric = 'replies'";
    assert_eq!(world.count(lately).await, 1, "what is new is counted at once");

    for _ in 0..2 {
        let findings = doctor::examine(&mut db, world.app.now()).await.unwrap();
        let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
        assert!(wrong.is_empty(), "what waits is not wrong: {wrong:?}");
        world.run_chores().await;
    }

    assert_eq!(world.count(lately).await, 2, "and nothing twice");
    assert_eq!(world.count("select count(*) from ledger_backlog").await, 0);
    world.run_jobs().await;
}

/// As a database is that was counted by a release which did not say from whom anything came.
#[tokio::test]
async fn from_whom_the_old_entries_came_is_known_by_their_causes() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    bob.say(&thread, "Or another lamp.").await;
    let posts = [world.post_at(&thread, 2).await, world.post_at(&thread, 3).await];
    for post in posts {
        ada.press(&format!("/p/{post}/solution")).await.expect(303);
        ada.press(&format!("/p/{post}/kudos")).await.expect(303);
    }
    let form = kim.get("/admin/ranks/expert").await.form("rank");
    let look = form.set("formula", "distinct_helped >= 1 and distinct_thankful >= 1").send().await;
    look.expect(200).form("rank").send().await.expect(303);
    world.run_chores().await;
    world.run_jobs().await;
    let mut db = world.as_owner().await;
    let nobody = "set role none; set session_replication_role = replica;
        update metric_events set other_id = null;
        truncate metric_days, metric_boards, metric_pairs;
        update member_ranks set rank_id = (select id from ranks where position = 1);
        insert into ledger_backlog select min(id), max(id) from metric_events;
        set session_replication_role = origin; set role candor_owner";
    db.execute(sqlx::raw_sql(AssertSqlSafe(nobody))).await.unwrap();
    let pairs = "select coalesce(sum(times), 0)::bigint from metric_pairs";
    let expert =
        "select count(*) from member_ranks join ranks on ranks.id = rank_id where slug = 'expert'";
    // One of each is undone before the old entries are counted, and one after.
    ada.press(&format!("/p/{}/solution/undo", posts[0])).await.expect(303);
    ada.press(&format!("/p/{}/kudos/undo", posts[0])).await.expect(303);

    world.run_chores().await;
    world.run_chores().await;

    assert_eq!(world.count(pairs).await, 2);
    assert_eq!(world.count(expert).await, 1, "everybody is counted anew when the last one is in");
    let sound = async |db: &mut PgConnection| {
        let findings = doctor::examine(db, world.app.now()).await.unwrap();
        let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    };
    sound(&mut db).await;
    ada.press(&format!("/p/{}/solution/undo", posts[1])).await.expect(303);
    ada.press(&format!("/p/{}/kudos/undo", posts[1])).await.expect(303);
    assert_eq!(world.count(pairs).await, 0);
    sound(&mut db).await;
    world.run_jobs().await;
}

//! What happens between a question and its answer.

use super::{
    provider::Provider,
    stage::{Stage, ada, come, who},
};
use crate::harness::World;
use candor::groups::Kind;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

impl World {
    /// Returns when somebody waits for a row that another holds.
    async fn until_somebody_waits(&self) {
        // Whoever is the first to wait for a row has it locked, for those who come after.
        let waiting = "select count(*) from pg_locks
            join pg_database on pg_database.oid = pg_locks.database
            where datname = current_database() and locktype = 'tuple'";
        while self.count(waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    }
}

async fn run(db: &mut PgConnection, sql: &'static str) {
    sqlx::raw_sql(sql).execute(db).await.unwrap();
}

#[tokio::test]
async fn nobody_comes_in_by_what_was_unlinked_while_they_were_on_their_way() {
    let stage = Stage::set().await;
    stage.world.group("engineers", Kind::Invitation, &[]).await;
    stage.change(&[("group_claim", "roles"), ("groups", "dev = engineers")]).await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();
    let mut developer = ada();
    developer["roles"] = json!("dev");
    let back = stage.yes(&stage.go(&browser).await, &developer);

    // Unlinking, as far as its last step.
    let mut db = stage.world.as_owner().await;
    let mut unlinking = db.begin().await.unwrap();
    run(&mut unlinking, "select from members where handle = 'ada' for update").await;
    run(&mut unlinking, "delete from identities").await;
    let (came, ()) = tokio::join!(come(&browser, &back), async {
        stage.world.until_somebody_waits().await;
        unlinking.commit().await.unwrap();
    });

    came.expect(422);
    assert_eq!(who(&browser).await, None);
    let brought = "select count(*) from provider_memberships";
    assert_eq!(stage.world.count(brought).await, 0, "an identity that is gone brings nowhere");
}

#[tokio::test]
async fn a_sign_in_is_finished_though_its_browser_has_left() {
    let stage = Stage::set().await;
    stage.world.group("engineers", Kind::Invitation, &[]).await;
    stage.change(&[("group_claim", "roles"), ("groups", "dev = engineers")]).await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();
    let mut developer = ada();
    developer["roles"] = json!("dev");
    let back = stage.yes(&stage.go(&browser).await, &developer);

    // Somebody else changes the group, and the browser does not wait for that.
    let mut db = stage.world.as_owner().await;
    let mut changing = db.begin().await.unwrap();
    run(&mut changing, "select from groups where slug = 'engineers' for update").await;
    let coming = tokio::spawn(async move { come(&browser, &back).await.status });
    stage.world.until_somebody_waits().await;
    coming.abort();
    assert!(coming.await.is_err_and(|gone| gone.is_cancelled()));
    changing.commit().await.unwrap();

    let brought = "select count(*) from provider_memberships";
    let finished = async { while stage.world.count(brought).await == 0 {} };
    tokio::time::timeout(Duration::from_secs(20), finished).await.expect("it goes on to its end");
}

#[tokio::test]
async fn a_provider_that_keeps_silent_leaves_the_others_theirs() {
    let stage = Stage::set().await;
    let mut silent = Provider::open().await;
    silent.set(|ways| ways.silent = true);
    // Another host, as far as anybody can tell.
    silent.issuer = silent.issuer.replace("127.0.0.1", "localhost");
    stage.add("Silent", &silent, &[]).await;
    let answered = Arc::new(AtomicUsize::new(0));
    for _ in 0..16 {
        let (browser, answered) = (stage.world.guest(), Arc::clone(&answered));
        tokio::spawn(async move {
            browser.post("/sign-in/with/silent", &[("back", "/")]).await.expect(502);
            answered.fetch_add(1, Ordering::Relaxed);
        });
    }
    while silent.asked() + answered.load(Ordering::Relaxed) < 16 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(silent.asked() > 0);

    stage.newcomer(&ada()).await;

    assert!(silent.asked() <= 4, "no host has more than its share");
}

#[tokio::test]
async fn a_provider_that_is_away_for_a_while_is_known_for_a_day() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let press = || async { stage.world.guest().post("/sign-in/with/home", &[("back", "/")]).await };
    assert_eq!(stage.provider.keys_fetched(), 1);

    stage.provider.set(|ways| ways.flood = Some(600 * 1024));
    stage.world.advance(time::Duration::hours(2));
    press().await.expect(200);
    let asked = stage.provider.asked();
    press().await.expect(200);
    assert_eq!(stage.provider.asked(), asked, "it is left alone for a while");

    stage.provider.set(|ways| ways.flood = None);
    stage.world.advance(time::Duration::seconds(31));
    press().await.expect(200);
    assert_eq!(stage.provider.keys_fetched(), 2, "and asked again then");
    stage.provider.set(|ways| ways.flood = Some(600 * 1024));
    stage.world.advance(time::Duration::hours(25));
    press().await.expect(502);
}

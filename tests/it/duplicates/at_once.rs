//! Joining, parting and me-toos at the same time. Each test holds a row in a transaction of its own, so that the
//! order is always the same.

use super::stage;
use crate::harness::{Begun, Client, World};
use candor::doctor;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::Duration;

/// What takes its turn: so many of these after the beginning.
fn turn(number: u32) -> tokio::time::Sleep {
    tokio::time::sleep(Duration::from_millis(400) * number)
}

async fn execute(db: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(db).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn hold(db: &mut PgConnection, thread: &Begun) {
    let id = thread.id;
    execute(db, &format!("select from threads where id = {id} for no key update")).await;
}

/// Me-toos that the doctor finds carried over from elsewhere than a duplicate.
async fn astray(world: &World) -> i64 {
    let mut db = world.as_owner().await;
    let findings = doctor::examine(&mut db, world.app.now()).await.unwrap();
    let found = findings.iter().find(|finding| finding.about == "me-toos of duplicates");
    found.expect("the doctor looks for them").wrong
}

#[tokio::test]
async fn what_is_said_while_the_way_changes_goes_to_where_it_leads_then() {
    let stage = stage().await;
    stage.world.member("dora").await;
    let last = stage.asks("dora", "The lamp, third").await;
    let carla = stage.world.member("carla").await;
    let eva = stage.world.member("eva").await;
    eva.too(&last).await;
    stage.tom.join(&last, &stage.duplicate).await.expect(303);
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    assert_eq!(stage.people(&stage.original).await, ["bob", "dora", "eva"]);
    let mut other = stage.world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    hold(&mut holding, &stage.original).await;

    tokio::join!(
        stage.tom.part(&stage.duplicate),
        async {
            turn(1).await;
            carla.too(&last).await;
        },
        async {
            turn(1).await;
            eva.press(&last.deed("me-too/undo")).await.expect(303);
        },
        async {
            turn(2).await;
            holding.commit().await.unwrap();
        },
    );

    assert_eq!(stage.people(&stage.original).await, [""; 0]);
    assert_eq!(stage.people(&stage.duplicate).await, ["carla", "dora"]);
    assert_eq!(astray(&stage.world).await, 0);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_holds_both_questions_in_their_order_waits_for_nobody_who_waits() {
    let stage = stage().await;
    let (carla, dora) = (stage.world.member("carla").await, stage.world.member("dora").await);
    dora.too(&stage.duplicate).await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    let mut other = stage.world.as_owner().await;
    let deeds: [(&Client, &str); 3] =
        [(&carla, "me-too"), (&dora, "me-too/undo"), (&stage.tom, "duplicate/undo")];

    for (who, deed) in deeds {
        // As an erasure does, which holds the threads of many posts.
        let mut holding = other.begin().await.unwrap();
        hold(&mut holding, &stage.original).await;

        let deed = stage.duplicate.deed(deed);
        let (answer, ()) = tokio::join!(who.press(&deed), async {
            turn(1).await;
            hold(&mut holding, &stage.duplicate).await;
            holding.commit().await.unwrap();
        });

        answer.expect(303);
    }
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn who_may_not_join_holds_up_nobodys_joining() {
    let stage = stage().await;
    let carla = stage.world.member("carla").await;
    let mut other = stage.world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    execute(&mut holding, &format!("select pg_advisory_xact_lock({})", 0x6475_706c_i64)).await;

    carla.join(&stage.duplicate, &stage.original).await.expect(403);
    carla.press(&stage.duplicate.deed("duplicate/undo")).await.expect(403);

    holding.commit().await.unwrap();
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn the_doctor_finds_who_was_carried_over_from_what_is_no_duplicate() {
    let stage = stage().await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    stage.world.run_jobs().await;
    // As the release before this one leaves them.
    let mut owner = stage.world.as_owner().await;
    execute(&mut owner, "delete from duplicates").await;
    assert_eq!(astray(&stage.world).await, 1);

    doctor::repair(&mut owner, stage.world.app.now()).await.unwrap();

    assert_eq!(astray(&stage.world).await, 0);
    assert!(stage.people(&stage.original).await.is_empty());
}

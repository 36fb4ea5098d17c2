//! What visitors notice when PostgreSQL is restarted under the pool.

use crate::place::{Place, migrated, signal};
use candor::database::Database;
use candor::database::embedded::Embedded;
use std::time::{Duration, Instant};

async fn visit(database: &Database) -> sqlx::Result<()> {
    let mut connection = database.acquire().await?;
    sqlx::raw_sql("select 1").execute(&mut *connection).await?;
    Ok(())
}

/// Opens so many connections and gives them back.
async fn warm(database: &Database, connections: usize) {
    let mut lent = Vec::new();
    for _ in 0..connections {
        lent.push(database.acquire().await.unwrap());
    }
    drop(lent);
    while database.pool_state().idle < connections {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Stops PostgreSQL behind our back; the supervisor starts it again.
async fn restart(server: &Embedded) {
    let before = server.process().unwrap();
    signal(before, "INT");
    let began = Instant::now();
    while server.process().is_none_or(|now| now == before) {
        assert!(began.elapsed() < Duration::from_secs(20), "it does not come back");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn connections_idle_through_a_restart_cost_no_visit() {
    let place = Place::new();
    let (server, database) = migrated(&place, 8).await;
    warm(&database, 8).await;

    tokio::time::sleep(Duration::from_millis(1100)).await;
    restart(&server).await;

    for _ in 0..16 {
        visit(&database).await.unwrap();
    }
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test]
async fn transactions_begun_on_dead_connections_cost_no_visit() {
    let place = Place::new();
    let (server, database) = migrated(&place, 8).await;
    warm(&database, 8).await;

    // Too soon for the idle connections to be doubted.
    restart(&server).await;

    for _ in 0..16 {
        database.begin().await.unwrap().commit().await.unwrap();
    }
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_no_more_visits_fail_than_were_under_way() {
    const VISITORS: usize = 4;
    let place = Place::new();
    let (server, database) = migrated(&place, 16).await;
    warm(&database, 16).await;
    let until = Instant::now() + Duration::from_millis(2500);
    let mut visitors = tokio::task::JoinSet::new();
    for _ in 0..VISITORS {
        let database = database.clone();
        visitors.spawn(async move {
            let (mut well, mut failed, mut longest) = (0, 0, Duration::ZERO);
            while Instant::now() < until {
                let began = Instant::now();
                match visit(&database).await {
                    Ok(()) => well += 1,
                    Err(error) => {
                        println!("a visit failed: {error}");
                        failed += 1;
                        // Nobody presses "reload" sooner. In between, the connection given back
                        // makes the pool doubt all the others.
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
                longest = longest.max(began.elapsed());
            }
            (well, failed, longest)
        });
    }

    tokio::time::sleep(Duration::from_millis(400)).await;
    restart(&server).await;

    let outcomes = visitors.join_all().await;
    let (well, failed) = outcomes.iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let longest = outcomes.iter().map(|it| it.2).max().unwrap();
    println!(
        "a restart under load: {failed} of {} visits failed, the longest took {longest:?}",
        well + failed
    );
    assert!(failed <= VISITORS, "{failed} failed");
    database.close().await;
    server.stop().await.unwrap();
}

//! Lending connections: none lost, none poisoned, none for ever.

use crate::place::{Place, migrated, number};
use crate::proxy::Proxy;
use candor::database::{Database, PoolSettings};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection, Postgres, Row};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// More connections than writers, so that the impatient get one in time to leave it half-way.
const POISONED: u32 = 8;

/// Ours, or sqlx as it comes.
#[derive(Clone)]
enum Lender {
    Ours(Database),
    Plain(PgPool),
}

impl Lender {
    async fn acquire(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        match self {
            Self::Ours(database) => database.acquire().await,
            Self::Plain(pool) => pool.acquire().await,
        }
    }

    async fn begin_and_forget(&self) {
        match self {
            Self::Ours(database) => drop(database.begin().await),
            Self::Plain(pool) => drop(pool.begin().await),
        }
    }
}

#[tokio::test]
async fn in_the_simple_protocol_the_two_times_differ_only_inside_a_transaction() {
    let place = Place::new();
    let (server, database) = migrated(&place, 1).await;
    let mut connection = database.acquire().await.unwrap();
    let question = "select transaction_timestamp() <> statement_timestamp()";
    let ask = async |connection: &mut PoolConnection<Postgres>| -> bool {
        sqlx::raw_sql(question).fetch_one(&mut **connection).await.unwrap().get(0)
    };

    for _ in 0..200 {
        assert!(!ask(&mut connection).await);
    }
    for _ in 0..200 {
        sqlx::raw_sql("begin").execute(&mut *connection).await.unwrap();
        assert!(ask(&mut connection).await);
        sqlx::raw_sql("rollback").execute(&mut *connection).await.unwrap();
    }

    drop(connection);
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_connection_that_comes_back_inside_a_transaction_is_not_lent_again() {
    let place = Place::new();
    let (server, database) = migrated(&place, 1).await;
    let mut connection = database.acquire().await.unwrap();
    sqlx::raw_sql("begin").execute(&mut *connection).await.unwrap();
    drop(connection);

    let mut connection = database.acquire().await.unwrap();
    sqlx::raw_sql("insert into database_test_words (word) values ('kept')")
        .execute(&mut *connection)
        .await
        .unwrap();
    drop(connection);
    // An ordinary transaction that is dropped rolls back, and its connection stays.
    for _ in 0..3 {
        drop(database.begin().await.unwrap());
    }

    assert_eq!(number(&server.owner(), "select count(*) from database_test_words").await, 1);
    assert_eq!(database.pool_state().discarded, 1);
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn impatient_visitors_cost_nobody_a_write() {
    let place = Place::new();
    let (server, database) = migrated(&place, 1).await;
    database.close().await;
    let proxy =
        Proxy::before(server.socket_dir(), &place.data.join("slow"), Duration::from_millis(15));
    let slow = server.app().socket(proxy.folder());

    let plain = PgPoolOptions::new()
        .max_connections(POISONED)
        .test_before_acquire(false)
        .connect_with(slow.clone())
        .await;
    let plain = plain.unwrap();
    let (acknowledged, lost) = besiege(&Lender::Plain(plain.clone()), &server.owner()).await;
    println!("sqlx as it comes: lost {lost} of {acknowledged} acknowledged writes");

    let ours = Database::connect(slow.clone(), POISONED).await.unwrap();
    let (acknowledged_by_us, lost_by_us) =
        besiege(&Lender::Ours(ours.clone()), &server.owner()).await;
    println!("with the hook: lost {lost_by_us} of {acknowledged_by_us}; {:?}", ours.pool_state());

    assert_eq!(lost_by_us, 0);
    assert!(
        ours.pool_state().discarded > 10,
        "the test still abandons transactions: {:?}",
        ours.pool_state()
    );
    assert!(acknowledged_by_us > 50, "the test still tests something");
    // When this fails sqlx has learnt it, and the hook can go.
    assert!(lost > 0, "sqlx alone no longer loses writes");
    server.stop().await.unwrap();
}

/// Writes for some seconds while others give up half-way through `begin`, then closes everything
/// and counts: how many writes were acknowledged, and how many of them are not there.
async fn besiege(lender: &Lender, owner: &PgConnectOptions) -> (i64, i64) {
    let before = number(owner, "select count(*) from database_test_words").await;
    let until = Instant::now() + Duration::from_secs(4);
    let acknowledged = Arc::new(AtomicI64::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for visitor in 0..6u64 {
        let lender = lender.clone();
        tasks.spawn(async move {
            let mut patience = visitor * 7;
            while Instant::now() < until {
                patience = (patience + 11) % 60;
                let wait = Duration::from_millis(20 + patience);
                let _ = tokio::time::timeout(wait, lender.begin_and_forget()).await;
            }
        });
    }
    for _ in 0..4 {
        let (lender, acknowledged) = (lender.clone(), Arc::clone(&acknowledged));
        tasks.spawn(async move {
            while Instant::now() < until {
                let Ok(mut connection) = lender.acquire().await else { continue };
                let write =
                    sqlx::raw_sql("insert into database_test_words (word) values ('acknowledged')");
                if write.execute(&mut *connection).await.is_ok() {
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    tasks.join_all().await;
    match lender {
        Lender::Ours(database) => database.close().await,
        Lender::Plain(pool) => pool.close().await,
    }
    // The proxy passes the farewells on late.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let acknowledged = acknowledged.load(Ordering::Relaxed);
    (
        acknowledged,
        acknowledged - (number(owner, "select count(*) from database_test_words").await - before),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_stuck_on_a_silent_network_is_replaced() {
    let place = Place::new();
    let (server, database) = migrated(&place, 1).await;
    database.close().await;
    let proxy = Proxy::before(server.socket_dir(), &place.data.join("silent"), Duration::ZERO);
    let settings = PoolSettings {
        acquire_timeout: Duration::from_millis(300),
        stuck_after: Duration::from_millis(1500),
        ..PoolSettings::of(4)
    };
    let database =
        Database::connect_with(server.app().socket(proxy.folder()), settings).await.unwrap();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let database = database.clone();
        waiting.spawn(async move {
            let mut connection = database.acquire().await.unwrap();
            sqlx::raw_sql("select pg_sleep(0.5)").execute(&mut *connection).await
        });
    }
    tokio::time::sleep(Duration::from_millis(200)).await;

    proxy.fall_silent();
    let began = Instant::now();
    assert!(database.acquire().await.is_err());
    let recovered = loop {
        if let Ok(mut connection) = database.acquire().await {
            connection.ping().await.unwrap();
            break began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", database.pool_state());
    };

    println!("a stuck pool was replaced after {recovered:?}");
    assert_eq!(database.pool_state().swaps, 1);
    assert!(recovered > Duration::from_millis(1500), "not too eagerly");
    waiting.abort_all();
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_pool_is_left_alone() {
    let place = Place::new();
    let (server, first) = migrated(&place, 1).await;
    first.close().await;
    let settings = PoolSettings {
        acquire_timeout: Duration::from_millis(100),
        stuck_after: Duration::from_millis(600),
        ..PoolSettings::of(2)
    };
    let database = Database::connect_with(server.app(), settings).await.unwrap();
    let until = Instant::now() + Duration::from_secs(2);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let database = database.clone();
        tasks.spawn(async move {
            let mut refused = 0;
            while Instant::now() < until {
                match database.acquire().await {
                    Ok(mut connection) => {
                        sqlx::raw_sql("select pg_sleep(0.2)")
                            .execute(&mut *connection)
                            .await
                            .unwrap();
                    }
                    Err(_) => refused += 1,
                }
            }
            refused
        });
    }

    let refused: u32 = tasks.join_all().await.iter().sum();

    assert!(refused > 0, "it was too busy");
    assert_eq!(database.pool_state().swaps, 0);
    database.close().await;
    server.stop().await.unwrap();
}

#[tokio::test]
async fn every_wait_of_a_session_is_limited() {
    let place = Place::new();
    let (server, database) = migrated(&place, 2).await;
    let limits = "select (current_setting('statement_timeout') = '15s'
                      and current_setting('lock_timeout') = '5s'
                      and current_setting('idle_in_transaction_session_timeout') = '30s')::int::bigint";

    assert_eq!(number(&database.options(), limits).await, 1);
    database.close().await;
    server.stop().await.unwrap();
}

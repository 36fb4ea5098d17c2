//! Open pages: who hears of changes, how many may listen, and when they stop.

use crate::harness::{Begun, Client, World};
use axum::{
    body::BodyDataStream,
    http::{Method, StatusCode},
};
use candor::realtime::News;
use futures_util::StreamExt as _;
use sqlx::AssertSqlSafe;
use std::time::Duration;
use tokio::{sync::broadcast::Receiver, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

const LONG: Duration = Duration::from_secs(20);

/// A world whose node listens.
struct Stage {
    world: World,
    news: Receiver<News>,
    stop: CancellationToken,
    listening: JoinHandle<()>,
    ada: Client,
    thread: Begun,
}

impl Stage {
    async fn of(world: World) -> Self {
        let ada = world.member("ada").await;
        let thread = ada.start("help", "A lamp flickers", "It does.").await;
        world.run_jobs().await;
        let mut news = world.app.hub.changes();
        let stop = CancellationToken::new();
        let hub = world.app.hub.clone().listen(world.app.db.clone(), stop.clone());
        let listening = tokio::spawn(hub);
        hears_of_rights(&mut news).await;
        Self { world, news, stop, listening, ada, thread }
    }

    async fn opens(&self, client: &Client) -> BodyDataStream {
        let ask = client.ask(Method::GET, &self.thread.deed("live"));
        let answer = ask.stream().await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.into_body().into_data_stream()
    }

    async fn ends(self) {
        self.stop.cancel();
        self.listening.await.unwrap();
    }
}

async fn hears_of_rights(news: &mut Receiver<News>) {
    while !matches!(timeout(LONG, news.recv()).await.expect("it is said"), Ok(News::Rights(_))) {}
}

async fn is_over(stream: &mut BodyDataStream) -> bool {
    timeout(LONG, stream.next()).await.expect("it ends").is_none()
}

#[tokio::test]
async fn a_member_holds_sixteen_streams_and_leaves_the_others_theirs() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let live = ada.start("help", "A lamp flickers", "It does.").await.deed("live");
    world.run_jobs().await;
    let ask = || bob.ask(Method::GET, &live).stream();

    let mut held = Vec::new();
    for _ in 0..16 {
        let answer = ask().await;
        assert_eq!(answer.status(), StatusCode::OK);
        held.push(answer);
    }

    assert_eq!(ask().await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ada.ask(Method::GET, &live).stream().await.status(), StatusCode::OK);
    held.pop();
    assert_eq!(ask().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let stage = Stage::of(World::new().await).await;
    let other = stage.world.sign_in("ada").await;
    let (mut first, mut second) = (stage.opens(&stage.ada).await, stage.opens(&other).await);

    other.press("/sign-out").await.expect(303);

    assert!(is_over(&mut second).await);
    let bob = stage.world.member("bob").await;
    bob.say(&stage.thread, "Try another bulb.").await;
    stage.world.run_jobs().await;
    let heard = timeout(LONG, first.next()).await.expect("the other goes on");
    assert_eq!(heard.unwrap().unwrap(), "data: changed\n\n");
    stage.ends().await;
}

#[tokio::test]
async fn a_database_that_does_not_answer_ends_no_stream() {
    let world = World::on_one_connection(&[("lock_timeout", "200ms")]).await;
    let stage = Stage::of(world).await;
    let mut stream = stage.opens(&stage.ada).await;
    let bob = stage.world.member("bob").await;
    let mut owner = stage.world.as_owner().await;
    let sql = AssertSqlSafe("begin; lock table threads in access exclusive mode".to_owned());
    sqlx::raw_sql(sql).execute(&mut owner).await.unwrap();

    stage.world.app.announce_rights().await.unwrap();

    let asks = async {
        let waiting =
            "select count(*) from pg_locks where relation = 'threads'::regclass and not granted";
        let mut asked = false;
        for _ in 0..80 {
            let row = sqlx::raw_sql(waiting).fetch_one(&mut owner).await.unwrap();
            let found: i64 = sqlx::Row::get(&row, 0);
            asked |= found > 0;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        asked
    };
    let (waits, asked) = tokio::join!(timeout(Duration::from_secs(4), stream.next()), asks);
    assert!(waits.is_err(), "{waits:?}");
    assert!(asked, "it asked, and got no answer");
    sqlx::raw_sql(AssertSqlSafe("rollback".to_owned())).execute(&mut owner).await.unwrap();
    bob.say(&stage.thread, "Try another bulb.").await;
    stage.world.run_jobs().await;
    let heard = timeout(LONG, stream.next()).await.expect("it goes on");
    assert_eq!(heard.unwrap().unwrap(), "data: changed\n\n");
    stage.ends().await;
}

#[tokio::test]
async fn an_open_page_hears_that_its_question_was_joined_and_parted() {
    let stage = Stage::of(World::new().await).await;
    let (bob, tom) = (stage.world.member("bob").await, stage.world.moderator("tom").await);
    let original = bob.start("help", "My lamp flickers", "It does.").await;
    stage.world.run_jobs().await;
    let mut stream = stage.opens(&stage.ada).await;
    let named = original.id.to_string();

    for (deed, fields) in [("of", &[("original", &named[..])][..]), ("undo", &[])] {
        let address = stage.thread.deed(&format!("duplicate/{deed}"));
        tom.post(&address, fields).await.expect(303);
        stage.world.run_jobs().await;
        let heard = timeout(LONG, stream.next()).await.expect("it is said");
        assert_eq!(heard.unwrap().unwrap(), "data: changed\n\n");
    }
    stage.ends().await;
}

#[tokio::test]
async fn who_lost_the_line_asks_again_who_may_see_what() {
    let mut stage = Stage::of(World::new().await).await;
    let mut owner = stage.world.as_owner().await;
    let cut = "set role none;
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query ilike 'listen%'";

    sqlx::raw_sql(AssertSqlSafe(cut.to_owned())).execute(&mut owner).await.unwrap();

    hears_of_rights(&mut stage.news).await;
    stage.ends().await;
}

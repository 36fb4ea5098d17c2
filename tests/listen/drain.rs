//! How a node stops.

use crate::{
    client::Client,
    node::{Node, millis},
};
use axum::{
    Router,
    response::sse::{Event, KeepAlive, Sse},
    routing::get,
};
use candor::web::listen::{self, Limits};
use futures_util::{StreamExt as _, future::join_all, stream};
use std::{
    collections::HashSet,
    convert::Infallible,
    io::{Read as _, Write as _},
    time::Instant,
};
use tokio::{net::TcpStream, time::sleep};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

fn slow_page(millis: u64) -> Router {
    let page = async move || {
        sleep(crate::node::millis(millis)).await;
        "finished"
    };
    Router::new().route("/", get(|| async { "here" })).route("/slow", get(page))
}

#[tokio::test]
async fn event_streams_end_with_a_hint() {
    let shutdown = CancellationToken::new();
    let token = shutdown.clone();
    let events = get(async move || {
        let first = stream::iter([Ok::<_, Infallible>(Event::default().data("first"))]);
        let endless = first.chain(stream::pending());
        Sse::new(listen::until_shutdown(endless, token)).keep_alive(KeepAlive::default())
    });
    let router = Router::new().route("/events", events);
    let node = Node::with_deeds(router, Limits::default(), TaskTracker::new(), shutdown).await;

    let clients = join_all((0..10).map(async |_| {
        let mut client = Client::connect(node.address).await;
        assert_eq!(client.get("/events").await.status, 200);
        client
    }));
    let clients = clients.await;
    let heard = tokio::spawn(join_all(clients.into_iter().map(Client::rest)));
    sleep(millis(100)).await;
    let took = node.stop().await;
    assert!(took < millis(2000), "the drain took {took:?}");

    let mut hints = HashSet::new();
    for text in heard.await.unwrap() {
        assert!(text.contains("data: first"));
        assert!(text.ends_with("\r\n0\r\n\r\n"), "a whole answer: {text:?}");
        let hint = text.split("retry: ").nth(1).expect("a hint").lines().next().unwrap();
        let hint = hint.parse::<u64>().unwrap();
        assert!((1000..4000).contains(&hint), "{hint}");
        hints.insert(hint);
    }
    assert!(hints.len() > 5, "not all at once: {hints:?}");
}

#[tokio::test]
async fn a_stream_that_ends_by_itself_gives_no_hint() {
    let one = || stream::iter([Ok::<_, Infallible>(Event::default())]);
    let shutdown = CancellationToken::new();
    assert_eq!(listen::until_shutdown(one(), shutdown.clone()).count().await, 1);
    shutdown.cancel();
    assert_eq!(listen::until_shutdown(one(), shutdown).count().await, 1, "only the hint");
}

#[tokio::test]
async fn a_request_under_way_is_answered() {
    let node = Node::start(slow_page(600), Limits::default()).await;
    let address = node.address;
    let mut client = Client::connect(address).await;
    client.send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(millis(100)).await;
    let (took, answer) = tokio::join!(node.stop(), client.answer());
    let answer = answer.expect("an answer");
    assert_eq!(answer.body, "finished");
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(took > millis(400), "waited {took:?}");
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_us_up() {
    let node = Node::start(slow_page(0), Limits::default()).await;
    let mut asked = Client::connect(node.address).await;
    asked.get("/").await;
    let mut silent = Client::connect(node.address).await;
    sleep(millis(50)).await;
    let both = async {
        assert!(asked.is_closed_within(millis(500)).await);
        drop(asked);
        assert!(silent.is_closed_within(millis(500)).await);
        drop(silent);
    };
    let (took, ()) = tokio::join!(node.stop(), both);
    assert!(took < millis(500), "the drain took {took:?}");
}

#[tokio::test]
async fn what_does_not_end_is_dropped() {
    let node =
        Node::start(slow_page(60_000), Limits { drain: millis(400), ..Limits::default() }).await;
    let mut client = Client::connect(node.address).await;
    client.send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(millis(50)).await;
    let took = node.stop().await;
    assert!((millis(400)..millis(800)).contains(&took), "the drain took {took:?}");
    assert!(client.is_closed_within(millis(200)).await);
}

/// The kernel accepts connections before we do. Those it holds when shutdown begins have asked
/// already, and are answered.
#[tokio::test]
async fn who_waits_at_the_gate_when_it_closes_is_served() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let shutdown = CancellationToken::new();
    shutdown.cancel();

    let begun = Instant::now();
    let deeds = TaskTracker::new();
    let reading = tokio::task::spawn_blocking(move || {
        let mut answer = String::new();
        let _ = client.read_to_string(&mut answer);
        answer
    });
    listen::serve(listener, slow_page(0), Limits::default(), deeds, shutdown).await.unwrap();
    assert!(reading.await.unwrap().ends_with("here"));
    assert!(begun.elapsed() < millis(500), "{:?}", begun.elapsed());
}

//! Clients that hold a connection by taking their time.

use crate::{
    client::Client,
    node::{Node, millis},
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    routing::{get, post},
};
use candor::web::listen::{Limits, Pace};
use futures_util::{StreamExt as _, future::join_all, stream};
use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::sleep,
};

fn impatient() -> Limits {
    let pace =
        |idle, total| Pace { idle: millis(idle), total: millis(total), bytes_per_second: 1000 };
    Limits {
        header_wait: millis(500),
        body: pace(300, 600),
        write: pace(500, 500),
        linger: millis(200),
        ..Limits::default()
    }
}

fn measuring() -> Router {
    Router::new()
        .route("/", get(|| async { "here" }))
        .route("/length", post(|body: Bytes| async move { body.len().to_string() }))
}

#[tokio::test]
async fn half_sent_heads_are_hung_up_on() {
    let node = Node::start(measuring(), impatient()).await;
    let begun = Instant::now();
    let slow = (0..50).map(async |_| {
        let mut client = Client::connect(node.address).await;
        client.send("GET / HTTP/1.1\r\nhost: x\r\n").await;
        for _ in 0..15 {
            // A byte now and then must not buy time.
            let _ = client.stream.write_all(b"x").await;
            if client.is_closed_within(millis(100)).await {
                return begun.elapsed();
            }
        }
        Duration::MAX
    });
    let honest = async {
        sleep(millis(250)).await;
        assert_eq!(Client::connect(node.address).await.get("/").await.status, 200);
    };
    let (closed, ()) = tokio::join!(join_all(slow), honest);
    let last = closed.iter().max().unwrap();
    assert!(*last < millis(1000), "the last was closed after {last:?}");
    assert!(closed.iter().min().unwrap() > &millis(450));
}

#[tokio::test]
async fn an_idle_connection_ends() {
    let node = Node::start(measuring(), impatient()).await;
    let mut client = Client::connect(node.address).await;
    sleep(millis(300)).await;
    assert_eq!(client.get("/").await.status, 200);
    sleep(millis(300)).await;
    assert_eq!(client.get("/").await.status, 200, "the time begins anew with each request");
    let idle = Instant::now();
    assert!(client.is_closed_within(millis(1500)).await);
    assert!(idle.elapsed() > millis(400), "closed after {:?}", idle.elapsed());
}

#[tokio::test]
async fn a_body_that_stops_is_given_up() {
    let node = Node::start(measuring(), impatient()).await;
    let mut client = Client::connect(node.address).await;
    client.send("POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nbegin").await;
    let begun = Instant::now();
    let answer = tokio::time::timeout(millis(1500), client.answer()).await.expect("in time");
    let answer = answer.expect("an answer");
    assert_eq!(answer.status, 408);
    assert_eq!(answer.header("connection"), Some("close"));
    assert!((millis(250)..millis(550)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
    assert!(client.is_closed_within(millis(500)).await);
}

#[tokio::test]
async fn a_body_in_drops_is_given_up() {
    let node = Node::start(measuring(), impatient()).await;
    let mut client = Client::connect(node.address).await;
    client.send("POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 15\r\n\r\n").await;
    for _ in 0..15 {
        let _ = client.stream.write_all(b"x").await;
        sleep(millis(100)).await;
    }
    assert_eq!(client.answer().await.expect("an answer").status, 408);
}

#[tokio::test]
async fn a_big_body_over_a_slow_line_gets_through() {
    let node = Node::start(measuring(), impatient()).await;
    let mut client = Client::connect(node.address).await;
    client.send("POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 6000\r\n\r\n").await;
    let begun = Instant::now();
    for _ in 0..12 {
        client.send(&"x".repeat(500)).await;
        sleep(millis(100)).await;
    }
    let answer = client.answer().await.expect("an answer");
    assert_eq!((answer.status, answer.body.as_str()), (200, "6000"));
    assert!(begun.elapsed() > millis(1100), "longer than the time before a byte");
}

#[tokio::test]
async fn a_slow_handler_is_not_the_clients_fault() {
    let router = Router::new().route(
        "/",
        post(async |request: Request| {
            sleep(millis(900)).await;
            let body = axum::body::to_bytes(request.into_body(), 1000).await.unwrap();
            body.len().to_string()
        }),
    );
    let node = Node::start(router, impatient()).await;
    let mut client = Client::connect(node.address).await;
    client.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nwhole").await;
    assert_eq!(client.answer().await.expect("an answer").body, "5");
}

/// Sixty megabytes, and a handle that is shared for as long as somebody is being sent them.
fn flood() -> (Router, Arc<()>) {
    let guard = Arc::new(());
    let watched = guard.clone();
    let page = async move || {
        let chunks = stream::repeat(Bytes::from(vec![0; 65536])).take(1000);
        Body::from_stream(chunks.map(move |chunk| {
            let _held = &watched;
            Ok::<_, Infallible>(chunk)
        }))
    };
    (Router::new().route("/", get(page)), guard)
}

#[tokio::test]
async fn a_reader_who_takes_nothing_is_cut_off() {
    let (router, guard) = flood();
    let node = Node::start(router, impatient()).await;
    let mut client = Client::connect(node.address).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    sleep(millis(300)).await;
    assert_eq!(Arc::strong_count(&guard), 3, "ours, the router's and the answer's");
    let begun = Instant::now();
    while Arc::strong_count(&guard) > 2 {
        assert!(begun.elapsed() < millis(1500), "the answer is still held");
        sleep(millis(20)).await;
    }
}

/// The kernel alone would see a reader who takes nothing; who sips is for us to see.
#[tokio::test]
async fn a_reader_who_takes_too_little_is_cut_off() {
    let (router, guard) = flood();
    let write = Pace { idle: millis(1000), total: millis(600), bytes_per_second: 1_000_000_000 };
    let node = Node::start(router, Limits { write, ..impatient() }).await;
    let mut client = Client::connect(node.address).await;
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let begun = Instant::now();
    let mut sip = vec![0; 1_000_000];
    while begun.elapsed() < millis(1500) {
        let _ = client.stream.read(&mut sip).await;
        sleep(millis(100)).await;
        if begun.elapsed() < millis(300) {
            assert_eq!(Arc::strong_count(&guard), 3, "ours, the router's and the answer's");
        }
    }
    assert_eq!(Arc::strong_count(&guard), 2, "the answer is still held");
}

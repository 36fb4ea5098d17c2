//! What well-behaved clients rely on, and how the others are told.

use crate::{
    client::Client,
    node::{Node, millis},
};
use axum::{
    Router,
    extract::{ConnectInfo, Path},
    http::StatusCode,
    routing::{get, post},
};
use candor::web::listen::Limits;
use std::net::SocketAddr;

fn router() -> Router {
    Router::new()
        .route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
        )
        .route("/{word}", get(|Path(word): Path<String>| async { word }))
        .route("/refuse", post(|| async { StatusCode::PAYLOAD_TOO_LARGE }))
        .route("/panic", get(async || -> &'static str { panic!("as it should") }))
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let node = Node::start(router(), Limits::default()).await;
    let mut client = Client::connect(node.address).await;
    let here = client.stream.local_addr().unwrap().to_string();
    for _ in 0..3 {
        assert_eq!(client.get("/").await.body, here);
    }
}

#[tokio::test]
async fn requests_in_one_breath_are_answered_in_order() {
    let node = Node::start(router(), Limits::default()).await;
    let mut client = Client::connect(node.address).await;
    let requests: String = ["one", "two", "three"]
        .map(|word| format!("GET /{word} HTTP/1.1\r\nhost: x\r\n\r\n"))
        .concat();
    client.send(&requests).await;
    for word in ["one", "two", "three"] {
        assert_eq!(client.answer().await.expect("an answer").body, word);
    }
}

#[tokio::test]
async fn a_head_too_large_is_refused() {
    let node = Node::start(router(), Limits::default()).await;
    for (kilobytes, status) in [(24, 200), (40, 431), (64, 431), (400, 431)] {
        let mut client = Client::connect(node.address).await;
        let filler = "x".repeat(kilobytes * 1024);
        client.send(&format!("GET / HTTP/1.1\r\nhost: x\r\ncookie: {filler}\r\n\r\n")).await;
        let answer = client.answer().await.expect("not reset before it is read");
        assert_eq!(answer.status, status, "{kilobytes} kB");
    }
}

#[tokio::test]
async fn a_refusal_is_readable_though_the_body_was_not_read() {
    let node = Node::start(router(), Limits::default()).await;
    let mut client = Client::connect(node.address).await;
    client.send("POST /refuse HTTP/1.1\r\nhost: x\r\ncontent-length: 4000000\r\n\r\n").await;
    client.send(&"x".repeat(4_000_000)).await;
    assert_eq!(client.answer().await.expect("not reset before it is read").status, 413);
}

#[tokio::test]
async fn a_panic_ends_its_connection_and_no_other() {
    let node = Node::start(router(), Limits { connections: 2, ..Limits::default() }).await;
    let mut bystander = Client::connect(node.address).await;
    bystander.get("/before").await;
    for _ in 0..3 {
        let mut client = Client::connect(node.address).await;
        client.send("GET /panic HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(client.is_closed_within(millis(500)).await);
    }
    assert_eq!(bystander.get("/after").await.body, "after");
    assert_eq!(Client::connect(node.address).await.get("/new").await.status, 200);
}

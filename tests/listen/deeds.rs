//! Deeds are finished once begun, whoever leaves.

use crate::{
    client::Client,
    node::{Node, millis},
};
use axum::{Router, routing::post};
use candor::web::{
    admission::{Admission, Capacity, Class},
    listen::Limits,
    uncancelled::Uncancelled,
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};
use tokio::time::sleep;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::catch_panic::CatchPanicLayer;

/// What takes half a second to do, and is then counted.
fn deed(count: &Arc<AtomicUsize>) -> Router {
    let count = count.clone();
    let handler = async move || {
        sleep(millis(500)).await;
        count.fetch_add(1, SeqCst);
    };
    Router::new().route("/deed", post(handler))
}

#[tokio::test]
async fn a_client_that_leaves_cancels_nothing_and_drain_waits() {
    let (done, undone) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let deeds = TaskTracker::new();
    let router = deed(&done)
        .layer(Uncancelled::new(deeds.clone()))
        .merge(Router::new().nest("/bare", deed(&undone)));
    let node =
        Node::with_deeds(router, Limits::default(), deeds.clone(), CancellationToken::new()).await;
    for path in ["/deed", "/bare/deed"] {
        let mut client = Client::connect(node.address).await;
        client.post(path).await;
        sleep(millis(100)).await;
        drop(client);
    }
    assert_eq!(deeds.len(), 1, "under way");
    let took = node.stop().await;
    assert_eq!(done.load(SeqCst), 1, "done before the drain ended");
    assert!(took > millis(200), "the drain waited {took:?}");
    sleep(millis(600)).await;
    assert_eq!(undone.load(SeqCst), 0, "without the layer, leaving cancels");
}

#[tokio::test]
async fn a_deed_whose_client_left_keeps_its_place() {
    let count = Arc::new(AtomicUsize::new(0));
    let deeds = TaskTracker::new();
    let narrow =
        Capacity { places: 1, queue: 0, patience: millis(100), standing_patience: millis(10) };
    let admission = Admission::new(narrow, narrow, narrow, narrow);
    let router =
        deed(&count).layer(Uncancelled::new(deeds.clone())).layer(admission.layer(Class::Write));
    let node = Node::with_deeds(router, Limits::default(), deeds, CancellationToken::new()).await;

    let mut leaving = Client::connect(node.address).await;
    leaving.post("/deed").await;
    sleep(millis(100)).await;
    drop(leaving);
    sleep(millis(100)).await;
    let mut next = Client::connect(node.address).await;
    next.post("/deed").await;
    assert_eq!(next.answer().await.expect("an answer").status, 503);
    sleep(millis(500)).await;
    next.post("/deed").await;
    assert_eq!(next.answer().await.expect("an answer").status, 200);
    assert_eq!(count.load(SeqCst), 2);
}

#[tokio::test]
async fn a_panic_in_a_deed_is_an_answer() {
    let deeds = TaskTracker::new();
    let router = Router::new()
        .route("/deed", post(async || -> &'static str { panic!("as it should") }))
        .layer(Uncancelled::new(deeds.clone()))
        .layer(CatchPanicLayer::new());
    let node = Node::with_deeds(router, Limits::default(), deeds, CancellationToken::new()).await;
    let mut client = Client::connect(node.address).await;
    for _ in 0..2 {
        client.post("/deed").await;
        assert_eq!(client.answer().await.expect("an answer").status, 500);
    }
    assert!(node.stop().await < millis(3000), "a broken deed is not waited for");
}

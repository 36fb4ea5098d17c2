//! Clients that hang up while the server is at work for them.

use crate::{proxy::Proxy, stage::Stage, writers::Field};
use candor::{jobs::worker, reactions::TABLE};
use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Each way; so long lasts the moment in which a transaction is being begun.
const DELAY: Duration = Duration::from_millis(5);

/// How long clients go on at least, and for how many acknowledged replies.
const LEAST: Duration = Duration::from_secs(6);
const ENOUGH: usize = 25;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hangs_up_takes_nobody_elses_words_along() {
    let stage = Stage::with_threads(8).await;
    let proxy = Proxy::before(stage.postgres.socket_dir(), &stage.path("far"), DELAY);
    let recipe = |name| {
        let mut recipe = stage.recipe(name).argument("--no-worker");
        recipe.socket = proxy.folder().to_owned();
        recipe.variable("CANDOR_DATABASE_CONNECTIONS", 8)
    };
    let (a, b) = (recipe("a").start().await, recipe("b").start().await);
    // Near the database, or telling everybody of everything would take the longest.
    let stop = CancellationToken::new();
    let worker = tokio::spawn(worker::work(stage.app.clone(), &TABLE, stop.clone()));

    let nodes = vec![a.address, b.address];
    let mut browsers = Vec::new();
    for number in 0..14 {
        browsers.push(stage.member(&format!("member{number}")).await);
    }
    let field = Field::new(nodes, &stage.threads, Duration::from_secs(60));
    let (field, end) = field.with_an_end();
    let mut clients = JoinSet::new();
    for (seed, browser) in (0..).zip(browsers) {
        match seed {
            0..6 => clients.spawn(field.clone().patient(browser, seed, false)),
            6..11 => clients.spawn(field.clone().impatient(browser, seed)),
            _ => clients.spawn(field.clone().impatient_reader(browser, seed)),
        };
    }
    // By the work done and not by the clock alone: a busy machine does little in a few seconds.
    let began = Instant::now();
    while began.elapsed() < LEAST || (field.ledger.acknowledged() < ENOUGH && field.goes_on()) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    end.cancel();
    clients.join_all().await;

    println!(
        "{}; {} times told to try again",
        field.ledger.summary(),
        field.troubles.load(Ordering::Relaxed)
    );
    assert!(field.ledger.acknowledged() >= ENOUGH, "hardly anything happened");
    // What somebody hung up on may still be under way, and is written when the servers have ended.
    for node in [a, b] {
        node.tell_to_stop();
        node.ended(Duration::from_secs(30)).await;
    }
    stage.settle().await;
    stage.prove(&field.ledger).await;
    stop.cancel();
    worker.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_is_finished_once_begun() {
    let stage = Stage::with_threads(1).await;
    let node = stage.recipe("a").argument("--no-worker").start().await;
    let ada = stage.member("ada").await;
    let field = Field::new(vec![node.address], &stage.threads, Duration::ZERO);
    let form = ada.form(node.address, stage.threads[0]).await.unwrap();
    field.ledger.intend("Gone before it was written");

    let hold = stage.holding("select from threads for no key update").await;
    let address = node.address;
    let sending =
        tokio::spawn(async move { ada.reply(address, &form, "Gone before it was written").await });
    stage.until_waiting(1).await;
    sending.abort();
    assert!(sending.await.is_err(), "it cannot have been answered");
    // Long enough for the server to see that nobody is there any more.
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(hold);

    let written = "select count(*) from posts where source = 'Gone before it was written'";
    stage.until(written, 1, Duration::from_secs(5)).await;
    stage.tell_everybody().await;
    stage.prove(&field.ledger).await;
}

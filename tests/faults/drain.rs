//! A server that is told to stop.

use crate::{stage::Stage, writers::Field};
use std::time::Duration;
use tokio::{io::AsyncReadExt, task::JoinSet, time::timeout};

/// A server waits 10 s for requests and 20 s for jobs; with nothing in the way it takes neither.
const STOPS_WITHIN: Duration = Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_told_to_stop_answers_what_it_has_begun() {
    let stage = Stage::with_threads(1).await;
    let node = stage.recipe("a").start().await;
    let (address, thread) = (node.address, stage.threads[0]);
    let field = Field::new(vec![address], &stage.threads, Duration::ZERO);
    let mut open = stage.asker.stream(address, &format!("/t/{thread}/live")).await.unwrap();
    let mut ready = Vec::new();
    for number in 0..4 {
        let ada = stage.member(&format!("member{number}")).await;
        ready.push((ada.form(address, thread).await.unwrap(), ada));
    }
    let hold = stage.holding("select from threads for no key update").await;
    let mut begun = JoinSet::new();
    for (form, ada) in ready {
        let field = field.clone();
        begun.spawn(async move {
            let text = format!("Begun before the end by {}", ada.name);
            field.ledger.intend(&text);
            field.told(&text, ada.reply(address, &form, &text).await)
        });
    }
    stage.until_waiting(4).await;

    node.tell_to_stop();
    let goodbye = timeout(STOPS_WITHIN, open.read_to_end(&mut Vec::new())).await;
    assert!(goodbye.is_ok(), "the open stream goes on");
    drop(hold);

    let answered = begun.join_all().await;
    assert_eq!(answered, [true; 4], "not everybody was answered\n{}", node.recipe.words());
    let (status, time) = node.ended(STOPS_WITHIN).await;
    println!("{}; stopped in {time:?}", field.ledger.summary());
    assert_eq!(status.code(), Some(0));
    assert!(stage.asker.get(address, "/").await.is_err(), "somebody is still there");

    let next = stage.recipe("a").start().await;
    stage.settle().await;
    stage.prove(&field.ledger).await;
    drop(next);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_told_to_stop_amid_traffic_forgets_nothing() {
    let stage = Stage::with_threads(3).await;
    let node = stage.recipe("a").start().await;
    let field = Field::new(vec![node.address], &stage.threads, Duration::from_secs(600));
    let (field, end) = field.with_an_end();
    let mut clients = JoinSet::new();
    for seed in 0..4 {
        let browser = stage.member(&format!("member{seed}")).await;
        clients.spawn(field.clone().patient(browser, seed, true));
    }
    while field.ledger.acknowledged() < 12 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    node.tell_to_stop();
    let (status, time) = node.ended(STOPS_WITHIN).await;
    end.cancel();
    clients.join_all().await;

    println!("{}; stopped in {time:?}", field.ledger.summary());
    assert_eq!(status.code(), Some(0));
    let next = stage.recipe("a").start().await;
    stage.settle().await;
    stage.prove(&field.ledger).await;
    drop(next);
}

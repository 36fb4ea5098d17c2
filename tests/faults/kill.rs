//! Servers and PostgreSQL that die without a word.

use crate::{browser::Browser, node::Node, stage::Stage, writers::Field};
use std::{
    net::SocketAddr,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};
use tokio::{task::JoinSet, time::sleep};

/// After this a death counts as an outage; it is some hundreds of milliseconds on an idle machine.
const BACK_WITHIN: Duration = Duration::from_secs(15);

/// How long everybody may go on before the next death.
const PEACE: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_servers_and_database() {
    let stage = Stage::with_threads(4).await;
    let mut a = stage.recipe("a").start().await;
    let mut b = stage.recipe("b").start().await;
    let nodes = [a.address, b.address];
    let mut browsers = Vec::new();
    for number in 0..6 {
        browsers.push(stage.member(&format!("member{number}")).await);
    }
    let probe = stage.member("probe").await;
    let field = Field::new(nodes.to_vec(), &stage.threads, Duration::from_secs(600));
    let (field, end) = field.with_an_end();
    let mut clients = JoinSet::new();
    for (seed, browser) in (0..).zip(browsers) {
        clients.spawn(field.clone().patient(browser, seed, seed % 2 == 0));
    }

    let mut outages = Vec::new();
    for round in 0..2 {
        for victim in ["a", "b", "PostgreSQL"] {
            sleep(PEACE).await;
            let began = Instant::now();
            match victim {
                "a" => die(&mut a).await,
                "b" => die(&mut b).await,
                _ => stage.kill_postgres().await,
            }
            let hurt: &[SocketAddr] = match victim {
                "a" => &nodes[..1],
                "b" => &nodes[1..],
                _ => &nodes,
            };
            for node in hurt {
                let text = format!("Back after the death of {victim} in round {round} on {node}");
                back(&field, &probe, *node, &text).await;
            }
            outages.push((began.elapsed(), victim));
        }
    }
    sleep(PEACE).await;
    end.cancel();
    clients.join_all().await;

    outages.sort();
    let (longest, median) = (outages[outages.len() - 1], outages[outages.len() / 2].0);
    println!(
        "{}; {} times not at once; {} deaths, back after {median:?} (median), {:?} (longest, {})",
        field.ledger.summary(),
        field.troubles.load(Ordering::Relaxed),
        outages.len(),
        longest.0,
        longest.1,
    );
    assert!(longest.0 < BACK_WITHIN, "{outages:?}");
    assert!(field.ledger.acknowledged() > 20, "hardly anything happened");
    // What a client gave up on may still be under way, and is written when the servers have ended.
    for node in [a, b] {
        node.tell_to_stop();
        node.ended(Duration::from_secs(30)).await;
    }
    let next = stage.recipe("a").start().await;
    stage.settle().await;
    drop(next);
    stage.prove(&field.ledger).await;
}

async fn die(node: &mut Node) {
    node.die_and_rise().await;
}

/// Writes until the server takes it.
async fn back(field: &Field, probe: &Browser, node: SocketAddr, text: &str) {
    let began = Instant::now();
    field.ledger.intend(text);
    loop {
        if let Ok(form) = probe.form(node, field.threads[0]).await {
            // By the one form, or it would be two replies.
            while !field.told(text, probe.reply(node, &form, text).await) {
                assert!(began.elapsed() < BACK_WITHIN * 2, "{text}: never");
                sleep(Duration::from_millis(20)).await;
            }
            return;
        }
        assert!(began.elapsed() < BACK_WITHIN * 2, "{text}: never");
        sleep(Duration::from_millis(20)).await;
    }
}

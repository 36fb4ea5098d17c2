//! More connections than there are places, or file descriptors.

use crate::{
    client::Client,
    node::{Node, millis},
};
use axum::{Router, routing::get};
use candor::web::listen::Limits;
use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    sync::Arc,
};
use tokio::{net::TcpStream, time::sleep};

fn here() -> Router {
    Router::new().route("/", get(|| async { "here" }))
}

#[tokio::test]
async fn one_connection_too_many_is_told_so() {
    let limits = Limits { connections: 3, ..Limits::default() };
    let node = Node::start(here(), limits).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut client = Client::connect(node.address).await;
        assert_eq!(client.get("/").await.status, 200);
        held.push(client);
    }
    let mut fourth = Client::connect(node.address).await;
    let answer = fourth.get("/").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")));
    assert!(fourth.is_closed_within(millis(500)).await, "and the text is as long as it says");

    held.pop();
    sleep(millis(50)).await;
    assert_eq!(Client::connect(node.address).await.get("/").await.status, 200);
}

#[tokio::test]
async fn one_address_cannot_take_every_place() {
    let limits =
        Limits { connections_per_address: 2, exempt: Arc::new(|_| false), ..Limits::default() };
    let node = Node::start(here(), limits).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut client = Client::connect_from("127.0.0.2", node.address).await;
        assert_eq!(client.get("/").await.status, 200);
        held.push(client);
    }
    let mut third = Client::connect_from("127.0.0.2", node.address).await;
    assert_eq!(third.get("/").await.status, 503);
    let mut other = Client::connect_from("127.0.0.3", node.address).await;
    assert_eq!(other.get("/").await.status, 200);
}

#[tokio::test]
async fn a_proxy_on_this_machine_is_not_one_client() {
    let node =
        Node::start(here(), Limits { connections_per_address: 1, ..Limits::default() }).await;
    let mut clients = [Client::connect(node.address).await, Client::connect(node.address).await];
    for client in &mut clients {
        assert_eq!(client.get("/").await.status, 200);
    }
}

/// The gate with too few file descriptors is a process of its own: this one, started again.
#[tokio::test(flavor = "multi_thread")]
async fn without_file_descriptors_the_gate_waits() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 40; exec \"$0\" --ignored --exact --nocapture crowds::starving"])
        .arg(std::env::current_exe().unwrap())
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.unwrap().split("gate at ").nth(1)?.parse().ok());
    let address = address.expect("an address");

    let mut crowd = Vec::new();
    for _ in 0..80 {
        crowd.push(TcpStream::connect(address).await.unwrap());
    }
    sleep(millis(200)).await;
    let before = cpu_ticks(child.id());
    sleep(millis(800)).await;
    let spent = cpu_ticks(child.id()) - before;
    drop(crowd);
    // The longest pause of the gate is a second.
    let answered = tokio::time::timeout(millis(3000), async {
        Client::connect(address).await.get("/").await.status
    });
    let answered = answered.await;
    drop(child.stdin.take());
    child.wait().unwrap();
    assert_eq!(answered, Ok(200));
    assert!(spent < 10, "{spent} of 80 hundredths of a second spent on failing");
}

/// Serves until its standard input ends.
#[tokio::test]
#[ignore = "the other half of the test above"]
async fn starving() {
    let node = Node::start(here(), Limits::default()).await;
    println!("gate at {}", node.address);
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()))
        .await
        .unwrap()
        .unwrap();
    node.stop().await;
}

/// Processor time of a process so far, in hundredths of a second.
fn cpu_ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<_> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

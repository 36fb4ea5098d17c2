//! No server is asked that the operator has not allowed, however one is told to ask it.

use super::{
    provider::{CLIENT, Place, SECRET},
    stage::{Stage, ada},
};
use crate::harness::World;
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use tokio::{
    io::AsyncWriteExt,
    net::TcpListener,
    time::{Duration, sleep},
};

/// Somebody who listens where nobody is to call, and counts who does.
struct Canary {
    port: u16,
    calls: Arc<AtomicUsize>,
}

impl Canary {
    async fn at(address: &str) -> Self {
        let listener = TcpListener::bind((address, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                drop(stream);
            }
        });
        Self { port, calls }
    }

    /// Looked at after whoever has connected was surely taken.
    async fn calls(&self) -> usize {
        sleep(Duration::from_millis(50)).await;
        self.calls.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn no_way_of_writing_an_inner_address_reaches_it() {
    let canary = Canary::at("127.0.0.1").await;
    let port = canary.port;
    let world = World::new().await;
    let admin = world.admin("kim").await;
    for (number, host) in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "0",
        "0.0.0.0",
        "localhost",
        "LOCALHOST.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "evil.example@127.0.0.1",
    ]
    .into_iter()
    .enumerate()
    {
        for scheme in ["http", "https"] {
            let issuer = format!("{scheme}://{host}:{port}");
            let name = format!("{scheme}-{number}");
            let fields = [
                ("name", name.as_str()),
                ("slug", &name),
                ("issuer", &issuer),
                ("client_id", CLIENT),
                ("secret_password", SECRET),
                ("position", "1"),
                ("enabled", "yes"),
            ];
            let added = admin.post("/admin/providers", &fields).await;
            if added.status == 422 {
                assert!(added.problem("issuer").is_some(), "{issuer}");
                continue;
            }
            added.expect(303);
            admin.post(&format!("/admin/providers/{name}/test"), &[]).await.expect(200);
            let asked = world.guest().post(&format!("/sign-in/with/{name}"), &[]).await;
            assert!(matches!(asked.status.as_u16(), 422 | 502), "{issuer}: {}", asked.status);
        }
    }

    assert_eq!(canary.calls().await, 0);
}

#[tokio::test]
async fn a_provider_sends_nobody_of_ours_where_it_pleases() {
    // The operator has allowed 127.0.0.1, and that alone.
    let canary = Canary::at("127.0.0.2").await;
    let inner = format!("http://127.0.0.2:{}/", canary.port);
    let told = json!({ "sub": "subject-of-ada" });

    for place in [Place::Description, Place::Keys, Place::Token, Place::Told] {
        // By a redirect.
        let stage = Stage::set().await;
        stage.provider.set(|ways| {
            ways.told = Some(told.clone());
            ways.astray = Some((place, inner.clone()));
        });
        stage.press_and_come().await;
        // By saying that it is there.
        let stage = Stage::set().await;
        let endpoint = match place {
            Place::Description => continue,
            Place::Keys => "jwks_uri",
            Place::Token => "token_endpoint",
            Place::Told => "userinfo_endpoint",
        };
        stage.provider.set(|ways| {
            ways.told = Some(told.clone());
            ways.described.insert(endpoint.to_owned(), inner.clone().into());
        });
        stage.press_and_come().await;
    }

    assert_eq!(canary.calls().await, 0);
}

impl Stage {
    /// Somebody tries to sign in, and comes as far as the provider lets them.
    async fn press_and_come(&self) {
        let browser = self.world.guest();
        let sent = browser.post("/sign-in/with/home", &[("back", "/")]).await;
        if sent.status == 200 {
            let person = json!({ "sub": "subject-of-ada" });
            let back = super::stage::come(&browser, &self.yes(&sent, &person)).await;
            assert!(matches!(back.status.as_u16(), 422 | 502), "{}", back.status);
        }
        let ada = ada();
        let joined = format!(
            "select count(*) from members where handle = '{}'",
            ada["preferred_username"].as_str().unwrap()
        );
        assert_eq!(self.world.count(&joined).await, 0);
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
                let mut open = stream.write_all(head.as_bytes()).await.is_ok();
                while open {
                    sleep(Duration::from_millis(100)).await;
                    open = stream.write_all(b" ").await.is_ok();
                }
            });
        }
    });
    let stage = Stage::set().await;
    stage.change(&[("issuer", &issuer)]).await;

    let began = Instant::now();
    stage.world.guest().post("/sign-in/with/home", &[("back", "/")]).await.expect(502);

    let took = began.elapsed().as_secs();
    assert!((7..14).contains(&took), "{took} s");
}

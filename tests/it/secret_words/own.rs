//! What belongs to one member alone.

use super::{READERS, Stage};
use crate::{
    harness::World,
    providers::{
        provider::{CLIENT, Provider, SECRET},
        stage::{come, way_of},
    },
    spider::{addresses, crawl},
};
use serde_json::json;
use std::collections::BTreeSet;

/// What those who run the community read of it, and where.
const GOLDEN: [(&str, &str); 3] = [
    ("ada@example.com", "/admin/members/ada"),
    ("zqlabel", "/admin/members/ada"),
    (SESSION, "/admin/members/ada"),
];

/// Stands for the id of a session, which is another in each run.
const SESSION: &str = "a session";

#[tokio::test]
async fn addresses_and_ways_in_are_read_by_whom_they_belong_to_alone() {
    let stage = Stage::of(World::with_neighbours().await).await;
    let provider = Provider::open().await;
    let fields = [
        ("name", "Home"),
        ("issuer", provider.issuer.as_str()),
        ("client_id", CLIENT),
        ("secret_password", SECRET),
        ("position", "1"),
        ("enabled", "yes"),
    ];
    stage.who("kim").post("/admin/providers", &fields).await.expect(303);
    let ada = stage.who("ada");
    ada.start("help", "A lamp in the open", "It flickers.").await;
    let sent = ada.get("/settings/security").await.button("Link Home").press().await.expect(200);
    let person =
        json!({ "sub": "zqsubject", "name": "zqelsewhere", "email": "zqlabel@example.com" });
    let now = stage.world.app.now().unix_timestamp();
    come(ada, &provider.yes(&way_of(&sent), &person, now)).await.expect(303);
    ada.add_passkey("zqpasskey").await.1.expect(200);
    ada.post("/settings/email", &[("email", "zqwanted@example.com")]).await.expect(303);
    let here = stage.world.sign_in("ada").await;
    let sessions = ada.get("/settings/sessions").await.expect(200);
    let session = sessions.part(".sessions form").attr("action").unwrap().to_owned();
    let session = session.trim_start_matches("/settings/sessions/").trim_end_matches("/end");
    stage.world.run_jobs().await;
    let words = ["ada@example.com", "zqwanted", "zqlabel", "zqpasskey", session];
    let never = ["zqsubject"];

    let asked = addresses(&stage.world, &words).await;
    let (mut read, mut own) = (BTreeSet::new(), BTreeSet::new());
    for reader in READERS {
        let web = crawl(stage.who(reader), &asked).await;
        for (address, seen) in &web.0 {
            for word in words.iter().chain(&never) {
                // Whoever searches for a word knew it.
                if !seen.text.contains(word) || address.to_lowercase().contains(word) {
                    continue;
                }
                if reader == "ada" && !never.contains(word) {
                    own.insert(*word);
                } else {
                    let word = if *word == session { SESSION } else { word };
                    read.insert((reader, word.to_owned(), address.clone()));
                }
            }
        }
    }

    assert_eq!(own, BTreeSet::from(words), "Ada reads all of it somewhere");
    let golden: BTreeSet<_> = GOLDEN
        .into_iter()
        .map(|(word, address)| ("kim", word.to_owned(), address.to_owned()))
        .collect();
    assert_eq!(read, golden);
    assert!(here.is_signed_in().await);
}

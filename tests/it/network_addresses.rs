//! Nothing of where people come from outlives a few hours, in no table and no line of the log.

use crate::harness::{Client, PASSWORD, World};
use axum::http::Method;
use candor::chores::CHORES;
use time::Duration;

const ADDRESS: &str = "203.0.113.77";
const HOUSEHOLD: &str = "2001:db8:77:7::9";

async fn send(client: &Client, path: &str, fields: &[(&str, &str)], from: &str) {
    let ask = client.ask(Method::POST, path).fields(fields);
    let answer = ask.header("x-forwarded-for", from).send().await;
    assert!(!answer.status.is_server_error(), "{path}");
}

/// Rows of all tables that hold one of the addresses, in the way that they are written.
async fn rows(world: &World) -> Vec<String> {
    let tables = world
        .texts(
            "select table_name::text from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE'",
        )
        .await;
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("select '{table} ' || held::text from {table} as held");
        let texts = world.texts(&sql).await;
        let addressed = |row: &String| row.contains(ADDRESS) || row.contains("2001:db8:77:7");
        found.extend(texts.into_iter().filter(addressed));
    }
    found
}

#[tokio::test]
async fn an_address_is_forgotten_within_hours() {
    let world = World::with_rate_limits().await;
    for (from, handle) in [(ADDRESS, "zoe"), (HOUSEHOLD, "zara")] {
        let client = world.guest();
        let email = format!("{handle}@example.com");
        let account =
            [("handle", handle), ("name", "Zoe"), ("email", &email), ("password", PASSWORD)];
        send(&client, "/sign-up", &account, from).await;
        let login = [("login", handle), ("password", "wrong, and again")];
        send(&client, "/sign-in", &login, from).await;
        send(&client, "/reset-password", &[("login", handle)], from).await;
        let words = [("board", "help"), ("title", "A lamp"), ("body", "It flickers.")];
        send(&client, "/ask", &words, from).await;
        send(&client, "/settings/data", &[("password", PASSWORD)], from).await;
    }
    world.run_jobs().await;
    let held = rows(&world).await;
    assert!(!held.is_empty(), "rate limits count by network");
    // Nowhere else, not even for a moment.
    assert!(held.iter().all(|row| row.starts_with("rate_limits ")), "{held:#?}");

    world.advance(Duration::hours(3));
    for chore in CHORES {
        candor::jobs::schedule::tend(&world.app, chore).await.unwrap();
    }

    assert_eq!(rows(&world).await, Vec::<String>::new());
}

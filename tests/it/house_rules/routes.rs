//! What holds for every address of the server.

use super::assert_none;
use crate::harness::World;
use axum::http::Method;
use candor::{
    access::Level,
    boards::Style,
    kit::{BoardId, MemberId, ThreadId},
    router::routes,
    threads::Thread,
};
use std::collections::BTreeSet;
use time::macros::datetime;

#[test]
fn the_addresses_of_the_server() {
    let mut table = String::new();
    for route in routes() {
        let (policy, rate, cache) = (route.policy, route.rate, route.cache);
        let what = format!("{policy:?}, {rate:?}, {cache:?}, {} bytes", route.body);
        table.push_str(&format!("{:<5} {:<32} {what}\n", route.method.as_str(), route.path));
    }

    insta::assert_snapshot!(table);
}

#[test]
fn no_address_is_listed_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .filter(|address| !seen.insert(address.clone()))
        .collect();

    assert_none(&twice, "An address leads to one handler.");
}

#[tokio::test]
async fn other_sites_can_have_nothing_done() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let unsafe_routes = || routes().into_iter().filter(|route| !route.method.is_safe());

    let mut let_in = Vec::new();
    for route in unsafe_routes() {
        let ask = || {
            let ask = ada.ask(route.method.clone(), &an_address(route.path));
            ask.header("origin", "https://evil.example").fields(&[("body", "x")])
        };
        for (from, ask) in [
            ("another site", ask().header("sec-fetch-site", "cross-site")),
            ("a neighboring site", ask().header("sec-fetch-site", "same-site")),
            ("an old browser", ask().without("sec-fetch-site")),
            ("a page without origin", ask().without("sec-fetch-site").header("origin", "null")),
        ] {
            let answer = ask.send().await;
            if answer.status != 403 {
                let_in.push(format!(
                    "{} {} from {from}: {}",
                    route.method, route.path, answer.status
                ));
            }
        }
    }

    assert_none(&let_in, "Whatever changes something is asked for by our own pages.");
    assert!(unsafe_routes().count() > 5);
}

#[tokio::test]
async fn every_page_answers_head_and_carries_the_headers() {
    let world = World::new().await;
    let guest = world.guest();

    let mut broken = Vec::new();
    for route in routes().into_iter().filter(|route| route.method == Method::GET) {
        // A stream has no end to wait for.
        if route.rate == candor::route::Rate::Stream {
            continue;
        }
        let address = an_address(route.path);
        let page = guest.get(&address).await;
        let head = guest.ask(Method::HEAD, &address).send().await;
        if head.status != page.status || !head.text.is_empty() {
            broken.push(format!("HEAD {address}: {} instead of {}", head.status, page.status));
        }
        for (name, value) in [
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("strict-transport-security", "max-age="),
        ] {
            if !page.header(name).contains(value) {
                broken.push(format!("{address}: {name} is {:?}", page.header(name)));
            }
        }
        if page.header("content-security-policy").contains("unsafe") {
            broken.push(format!("{address}: an unsafe policy"));
        }
    }

    assert_none(&broken, "Every answer is the same to HEAD and carries the headers.");
}

#[test]
fn no_mailed_secret_stands_in_the_log() {
    let telling: Vec<_> = routes()
        .iter()
        .filter(|route| route.path.contains("{token}"))
        .map(|route| route.path.replace("{token}", "a-secret"))
        .filter(|path| candor::web::logged_path(path).contains("a-secret"))
        .collect();

    assert_none(&telling, "web/asked.rs knows what comes before every secret in an address.");
    assert_eq!(candor::web::logged_path("/t/7/printer"), "/t/7/printer");
}

#[test]
fn no_thread_is_addressed_like_a_deed() {
    let taken: BTreeSet<_> = routes()
        .iter()
        .filter_map(|route| route.path.strip_prefix("/t/{id}/")?.split('/').next())
        .filter(|segment| !segment.starts_with('{'))
        .collect();
    let mistaken: Vec<_> = taken
        .iter()
        .filter(|segment| titled(segment).url() == format!("/t/7/{segment}"))
        .map(|segment| format!("/t/7/{segment}"))
        .collect();

    assert_none(
        &mistaken,
        "The reserved words in threads/thread.rs hold every word of an address.",
    );
}

/// A thread whose title would be this slug.
fn titled(title: &str) -> Thread {
    Thread {
        id: ThreadId(7),
        board_id: BoardId(1),
        board_slug: "help".into(),
        board_name: "Help".into(),
        board_tone: 1,
        style: Style::Questions,
        author_id: MemberId(1),
        title: title.to_owned(),
        started_at: datetime!(2026-03-02 09:00 UTC),
        last_position: 1,
        replies: 0,
        solution_id: None,
        solved_at: None,
        me_toos: 0,
        me_too: None,
        asker_asked_at: None,
        asker_answered_at: None,
        may_accept: false,
        by_help: false,
        duplicate: false,
        original: false,
        solved_by: None,
        locked_at: None,
        pinned_to: None,
        closed_at: None,
        uploads: true,
        level: Level::See,
        archived: false,
        read_position: 0,
        follow: None,
        tags: Vec::new(),
    }
}

/// The path with something in each gap.
fn an_address(path: &str) -> String {
    let filled = path.split('/').map(|segment| match segment {
        "{file}" => "candor.css",
        segment if segment.starts_with('{') => "1",
        segment => segment,
    });
    filled.collect::<Vec<_>>().join("/")
}

//! What costs much is not to be had often.

use super::fields::spoiled;
use crate::{
    harness::{Client, World},
    permission_crawl::answers_kept,
};
use axum::http::Method;
use candor::{route::Rate, router::routes};
use futures_util::future::join_all;

/// Fields that have something hashed, or that name an address or whose it is.
const COSTLY: [&str; 6] =
    ["password", "new_password", "current_password", "proof", "email", "login"];

fn is_costly(rate: Rate) -> bool {
    matches!(rate, Rate::Hash | Rate::Mail | Rate::Outside)
}

#[tokio::test]
async fn no_form_that_may_be_sent_often_hashes_or_mails_to_whom_it_names() {
    let often: Vec<&str> = routes()
        .iter()
        .filter(|route| route.method == Method::POST && !is_costly(route.rate))
        .map(|route| route.path)
        .collect();

    let (asked, wrong) = spoiled(
        |path| often.contains(&path),
        |case| {
            let with = |name: &str| {
                let mut fields = case.sent();
                fields.push((name.to_owned(), String::new()));
                fields
            };
            COSTLY.into_iter().map(with).collect()
        },
    )
    .await;

    assert!(wrong.is_empty(), "these forms know such a field: {wrong:#?}");
    assert!(asked > 100, "{asked}");
}

#[test]
fn whatever_asks_another_server_has_a_rate_of_its_own() {
    let rate = |address: &str| {
        let (method, path) = address.split_once(' ').unwrap();
        let mut all = routes().into_iter();
        all.find(|route| route.method == *method && route.path == path).map(|route| route.rate)
    };

    // The provider of the crawl cannot be reached.
    let asking: Vec<String> = answers_kept()
        .into_iter()
        .filter(|(_, _, answers)| answers.contains(&502))
        .map(|(address, _, _)| address)
        .collect();
    let wrong: Vec<_> =
        asking.iter().filter(|address| rate(address) != Some(Rate::Outside)).collect();

    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(asking.len() >= 3, "{asking:?}");
    for address in ["GET /sign-in/with/{slug}/back", "POST /admin/providers/{slug}/test"] {
        assert_eq!(rate(address), Some(Rate::Outside), "{address}");
    }
}

type Fields = &'static [(&'static str, &'static str)];

/// What a member may do at once of a class, and what does it and comes to nothing.
const AT_ONCE: [(Rate, usize, &str, Fields); 4] = [
    (Rate::Hash, 10, "/settings/close", &[("handle", "not-this-one")]),
    (Rate::Mail, 5, "/settings/email", &[("email", "none")]),
    (Rate::Outside, 20, "/settings/providers/nowhere/prove", &[]),
    (
        Rate::Post,
        20,
        "/ask",
        &[("title", ""), ("form_key", "00000000-0000-4000-8000-000000000001")],
    ),
];

#[tokio::test]
async fn fifty_who_ask_at_once_get_no_more_than_one_who_asks_fifty_times() {
    for (rate, most, path, fields) in AT_ONCE {
        let listed = routes().into_iter().find(|it| it.method == Method::POST && it.path == path);
        assert!(listed.is_none_or(|route| route.rate == rate), "{path}");
        let world = World::with_rate_limits().await;
        let ada = world.member("ada").await;
        // The same cookie, at two servers and from everywhere.
        let elsewhere = world.guest_elsewhere();
        elsewhere.take_cookies_of(&ada);
        let ask = |number: usize| {
            let client: &Client = if number.is_multiple_of(2) { &ada } else { &elsewhere };
            let from = format!("203.0.113.{number}");
            client.ask(Method::POST, path).fields(fields).header("x-forwarded-for", &from).send()
        };

        let answers = join_all((0..50).map(ask)).await;
        let mut let_in = 0;
        for answer in &answers {
            // Who is sent away for want of places has taken none of the allowance.
            let_in += usize::from(!matches!(answer.status.as_u16(), 429 | 503));
        }
        assert!(let_in > 0 && let_in <= most, "{path}: {let_in}");
        for number in 50..50 + most {
            let_in += usize::from(ask(number).await.status != 429);
        }

        assert_eq!(let_in, most, "{path}");
        world.run_jobs().await;
    }
}

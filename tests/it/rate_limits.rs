//! Who knocks too often is told how long to wait, and nobody else is.

use crate::harness::{Answer, Client, PASSWORD, World};
use axum::http::Method;
use candor::chores::CHORES;
use time::Duration;

async fn guess(client: &Client, login: &str, from: &str) -> Answer {
    let fields = [("login", login), ("password", "not it at all"), ("back", "")];
    let ask = client.ask(Method::POST, "/sign-in").fields(&fields);
    ask.header("x-forwarded-for", from).send().await
}

fn seconds_to_wait(answer: &Answer) -> i64 {
    answer.header("retry-after").parse().unwrap()
}

#[tokio::test]
async fn a_password_is_guessed_ten_times_and_then_once_a_minute() {
    let world = World::with_rate_limits().await;
    world.account("ada").await;

    for login in ["ada", "nobody"] {
        for number in 0..10 {
            // From everywhere, and at both servers.
            let client = if number % 2 == 0 { world.guest() } else { world.guest_elsewhere() };
            guess(&client, login, &format!("203.0.113.{number}")).await.expect(422);
        }
        let refused = guess(&world.guest(), login, "198.51.100.1").await.expect(429);
        assert_eq!(seconds_to_wait(&refused), 60, "{login}");
        assert!(refused.text.contains("Try again in 60 seconds"), "{}", refused.text);
        assert!(!refused.text.contains("not it at all"), "a password is not shown again");
    }

    let page = world.guest().get("/sign-in").await.expect(200);
    let right = page.form("/sign-in").set("login", "ada").set("password", PASSWORD);
    right.send().await.expect(429);
    world.advance(Duration::seconds(60));
    let page = world.guest().get("/sign-in").await.expect(200);
    let right = page.form("/sign-in").set("login", "ada").set("password", PASSWORD);
    assert_eq!(right.send().await.expect(303).location(), "/");
}

#[tokio::test]
async fn one_network_does_not_try_all_accounts() {
    let world = World::with_rate_limits().await;
    let address = |host: u32| format!("2001:db8:7:7::{host:x}");

    for number in 0..60 {
        // Every time another host of one household, and another name.
        guess(&world.guest(), &format!("member{number}"), &address(number)).await.expect(422);
    }

    let refused = guess(&world.guest(), "member60", &address(60)).await.expect(429);
    assert_eq!(seconds_to_wait(&refused), 5);
    guess(&world.guest(), "member60", "2001:db8:7:8::1").await.expect(422);
    // What the client itself claims stands to the left and is not believed.
    guess(&world.guest(), "member61", &format!("198.51.100.9, {}", address(1))).await.expect(429);
}

#[tokio::test]
async fn a_text_that_came_too_soon_is_given_back() {
    let world = World::with_rate_limits().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.begin("help", "Does it rain?", "Today.").await;
    for number in 0..20 {
        bob.reply(&thread, &format!("It rains, {number}.")).await;
    }

    let page = bob.get(&thread).await.expect(200);
    let refused = page
        .form("reply")
        .set("body", "It rains, at last.")
        .send_as("Post reply")
        .await
        .expect(429);

    assert_eq!(seconds_to_wait(&refused), 10);
    assert!(refused.text.contains("It rains, at last."), "{}", refused.text);
    ada.reply(&thread, "Others may go on.").await;
    bob.get(&thread).await.expect(200);
    world.advance(Duration::seconds(10));
    bob.reply(&thread, "It rains, at last.").await;
    world.run_jobs().await;
}

#[tokio::test]
async fn nobody_is_sent_more_than_a_few_mails() {
    let world = World::with_rate_limits().await;
    world.account("ada").await;
    let before = world.mails().len();

    for number in 0..5 {
        let ask = world.guest().ask(Method::POST, "/reset-password").fields(&[("login", "ada")]);
        let from = format!("203.0.113.{number}");
        let answer = ask.header("x-forwarded-for", &from).send().await;
        answer.expect(if number < 3 { 200 } else { 429 });
    }
    world.run_jobs().await;

    assert!(world.mails().len() - before <= 3);
}

#[tokio::test]
async fn whoever_comes_through_a_proxy_that_says_nothing_is_limited_with_all_the_others() {
    let world = World::with_rate_limits().await;
    let ask = |number: u32, says: Option<&'static str>| {
        let login = format!("nobody-{number}");
        let ask = world.guest().ask(Method::POST, "/reset-password");
        let ask = ask.fields(&[("login", &login)]);
        says.into_iter().fold(ask, |ask, says| ask.header("x-forwarded-for", says)).send()
    };

    for number in 0..200 {
        let says = [None, Some("unknown"), Some("192.0.2.7"), Some("")][number as usize % 4];
        ask(number, says).await.expect(200);
    }

    let refused = ask(200, None).await.expect(429);
    assert_eq!(seconds_to_wait(&refused), 6);
    ask(201, Some("unknown")).await.expect(429);
    // Whom it names is somebody else.
    ask(202, Some("203.0.113.9")).await.expect(200);
    world.advance(Duration::seconds(6));
    ask(203, None).await.expect(200);
    world.run_jobs().await;
}

#[tokio::test]
async fn nobody_fills_the_mailbox_of_a_stranger() {
    let world = World::with_rate_limits().await;

    for number in 0..8 {
        let handle = format!("ada-{number}");
        let fields = [
            ("handle", &handle[..]),
            ("name", "Ada"),
            ("email", ["ada@example.com", "Ada@Example.com"][number % 2]),
            ("password", PASSWORD),
            ("drawn", "0"),
        ];
        let ask = world.guest().ask(Method::POST, "/sign-up").fields(&fields);
        let from = format!("203.0.113.{number}");
        // What comes of it is seen by whoever reads the mail, and by nobody else.
        ask.header("x-forwarded-for", &from).send().await.expect(303);
    }
    world.run_jobs().await;

    assert_eq!(world.mails().len(), 5);
}

#[tokio::test]
async fn what_limits_nobody_any_more_is_forgotten() {
    let world = World::with_rate_limits().await;
    guess(&world.guest(), "nobody", "203.0.113.1").await.expect(422);
    assert_eq!(world.count("select count(*) from rate_limits").await, 2);

    world.advance(Duration::hours(1));
    let (mut db, now) = (world.as_app().await, world.app.now());
    for chore in CHORES {
        (chore.run)(&mut db, now).await.unwrap();
    }

    assert_eq!(world.count("select count(*) from rate_limits").await, 0);
}

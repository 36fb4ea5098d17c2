//! What must not work.

use super::{
    provider::{Provider, Signs},
    stage::{Stage, ada, come, way_of, who},
};
use crate::harness::PASSWORD;
use serde_json::json;
use std::time::Instant;
use time::Duration;

#[tokio::test]
async fn a_token_that_does_not_hold_signs_nobody_in() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let now = stage.world.app.now().unix_timestamp();
    let browser = stage.world.guest();

    for (claim, lie) in [
        ("aud", json!("another-client")),
        ("aud", json!(["candor-at-home", "another-client"])),
        ("aud", json!(null)),
        ("azp", json!("another-client")),
        ("iss", json!("https://another.example")),
        ("iss", json!(null)),
        ("nonce", json!("another")),
        ("nonce", json!(null)),
        ("exp", json!(now - 180)),
        ("exp", json!(null)),
        ("iat", json!(now + 600)),
        ("at_hash", json!("bm90IHRoZSBoYXNo")),
        ("sub", json!("")),
        ("sub", json!(null)),
    ] {
        stage.provider.set(|ways| ways.token.clear());
        stage.provider.lies(claim, lie.clone());
        stage.sign_in(&browser, &ada()).await.expect(422);
        assert_eq!(who(&browser).await, None, "{claim} was {lie}");
    }
    stage.provider.set(|ways| ways.token.clear());
    for signs in [Signs::Nothing, Signs::PublicKey, Signs::ClientSecret, Signs::Foreign] {
        stage.provider.set(|ways| ways.signs = signs);
        stage.sign_in(&browser, &ada()).await.expect(422);
        assert_eq!(who(&browser).await, None, "{signs:?}");
    }

    stage.provider.set(|ways| ways.signs = Signs::Rsa);
    stage.sign_in(&browser, &ada()).await.expect(303);
    assert!(who(&browser).await.is_some(), "the truth still does");
}

#[tokio::test]
async fn what_is_told_of_another_subject_is_not_believed() {
    let stage = Stage::set().await;
    let told =
        json!({ "sub": "subject-of-bob", "email": "bob@example.com", "email_verified": true });
    stage.provider.set(|ways| ways.told = Some(told));

    stage.sign_in(&stage.world.guest(), &json!({ "sub": "subject-of-ada" })).await.expect(422);

    assert_eq!(stage.world.count("select count(*) from provider_arrivals").await, 0);
}

#[tokio::test]
async fn a_round_is_good_once_for_the_browser_that_began_it_and_for_ten_minutes() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let (browser, other) = (stage.world.guest(), stage.world.guest());

    let back = stage.yes(&stage.go(&browser).await, &ada());
    come(&other, &back).await.expect(422);
    stage.go(&other).await;
    come(&other, &back).await.expect(422);
    assert_eq!(who(&other).await, None, "a stranger's answer signs nobody in");
    come(&browser, &back).await.expect(303);
    browser.post("/sign-out", &[]).await.expect(303);
    come(&browser, &back).await.expect(422);
    assert_eq!(who(&browser).await, None, "an answer is good once");

    let back = stage.yes(&stage.go(&browser).await, &ada());
    stage.world.advance(Duration::minutes(10));
    come(&browser, &back).await.expect(422);
    assert_eq!(who(&browser).await, None);
    stage.world.run_chores().await;
    assert_eq!(stage.world.count("select count(*) from provider_rounds").await, 0);
}

#[tokio::test]
async fn a_code_is_redeemed_once() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();

    let first = stage.yes(&stage.go(&browser).await, &ada());
    let second = stage.yes(&stage.go(&browser).await, &ada());
    come(&browser, &first).await.expect(303);
    browser.post("/sign-out", &[]).await.expect(303);
    let code = |address: &str| {
        address.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned()
    };
    come(&browser, &second.replace(&code(&second), &code(&first))).await.expect(422);

    assert_eq!(who(&browser).await, None);
}

#[tokio::test]
async fn a_code_that_another_browser_got_is_of_no_use() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let (browser, thief) = (stage.world.guest(), stage.world.guest());

    let caught = stage.yes(&stage.go(&browser).await, &ada());
    let own = stage.yes(&stage.go(&thief).await, &json!({ "sub": "thief" }));
    let code = |address: &str| {
        address.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned()
    };
    come(&thief, &own.replace(&code(&own), &code(&caught))).await.expect(422);

    assert_eq!(who(&thief).await, None);
}

#[tokio::test]
async fn one_provider_does_not_answer_for_another() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let evil = Provider::open().await;
    stage.add("Evil", &evil, &[]).await;
    let browser = stage.world.guest();
    let now = stage.world.app.now().unix_timestamp();

    // Its round ends at its own address, not at the other's.
    let page = browser.get("/sign-in").await;
    let sent = page.button("Continue with Evil").press().await.expect(200);
    let back = evil.yes(&way_of(&sent), &ada(), now);
    come(&browser, &back.replace("/with/evil/", "/with/home/")).await.expect(422);
    // The other's answer does not pass for its own, and the other way round.
    let back = stage.yes(&stage.go(&browser).await, &ada());
    let issuer = |of: &Provider| {
        url::form_urlencoded::byte_serialize(of.issuer.as_bytes()).collect::<String>()
    };
    come(&browser, &back.replace(&issuer(&stage.provider), &issuer(&evil))).await.expect(422);
    let back = stage.yes(&stage.go(&browser).await, &ada());
    let said = format!("&iss={}", issuer(&stage.provider));
    come(&browser, &back.replace(&said, "")).await.expect(422);
    assert_eq!(who(&browser).await, None);

    // The same subject at another provider is somebody else.
    let page = browser.get("/sign-in").await;
    let sent = page.button("Continue with Evil").press().await.expect(200);
    let arrival = come(&browser, &evil.yes(&way_of(&sent), &ada(), now)).await;
    assert_eq!(arrival.location(), "/sign-in/arrival");
}

#[tokio::test]
async fn a_provider_that_is_pointed_at_another_issuer_knows_nobody() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let other = Provider::open().await;

    stage.change(&[("issuer", &other.issuer)]).await;
    let browser = stage.world.guest();
    let sent = stage.go(&browser).await;
    let back = other.yes(&way_of(&sent), &ada(), stage.world.app.now().unix_timestamp());

    assert_eq!(come(&browser, &back).await.location(), "/sign-in/arrival");
}

#[tokio::test]
async fn what_the_provider_reports_is_said_with_a_way_on() {
    let stage = Stage::set().await;
    let browser = stage.world.guest();

    for (error, title) in [
        ("access_denied", "You did not sign in"),
        ("server_error", "Home could not sign you in"),
        ("<script>", "Home could not sign you in"),
    ] {
        let sent = stage.go(&browser).await;
        let url = url::Url::parse(&way_of(&sent)).unwrap();
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let error: String = url::form_urlencoded::byte_serialize(error.as_bytes()).collect();
        let back = format!("/sign-in/with/home/back?error={error}&state={state}");
        let page = come(&browser, &back).await.expect(422);
        assert_eq!(page.texts("h1"), [title]);
        assert_eq!(page.link("Sign in another way"), "/sign-in");
        page.button("Try again").press().await.expect(200);
    }
    assert_eq!(come(&browser, "/sign-in/with/home/back").await.status, 422);
}

#[tokio::test]
async fn a_provider_that_is_down_floods_or_keeps_silent_leaves_the_password() {
    let stage = Stage::set().await;
    stage.world.account("bob").await;
    let browser = stage.world.guest();
    let button =
        || async { browser.get("/sign-in").await.button("Continue with Home").press().await };

    stage.provider.set(|ways| ways.flood = Some(600 * 1024));
    let page = button().await.expect(502);
    assert_eq!(page.link("Sign in another way"), "/sign-in");
    stage.provider.set(|ways| (ways.flood, ways.silent) = (None, true));
    // It is left alone for a while.
    stage.world.advance(Duration::minutes(1));
    let began = Instant::now();
    let (page, ()) = tokio::join!(button(), async {
        let other = stage.world.guest();
        other.post("/sign-in", &[("login", "bob"), ("password", PASSWORD)]).await.expect(303);
        assert_eq!(who(&other).await.as_deref(), Some("Bob"));
    });
    page.expect(502);
    assert!(began.elapsed().as_secs() < 20, "nobody waits for ever");
    stage.change(&[("issuer", "http://127.0.0.1:1")]).await;
    button().await.expect(502);

    browser.post("/sign-in", &[("login", "bob"), ("password", PASSWORD)]).await.expect(303);
    assert_eq!(who(&browser).await.as_deref(), Some("Bob"));
}

#[tokio::test]
async fn what_an_arrival_is_linked_to_is_chosen_by_the_browser_that_arrived() {
    let stage = Stage::set().await;
    let (browser, other) = (stage.world.guest(), stage.world.member("bob").await);

    stage.sign_in(&browser, &ada()).await.expect(303);
    other.get("/sign-in/arrival").await.expect(422);
    other.post("/sign-in/arrival/link", &[]).await.expect(422);
    stage.world.advance(Duration::minutes(30));
    browser.get("/sign-in/arrival").await.expect(422);

    stage.world.run_chores().await;
    assert_eq!(stage.world.count("select count(*) from provider_arrivals").await, 0);
    assert_eq!(stage.world.count("select count(*) from identities").await, 0);
}

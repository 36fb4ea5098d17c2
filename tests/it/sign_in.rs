//! Signing in and out.

use crate::harness::{Answer, Client, PASSWORD, World};
use axum::http::Method;

async fn sign_in(client: &Client, login: &str, password: &str) -> Answer {
    let page = client.get("/sign-in").await.expect(200);
    page.form("/sign-in").set("login", login).set("password", password).send().await
}

async fn is_signed_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}

#[tokio::test]
async fn a_member_signs_in_by_handle_or_address_however_written() {
    let world = World::new().await;
    world.account("ada").await;

    for login in ["ada", "ADA", "@ada", " ada@example.com ", "Ada@Example.com"] {
        let client = world.guest();
        let answer = sign_in(&client, login, PASSWORD).await;
        assert_eq!(answer.expect(303).location(), "/", "{login}");
        assert!(is_signed_in(&client).await, "{login}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_look_the_same() {
    let world = World::new().await;
    world.account("ada").await;
    world.member("bob").await;

    let wrong = sign_in(&world.guest(), "ada", "not it at all").await.expect(422);
    let unknown = sign_in(&world.guest(), "nobody", "not it at all").await.expect(422);
    // Bob has no password: he came by an import or another door.
    let without = sign_in(&world.guest(), "bob", "not it at all").await.expect(422);

    assert_eq!(wrong.text.replace("\"ada\"", ""), unknown.text.replace("\"nobody\"", ""));
    assert_eq!(wrong.text.replace("\"ada\"", ""), without.text.replace("\"bob\"", ""));
    assert!(wrong.problem("login").is_some());
    assert_eq!(wrong.form("/sign-in").value("login"), "ada");
    assert_eq!(wrong.form("/sign-in").value("password"), "");
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing() {
    let world = World::new().await;

    let answer = sign_in(&world.guest(), "", "").await.expect(422);

    assert!(answer.problem("login").is_some() && answer.problem("password").is_some());
}

#[tokio::test]
async fn the_page_for_signing_in() {
    let world = World::new().await;

    let page = world.guest().get("/sign-in?back=/t/7/printer").await.expect(200);

    insta::assert_snapshot!(page.part("main").outline());
}

#[tokio::test]
async fn a_guest_who_may_not_is_asked_to_sign_in_and_comes_back() {
    let world = World::new().await;
    world.account("ada").await;
    let client = world.guest();

    let answer = client.get("/settings?x=1&y=2").await.expect(303);
    let page = answer.follow().await.expect(200);
    let form = page.form("/sign-in").set("login", "ada").set("password", PASSWORD);

    assert_eq!(form.send().await.expect(303).location(), "/settings?x=1&y=2");
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let world = World::new().await;
    world.account("ada").await;

    for back in ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"] {
        let fields = [("login", "ada"), ("password", PASSWORD), ("back", back)];
        let answer = world.guest().post("/sign-in", &fields).await.expect(303);
        assert_eq!(answer.location(), "/", "{back}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let stolen = ada.copy();

    let answer = ada.get("/settings").await.form("/sign-out").send().await.expect(303);

    assert!(answer.header("clear-site-data").contains("storage"));
    assert!(!is_signed_in(&ada).await);
    assert!(!is_signed_in(&stolen).await, "the cookie is worth nothing any more");
}

#[tokio::test]
async fn signing_in_again_gives_another_cookie() {
    let world = World::new().await;
    world.account("ada").await;
    let client = world.guest();

    sign_in(&client, "ada", PASSWORD).await.expect(303);
    let first = client.cookie("__Host-candor");
    sign_in(&client, "ada", PASSWORD).await.expect(303);

    assert_ne!(client.cookie("__Host-candor"), first);
}

#[tokio::test]
async fn a_broken_cookie_makes_a_guest() {
    let world = World::new().await;

    for cookie in ["__Host-candor=x", "__Host-candor=", "candor-said=flash-<script>", "=;=;", "é=ü"]
    {
        let ask = world.guest().ask(Method::GET, "/sign-in");
        let page = ask.header("cookie", cookie).send().await.expect(200);
        assert!(!page.text.contains("<script>"), "{cookie}");
    }
}

#[tokio::test]
async fn an_address_signs_in_whoever_confirmed_it() {
    let world = World::new().await;
    world.account("ada").await;
    let fields = [
        ("handle", "mallory"),
        ("name", "Mallory"),
        ("email", "ada@example.com"),
        ("password", "my own password"),
    ];
    world.guest().post("/sign-up", &fields).await.expect(303);
    world.run_jobs().await;

    sign_in(&world.guest(), "ada@example.com", "my own password").await.expect(422);
    let ada = world.guest();
    sign_in(&ada, "ada@example.com", PASSWORD).await.expect(303);

    assert_eq!(ada.get("/settings").await.form("/settings").value("name"), "Ada");
}

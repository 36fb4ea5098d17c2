//! Passkeys: added, shown, refused and removed.

use crate::harness::{Authenticator, PASSWORD, PUBLIC, World, recovery_codes};
use axum::http::Method;
use candor::chores::CHORES;
use time::Duration;

const SIGN_IN: &str = "/sign-in/passkey";
const STEP: &str = "/sign-in/second-step/passkey";

#[tokio::test]
async fn a_member_adds_a_passkey_and_signs_in_with_it_alone() {
    let world = World::new().await;
    let (ada, mut phone, codes) = world.with_passkey("ada").await;
    let page = ada.get("/settings/factors/new-passkey").await.expect(200);
    let form = page.form("/settings/factors/passkeys").set("name", "");
    form.set("password", PASSWORD).send().await.expect(422);
    let form = page.form("/settings/factors/passkeys").set("name", "My key");
    form.set("password", "not it at all").send().await.expect(422);

    let client = world.guest();
    let answer = client.show_passkey(SIGN_IN, &mut phone).await;

    assert_eq!(answer.expect(303).location(), "/");
    assert!(client.is_signed_in().await);
    assert_eq!(codes.len(), 10);
    let lines = client.get("/settings/sessions").await.texts(".sessions p");
    assert!(lines[0].contains("by passkey"), "{lines:?}");
    let page = ada.get("/settings/factors").await.expect(200);
    assert!(page.words().contains("My phone"), "{}", page.words());
    assert!(world.mail_to("ada@example.com").text.contains("passkey was added"));
}

#[tokio::test]
async fn a_passkey_is_a_second_step() {
    let world = World::new().await;
    let (_, mut phone, codes) = world.with_passkey("ada").await;

    let client = world.after_password("ada").await;
    assert!(!client.is_signed_in().await, "a password alone is not enough any more");
    let (_, asked) = client.asked_for_passkey(&format!("{STEP}/ask")).await;
    assert!(asked.contains("allowCredentials\":[{"), "{asked}");
    // An authenticator that is told which passkeys are meant need not say whose they are.
    phone.says_whose = false;
    client.show_passkey(STEP, &mut phone).await.expect(303);

    assert!(client.is_signed_in().await);
    let lines = client.get("/settings/sessions").await.texts(".sessions p");
    assert!(lines[0].contains("by password and passkey"), "{lines:?}");
    let other = world.after_password("ada").await;
    other.post("/sign-in/second-step", &[("code", &codes[0])]).await.expect(303);
    assert!(other.is_signed_in().await, "recovery codes stand in for passkeys");
    world.run_jobs().await;
}

#[tokio::test]
async fn nobody_learns_who_has_passkeys_before_the_password() {
    let world = World::new().await;
    world.with_passkey("ada").await;

    let (_, asked) = world.guest().asked_for_passkey("/sign-in/passkey/ask").await;

    let asked: serde_json::Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(asked["allowCredentials"], serde_json::json!([]));
    assert_eq!(asked["userVerification"], "required");
    world.guest().post("/sign-in/second-step/passkey/ask", &[]).await.expect(303);
}

#[tokio::test]
async fn a_second_step_takes_only_a_passkey_of_its_own_account() {
    let world = World::new().await;
    let (_, mut of_ada, _) = world.with_passkey("ada").await;
    let (_, mut of_bob, _) = world.with_passkey("bob").await;

    let client = world.after_password("ada").await;
    client.show_passkey(STEP, &mut of_bob).await.expect(422);
    // Nor a challenge that was for the other door.
    let (challenge, asked) = client.asked_for_passkey("/sign-in/passkey/ask").await;
    let credential = of_ada.show(&asked);
    let fields = [("challenge", &challenge[..]), ("credential", &credential)];
    client.post(STEP, &fields).await.expect(422);

    assert!(!client.is_signed_in().await);
    // A passkey that does not say whose it is signs nobody in.
    of_ada.says_whose = false;
    client.show_passkey(SIGN_IN, &mut of_ada).await.expect(422);
    client.show_passkey(STEP, &mut of_ada).await.expect(303);
    assert!(client.is_signed_in().await);
}

#[tokio::test]
async fn an_answer_counts_once_and_for_five_minutes() {
    let world = World::new().await;
    let (_, mut phone, _) = world.with_passkey("ada").await;
    let client = world.guest();
    let (challenge, asked) = client.asked_for_passkey("/sign-in/passkey/ask").await;
    let credential = phone.show(&asked);
    let fields = [("challenge", &challenge[..]), ("credential", &credential)];

    client.post(SIGN_IN, &fields).await.expect(303);
    world.guest().post(SIGN_IN, &fields).await.expect(422);

    let (challenge, asked) = client.asked_for_passkey("/sign-in/passkey/ask").await;
    let credential = phone.show(&asked);
    world.advance(Duration::minutes(5));
    let fields = [("challenge", &challenge[..]), ("credential", &credential)];
    world.guest().post(SIGN_IN, &fields).await.expect(422);
    let chore = CHORES.iter().find(|chore| chore.name == "passkey_challenges").unwrap();
    let mut tx = world.app.db.begin().await.unwrap();
    (chore.run)(&mut tx, world.app.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.count("select count(*) from passkey_challenges").await, 0);
}

#[tokio::test]
async fn a_passkey_that_asks_for_no_finger_signs_nobody_in() {
    let world = World::new().await;
    let (_, mut phone, _) = world.with_passkey("ada").await;

    phone.verifies = false;

    let client = world.guest();
    client.show_passkey(SIGN_IN, &mut phone).await.expect(422);
    assert!(!client.is_signed_in().await);
}

#[tokio::test]
async fn a_copied_passkey_is_refused_and_its_member_is_told() {
    let world = World::new().await;
    let (_, mut phone, _) = world.with_passkey("ada").await;
    world.guest().show_passkey(SIGN_IN, &mut phone).await.expect(303);

    phone.counter -= 1;
    let refused = world.guest().show_passkey(SIGN_IN, &mut phone).await.expect(422);

    assert!(refused.problem("login").unwrap().contains("may have been copied"));
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("counter had gone back"));
}

#[tokio::test]
async fn a_passkey_of_another_place_is_none_here() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;
    let page = ada.post("/settings/factors/passkeys", &[("name", "Phone"), ("password", PASSWORD)]);
    let page = page.await.expect(200);
    let asked = page.part("passkey-door").attr("data-make").unwrap().to_owned();
    let challenge = page.form("/settings/factors/passkeys/finish").value("challenge").to_owned();

    let (_, credential) = Authenticator::make(&asked, "https://evil.example");

    let fields = [("challenge", &challenge[..]), ("credential", &credential)];
    ada.post("/settings/factors/passkeys/finish", &fields).await.expect(422);
    let (_, right) = Authenticator::make(&asked, PUBLIC);
    let fields = [("challenge", &challenge[..]), ("credential", &right)];
    ada.post("/settings/factors/passkeys/finish", &fields).await.expect(422);
    assert_eq!(world.count("select count(*) from passkeys").await, 0);
}

#[tokio::test]
async fn nobody_finishes_the_passkey_of_another() {
    let world = World::new().await;
    world.account("ada").await;
    let (ada, bob) = (world.after_password("ada").await, world.member("bob").await);
    let (challenge, _, credential) = ada.made_passkey("Phone", PASSWORD).await;

    let fields = [("challenge", &challenge[..]), ("credential", &credential)];
    bob.post("/settings/factors/passkeys/finish", &fields).await.expect(422);

    assert_eq!(world.count("select count(*) from passkeys").await, 0);
    ada.post("/settings/factors/passkeys/finish", &fields).await.expect(200);
    world.run_jobs().await;
}

#[tokio::test]
async fn passkeys_are_named_renamed_and_removed_by_their_member_alone() {
    let world = World::new().await;
    let (ada, mut phone, _) = world.with_passkey("ada").await;
    let (_, second) = ada.add_passkey("My key").await;
    assert!(recovery_codes(&second).is_empty(), "codes come with the first alone");
    second.expect(303);
    let id = world.count("select min(id) from passkeys").await;
    let url = format!("/settings/factors/passkeys/{id}");
    let bob = world.member("bob").await;

    let page = ada.get(&url).await.expect(200);
    page.form("rename").set("name", "  Old   phone ").send().await.expect(303);
    assert!(ada.get("/settings/factors").await.words().contains("Old phone"));
    page.form("rename").set("name", "").send().await.expect(422);
    for (address, fields) in
        [(url.clone(), [("name", "Mine")]), (format!("{url}/remove"), [("password", "")])]
    {
        bob.post(&address, &fields).await.expect(404);
    }
    bob.get(&url).await.expect(404);
    page.form("remove").set("password", "not it at all").send().await.expect(422);
    page.form("remove").set("password", PASSWORD).send().await.expect(303);

    world.guest().show_passkey(SIGN_IN, &mut phone).await.expect(422);
    assert_eq!(world.count("select count(*) from passkeys").await, 1);
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("was removed"));
}

#[tokio::test]
async fn the_only_way_in_is_not_removed() {
    let world = World::new().await;
    let bob = world.member("bob").await;
    let (mut phone, answer) = bob.add_passkey("My phone").await;
    answer.expect(200);
    let id = world.count("select id from passkeys").await;
    let remove = format!("/settings/factors/passkeys/{id}/remove");

    let refused = bob.post(&remove, &[]).await.expect(403);
    assert!(refused.words().contains("the only way in"), "{}", refused.words());
    let other = world.guest();
    other.show_passkey(SIGN_IN, &mut phone).await.expect(303);
    bob.add_passkey("My key").await.1.expect(303);
    bob.post(&remove, &[]).await.expect(303);

    other.show_passkey(SIGN_IN, &mut phone).await.expect(422);
    world.run_jobs().await;
}

#[tokio::test]
async fn passkeys_are_offered_only_where_browsers_allow_them() {
    for (address, offered) in [
        ("https://community.example", true),
        ("http://localhost:8080", true),
        ("http://community.example", false),
        ("http://127.0.0.1:8080", false),
        ("https://192.0.2.7", false),
    ] {
        let world = World::reached_under(address).await;
        let page = world.guest().get("/sign-in").await.expect(200);
        assert_eq!(page.text.contains("passkey-door"), offered, "{address}");
        let ask = world.guest().ask(Method::POST, "/sign-in/passkey/ask").send().await;
        assert_eq!(ask.status == 200, offered, "{address}");
        let member = world.member("ada").await;
        let new = member.get("/settings/factors/new-passkey").await;
        assert_eq!(new.status == 200, offered, "{address}");
    }
}

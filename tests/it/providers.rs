//! Signing in through a provider of OpenID Connect.

mod attacks;
mod brought;
mod canary;
mod handed_over;
mod invited;
pub(crate) mod provider;
mod races;
mod roles;
mod running;
pub(crate) mod stage;
mod ways_in;

use crate::{
    harness::{Client, CodeApp, PASSWORD, World},
    papers::publish,
};
use provider::{Provider, Signs};
use serde_json::json;
use stage::{Stage, ada, come, way_of, who};
use time::Duration;

#[tokio::test]
async fn somebody_new_chooses_what_they_are_called_and_comes_back_by_the_button_alone() {
    let stage = Stage::set().await;
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.expect(303).follow().await.expect(200);
    assert_eq!(who(&browser).await, None, "nobody is signed in before they choose");
    let form = arrival.form("join");
    assert_eq!(form.value("handle"), "ada");
    assert_eq!(form.value("email"), "ada@example.com");
    let joined = form.set("name", "Ada of Home").send().await.expect(303);
    assert_eq!(joined.location(), "/boards");
    stage.world.run_jobs().await;

    assert_eq!(who(&browser).await.as_deref(), Some("Ada of Home"));
    assert!(stage.world.mails().is_empty(), "an address that the provider proved needs no proof");
    let security = browser.get("/settings/security").await.expect(200);
    assert!(security.words().contains("ada@example.com – confirmed"), "{}", security.words());
    browser.post("/sign-out", &[]).await.expect(303);
    assert_eq!(who(&browser).await, None);
    let again = stage.sign_in(&browser, &ada()).await.expect(303);
    assert_eq!(again.location(), "/boards");
    assert_eq!(who(&browser).await.as_deref(), Some("Ada of Home"));
}

#[tokio::test]
async fn a_handle_is_judged_as_at_sign_up_and_what_was_typed_stays() {
    let stage = Stage::set().await;
    stage.world.member("ada").await;
    let browser = stage.world.guest();
    let person = json!({ "sub": "other", "name": "Ada", "email": "ada@other.example" });

    let arrival = stage.sign_in(&browser, &person).await.follow().await;
    let refused = arrival.form("join").set("name", "Another Ada").send().await.expect(422);
    assert!(refused.problem("handle").is_some());
    let form = refused.form("join");
    assert_eq!(form.value("name"), "Another Ada");
    form.set("handle", "another-ada").send().await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(who(&browser).await.as_deref(), Some("Another Ada"));
    assert!(stage.world.link_to("ada@other.example").starts_with("/confirm/"), "nobody proved it");
}

#[tokio::test]
async fn whoever_comes_by_a_provider_agrees_to_the_terms_before_they_are_a_member() {
    let stage = Stage::set().await;
    let lou = stage.world.admin("lou").await;
    publish(&lou, "terms", "Be kind.", false).await;
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.expect(303).follow().await.expect(200);
    let refused = arrival.form("join").set("name", "Ada of Home").send().await.expect(422);
    assert!(refused.problem("terms").is_some_and(|words| words.contains("agree to them")));
    assert_eq!(refused.form("join").value("name"), "Ada of Home");
    let form = refused.form("join").set("terms", "1");
    publish(&lou, "terms", "Be very kind.", false).await;
    let refused = form.send().await.expect(422);
    assert!(refused.problem("terms").is_some_and(|words| words.contains("just changed")));
    assert_eq!(who(&browser).await, None);
    refused.form("join").set("terms", "2").send().await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(who(&browser).await.as_deref(), Some("Ada of Home"), "and nobody asks again");
    let page = browser.get("/settings/agreements").await.expect(200);
    assert_eq!(page.texts(".rows li"), ["Version 2 just now"]);
}

#[tokio::test]
async fn an_address_alone_opens_no_account() {
    let stage = Stage::set().await;
    stage.world.account("ada").await;
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.expect(303).follow().await.expect(200);
    assert_eq!(who(&browser).await, None);
    assert!(arrival.words().contains("An account here has the address ada@example.com"));
    let taken = arrival.form("join").set("handle", "ada-two").send().await.expect(422);
    assert!(taken.problem("email").is_some());
    let sign_in = browser.get(&arrival.link("Sign in to my account")).await.expect(200);
    let form = sign_in.form("/sign-in").set("login", "ada").set("password", PASSWORD);
    let back = form.send().await.expect(303).follow().await.expect(200);
    back.form("link").send().await.expect(303);
    stage.world.run_jobs().await;

    assert!(stage.world.mail_to("ada@example.com").subject.contains("Home was linked"));
    let other = stage.world.guest();
    stage.sign_in(&other, &ada()).await.expect(303);
    assert_eq!(who(&other).await.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn only_who_holds_a_verified_address_learns_that_it_is_known_here() {
    let stage = Stage::set().await;
    stage.world.account("ada").await;
    let mut person = ada();
    person["email_verified"] = false.into();
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &person).await.follow().await.expect(200);
    assert!(!arrival.words().contains("An account here has"));
    arrival.form("join").set("handle", "ada-two").send().await.expect(303);
    stage.world.run_jobs().await;

    let security = browser.get("/settings/security").await;
    assert!(security.words().contains("not confirmed"), "{}", security.words());
    assert!(stage.world.mail_to("ada@example.com").text.contains("@ada"), "its reader is told");
}

#[tokio::test]
async fn a_provider_may_be_for_members_alone() {
    let stage = Stage::set().await;
    stage.untick("takes_in").await;
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.follow().await.expect(200);
    assert!(arrival.words().contains("is for members who have linked it"));
    let fields = [("handle", "ada"), ("name", "Ada"), ("email", "ada@example.com")];
    browser.post("/sign-in/arrival", &fields).await.expect(422);

    assert_eq!(stage.world.count("select count(*) from members where handle = 'ada'").await, 0);
}

#[tokio::test]
async fn a_member_links_a_provider_and_unlinks_it_and_is_told_by_mail() {
    let stage = Stage::set().await;
    stage.world.account("ada").await;
    let browser = stage.world.guest();
    browser.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    stage.world.advance(Duration::minutes(11));

    let page = browser.get("/settings/security").await;
    page.button("Link Home").set("proof_password", "not the password").press().await.expect(422);
    let sent = page.button("Link Home").set("proof_password", PASSWORD).press().await.expect(200);
    let back = come(&browser, &stage.yes(&sent, &ada())).await;
    assert_eq!(back.location(), "/settings/security");
    stage.world.run_jobs().await;
    assert!(stage.world.mail_to("ada@example.com").subject.contains("Home was linked"));
    let other = stage.world.guest();
    stage.sign_in(&other, &ada()).await.expect(303);
    assert_eq!(who(&other).await.as_deref(), Some("Ada"));

    let page = browser.get("/settings/security").await;
    page.button("Unlink Home").press().await.expect(422);
    page.button("Unlink Home").set("proof_password", PASSWORD).press().await.expect(303);
    stage.world.run_jobs().await;
    assert!(stage.world.mail_to("ada@example.com").subject.contains("Home was unlinked"));
    let arrival = stage.sign_in(&stage.world.guest(), &ada()).await;
    assert_eq!(arrival.location(), "/sign-in/arrival");
}

#[tokio::test]
async fn an_identity_belongs_to_one_account() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let bob = stage.world.member("bob").await;

    let sent = bob.get("/settings/security").await.button("Link Home").press().await.expect(200);
    come(&bob, &stage.yes(&sent, &ada())).await.expect(422);

    let page = bob.get("/settings/security").await;
    assert!(page.words().contains("not linked"));
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let stage = Stage::set().await;
    let browser = stage.newcomer(&ada()).await;

    let page = browser.get("/settings/security").await.expect(200);
    assert!(page.words().contains("your only way in"));
    browser.post("/settings/providers/home/unlink", &[]).await.expect(422);

    stage.sign_in(&stage.world.guest(), &ada()).await.expect(303);
    assert_eq!(who(&browser).await.as_deref(), Some("Ada Lind"));
}

#[tokio::test]
async fn without_a_password_one_shows_by_the_provider_who_one_is() {
    let stage = Stage::set().await;
    let browser = stage.newcomer(&ada()).await;
    stage.world.advance(Duration::minutes(11));
    let wish = [("email", "ada@elsewhere.example")];
    browser.post("/settings/email", &wish).await.expect(422);
    let show = || async {
        let page = browser.get("/settings/security").await.expect(200);
        page.button("Show it by Home").press().await.expect(200)
    };

    let sent = show().await;
    assert!(way_of(&sent).contains("prompt=login") && way_of(&sent).contains("max_age=0"));
    let mut idle = ada();
    idle["auth_time"] = (stage.world.app.now() - Duration::HOUR).unix_timestamp().into();
    come(&browser, &stage.yes(&sent, &idle)).await.expect(422);
    let mut silent = ada();
    silent["auth_time"] = json!(null);
    come(&browser, &stage.yes(&show().await, &silent)).await.expect(422);
    let mut other = ada();
    other["sub"] = "somebody else".into();
    come(&browser, &stage.yes(&show().await, &other)).await.expect(422);
    browser.post("/settings/email", &wish).await.expect(422);
    come(&browser, &stage.yes(&show().await, &ada())).await.expect(303);

    let page = browser.get("/settings/security").await;
    page.form("/settings/email").set("email", "ada@elsewhere.example").send().await.expect(303);
    stage.world.run_jobs().await;
    assert!(stage.world.link_to("ada@elsewhere.example").starts_with("/confirm/"));
}

#[tokio::test]
async fn a_sign_in_that_the_provider_asked_nothing_for_shows_nothing() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    stage.add("Elsewhere", &Provider::open().await, &[]).await;
    let mut idle = ada();
    idle["auth_time"] = (stage.world.app.now() - Duration::HOUR).unix_timestamp().into();
    let mut silent = ada();
    silent["auth_time"] = json!(null);

    for unasked in [&idle, &silent] {
        let browser = stage.world.guest();
        stage.sign_in(&browser, unasked).await.expect(303);
        assert_eq!(who(&browser).await.as_deref(), Some("Ada Lind"));
        browser.post("/settings/email", &[("email", "eve@elsewhere.example")]).await.expect(422);
        browser.post("/settings/providers/elsewhere/link", &[]).await.expect(422);
        browser.post("/settings/factors/app", &[]).await.expect(422);
        let passkey = [("name", "Eve's phone"), ("password", "")];
        browser.post("/settings/factors/passkeys", &passkey).await.expect(422);
        let close = [("handle", "ada"), ("password", "")];
        browser.post("/settings/close", &close).await.expect(422);
    }

    // Asked, she shows it by the same sign-in.
    let browser = stage.world.guest();
    stage.sign_in(&browser, &ada()).await.expect(303);
    browser.post("/settings/factors/app", &[]).await.expect(303);
}

#[tokio::test]
async fn whoever_owes_a_second_factor_and_has_no_password_shows_by_the_provider_who_they_are() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();
    let mut silent = ada();
    silent["auth_time"] = json!(null);
    stage.sign_in(&browser, &silent).await.expect(303);
    set_up_app(&stage, &stage.admin).await;
    stage.admin.post("/admin/settings", &[("second_factor", "everybody")]).await.expect(303);

    let owed = browser.get("/boards").await.expect(303).follow().await.expect(200);
    browser.post("/settings/factors/app", &[]).await.expect(422);
    let sent = owed.button("Show it by Home").press().await.expect(200);
    let back = come(&browser, &stage.yes(&sent, &ada())).await.expect(303);

    assert_eq!(back.location(), "/settings/factors");
    set_up_app(&stage, &browser).await;
    browser.get("/boards").await.expect(200);
    stage.world.run_jobs().await;
}

/// Of somebody who has no password.
async fn set_up_app(stage: &Stage, browser: &Client) {
    browser.post("/settings/factors/app", &[]).await.expect(303);
    let begun = browser.get("/settings/factors/app").await.expect(200);
    let app = CodeApp::reading(&begun);
    let form = begun.form("/settings/factors/app/confirm").set("code", &app.code(&stage.world));
    form.send().await.expect(200);
}

#[tokio::test]
async fn without_a_password_one_sets_one_by_mail_and_may_then_unlink() {
    let stage = Stage::set().await;
    let browser = stage.newcomer(&ada()).await;

    browser.get("/reset-password").await.form("/reset-password").set("login", "ada").send().await;
    stage.world.run_jobs().await;
    let page = browser.get(&stage.world.link_to("ada@example.com")).await.expect(200);
    page.form(&page.path).set("password", PASSWORD).send().await.expect(303);
    let page = browser.get("/settings/security").await;
    page.button("Unlink Home").press().await.expect(303);
    stage.world.run_jobs().await;

    browser.post("/sign-out", &[]).await.expect(303);
    browser.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    assert_eq!(who(&browser).await.as_deref(), Some("Ada Lind"));
}

#[tokio::test]
async fn groups_follow_what_the_provider_says_and_leave_alone_who_came_by_hand() {
    let stage = Stage::set().await;
    for slug in ["engineers", "regulars"] {
        stage.world.group(slug, candor::groups::Kind::Invitation, &[]).await;
    }
    stage.change(&[("group_claim", "roles"), ("groups", "dev = engineers\nold = regulars")]).await;
    let with = |roles: serde_json::Value| {
        let mut person = ada();
        person["roles"] = roles;
        person
    };
    let groups = "select count(*) from group_members
        join members on members.id = member_id and members.handle = 'ada'";

    stage.newcomer(&with(json!(["dev", "cook"]))).await;
    assert_eq!(stage.world.count(groups).await, 1, "she is an engineer");
    let add = [("handle", "ada")];
    stage.admin.post("/admin/groups/regulars/members", &add).await.expect(303);
    stage.sign_in(&stage.world.guest(), &with(json!("dev"))).await.expect(303);
    assert_eq!(stage.world.count(groups).await, 2, "a single value is as good as a list");
    stage.sign_in(&stage.world.guest(), &with(json!([]))).await.expect(303);

    assert_eq!(stage.world.count(groups).await, 1, "she is no engineer, and still a regular");
    let log = stage.admin.get("/admin/log").await.words();
    assert!(log.contains("Took @ada out of engineers"), "{log}");
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn elliptic_signatures_and_changed_keys_are_understood() {
    let stage = Stage::set().await;
    stage.provider.set(|ways| ways.signs = Signs::Elliptic);
    stage.newcomer(&ada()).await;
    let fetched = stage.provider.keys_fetched();
    assert_eq!(fetched, 1, "what is known is not fetched for each sign-in");

    stage.provider.set(|ways| ways.key = "second".to_owned());
    stage.sign_in(&stage.world.guest(), &ada()).await.expect(422);
    assert_eq!(stage.provider.keys_fetched(), fetched, "they were fetched less than a minute ago");
    stage.world.advance(Duration::minutes(2));
    stage.sign_in(&stage.world.guest(), &ada()).await.expect(303);

    assert_eq!(stage.provider.keys_fetched(), fetched + 1);
}

#[tokio::test]
async fn what_the_token_does_not_say_the_provider_is_asked_for() {
    let stage = Stage::set().await;
    stage.provider.set(|ways| ways.told = Some(ada()));
    let browser = stage.world.guest();

    let bare = json!({ "sub": "subject-of-ada" });
    let arrival = stage.sign_in(&browser, &bare).await.follow().await.expect(200);

    assert_eq!(arrival.form("join").value("name"), "Ada Lind");
    assert_eq!(arrival.form("join").value("email"), "ada@example.com");
}

#[tokio::test]
async fn without_providers_the_pages_are_as_ever() {
    let world = World::new().await;

    for path in ["/sign-in", "/sign-up"] {
        let page = world.guest().get(path).await.expect(200);
        assert!(page.texts(".ways").is_empty());
    }
    let ada = world.member("ada").await;
    assert!(ada.get("/settings/security").await.texts("#ways").is_empty());
}

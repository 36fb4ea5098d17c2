//! Who agrees to the terms, when they are asked, and what they can do before.

use crate::{
    harness::{Client, Form, PASSWORD, World},
    papers::publish,
};
use axum::http::Method;
use candor::members::{Role, promote};

/// Agrees to the terms.
pub(crate) async fn agree(client: &Client) {
    client.get("/consent").await.expect(200).form("consent").send().await.expect(303);
}

#[tokio::test]
async fn whoever_signs_up_agrees_to_the_terms_where_there_are_some() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let fill = |form: Form| {
        let form = form.set("handle", "zoe").set("name", "Zoe").set("email", "zoe@example.com");
        form.set("password", PASSWORD)
    };
    assert!(!world.guest().get("/sign-up").await.words().contains("I agree"));
    publish(&kim, "terms", "Version one.", false).await;

    let zoe = world.guest();
    let page = zoe.get("/sign-up").await.expect(200);
    let answer = fill(page.form("/sign-up")).send().await.expect(422);
    assert!(answer.problem("terms").is_some_and(|words| words.contains("agree to them")));
    let form = fill(answer.form("/sign-up")).set("terms", "1");
    publish(&kim, "terms", "Version two.", false).await;
    let answer = form.send().await.expect(422);
    assert!(answer.problem("terms").is_some_and(|words| words.contains("just changed")));
    assert_eq!(answer.part("#terms").attr("checked"), None, "to be ticked anew");
    fill(answer.form("/sign-up")).set("terms", "2").send().await.expect(303);

    let page = zoe.get("/settings/agreements").await.expect(200);
    assert_eq!(page.texts(".rows li"), ["Version 2 just now"]);
    world.run_jobs().await;
}

#[tokio::test]
async fn members_are_asked_about_a_version_that_needs_it_and_go_on_where_they_were() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    publish(&kim, "terms", "Be kind.", true).await;

    let asked = ada.get("/boards").await.expect(303);
    assert_eq!(asked.location(), "/consent?back=%2Fboards");
    let page = ada.get(asked.location()).await.expect(200);
    assert!(page.words().contains("Be kind.") && page.texts("ins, del").is_empty());
    let back = page.form("consent").send().await.expect(303);
    assert_eq!(back.location(), "/boards");
    assert_eq!(ada.status("/boards").await, 200);
    assert_eq!(ada.get("/consent?back=/boards").await.expect(303).location(), "/boards");

    agree(&kim).await;
    publish(&kim, "terms", "Be kynd.", false).await;
    assert_eq!(ada.status("/boards").await, 200, "a typo asks nobody");
    publish(&kim, "terms", "Be kind and patient.", true).await;
    let page = ada.get("/consent").await.expect(200);
    assert!(page.texts("ins").concat().contains("and patient"), "other than what Ada agreed to");
    assert!(!page.texts("del").concat().contains("kynd"));

    for open in ["/terms", "/terms/history"] {
        assert_eq!(ada.status(open).await, 200, "{open}");
    }
    page.form("leave").send().await.expect(303);
    assert_eq!(ada.status("/boards").await, 200, "as a guest");
}

#[tokio::test]
async fn nothing_typed_is_lost_to_the_question() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    let thread = kim.begin("lounge", "Lamps that you like", "Which do you like?").await;
    let form = ada.get(&thread).await.form("reply").set("body", "The old one, for its light.");
    publish(&kim, "terms", "Be kind.", true).await;

    let answer = form.send_as("Post reply").await.expect(403);

    assert!(answer.hrefs().contains(&"/consent".to_owned()));
    agree(&ada).await;
    answer.button("Send again").send().await.expect(303);
    assert!(ada.get(&thread).await.words().contains("The old one, for its light."));
    world.run_jobs().await;
}

#[tokio::test]
async fn one_agrees_to_what_one_has_read_and_to_nothing_newer() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    publish(&kim, "terms", "One.", true).await;
    let page = ada.get("/consent").await;
    agree(&kim).await;
    publish(&kim, "terms", "Two.", true).await;

    let answer = page.form("consent").send().await.expect(422);

    assert!(answer.words().contains("The terms have just changed once more."));
    assert!(answer.words().contains("Two."));
    assert_eq!(ada.status("/boards").await, 303);
    ada.post("/consent", &[("version", "9")]).await.expect(422);
    answer.form("consent").send().await.expect(303);
    assert_eq!(ada.status("/boards").await, 200);
    let page = ada.get("/settings/agreements").await;
    assert_eq!(page.texts(".rows li"), ["Version 2 just now"]);
}

#[tokio::test]
async fn withdrawn_terms_ask_nobody() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    publish(&kim, "terms", "One.", true).await;
    agree(&kim).await;
    assert_eq!(ada.status("/boards").await, 303);

    publish(&kim, "terms", "", false).await;

    assert_eq!(world.guest().status("/terms").await, 404);
    assert_eq!(ada.status("/boards").await, 200);
    assert!(!world.guest().get("/sign-up").await.words().contains("I agree"));
}

#[tokio::test]
async fn what_is_ones_own_stays_in_ones_hands_before_one_agrees() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    publish(&kim, "terms", "Be kind.", true).await;

    for open in [
        "/settings/security",
        "/settings/sessions",
        "/settings/factors",
        "/settings/data",
        "/settings/close",
        "/settings/agreements",
        "/terms",
        "/sign-in",
    ] {
        assert_eq!(ada.status(open).await, 200, "{open}");
    }
    for question in ["/", "/ask", "/settings", "/inbox", "/m/ada", "/search?q=lamp"] {
        assert_eq!(ada.status(question).await, 303, "{question}");
    }
    ada.post("/settings", &[("name", "Ada"), ("about", "Here.")]).await.expect(403);

    let page = ada.get("/consent").await.expect(200);
    ada.press(&page.link("A copy of everything")).await.expect(303);
    world.run_jobs().await;
    let copy = ada.ask(Method::GET, "/settings/data/copy").stream().await;
    assert_eq!(copy.status(), 200);
    let close = ada.get(&page.link("Close your account")).await.expect(200);
    close.form("/settings/close").set("handle", "ada").send().await.expect(303);
    world.run_jobs().await;
    assert_eq!(world.guest().status("/m/ada").await, 404);
}

#[tokio::test]
async fn nobody_is_caught_between_a_second_factor_and_the_terms() {
    let world = World::new().await;
    world.account("ruth").await;
    promote(&world.app, "ruth", Role::Admin).await.unwrap();
    let ruth = world.after_password("ruth").await;
    ruth.set_up_app(&world).await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;
    publish(&ruth, "imprint", "Lamps & Co.", false).await;
    publish(&ruth, "terms", "Be kind.", true).await;
    agree(&ruth).await;
    let settings = ruth.get("/admin/settings").await.expect(200).form("/admin/settings");
    settings.set("second_factor", "everybody").send().await.expect(303);

    assert_eq!(ada.get("/").await.expect(303).location(), "/settings/factors");
    for text in ["/terms", "/terms/history", "/imprint"] {
        assert_eq!(ada.status(text).await, 200, "{text} is read before anything else");
    }
    ada.set_up_app(&world).await;
    assert_eq!(ada.get("/boards").await.expect(303).location(), "/consent?back=%2Fboards");
    agree(&ada).await;
    assert_eq!(ada.status("/boards").await, 200);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_script_that_wants_a_piece_of_a_page_is_not_given_the_question_for_it() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    publish(&kim, "terms", "Be kind.", true).await;

    let asks =
        |mode| ada.ask(Method::GET, "/ask/similar?title=lamp").header("sec-fetch-mode", mode);

    assert_eq!(asks("cors").send().await.status, 403);
    assert_eq!(asks("navigate").send().await.status, 303);
}

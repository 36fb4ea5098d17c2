//! What administrators do with providers.

use super::{
    provider::SECRET,
    stage::{Stage, ada, come},
};
use crate::harness::World;
use serde_json::json;

#[tokio::test]
async fn a_secret_is_sealed_and_never_shown_again() {
    let stage = Stage::set().await;

    for path in ["/admin/providers", "/admin/providers/home", "/admin/log"] {
        assert!(!stage.admin.get(path).await.expect(200).text.contains("whispered"), "{path}");
    }
    let kept = format!(
        "select position('\\x{}'::bytea in client_secret)::bigint from providers",
        hex("whispered")
    );
    assert_eq!(stage.world.count(&kept).await, 0);
    assert!(SECRET.starts_with("whispered"));
    let log = stage.admin.get("/admin/log").await.words();
    assert!(log.contains("Added the sign-in provider Home"), "{log}");

    // Left empty, it stays; another takes its place.
    stage.change(&[("name", "Home")]).await;
    stage.newcomer(&ada()).await;
    stage.change(&[("secret_password", "not the one it knows")]).await;
    stage.sign_in(&stage.world.guest(), &ada()).await.expect(422);
    let log = stage.admin.get("/admin/log").await.words();
    assert!(log.contains("Client secret") && !log.contains("not the one"), "{log}");
}

#[tokio::test]
async fn a_secret_is_told_to_nobody_but_the_issuer_it_was_typed_in_for() {
    let stage = Stage::set().await;
    let form = || async { stage.admin.get("/admin/providers/home").await.form("provider") };
    let elsewhere = "https://id.example.com";

    let refused = form().await.set("issuer", elsewhere).send().await.expect(422);

    assert!(refused.problem("secret_password").is_some());
    assert_eq!(refused.form("provider").value("issuer"), elsewhere);
    stage.sign_in(&stage.world.guest(), &ada()).await.expect(303);
    let own = form().await.set("issuer", elsewhere).set("secret_password", "its own");
    own.send().await.expect(303);
    let without = form().await.set("issuer", "https://id.example.org").set("forget_secret", "yes");
    without.send().await.expect(303);
    // None is kept now.
    form().await.set("issuer", elsewhere).send().await.expect(303);
}

fn hex(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("it is memory");
        hex
    })
}

#[tokio::test]
async fn a_provider_that_is_switched_off_signs_nobody_in() {
    let stage = Stage::set().await;
    stage.newcomer(&ada()).await;
    let browser = stage.world.guest();
    let back = stage.yes(&stage.go(&browser).await, &ada());

    stage.untick("enabled").await;

    assert!(browser.get("/sign-in").await.texts(".ways").is_empty());
    browser.post("/sign-in/with/home", &[]).await.expect(404);
    come(&browser, &back).await.expect(404);
}

#[tokio::test]
async fn a_test_says_in_plain_words_what_is_wrong() {
    let stage = Stage::set().await;
    let test = || async {
        let page = stage.admin.get("/admin/providers/home").await;
        page.button("Test this provider").press().await.expect(200).words()
    };

    assert!(test().await.contains("All is well"));
    stage.provider.set(|ways| {
        ways.described.insert("issuer".to_owned(), json!("https://another.example"));
    });
    assert!(test().await.contains("unexpected issuer"));
    stage.provider.set(|ways| ways.flood = Some(600 * 1024));
    assert!(test().await.contains("far longer"));
    for (issuer, words) in [
        ("http://127.0.0.1:1", "Nothing answers there"),
        ("https://127.0.0.1:1", "Nothing answers there"),
        ("http://10.0.0.1", "private network"),
        ("http://169.254.169.254", "private network"),
        ("http://[::ffff:10.0.0.1]", "private network"),
        ("http://1.1.1.1", "must begin with https://"),
        (&stage.provider.issuer.replace("http:", "https:"), "certificate is not good"),
    ] {
        stage.change(&[("issuer", issuer)]).await;
        let said = test().await;
        assert!(said.contains(words), "{issuer}: {said}");
    }
}

#[tokio::test]
async fn other_servers_on_this_machine_are_asked_only_if_the_operator_allows_it() {
    let world = World::new().await;
    let admin = world.admin("kim").await;
    let form = admin.get("/admin/new-provider").await.form("provider");
    let form =
        form.set("name", "Inside").set("issuer", "http://127.0.0.1:5432").set("client_id", "x");
    let page = form.set("enabled", "yes").send().await.expect(303).follow().await.expect(200);

    let tested = page.button("Test this provider").press().await.expect(200);

    assert!(tested.words().contains("private network"), "{}", tested.words());
    world.guest().post("/sign-in/with/inside", &[]).await.expect(502);
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_beside_it() {
    let stage = Stage::set().await;

    let form = stage.admin.get("/admin/new-provider").await.form("provider");
    let refused = form
        .set("issuer", "id.example.com")
        .set("position", "first")
        .set("groups", "dev\nops = nowhere")
        .set("secret_password", "typed again")
        .send()
        .await
        .expect(422);

    for field in ["name", "issuer", "client_id", "position", "groups"] {
        assert!(refused.problem(field).is_some(), "{field}");
    }
    assert!(!refused.text.contains("typed again"));
    let form = stage.admin.get("/admin/new-provider").await.form("provider");
    let form =
        form.set("name", "Home").set("issuer", "https://id.example.com").set("client_id", "x");
    assert!(form.send().await.expect(422).problem("slug").is_some(), "the address is taken");
}

#[tokio::test]
async fn the_callback_address_is_shown_to_be_copied() {
    let stage = Stage::set().await;

    let page = stage.admin.get("/admin/providers/home").await.expect(200);

    let callback = page.part("input[readonly]").attr("value").map(ToOwned::to_owned);
    assert_eq!(callback.as_deref(), Some("https://community.example/sign-in/with/home/back"));
}

//! Membership that follows what a provider says, and what people do about it by hand.

use super::{
    provider::{CLIENT, Provider, SECRET},
    stage::{Stage, ada, come, way_of},
};
use crate::harness::Client;
use candor::groups::Kind;
use serde_json::{Value, json};

const MAPPED: [(&str, &str); 2] = [("group_claim", "roles"), ("groups", "dev = engineers")];

impl Stage {
    /// With a group that the provider brings developers into.
    async fn with_engineers() -> Self {
        let stage = Self::set().await;
        stage.world.group("engineers", Kind::Invitation, &[]).await;
        stage.change(&MAPPED).await;
        stage
    }

    /// Who is in the group, as its page has it.
    async fn engineers(&self) -> Vec<String> {
        let page = self.admin.get("/g/engineers").await.expect(200);
        let mut hrefs = page.part("main").hrefs();
        hrefs.retain(|href| href.starts_with("/m/"));
        hrefs.sort();
        hrefs.dedup();
        hrefs.iter().map(|href| href.trim_start_matches("/m/").to_owned()).collect()
    }

    async fn by_hand(&self, deed: &str, handle: &str) {
        let (path, fields) = match deed {
            "add" => ("/g/engineers/members".to_owned(), vec![("handle", handle)]),
            deed => (format!("/g/engineers/members/{handle}/{deed}"), Vec::new()),
        };
        self.admin.post(&path, &fields).await.expect(303);
    }

    /// What an administrator's form says of the provider, with these in place of what it said.
    async fn say(&self, fields: &[(&str, &str)]) {
        let mut all = vec![
            ("name", "Home"),
            ("issuer", self.provider.issuer.as_str()),
            ("client_id", CLIENT),
            ("secret_password", SECRET),
            ("scopes", "profile email"),
            ("position", "1"),
            ("takes_in", "yes"),
            ("trusts_address", "yes"),
            ("enabled", "yes"),
            ("group_claim", "roles"),
            ("groups", "dev = engineers"),
        ];
        for (name, value) in fields {
            all.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                all.push((name, value));
            }
        }
        self.admin.post("/admin/providers/home", &all).await.expect(303);
    }

    /// Signs in by another provider than the first.
    async fn come_by(&self, name: &str, provider: &Provider, browser: &Client, person: &Value) {
        let page = browser.get("/sign-in").await;
        let sent = page.button(&format!("Continue with {name}")).press().await.expect(200);
        let now = self.world.app.now().unix_timestamp();
        come(browser, &provider.yes(&way_of(&sent), person, now)).await.expect(303);
    }
}

fn with(roles: Value) -> Value {
    let mut person = ada();
    person["roles"] = roles;
    person
}

#[tokio::test]
async fn whom_a_provider_brought_is_out_where_it_does_not_vouch_for_them_any_more() {
    let other = Provider::open().await;
    for change in [
        &[("groups", "")][..],
        &[("enabled", "")],
        &[("issuer", &other.issuer)],
        &[("name", "Haus")],
    ] {
        let stage = Stage::with_engineers().await;
        for handle in ["bob", "cy"] {
            stage.world.account(handle).await;
            stage.by_hand("add", handle).await;
        }
        stage.newcomer(&with(json!("dev"))).await;
        let mut owner = with(json!("dev"));
        owner["sub"] = "subject-of-eve".into();
        owner["preferred_username"] = "eve".into();
        owner["email"] = "eve@example.com".into();
        stage.newcomer(&owner).await;
        stage.world.own("engineers", "eve").await;
        assert_eq!(stage.engineers().await, ["ada", "bob", "cy", "eve"]);

        stage.say(change).await;

        let stays = change[0].0 == "name";
        let left = if stays { &["ada", "bob", "cy", "eve"][..] } else { &["bob", "cy", "eve"] };
        assert_eq!(stage.engineers().await, left, "{change:?}");
        let log = stage.admin.get("/admin/log").await.words();
        assert_eq!(log.contains("Took @ada out of engineers"), !stays, "{change:?} {log}");
        stage.world.run_jobs().await;
    }
}

#[tokio::test]
async fn whoever_was_let_in_by_hand_stays_though_a_provider_had_brought_them_before() {
    let stage = Stage::with_engineers().await;
    stage.newcomer(&with(json!("dev"))).await;
    let says = async |roles| {
        stage.sign_in(&stage.world.guest(), &with(roles)).await.expect(303);
    };

    // Out by hand, and in again by hand.
    stage.by_hand("remove", "ada").await;
    stage.by_hand("add", "ada").await;
    says(json!([])).await;
    assert_eq!(stage.engineers().await, ["ada"]);

    // By hand in addition to being brought.
    stage.by_hand("remove", "ada").await;
    says(json!("dev")).await;
    assert_eq!(stage.engineers().await, ["ada"]);
    stage.by_hand("add", "ada").await;
    says(json!([])).await;
    assert_eq!(stage.engineers().await, ["ada"]);

    // Out by herself, and let in again by hand.
    stage.by_hand("remove", "ada").await;
    let ada = stage.world.guest();
    stage.sign_in(&ada, &with(json!("dev"))).await.expect(303);
    ada.post("/g/engineers/leave", &[]).await.expect(303);
    stage.by_hand("add", "ada").await;
    says(json!([])).await;
    assert_eq!(stage.engineers().await, ["ada"]);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn one_provider_does_not_unmake_what_another_says() {
    let stage = Stage::with_engineers().await;
    let second = Provider::open().await;
    stage.add("Second", &second, &MAPPED).await;
    let browser = stage.newcomer(&with(json!("dev"))).await;
    let page = browser.get("/settings/security").await.expect(200);
    let sent = page.button("Link Second").press().await.expect(200);
    let now = stage.world.app.now().unix_timestamp();
    come(&browser, &second.yes(&way_of(&sent), &with(json!("dev")), now)).await.expect(303);

    stage.sign_in(&stage.world.guest(), &with(json!([]))).await.expect(303);
    assert_eq!(stage.engineers().await, ["ada"], "Second says it still");
    stage.come_by("Second", &second, &stage.world.guest(), &with(json!([]))).await;
    assert!(stage.engineers().await.is_empty(), "nobody says it any more");

    stage.world.run_jobs().await;
}

#[tokio::test]
async fn a_claim_that_is_missing_or_of_another_kind_brings_nobody_in_and_holds_nobody() {
    let stage = Stage::with_engineers().await;
    stage.newcomer(&with(json!("dev"))).await;

    for said in [json!(null), json!({ "dev": true }), json!(1), json!([["dev"]]), json!("")] {
        stage.sign_in(&stage.world.guest(), &with(json!("dev"))).await.expect(303);
        assert_eq!(stage.engineers().await, ["ada"]);
        stage.sign_in(&stage.world.guest(), &with(said.clone())).await.expect(303);
        assert!(stage.engineers().await.is_empty(), "{said}");
    }
    stage.world.run_jobs().await;
}

//! Roles that follow what a provider says, and what people do about them by hand.

use super::{
    provider::Provider,
    stage::{Stage, ada, who},
};
use crate::harness::PASSWORD;
use serde_json::{Value, json};

const MAPPED: [(&str, &str); 2] = [("group_claim", "roles"), ("mapped_roles", "support = staff")];

impl Stage {
    /// Whose provider brings the role of staff to those in support.
    async fn with_support() -> Self {
        let stage = Self::set().await;
        stage.change(&MAPPED).await;
        stage
    }

    /// Whether Ada is staff, as administrators have it.
    async fn has_staff(&self) -> bool {
        let page = self.admin.get("/admin/members?role=staff").await.expect(200);
        page.part("main").hrefs().iter().any(|href| href == "/admin/members/ada")
    }

    async fn says(&self, roles: Value) {
        self.sign_in(&self.world.guest(), &with(roles)).await.expect(303);
    }

    async fn put_by_hand(&self, deed: &str) {
        let path = format!("/admin/members/ada/roles{deed}");
        self.admin.post(&path, &[("role", "staff")]).await.expect(303);
    }
}

fn with(roles: Value) -> Value {
    let mut person = ada();
    person["roles"] = roles;
    person
}

#[tokio::test]
async fn a_role_comes_and_goes_with_what_the_provider_says_and_the_log_tells() {
    let stage = Stage::with_support().await;
    let first = stage.newcomer(&with(json!(["dev"]))).await;
    assert!(!stage.has_staff().await);

    let second = stage.world.guest();
    stage.sign_in(&second, &with(json!(["dev", "support"]))).await.expect(303);
    assert!(stage.has_staff().await);
    assert_eq!(who(&second).await.as_deref(), Some("Ada Lind"));
    assert_eq!(who(&first).await, None, "a session that was good for little is not good for more");
    let log = stage.admin.get("/admin/log").await.words();
    assert!(log.contains("a sign-in provider"), "{log}");

    stage.says(json!(["dev"])).await;
    assert!(!stage.has_staff().await);
    assert_eq!(who(&second).await.as_deref(), Some("Ada Lind"), "less ends no session");

    let newcomer = json!({ "sub": "subject-of-eve", "preferred_username": "eve", "name": "Eve",
        "email": "eve@example.com", "email_verified": true, "roles": ["support"] });
    stage.newcomer(&newcomer).await;
    let page = stage.admin.get("/admin/members?role=staff").await.expect(200);
    assert!(page.part("main").hrefs().iter().any(|href| href == "/admin/members/eve"));
}

#[tokio::test]
async fn what_an_administrator_gave_or_took_by_hand_stands_against_the_provider() {
    let stage = Stage::with_support().await;
    stage.newcomer(&with(json!([]))).await;

    stage.put_by_hand("").await;
    stage.says(json!("support")).await;
    stage.says(json!([])).await;
    assert!(stage.has_staff().await, "given by hand before");
    stage.put_by_hand("/undo").await;

    stage.says(json!("support")).await;
    stage.put_by_hand("").await;
    stage.says(json!([])).await;
    assert!(stage.has_staff().await, "given by hand as well");
    stage.put_by_hand("/undo").await;

    stage.says(json!("support")).await;
    stage.put_by_hand("/undo").await;
    assert!(!stage.has_staff().await);
    stage.says(json!("support")).await;
    assert!(stage.has_staff().await, "as long as the line stands, the next sign-in brings it");
}

#[tokio::test]
async fn a_role_is_gone_at_once_where_its_provider_does_not_vouch_any_more() {
    let other = Provider::open().await;
    for change in [
        &[("mapped_roles", " ")][..],
        &[("mapped_roles", "sales = staff")],
        &[("group_claim", "departments")],
        &[("issuer", &other.issuer)],
        &[("name", "Haus")],
    ] {
        let stage = Stage::with_support().await;
        stage.newcomer(&with(json!("support"))).await;
        assert!(stage.has_staff().await);

        stage.change(change).await;

        assert_eq!(stage.has_staff().await, change[0].0 == "name", "{change:?}");
        stage.world.run_jobs().await;
    }
    let stage = Stage::with_support().await;
    stage.newcomer(&with(json!("support"))).await;
    stage.untick("enabled").await;
    assert!(!stage.has_staff().await);
}

#[tokio::test]
async fn linking_brings_no_role_before_the_next_sign_in_and_unlinking_takes_it() {
    let stage = Stage::with_support().await;
    stage.world.account("ada").await;
    let browser = stage.world.guest();
    browser.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    let page = browser.get("/settings/security").await.expect(200);
    let sent = page.button("Link Home").press().await.expect(200);
    super::come(&browser, &stage.yes(&sent, &with(json!("support")))).await.expect(303);
    assert!(who(&browser).await.is_some(), "whoever links stays signed in");
    assert!(!stage.has_staff().await);

    stage.sign_in(&browser, &with(json!("support"))).await.expect(303);
    assert!(stage.has_staff().await);
    let page = browser.get("/settings/security").await.expect(200);
    page.button("Unlink Home").press().await.expect(303);
    assert!(!stage.has_staff().await);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn no_provider_makes_administrators() {
    let stage = Stage::with_support().await;
    for (line, field) in [
        ("boss = admin", "mapped_roles"),
        ("boss", "mapped_roles"),
        ("boss = staff", "group_claim"),
    ] {
        let form = stage.admin.get("/admin/providers/home").await.form("provider");
        let claim = if field == "group_claim" { "" } else { "roles" };
        let refused =
            form.set("mapped_roles", line).set("group_claim", claim).send().await.expect(422);
        assert!(refused.problem(field).is_some(), "{line}");
        assert!(refused.text.contains(line), "what was typed is given back");
    }
}

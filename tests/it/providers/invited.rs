//! An invitation goes along to a provider and back.

use super::stage::{Stage, ada, come, who};
use crate::harness::Answer;
use candor::groups::Kind;
use futures_util::future::join_all;
use serde_json::json;

async fn by_invitation(stage: &Stage) -> String {
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("sign_up", "invitation").send().await.expect(303);
    let group = stage.world.group("testers", Kind::Hidden, &[]).await;
    let form = stage.admin.get("/admin/new-invitation").await.form("invitation");
    let made = form.set("group", &group.to_string()).send().await.expect(200);
    let link = made.part("#link").attr("value").expect("a link").to_owned();
    link[link.find("/join/").expect("an invitation")..].to_owned()
}

#[tokio::test]
async fn whoever_comes_by_a_provider_needs_an_invitation_and_brings_it_along() {
    let stage = Stage::set().await;
    let link = by_invitation(&stage).await;
    let (eve, browser) = (stage.world.guest(), stage.world.guest());

    let arrival = stage.sign_in(&eve, &ada()).await.follow().await.expect(200);
    assert!(arrival.words().contains("Membership is by invitation"), "{}", arrival.words());
    assert!(arrival.texts("form[name=join]").is_empty());
    let fields = [("handle", "eve"), ("name", "Eve"), ("email", "eve@example.com")];
    eve.post("/sign-in/arrival", &fields).await.expect(422);
    assert_eq!(who(&eve).await, None);

    let sent = browser.get(&link).await.expect(200).button("Continue with Home").press().await;
    let arrival = come(&browser, &stage.yes(&sent, &ada())).await.follow().await.expect(200);
    arrival.form("join").send().await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(who(&browser).await.as_deref(), Some("Ada Lind"));
    browser.get("/g/testers").await.expect(200);
    assert_eq!(stage.world.count("select uses::bigint from invitations").await, 1);
    stage.world.guest().get(&link).await.expect(422);
}

#[tokio::test]
async fn an_invitation_that_ends_on_the_way_lets_nobody_in() {
    let stage = Stage::set().await;
    let link = by_invitation(&stage).await;
    let browser = stage.world.guest();

    let sent = browser.get(&link).await.button("Continue with Home").press().await;
    let arrival = come(&browser, &stage.yes(&sent, &ada())).await.follow().await.expect(200);
    let id = stage.world.count("select id from invitations").await;
    let withdraw = format!("/admin/invitations/{id}/withdraw");
    stage.admin.press(&withdraw).await.expect(303);
    let refused = arrival.form("join").send().await.expect(422);

    assert!(refused.words().contains("Membership is by invitation"), "{}", refused.words());
    assert_eq!(who(&browser).await, None);
    assert_eq!(stage.world.count("select count(*) from identities").await, 0);
}

#[tokio::test]
async fn an_invitation_for_one_lets_one_in_however_many_bring_it_at_once() {
    let stage = Stage::set().await;
    let link = by_invitation(&stage).await;
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("sign_up", "approval").set("approval_question", "").send().await.expect(303);
    let mut arrivals = Vec::new();
    for number in 0..5 {
        let browser = stage.world.guest();
        let person = json!({ "sub": format!("subject-{number}"), "name": "Ada",
            "preferred_username": format!("ada{number}"),
            "email": format!("ada{number}@example.com"), "email_verified": true });
        let sent = browser.get(&link).await.button("Continue with Home").press().await;
        let arrival = come(&browser, &stage.yes(&sent, &person)).await.follow().await.expect(200);
        arrivals.push(arrival.form("join"));
    }

    let answers = join_all(arrivals.into_iter().map(async |form| form.send().await)).await;

    // Whoever comes too late waits, or is told.
    let joined = |answer: &&Answer| answer.status == 303 && answer.location() != "/sign-up/waiting";
    assert_eq!(answers.iter().filter(joined).count(), 1);
    assert_eq!(stage.world.count("select count(*) from identities").await, 1);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_cannot_be_made_up_on_the_way() {
    let stage = Stage::set().await;
    by_invitation(&stage).await;
    let browser = stage.world.guest();

    // An id in place of the link, which only the server may turn into one.
    let sent = browser.post("/sign-in/with/home", &[("invitation", "1")]).await.expect(200);
    let back = format!("{}&invitation=1", stage.yes(&sent, &ada()));
    let arrival = come(&browser, &back).await.follow().await.expect(200);

    assert!(arrival.texts("form[name=join]").is_empty());
}

#[tokio::test]
async fn a_closed_sign_up_names_the_providers_that_take_people_in() {
    let stage = Stage::set().await;
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("sign_up", "closed").send().await.expect(303);

    let page = stage.world.guest().get("/sign-up").await.expect(200);
    assert!(page.words().contains("Continue with Home"), "{}", page.words());
    let sent = page.button("Continue with Home").press().await.expect(200);
    assert!(!sent.header("refresh").is_empty());
    stage.untick("takes_in").await;
    let page = stage.world.guest().get("/sign-up").await.expect(200);

    assert!(!page.words().contains("Continue with Home"), "{}", page.words());
}

#[tokio::test]
async fn whoever_comes_by_a_provider_waits_for_approval_too() {
    let stage = Stage::set().await;
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("sign_up", "approval").send().await.expect(303);
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.follow().await.expect(200);
    let unanswered = arrival.form("join").send().await.expect(422);
    assert!(unanswered.problem("answer").is_some());
    let form = unanswered.form("join").set("answer", "A red lamp.");
    let waiting = form.send().await.expect(303).follow().await.expect(200);
    assert!(waiting.words().contains("is being looked at"), "{}", waiting.words());
    stage.world.run_jobs().await;
    assert!(stage.world.mails().is_empty(), "the provider has proved the address");

    let other = stage.world.guest();
    let again = stage.sign_in(&other, &ada()).await.expect(303);
    assert_eq!(again.location(), "/sign-up/waiting");
    assert_eq!(who(&other).await, None);
    let id = stage.world.count("select id from applications").await.to_string();
    stage.admin.post("/admin/approvals", &[("approve", &id)]).await.expect(303);
    stage.world.run_jobs().await;
    stage.sign_in(&other, &ada()).await.expect(303);

    assert_eq!(who(&other).await.as_deref(), Some("Ada Lind"));
}

#[tokio::test]
async fn whoever_waits_by_a_provider_waits_once_and_brings_no_groups_before_they_sign_in() {
    let stage = Stage::set().await;
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("sign_up", "approval").set("approval_question", "").send().await.expect(303);
    stage.world.group("engineers", Kind::Invitation, &[]).await;
    stage.change(&[("group_claim", "roles"), ("groups", "dev = engineers")]).await;
    let mut person = ada();
    person["roles"] = json!(["dev"]);
    let (browser, tab) = (stage.world.guest(), stage.world.guest());
    let first = stage.sign_in(&browser, &person).await.follow().await.expect(200);
    let second = stage.sign_in(&tab, &person).await.follow().await.expect(200);

    first.form("join").send().await.expect(303);
    let again = second.form("join").send().await.expect(303);
    assert_eq!(again.location(), "/sign-up/waiting");
    stage.untick("enabled").await;
    let id = stage.world.count("select id from applications").await.to_string();
    stage.admin.post("/admin/approvals", &[("approve", &id)]).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(stage.world.count("select count(*) from group_members").await, 0);
}

#[tokio::test]
async fn whoever_is_a_member_by_their_provider_meanwhile_is_not_let_in_twice() {
    let stage = Stage::set().await;
    let choose = async |mode| {
        let form = stage.admin.get("/admin/settings").await.form("settings");
        form.set("sign_up", mode).set("approval_question", "").send().await.expect(303);
    };
    choose("approval").await;
    let (browser, tab) = (stage.world.guest(), stage.world.guest());
    let first = stage.sign_in(&browser, &ada()).await.follow().await.expect(200);
    let second = stage.sign_in(&tab, &ada()).await.follow().await.expect(200);
    first.form("join").send().await.expect(303);
    choose("open").await;
    second.form("join").set("handle", "ada2").send().await.expect(303);

    let id = stage.world.count("select id from applications").await.to_string();
    stage.admin.post("/admin/approvals", &[("approve", &id)]).await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(who(&tab).await.as_deref(), Some("Ada Lind"));
    assert_eq!(stage.world.count("select count(*) from members where name = 'Ada Lind'").await, 1);
}

//! An invitation goes along to a provider and back.

use super::stage::{Stage, ada, come, who};
use candor::groups::Kind;

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

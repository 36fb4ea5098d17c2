//! Signing up where administrators look at each.

use crate::{
    consent::agree,
    harness::{Answer, Client, PASSWORD, World},
    papers::publish,
};
use futures_util::future::join_all;
use time::Duration;

/// A community that approves each, and who runs it.
async fn approving() -> (World, Client) {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("sign_up", "approval")
        .set("approval_question", "Which lamp do you have?")
        .send()
        .await
        .expect(303);
    (world, kim)
}

async fn sign_up(client: &Client, handle: &str, answer: &str) -> Answer {
    let page = client.get("/sign-up").await.expect(200);
    let form = page.form("/sign-up").set("handle", handle).set("name", "Ada Lind");
    let form = form.set("email", &format!("{handle}@example.com")).set("password", PASSWORD);
    form.set("answer", answer).send().await
}

/// Signs up and proves the address.
async fn wait_for_approval(world: &World, handle: &str) -> Client {
    let client = world.guest();
    sign_up(&client, handle, "A red one.").await.expect(303);
    world.run_jobs().await;
    client.press(&world.link_to(&format!("{handle}@example.com"))).await.expect(303);
    client
}

async fn sign_in(client: &Client, login: &str) -> Answer {
    client.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await
}

/// The fields that tick these.
async fn ticked(world: &World, handles: &[&str]) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    for handle in handles {
        let own = format!("select id from applications where handle = '{handle}'");
        fields.push(("application", world.count(&own).await.to_string()));
    }
    fields
}

#[tokio::test]
async fn whoever_signs_up_answers_proves_the_address_and_waits() {
    let (world, kim) = approving().await;
    let ada = world.guest();

    let unanswered = sign_up(&ada, "ada", " ").await.expect(422);
    assert!(unanswered.words().contains("Which lamp do you have?"), "{}", unanswered.words());
    assert!(unanswered.problem("answer").is_some());
    let sent = sign_up(&ada, "ada", "A red one.").await.expect(303);
    let standing = sent.follow().await.expect(200);
    assert!(standing.words().contains("Look into your mail"), "{}", standing.words());
    assert!(!kim.get("/admin/approvals").await.words().contains("Ada Lind"), "not proved yet");
    world.run_jobs().await;
    let proved = ada.press(&world.link_to("ada@example.com")).await.expect(303).follow().await;
    assert!(proved.words().contains("is being looked at"), "{}", proved.words());

    let queue = kim.get("/admin/approvals").await.expect(200).words();
    for words in ["Ada Lind", "@ada", "ada@example.com", "A red one."] {
        assert!(queue.contains(words), "{words}: {queue}");
    }
    let tabs = kim.get("/admin").await.expect(200);
    assert!(tabs.words().contains("1 waiting"), "{}", tabs.words());
}

#[tokio::test]
async fn whoever_waits_is_nobody_to_others_and_sees_where_they_stand() {
    let (world, kim) = approving().await;
    wait_for_approval(&world, "ada").await;
    let (browser, bob) = (world.guest(), world.member("bob").await);

    let signed_in = sign_in(&browser, "ada").await.expect(303);
    assert_eq!(signed_in.location(), "/sign-up/waiting");
    let page = signed_in.follow().await.expect(200);
    assert!(page.words().contains("is being looked at"), "{}", page.words());

    browser.get("/settings").await.expect(303);
    assert_eq!(
        browser.post("/ask", &[]).await.status,
        world.guest().post("/ask", &[]).await.status
    );
    for client in [&bob, &world.guest(), &kim] {
        client.get("/m/ada").await.expect(404);
    }
    assert!(!bob.get("/search?q=ada").await.words().contains("Ada Lind"));
    assert_eq!(world.count("select count(*) from members where handle = 'ada'").await, 0);
    assert_eq!(world.count("select count(*) from sessions join members on members.id = member_id where handle = 'ada'").await, 0);
    // Their handle is kept for them.
    let other = sign_up(&world.guest(), "a-da", "A blue one.").await.expect(422);
    assert!(other.problem("handle").is_some());
    sign_in_wrong(&world, "ada").await;
}

async fn sign_in_wrong(world: &World, login: &str) {
    let wrong = [("login", login), ("password", "not the password")];
    world.guest().post("/sign-in", &wrong).await.expect(422);
}

#[tokio::test]
async fn several_are_let_in_at_once_and_told() {
    let (world, kim) = approving().await;
    let ada = wait_for_approval(&world, "ada").await;
    wait_for_approval(&world, "eve").await;
    wait_for_approval(&world, "joe").await;

    let mut fields = ticked(&world, &["ada", "eve"]).await;
    fields.push(("approve", "chosen".to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, &value[..])).collect();
    kim.post("/admin/approvals", &fields).await.expect(303);
    world.run_jobs().await;

    assert!(world.mail_to("ada@example.com").subject.contains("You are in"));
    assert!(world.mail_to("eve@example.com").subject.contains("You are in"));
    sign_in(&ada, "ada").await.expect(303);
    let security = ada.get("/settings/security").await.expect(200);
    assert!(security.words().contains("ada@example.com – confirmed"), "{}", security.words());
    kim.get("/m/ada").await.expect(200);
    assert_eq!(world.count("select count(*) from applications").await, 1);
    let log = kim.get("/admin/log").await.words();
    assert!(log.contains("Let @ada in") && log.contains("Let @eve in"), "{log}");
}

#[tokio::test]
async fn whoever_is_declined_is_told_why_and_erased_after_thirty_days() {
    let (world, kim) = approving().await;
    let ada = wait_for_approval(&world, "ada").await;

    let page = kim.get("/admin/approvals").await.expect(200);
    let id = world.count("select id from applications").await.to_string();
    let form = page.form("approvals").set("application", &id);
    let refused = form.send_as("Decline all of them").await.expect(422);
    assert!(refused.problem("reason").is_some());
    let form = refused.form("approvals").set("reason", "You sell lamps.");
    form.send_as("Decline all of them").await.expect(303);
    world.run_jobs().await;

    let mail = world.mail_to("ada@example.com");
    assert!(mail.text.contains("You sell lamps."), "{}", mail.text);
    let standing = sign_in(&ada, "ada").await.expect(303).follow().await.words();
    assert!(standing.contains("You were not let in") && standing.contains("You sell lamps."));
    let log = kim.get("/admin/log").await.words();
    assert!(log.contains("Declined a sign-up") && !log.contains("ada@"), "{log}");
    world.advance(Duration::days(29));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from applications").await, 1);
    world.advance(Duration::days(1));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from applications").await, 0);
    sign_in(&ada, "ada").await.expect(422);
}

#[tokio::test]
async fn two_administrators_at_once_let_in_one_member() {
    let (world, kim) = approving().await;
    wait_for_approval(&world, "ada").await;
    let id = world.count("select id from applications").await.to_string();

    let all = (0..6).map(async |_| kim.copy().post("/admin/approvals", &[("approve", &id)]).await);
    let answers = join_all(all).await;

    assert!(answers.iter().all(|answer| answer.status == 303));
    assert_eq!(world.count("select count(*) from members where handle = 'ada'").await, 1);
    assert_eq!(world.count("select count(*) from admin_log where act = 'approve'").await, 1);
    world.run_jobs().await;
}

#[tokio::test]
async fn two_who_wait_with_one_address_are_let_in_at_once_and_one_of_them_has_it() {
    let (world, kim) = approving().await;
    for handle in ["ada", "eve"] {
        let client = world.guest();
        let form = client.get("/sign-up").await.form("/sign-up").set("handle", handle);
        let form =
            form.set("name", "Ada").set("email", "ada@example.com").set("password", PASSWORD);
        form.set("answer", "A red one.").send().await.expect(303);
        world.run_jobs().await;
        client.press(&world.link_to("ada@example.com")).await.expect(303);
    }
    let ids = ticked(&world, &["ada", "eve"]).await;

    let all = ids
        .iter()
        .map(async |(_, id)| kim.copy().post("/admin/approvals", &[("approve", id)]).await);
    let answers = join_all(all).await;

    assert!(answers.iter().all(|answer| answer.status == 303));
    let named = "select count(*) from members where name = 'Ada'";
    assert_eq!(world.count(named).await, 2);
    assert_eq!(world.count(&format!("{named} and email_confirmed_at is not null")).await, 1);
    world.run_jobs().await;
}

#[tokio::test]
async fn waiting_does_not_tell_whether_an_address_is_known() {
    let (world, _) = approving().await;
    world.account("bob").await;
    let (eve, zoe) = (world.guest(), world.guest());

    let form = eve.get("/sign-up").await.form("/sign-up").set("handle", "eve").set("name", "Eve");
    let form = form.set("email", "Bob@Example.com").set("password", PASSWORD);
    let known = form.set("answer", "A red one.").send().await.expect(303);
    let unknown = sign_up(&zoe, "zoe", "A red one.").await.expect(303);

    assert_eq!(known.location(), unknown.location());
    let words = |page: Answer| page.words().replace("@eve", "").replace("@zoe", "");
    let (known, unknown) = (words(known.follow().await), words(unknown.follow().await));
    assert_eq!(
        known.replace("Bob@Example.com", "").replace("Eve", ""),
        unknown.replace("zoe@example.com", "").replace("Ada Lind", ""),
    );
    world.run_jobs().await;
    let mail = world.mail_to("Bob@Example.com");
    assert!(mail.text.contains("@bob") && !mail.text.contains("/confirm/"), "{}", mail.text);
}

#[tokio::test]
async fn what_is_never_proved_is_erased_and_whoever_waits_may_withdraw() {
    let (world, _) = approving().await;
    let (ada, eve) = (world.guest(), world.guest());
    sign_up(&ada, "ada", "A red one.").await.expect(303);
    sign_up(&eve, "eve", "A red one.").await.expect(303);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");

    let page = eve.get("/sign-up/waiting").await.expect(200);
    page.form("/sign-up/waiting/withdraw").send().await.expect(303);
    assert_eq!(world.count("select count(*) from applications").await, 1);
    world.advance(Duration::days(7));
    world.run_chores().await;

    assert_eq!(world.count("select count(*) from applications").await, 0);
    ada.get(&link).await.expect(422);
    // The handle is free again.
    sign_up(&world.guest(), "eve", "A red one.").await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn whoever_waits_is_let_in_with_the_terms_they_agreed_to() {
    let (world, kim) = approving().await;
    publish(&kim, "terms", "Be kind.", true).await;
    agree(&kim).await;
    let ada = world.guest();

    let unasked = sign_up(&ada, "ada", "A red one.").await.expect(422);
    assert!(unasked.problem("terms").is_some());
    let form = unasked.form("/sign-up").set("password", PASSWORD);
    let agreed = form.set("terms", "1");
    publish(&kim, "terms", "Be very kind.", true).await;
    agree(&kim).await;
    let older = agreed.send().await.expect(422);
    assert!(older.problem("terms").is_some_and(|words| words.contains("changed")));
    assert_eq!(world.count("select count(*) from applications").await, 0);
    older.form("/sign-up").set("password", PASSWORD).set("terms", "2").send().await.expect(303);
    world.run_jobs().await;
    ada.press(&world.link_to("ada@example.com")).await.expect(303);
    // What changes in small ways while they wait is not asked anew.
    publish(&kim, "terms", "Be very kind, please.", false).await;
    let id = world.count("select id from applications").await.to_string();
    kim.post("/admin/approvals", &[("approve", &id)]).await.expect(303);

    let consents =
        "select count(*) from consents join members on members.id = member_id where handle = 'ada'";
    assert_eq!(world.count(consents).await, 1);
    assert_eq!(world.count(&consents.replace("count(*)", "version::bigint")).await, 2);
    sign_in(&ada, "ada").await.expect(303);
    ada.get("/ask").await.expect(200);
    world.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_is_approval_enough() {
    let (world, kim) = approving().await;
    let made = kim.post("/admin/invitations", &[("uses", "1"), ("days", "3")]).await.expect(200);
    let link = made.part("#link").attr("value").expect("a link").to_owned();
    let link = &link[link.find("/join/").expect("an invitation")..];

    let ada = world.guest();
    let form = ada.get(link).await.expect(200).form(link).set("handle", "ada").set("name", "Ada");
    form.set("email", "ada@example.com").set("password", PASSWORD).send().await.expect(303);
    world.run_jobs().await;

    ada.get("/settings").await.expect(200);
}

#[tokio::test]
async fn the_queue_hints_at_what_might_be_overlooked() {
    let (world, kim) = approving().await;
    for (handle, email, answer) in [
        ("ada", "ada@mailinatar.com", "See https://lamps.example"),
        ("eve", "eve@example.com", "A red one."),
        ("joe", "joe@example.com", "A red one."),
    ] {
        let client = world.guest();
        let page = client.get("/sign-up").await;
        let form = page.form("/sign-up").set("handle", handle).set("name", handle);
        let form = form.set("email", email).set("password", PASSWORD).set("answer", answer);
        form.send().await.expect(303);
        world.run_jobs().await;
        client.press(&world.link_to(email)).await.expect(303);
    }

    let hints = kim.get("/admin/approvals").await.expect(200).texts(".row__hint").join("\n");

    assert!(hints.contains("much like those at mailinator.com"), "{hints}");
    assert!(hints.contains("The answer holds a link"), "{hints}");
    assert_eq!(hints.matches("gave the same answer").count(), 2, "{hints}");
}

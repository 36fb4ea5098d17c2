//! A new password for whoever has forgotten theirs.

use crate::harness::{Answer, Client, PASSWORD, World};
use futures_util::future::join_all;
use time::Duration;

const NEW: &str = "another battery staple";

/// Asks for a link and returns its path.
async fn link(world: &World, login: &str) -> String {
    ask(&world.guest(), login).await.expect(200);
    world.run_jobs().await;
    world.link_to(&format!("{login}@example.com"))
}

async fn ask(client: &Client, login: &str) -> Answer {
    let page = client.get("/reset-password").await.expect(200);
    page.form("/reset-password").set("login", login).send().await
}

async fn set(client: &Client, link: &str, password: &str) -> Answer {
    client.post(link, &[("password", password)]).await
}

async fn signs_in(world: &World, password: &str) -> bool {
    world.run_jobs().await;
    let fields = [("login", "ada"), ("password", password)];
    world.guest().post("/sign-in", &fields).await.status == 303
}

#[tokio::test]
async fn the_link_sets_a_password_signs_in_and_ends_all_other_sessions() {
    let world = World::new().await;
    world.account("ada").await;
    let elsewhere = world.guest();
    elsewhere.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    let link = link(&world, "ada").await;
    let here = world.guest();

    let page = here.get(&link).await.expect(200);
    let answer = page.form(&link).set("password", NEW).send().await;

    assert_eq!(answer.expect(303).location(), "/");
    here.get("/settings").await.expect(200);
    elsewhere.get("/settings").await.expect(303);
    assert!(signs_in(&world, NEW).await);
    assert!(!signs_in(&world, PASSWORD).await);
}

#[tokio::test]
async fn asking_looks_the_same_whether_or_not_there_is_an_account() {
    let world = World::new().await;
    world.account("ada").await;

    let known = ask(&world.guest(), "ada").await.expect(200);
    let unknown = ask(&world.guest(), "nobody").await.expect(200);

    assert_eq!(known.text, unknown.text);
    let written = "select count(*) from jobs where name = 'members.mail_reset'";
    assert_eq!(world.count(written).await, 2, "either waits for the disk");
    world.run_jobs().await;
    assert_eq!(world.mails().len(), 1);
}

#[tokio::test]
async fn the_pages_for_a_new_password() {
    let world = World::new().await;
    world.account("ada").await;
    let guest = world.guest();

    let asking = guest.get("/reset-password").await.part("main").outline();
    let setting = guest.get(&link(&world, "ada").await).await.part("main").outline();
    let used_up = guest.get("/reset-password/none").await.expect(422).part("main").outline();

    insta::assert_snapshot!([asking, setting, used_up].join("\n\n"));
}

#[tokio::test]
async fn a_link_works_once() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    set(&world.guest(), &link, NEW).await.expect(303);

    set(&world.guest(), &link, "a third password").await.expect(422);
    world.guest().get(&link).await.expect(422);
    assert!(signs_in(&world, NEW).await);
}

#[tokio::test]
async fn of_twenty_uses_at_once_one_succeeds() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    let uses = (0..20).map(async |number| {
        let client = world.guest();
        let answer = set(&client, &link, &format!("password number {number}")).await;
        (number, answer.status.as_u16())
    });
    let answers = join_all(uses).await;

    let won: Vec<_> = answers.iter().filter(|(_, status)| *status == 303).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    // Hashing is what a server has little of: some may be asked to come again.
    assert!(answers.iter().all(|(_, status)| matches!(status, 303 | 422 | 503)), "{answers:?}");
    assert!(signs_in(&world, &format!("password number {}", won[0].0)).await);
    assert_eq!(world.count("select count(*) from sessions").await, 2);
}

#[tokio::test]
async fn a_link_is_too_old_after_an_hour() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    world.advance(Duration::minutes(61));

    world.guest().get(&link).await.expect(422);
    set(&world.guest(), &link, NEW).await.expect(422);
    assert!(signs_in(&world, PASSWORD).await);
}

#[tokio::test]
async fn a_used_link_voids_those_sent_before_and_after() {
    let world = World::new().await;
    world.account("ada").await;
    let (first, second) = (link(&world, "ada").await, link(&world, "ada").await);

    set(&world.guest(), &first, NEW).await.expect(303);

    set(&world.guest(), &second, "a third password").await.expect(422);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_password_too_short_leaves_the_link_good() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    let answer = set(&world.guest(), &link, "short").await.expect(422);

    assert!(answer.problem("password").is_some());
    set(&world.guest(), &link, NEW).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_password_soon_guessed_leaves_the_link_good() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    for password in ["password123", "ada@example"] {
        let answer = set(&world.guest(), &link, password).await.expect(422);
        assert!(answer.problem("password").is_some(), "{password}");
    }

    set(&world.guest(), &link, NEW).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_address_is_told_of_a_new_password() {
    let world = World::new().await;
    world.account("ada").await;
    let link = link(&world, "ada").await;

    set(&world.guest(), &link, NEW).await.expect(303);
    world.run_jobs().await;

    let mail = world.mail_to("ada@example.com");
    assert!(mail.subject.contains("was changed"), "{}", mail.subject);
    assert_eq!(world.link_to("ada@example.com"), "/reset-password");
}

#[tokio::test]
async fn the_link_of_another_mail_sets_no_password() {
    let world = World::new().await;
    let fields =
        [("handle", "ada"), ("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD)];
    world.guest().post("/sign-up", &fields).await.expect(303);
    world.run_jobs().await;
    let confirming = world.link_to("ada@example.com");

    let link = confirming.replace("/confirm/", "/reset-password/");

    set(&world.guest(), &link, NEW).await.expect(422);
    assert!(signs_in(&world, PASSWORD).await);
}

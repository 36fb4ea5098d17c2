//! A new password for whoever knows theirs.

use crate::harness::{Answer, Client, PASSWORD, World};
use sqlx::Connection;

const NEW: &str = "another battery staple";

/// A browser in which Ada has signed in.
async fn signed_in(world: &World) -> Client {
    let client = world.guest();
    client.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    client
}

async fn change(client: &Client, current: &str, new: &str) -> Answer {
    let form = client.get("/settings/security").await.expect(200).form("/settings/password");
    form.set("current_password", current).set("new_password", new).send().await
}

async fn signs_in(world: &World, password: &str) -> bool {
    let fields = [("login", "ada"), ("password", password)];
    world.guest().post("/sign-in", &fields).await.status == 303
}

async fn is_signed_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}

#[tokio::test]
async fn a_member_changes_their_password_and_all_other_browsers_are_signed_out() {
    let world = World::new().await;
    world.account("ada").await;
    let (here, elsewhere) = (signed_in(&world).await, signed_in(&world).await);
    let stolen = here.copy();

    let answer = change(&here, PASSWORD, NEW).await;

    assert_eq!(answer.expect(303).location(), "/settings/security");
    assert!(is_signed_in(&here).await);
    assert!(!is_signed_in(&elsewhere).await && !is_signed_in(&stolen).await);
    assert!(signs_in(&world, NEW).await && !signs_in(&world, PASSWORD).await);
    world.run_jobs().await;
    let mail = world.mail_to("ada@example.com");
    assert!(mail.text.contains("was changed") && mail.text.contains("@ada"), "{}", mail.text);
}

#[tokio::test]
async fn the_present_password_is_asked_for_and_nothing_typed_comes_back() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world).await;

    for (current, new, field) in [
        ("not it at all", NEW, "current_password"),
        ("", NEW, "current_password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "password123", "new_password"),
        (PASSWORD, "ada@example", "new_password"),
    ] {
        let answer = change(&ada, current, new).await.expect(422);
        assert!(answer.problem(field).is_some(), "{current} {new}");
        let form = answer.form("/settings/password");
        assert_eq!((form.value("current_password"), form.value("new_password")), ("", ""));
    }

    assert!(is_signed_in(&ada).await && signs_in(&world, PASSWORD).await);
    assert!(world.mails().is_empty());
}

#[tokio::test]
async fn a_password_that_is_being_replaced_changes_nothing_afterwards() {
    let world = World::new().await;
    world.account("ada").await;
    let stolen = signed_in(&world).await;
    let mut other = world.as_owner().await;
    let mut changing = other.begin().await.unwrap();
    let change = "update members set password_hash = 'another'";
    sqlx::raw_sql(change).execute(&mut *changing).await.unwrap();

    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    let (answer, ()) = tokio::join!(stolen.post("/settings/password", &fields), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        changing.commit().await.unwrap();
    });

    answer.expect(422);
    let kept = "select count(*) from members where password_hash = 'another'";
    assert_eq!(world.count(kept).await, 1);
}

#[tokio::test]
async fn a_link_asked_for_before_sets_no_password_afterwards() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = signed_in(&world).await;
    world.guest().post("/reset-password", &[("login", "ada")]).await.expect(200);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");

    change(&ada, PASSWORD, NEW).await.expect(303);

    world.guest().post(&link, &[("password", "a third password")]).await.expect(422);
    world.run_jobs().await;
}

#[tokio::test]
async fn an_address_that_nobody_proved_is_told_nothing() {
    let world = World::new().await;
    let ada = world.guest();
    let fields = [("handle", "ada"), ("name", "Ada"), ("email", "a@stranger.example")];
    ada.post("/sign-up", &[&fields[..], &[("password", PASSWORD)]].concat()).await.expect(303);

    change(&ada, PASSWORD, NEW).await.expect(303);
    world.run_jobs().await;

    let links = world.mails().iter().all(|mail| mail.text.contains("/confirm/"));
    assert!(links, "there is but the mail that proves the address");
}

#[tokio::test]
async fn who_guesses_in_a_signed_in_browser_is_held_back_as_at_the_sign_in_page() {
    let world = World::with_rate_limits().await;
    world.account("ada").await;
    let ada = signed_in(&world).await;

    // Signing in took one of ten.
    for _ in 0..9 {
        change(&ada, "not it at all", NEW).await.expect(422);
    }

    let held = change(&ada, PASSWORD, NEW).await.expect(429);
    assert!(!held.text.contains(PASSWORD) && !held.text.contains(NEW));
}

#[tokio::test]
async fn a_member_without_a_password_is_shown_the_way_to_one() {
    let world = World::new().await;
    let bob = world.member("bob").await;

    let page = bob.get("/settings/security").await.expect(200);

    assert!(page.texts("form[action='/settings/password']").is_empty());
    let fields = [("current_password", "x"), ("new_password", NEW)];
    bob.post("/settings/password", &fields).await.expect(422);
}

//! Ways into an account that change hands, or are gone before a provider has answered.

use super::stage::{Stage, ada, come, who};
use crate::harness::{Client, PASSWORD, World};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection};
use std::time::Duration as Wait;
use time::Duration;

const NEW: &str = "another battery staple";

/// A stranger signs up with an address that is somebody else's.
async fn stranger(world: &World) -> Client {
    let browser = world.guest();
    let fields =
        [("handle", "ada"), ("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD)];
    browser.post("/sign-up", &fields).await.expect(303);
    world.run_jobs().await;
    browser
}

/// Whoever reads the mail of that address asks for a new password.
async fn reset(world: &World) -> Client {
    let owner = world.guest();
    owner.post("/reset-password", &[("login", "ada@example.com")]).await.expect(200);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");
    owner.post(&link, &[("password", NEW)]).await.expect(303);
    world.run_jobs().await;
    owner
}

#[tokio::test]
async fn whoever_proves_the_address_of_an_account_has_it_alone() {
    let stage = Stage::set().await;
    let stranger = stranger(&stage.world).await;
    let page = stranger.get("/settings/security").await;
    let sent = page.button("Link Home").press().await.expect(200);
    let person = json!({ "sub": "a stranger" });
    come(&stranger, &stage.yes(&sent, &person)).await.expect(303);

    let owner = reset(&stage.world).await;

    assert_eq!(who(&owner).await.as_deref(), Some("Ada"));
    let again = stage.sign_in(&stage.world.guest(), &person).await.expect(303);
    assert_eq!(again.location(), "/sign-in/arrival");
}

#[tokio::test]
async fn an_address_is_not_bound_to_an_account_whose_second_step_its_owner_cannot_pass() {
    let world = World::new().await;
    let stranger = stranger(&world).await;
    stranger.set_up_app(&world).await;

    let owner = reset(&world).await;

    assert_eq!(who(&owner).await, None);
    let bound = "select count(*) from members where email_confirmed_at is not null";
    assert_eq!(world.count(bound).await, 0);
}

#[tokio::test]
async fn what_was_to_be_linked_is_not_where_all_were_signed_out_meanwhile() {
    let stage = Stage::set().await;
    let bob = stage.world.member("bob").await;
    let sent = bob.get("/settings/security").await.button("Link Home").press().await.expect(200);
    let back = stage.yes(&sent, &ada());

    // As whoever sets a new password does, while the provider has not answered.
    let mut other = stage.world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    let id = stage.world.id_of("bob").await;
    let end = format!(
        "select from members where id = {id} for update; delete from sessions where member_id = {id}"
    );
    sqlx::raw_sql(AssertSqlSafe(end)).execute(&mut *holding).await.unwrap();
    tokio::join!(come(&bob, &back), async {
        tokio::time::sleep(Wait::from_millis(900)).await;
        holding.commit().await.unwrap();
    });
    stage.world.run_jobs().await;

    assert_eq!(stage.world.count("select count(*) from identities").await, 0);
}

#[tokio::test]
async fn showing_once_more_who_one_is_leaves_a_copied_cookie_worthless() {
    let stage = Stage::set().await;
    let browser = stage.newcomer(&ada()).await;
    stage.world.advance(Duration::minutes(11));
    let copy = browser.copy();

    let page = browser.get("/settings/security").await.expect(200);
    let sent = page.button("Show it by Home").press().await.expect(200);
    come(&browser, &stage.yes(&sent, &ada())).await.expect(303);

    assert_eq!(who(&browser).await.as_deref(), Some("Ada Lind"));
    let wish = [("email", "ada@elsewhere.example")];
    browser.post("/settings/email", &wish).await.expect(303);
    assert_eq!(who(&copy).await, None);
    assert!(browser.get("/settings/sessions").await.words().contains("provider"));
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn addresses_that_are_thrown_away_are_refused_wherever_one_is_typed() {
    let stage = Stage::set().await;
    let form = stage.admin.get("/admin/settings").await.form("settings");
    form.set("refused_domains", "mailinator.com").send().await.expect(303);
    let browser = stage.world.guest();

    let arrival = stage.sign_in(&browser, &ada()).await.follow().await.expect(200);
    let form = arrival.form("join").set("email", "ada@eu.mailinator.com");
    let refused = form.send().await.expect(422);
    assert!(refused.problem("email").is_some_and(|words| words.contains("Use one you will keep")));
    refused.form("join").set("email", "ada@example.com").send().await.expect(303);
    let page = browser.get("/settings/security").await.expect(200);
    let form = page.form("/settings/email").set("email", "ada@mailinator.com");
    let refused = form.send().await.expect(422);

    assert!(refused.problem("email").is_some_and(|words| words.contains("Use one you will keep")));
    stage.world.run_jobs().await;
}

//! Proving that an address is one's own.

use crate::harness::{Client, PASSWORD, World};
use time::Duration;

/// Somebody who has just signed up, and the link in their mail.
async fn newcomer(world: &World, handle: &str, email: &str) -> (Client, String) {
    let client = world.guest();
    let fields = [("handle", handle), ("name", handle), ("email", email), ("password", PASSWORD)];
    client.post("/sign-up", &fields).await.expect(303);
    world.run_jobs().await;
    (client, world.link_to(email))
}

/// Unconfirmed members are offered another mail.
async fn is_confirmed(client: &Client) -> bool {
    let settings = client.get("/settings/security").await.expect(200);
    settings.texts("form[action='/settings/confirm']").is_empty()
}

#[tokio::test]
async fn the_button_confirms_and_opening_the_link_does_not() {
    let world = World::new().await;
    let (ada, link) = newcomer(&world, "ada", "ada@example.com").await;

    // Mail programs open links to look at them.
    let page = world.guest().get(&link).await.expect(200);
    assert!(!is_confirmed(&ada).await);
    page.form(&link).send().await.expect(303);

    assert!(is_confirmed(&ada).await);
}

#[tokio::test]
async fn a_link_works_once_and_for_three_days() {
    let world = World::new().await;
    let (ada, first) = newcomer(&world, "ada", "ada@example.com").await;

    world.advance(Duration::days(3) + Duration::SECOND);
    world.guest().get(&first).await.expect(422);
    world.guest().post(&first, &[]).await.expect(422);
    let again = ada.get("/settings/security").await.form("/settings/confirm").send().await;
    assert_eq!(again.expect(303).location(), "/settings/security");
    world.run_jobs().await;
    let second = world.link_to("ada@example.com");

    world.guest().post(&second, &[]).await.expect(303);
    world.guest().post(&second, &[]).await.expect(422);
    assert!(is_confirmed(&ada).await);
}

#[tokio::test]
async fn an_address_is_confirmed_by_one_member() {
    let world = World::new().await;
    let (ada, first) = newcomer(&world, "ada", "shared@example.com").await;
    let (bob, second) = newcomer(&world, "bob", "shared@example.com").await;

    world.guest().post(&second, &[]).await.expect(303);
    world.guest().post(&first, &[]).await.expect(422);

    assert!(is_confirmed(&bob).await && !is_confirmed(&ada).await);
}

//! The year on a profile: what somebody wrote day by day and earned month by month.

use crate::harness::{Client, World};
use candor::access::Audience;
use time::Duration;

/// What the calendar says of its days, one by one.
async fn days(client: &Client, handle: &str) -> Vec<String> {
    client.get(&format!("/m/{handle}")).await.expect(200).texts(".year__days rect title")
}

#[tokio::test]
async fn a_profile_draws_a_year_of_days_and_says_the_same_in_a_table() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    assert!(days(&world.guest(), "bob").await.is_empty(), "nothing was done");
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.advance(Duration::DAY);
    bob.say(&thread, "Or another lamp.").await;
    bob.say(&thread, "Or none.").await;

    let page = world.guest().get("/m/bob").await.expect(200);

    let said = page.texts(".year__days rect title");
    assert_eq!(said.len(), 2);
    assert!(said[0].ends_with(": 1 post"), "{said:?}");
    assert!(said[1].ends_with(": 2 posts"), "{said:?}");
    assert_eq!(page.part(".year__days svg").attr("aria-label"), Some("3 posts on 2 days"));
    let cells = page.texts(".year__scroll td");
    let told: i64 = cells.iter().filter_map(|cell| cell.parse::<i64>().ok()).sum();
    assert_eq!(told, 3, "the table says what the drawing says: {cells:?}");
    let label = page.part(".year__months").attr("aria-label").unwrap_or_default().to_owned();
    assert_eq!(label, "6 points in twelve months");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_calendar_shows_nothing_of_boards_that_the_reader_may_not_see() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    ada.start("lounge", "A lamp flickers", "It does.").await;
    assert_eq!(days(&bob, "ada").await.len(), 1);

    world.reopen("lounge", Audience::Staff).await;

    assert!(days(&bob, "ada").await.is_empty());
    world.run_jobs().await;
}

#[tokio::test]
async fn what_was_taken_back_is_gone_from_its_day_and_what_is_a_year_old_from_the_drawing() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    bob.say(&thread, "Or another lamp.").await;
    let last = world.post_at(&thread, 3).await;

    bob.press(&format!("/p/{last}/delete")).await.expect(303);

    let said = days(&world.guest(), "bob").await;
    assert!(said.len() == 1 && said[0].ends_with(": 1 post"), "{said:?}");
    world.advance(Duration::days(380));
    assert!(days(&world.guest(), "bob").await.is_empty());
    world.run_jobs().await;
}

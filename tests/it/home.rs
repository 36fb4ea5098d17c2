//! The home page.

use crate::harness::{Client, World};
use time::Duration;

#[tokio::test]
async fn a_guest_is_welcomed_and_meets_the_boards() {
    let world = World::new().await;

    let page = world.guest().get("/").await.expect(200);

    insta::assert_snapshot!(page.part("main").outline());
    assert!(!page.text.contains("Staff room") && !page.text.contains("Beta"));
}

#[tokio::test]
async fn a_member_meets_what_concerns_them_first() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    world.advance(Duration::hours(1));
    bob.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;

    let page = ada.get("/").await.expect(200);

    let links = page.part("main").hrefs();
    assert!(
        links.contains(&format!("{}#p2", thread.url)),
        "new answers lead to the first: {links:?}"
    );
    insta::assert_snapshot!(page.part("main").outline());
}

#[tokio::test]
async fn only_threads_of_boards_that_one_may_see_are_listed() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    ada.start("beta", "A lamp of the future", "It glows.").await;
    tom.start("staff-room", "A lamp for Ada", "As a gift.").await;
    world.run_jobs().await;

    let guest = world.guest().get("/").await.expect(200);
    let member = ada.get("/").await.expect(200);
    let moderator = tom.get("/").await.expect(200);

    assert!(!guest.text.contains("future") && !guest.text.contains("for Ada"));
    assert!(member.text.contains("future") && !member.text.contains("for Ada"));
    assert!(moderator.text.contains("future") && moderator.text.contains("for Ada"));
}

#[tokio::test]
async fn helpers_are_those_of_the_last_thirty_days() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;
    world.run_chores().await;
    assert_eq!(helpers(&world.guest()).await, ["Bob 2", "Ada 1"]);

    ada.press(&format!("/p/{}/kudos", world.post_at(&thread, 2).await)).await.expect(303);
    world.run_jobs().await;
    world.run_chores().await;
    assert_eq!(helpers(&world.guest()).await, ["Bob 6", "Ada 1"]);

    world.advance(Duration::days(31));
    world.run_chores().await;

    assert!(helpers(&world.guest()).await.is_empty());
}

#[tokio::test]
async fn what_a_helper_lost_of_long_ago_is_not_set_off_against_what_is_new() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let kudos = format!("/p/{}/kudos", world.post_at(&thread, 2).await);
    ada.press(&kudos).await.expect(303);
    world.run_jobs().await;
    world.advance(Duration::days(16));
    for client in [&ada, &bob] {
        client.get("/").await.expect(200);
    }
    world.advance(Duration::days(15));
    bob.say(&thread, "Or another lamp.").await;

    ada.press(&format!("{kudos}/undo")).await.expect(303);
    world.run_jobs().await;
    world.run_chores().await;

    assert_eq!(helpers(&world.guest()).await, ["Bob 2"]);
}

#[tokio::test]
async fn helpers_are_known_by_what_they_did_where_one_may_look() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let tom = world.moderator("tom").await;
    let open = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&open, "Try another bulb.").await;
    let hidden = tom.start("staff-room", "A lamp for Ada", "As a gift.").await;
    tom.say(&hidden, "A red one.").await;
    let members = ada.start("beta", "A lamp of the future", "It glows.").await;
    ada.say(&members, "In the dark.").await;
    world.run_jobs().await;
    world.run_chores().await;

    assert_eq!(helpers(&world.guest()).await, ["Bob 2", "Ada 1"]);
    assert_eq!(helpers(&bob).await, ["Ada 4", "Bob 2"]);
    assert_eq!(helpers(&tom).await, ["Ada 4", "Tom 3", "Bob 2"]);
}

/// Who stands there, with their points.
async fn helpers(client: &Client) -> Vec<String> {
    let page = client.get("/").await.expect(200);
    let points = page.texts(".people__one data");
    let points = points.iter().map(|points| points.split(' ').next().unwrap_or_default());
    page.texts(".people__one a").iter().zip(points).map(|(name, n)| format!("{name} {n}")).collect()
}

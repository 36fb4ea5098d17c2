//! Whoever asked is asked whether a reply that helped others solved it.

use crate::harness::{Begun, Client, World};
use time::Duration;

const BOX: &str = "section.asking";

/// Ada asked; Bob answered at 2, which Carla thanked for, Dan at 3.
async fn stage() -> (World, Client, Begun) {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.member("dan").await.say(&thread, "Try the switch.").await;
    let reply = world.post_at(&thread, 2).await;
    world.member("carla").await.press(&format!("/p/{reply}/kudos")).await.expect(303);
    world.run_jobs().await;
    (world, ada, thread)
}

async fn days(world: &World, days: i64) {
    world.advance(Duration::days(days));
    world.run_chores().await;
    world.run_chores().await;
    world.run_jobs().await;
}

async fn times_asked(world: &World) -> i64 {
    world.count("select count(*) from notifications where kind = 'asking'").await
}

#[tokio::test]
async fn after_three_and_after_ten_days_once_each() {
    let (world, ada, thread) = stage().await;

    days(&world, 2).await;
    assert_eq!(times_asked(&world).await, 0);
    days(&world, 1).await;
    assert_eq!(times_asked(&world).await, 1);
    let inbox = world.sign_in("ada").await.get("/inbox").await.expect(200).words();
    assert!(inbox.contains("Did a reply in A lamp flickers solve it?"), "{inbox}");
    days(&world, 6).await;
    assert_eq!(times_asked(&world).await, 1);
    days(&world, 1).await;
    assert_eq!(times_asked(&world).await, 2);
    days(&world, 9).await;
    assert_eq!(times_asked(&world).await, 2);
    drop((ada, thread));
}

#[tokio::test]
async fn one_tap_on_the_page_answers() {
    let (world, _, thread) = stage().await;
    days(&world, 3).await;
    let ada = world.sign_in("ada").await;

    let page = ada.get(&thread.url).await.expect(200);
    let asked = page.texts(&format!("{BOX} li p"));
    let bob = world.sign_in("bob").await.get(&thread.url).await.expect(200);
    page.part(BOX).button("Bob #2 solved it").press().await.expect(303);
    world.run_jobs().await;

    assert_eq!(asked, ["Bob #2 Try another bulb."], "only what helped somebody");
    assert!(bob.texts(BOX).is_empty(), "nobody but the asker is asked");
    let page = ada.get(&thread.url).await.expect(200);
    assert!(page.texts(BOX).is_empty());
    assert!(page.part("section.solution").words().contains("Try another bulb."));
}

#[tokio::test]
async fn who_says_none_is_left_alone_until_the_second_time() {
    let (world, _, thread) = stage().await;
    days(&world, 3).await;
    let ada = world.sign_in("ada").await;

    let page = ada.get(&thread.url).await.expect(200);
    page.part(BOX).button("None of them, so far").press().await.expect(303);
    assert!(ada.get(&thread.url).await.expect(200).texts(BOX).is_empty());
    world.sign_in("bob").await.press(&thread.deed("solution/none")).await.expect(403);
    days(&world, 7).await;

    assert_eq!(world.sign_in("ada").await.get(&thread.url).await.texts(BOX).len(), 1);
}

#[tokio::test]
async fn nobody_is_asked_of_what_is_solved_or_helped_nobody() {
    let (world, ada, thread) = stage().await;
    let plain = ada.start("help", "A lamp hums", "It does.").await;
    world.sign_in("bob").await.say(&plain, "Let it.").await;
    ada.press(&format!("/p/{}/solution", world.post_at(&thread, 3).await)).await.expect(303);

    days(&world, 3).await;

    assert_eq!(times_asked(&world).await, 0);
}

//! Points and ranks.

use crate::harness::World;

#[tokio::test]
async fn a_new_rank_stands_beside_every_post_at_once() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let rank = async || world.guest().get(&thread.url).await.texts("#p2 .rank").concat();
    assert_eq!(rank().await, "Newcomer");

    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    assert_eq!(rank().await, "Neighbour", "17 points, before any job ran");
    let profile = world.guest().get("/m/bob").await.expect(200);
    assert_eq!(profile.texts(".profile__line .rank"), ["Neighbour"]);
    assert_eq!(profile.texts(".figures dd"), ["1", "0", "1", "17"]);

    ada.press(&format!("/p/{post}/solution/undo")).await.expect(303);
    assert_eq!(rank().await, "Newcomer");
    world.run_jobs().await;
}

#[tokio::test]
async fn the_ladder_says_where_one_stands_and_what_is_missing() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;

    let page = ada.get("/ranks").await.expect(200);
    let guest = world.guest().get("/ranks").await.expect(200);

    assert_eq!(page.texts(".ladder > li").len(), 10);
    assert_eq!(page.texts(".ladder [aria-current] b"), ["Newcomer · you are here"]);
    assert!(page.part("main").words().contains("1 point"));
    assert!(guest.texts(".ladder [aria-current]").is_empty());
    let rules = guest.texts(".facts dd");
    assert_eq!(rules, ["15", "2", "4", "2", "1"], "solution, confirmation, kudos, reply, thread");
}

#[tokio::test]
async fn a_rank_that_was_reached_is_told_in_the_inbox() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;

    let inbox = bob.get("/inbox").await.expect(200).words();

    assert!(inbox.contains("Neighbour"), "{inbox}");
}

#[tokio::test]
async fn points_never_show_below_zero() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    ada.press(&format!("/p/{}/delete", world.post_at(&thread, 1).await)).await.expect(303);
    world.run_jobs().await;

    let profile = world.guest().get("/m/ada").await.expect(200);

    assert_eq!(profile.texts(".figures dd"), ["0", "0", "0", "0"]);
}

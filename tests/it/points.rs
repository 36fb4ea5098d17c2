//! What deeds earn: the table, the cap of a day, kudos of the same giver, and exact undoing.

use crate::harness::{Begun, Client, World};
use time::Duration;

/// What a profile says of points.
async fn points(world: &World, handle: &str) -> i64 {
    let profile = world.guest().get(&format!("/m/{handle}")).await.expect(200);
    profile.texts(".figures dd").pop().unwrap().parse().unwrap()
}

/// Replies of a member in a thread of somebody else.
async fn replies(world: &World, who: &Client, thread: &Begun, many: usize) -> Vec<i64> {
    let mut posts = Vec::new();
    for number in 0..many {
        who.say(thread, &format!("Try number {number}.")).await;
        posts.push(world.count("select max(id) from posts").await);
    }
    posts
}

async fn give(who: &Client, post: i64) {
    who.press(&format!("/p/{post}/kudos")).await.expect(303);
}

async fn take_back(who: &Client, post: i64) {
    who.press(&format!("/p/{post}/kudos/undo")).await.expect(303);
}

#[tokio::test]
async fn kudos_of_the_same_giver_bring_ever_less_and_each_takes_back_what_it_brought() {
    let world = World::new().await;
    let (ada, bob, cleo) =
        (world.member("ada").await, world.member("bob").await, world.member("cleo").await);
    let thread = cleo.start("help", "A lamp flickers", "It does.").await;
    let posts = replies(&world, &ada, &thread, 4).await;
    assert_eq!(points(&world, "ada").await, 8);

    for post in &posts[..3] {
        give(&bob, *post).await;
    }
    assert_eq!(points(&world, "ada").await, 8 + 4 + 2 + 1);
    give(&bob, posts[3]).await;
    assert_eq!(points(&world, "ada").await, 8 + 7, "half a point is not yet one");
    give(&cleo, posts[3]).await;
    assert_eq!(points(&world, "ada").await, 8 + 7 + 4, "another giver begins at the full");

    take_back(&bob, posts[1]).await;
    assert_eq!(points(&world, "ada").await, 8 + 5 + 4, "and half a point");
    give(&bob, posts[1]).await;
    assert_eq!(points(&world, "ada").await, 8 + 6 + 4, "the fourth that stands: two halves");

    world.advance(Duration::days(15));
    bob.get("/").await.expect(200);
    world.advance(Duration::days(16));
    take_back(&bob, posts[0]).await;
    assert_eq!(points(&world, "ada").await, 8 + 2 + 4, "what the first brought goes, however late");
    give(&bob, posts[0]).await;
    assert_eq!(points(&world, "ada").await, 8 + 6 + 4, "after thirty days it counts in full");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_day_brings_no_more_than_its_cap_but_for_solutions() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    kim.get("/admin/points").await.form("points").set("reply", "120").send().await.expect(303);
    let thread = bob.start("help", "A lamp flickers", "It does.").await;

    let posts = replies(&world, &ada, &thread, 3).await;
    assert_eq!(points(&world, "ada").await, 200, "120, 80 and nothing");
    bob.press(&format!("/p/{}/solution", posts[2])).await.expect(303);
    assert_eq!(points(&world, "ada").await, 215);
    give(&bob, posts[0]).await;
    assert_eq!(points(&world, "ada").await, 215);

    ada.press(&format!("/p/{}/delete", posts[1])).await.expect(303);
    assert_eq!(points(&world, "ada").await, 135, "exactly the 80 that it brought");
    give(&bob, posts[2]).await;
    assert_eq!(points(&world, "ada").await, 137, "the day has room again; the second of bob's");

    world.advance(Duration::days(1));
    replies(&world, &ada, &thread, 1).await;
    assert_eq!(points(&world, "ada").await, 257, "another day");
    world.run_jobs().await;
}

#[tokio::test]
async fn what_deeds_earn_is_public_changes_from_then_on_and_is_logged() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let thread = bob.start("help", "A lamp flickers", "It does.").await;
    let posts = replies(&world, &ada, &thread, 1).await;

    let form =
        kim.get("/admin/points").await.form("points").set("reply", "7").set("daily_cap", "90");
    form.send().await.expect(303);

    assert_eq!(points(&world, "ada").await, 2, "the past keeps what it brought");
    replies(&world, &ada, &thread, 1).await;
    assert_eq!(points(&world, "ada").await, 9);
    ada.press(&format!("/p/{}/delete", posts[0])).await.expect(303);
    assert_eq!(points(&world, "ada").await, 7, "what it brought then, not what it would bring now");
    let rules = world.guest().get("/ranks").await;
    assert_eq!(rules.texts(".facts dd"), ["15", "2", "4", "7", "1"]);
    assert!(rules.words().contains("at most 90 points"));
    let log = kim.get("/admin/log").await.texts(".acts td:last-child");
    assert!(log[0].starts_with("Changed what deeds earn"), "{log:?}");
    assert!(log[0].contains("A reply: 2 7"), "{log:?}");

    let wrong = kim.get("/admin/points").await.form("points").set("kudos", "-1").send().await;
    assert!(wrong.expect(422).words().contains("whole number from 0 to 1000"));
    let preset = kim.get("/admin/points").await.form("preset").send().await;
    preset.expect(303);
    assert_eq!(world.guest().get("/ranks").await.texts(".facts dd"), ["15", "2", "4", "2", "1"]);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_solution_of_ones_own_question_earns_nothing_and_is_counted_apart() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    let posts = replies(&world, &ada, &thread, 1).await;

    ada.press(&format!("/p/{}/solution", posts[0])).await.expect(303);

    assert_eq!(points(&world, "ada").await, 1 + 2);
    let counted = "select sum(total)::bigint from metric_totals where metric = ";
    assert_eq!(world.count(&format!("{counted} 'own_solutions'")).await, 1);
    ada.press(&format!("/p/{}/solution/undo", posts[0])).await.expect(303);
    assert_eq!(world.count(&format!("{counted} 'own_solutions'")).await, 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn kudos_weigh_what_the_rank_of_their_giver_says_and_take_back_exactly_that() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let weigh = async |weight: &str| {
        let form = kim.get("/admin/ranks/neighbour").await.form("rank");
        form.set("kudos_weight", weight).send().await
    };
    weigh("1.5").await.expect(303);
    let wrong = weigh("11").await.expect(422);
    assert!(wrong.words().contains("Write a number from 0 to 10"));
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    let posts = replies(&world, &ada, &thread, 2).await;
    replies(&world, &bob, &thread, 5).await;
    assert_eq!((points(&world, "ada").await, points(&world, "bob").await), (5, 10));

    give(&bob, posts[0]).await;
    assert_eq!(
        points(&world, "ada").await,
        5 + 6,
        "bob has come to the rank whose kudos weigh more"
    );
    give(&bob, posts[1]).await;
    assert_eq!(points(&world, "ada").await, 5 + 6 + 3, "and the second brings half of that");
    let weight =
        "select sum(case metric when 'kudos_received' then 1000 else 1 end * total)::bigint
        from metric_totals where metric in ('kudos_received', 'kudos_extra')";
    assert_eq!(world.count(weight).await, 3_000);
    let given = weight.replace("received", "given").replace("kudos_extra", "kudos_given_extra");
    assert_eq!(world.count(&given).await, 3_000, "and so much bob gave");

    weigh("4").await.expect(303);
    take_back(&bob, posts[0]).await;
    assert_eq!(points(&world, "ada").await, 5 + 3, "what it brought then, not what it would now");
    assert_eq!(world.count(weight).await, 1_500);
    assert_eq!(world.count(&given).await, 1_500);
    assert!(world.guest().get("/ranks").await.words().contains("Kudos weigh 4 ×."));
    world.run_chores().await;
    world.run_jobs().await;
}

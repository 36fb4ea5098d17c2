//! Badges: who is given which, by what, who sees it, and what staff and administrators make of them.

use crate::harness::{Client, World};
use candor::access::Audience;
use time::Duration;

/// The badges on somebody's profile, the highest first.
async fn shelf(world: &World, handle: &str) -> Vec<String> {
    world.guest().get(&format!("/m/{handle}")).await.expect(200).texts(".shelf a > span:last-child")
}

async fn owners(client: &Client, slug: &str) -> Vec<String> {
    client.get(&format!("/badges/{slug}")).await.expect(200).texts(".owners p > a")
}

/// A badge of this name, made by an administrator.
async fn make(kim: &Client, name: &str, formula: &str, lapses: bool) {
    let form = kim.get("/admin/new-badge").await.expect(200).form("badge");
    let form = form
        .set("name", name)
        .set("about", "For a test.")
        .set("set", "Tested")
        .set("formula", formula);
    let form = if lapses { form.set("lapses", "on") } else { form };
    form.send().await.expect(303);
}

async fn count_anew(world: &World) {
    world.run_chores().await;
    world.run_jobs().await;
}

#[tokio::test]
async fn a_badge_comes_with_the_deed_that_earns_it_and_is_told_quietly() {
    let world = World::new().await;
    world.give_badges().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    assert!(shelf(&world, "bob").await.is_empty());

    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;

    assert_eq!(shelf(&world, "bob").await, ["First answer"], "before any job ran");
    assert_eq!(shelf(&world, "ada").await, ["First question"]);
    assert_eq!(owners(&world.guest(), "first-answer").await, ["Bob"]);
    let page = world.guest().get(&thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 .pin"), ["Badge: First answer"]);
    world.run_jobs().await;
    let inbox = bob.get("/inbox").await.expect(200);
    assert!(inbox.words().contains("You were given the badge First answer"), "{}", inbox.words());
    assert!(inbox.texts(".for-you .is-unread").iter().all(|line| !line.contains("badge")));
}

#[tokio::test]
async fn marking_what_solved_it_counts_for_who_asked() {
    let world = World::new().await;
    world.give_badges().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;

    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);

    assert_eq!(shelf(&world, "ada").await, ["Loop closed", "First question"]);
    assert_eq!(shelf(&world, "bob").await, ["First solution", "First answer"]);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_page_of_all_badges_says_what_each_takes_how_many_hold_it_and_where_one_stands() {
    let world = World::new().await;
    world.give_badges().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;

    let guest = world.guest().get("/badges").await.expect(200);
    let own = bob.get("/badges").await.expect(200);

    assert_eq!(guest.texts(".badges__one").len(), 20);
    assert!(guest.words().contains("At least 25 solutions"), "{}", guest.words());
    assert!(guest.texts(".badges__yours").is_empty());
    assert_eq!(own.texts(".badges__one--held h3"), ["First answer"]);
    assert!(own.words().contains("You hold 1 of 20."));
    assert!(own.words().contains("0 of 25"), "{}", own.words());
    let held = own.texts(".badges__one--held .badges__foot").concat();
    assert!(held.contains("One member holds it"), "{held}");
    world.run_chores().await;
    let later = bob.get("/badges/first-answer").await.expect(200);
    assert!(later.words().contains("One member holds it"), "as counted up");
}

#[tokio::test]
async fn staff_give_and_take_by_hand_and_say_why_and_no_formula_gives_it_again() {
    let world = World::new().await;
    world.give_badges().await;
    let (sam, kim) = (world.staff("sam").await, world.admin("kim").await);
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let page = sam.get("/badges/special-thanks").await.expect(200);
    let unsaid = page.form("grant").set("handle", "bob").send().await.expect(422);
    assert!(unsaid.problem("reason").is_some());
    assert_eq!(unsaid.form("grant").value("handle"), "bob");
    let nobody = page.form("grant").set("handle", "zoe").set("reason", "x").send().await;
    assert!(nobody.expect(422).problem("handle").is_some());

    let form = page.form("grant").set("handle", "@bob").set("reason", "Showed us around.");
    form.send().await.expect(303);

    assert_eq!(shelf(&world, "bob").await, ["Special thanks"]);
    let public = world.guest().get("/badges/special-thanks").await.expect(200).words();
    assert!(public.contains("Showed us around."), "{public}");
    world.run_jobs().await;
    let inbox = bob.get("/inbox").await.expect(200);
    let told = inbox.texts(".for-you .is-unread").concat();
    assert!(told.contains("Special thanks") && told.contains("Showed us around."), "{told}");

    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Buy mine.").await;
    let page = sam.get("/badges/first-answer").await.expect(200);
    page.form("revoke-bob").set("reason", "An advertisement.").send().await.expect(303);
    bob.say(&thread, "Buy mine now.").await;
    count_anew(&world).await;

    assert_eq!(shelf(&world, "bob").await, ["Special thanks"]);
    let inbox = bob.get("/inbox").await.expect(200).texts(".for-you .is-unread").concat();
    assert!(inbox.contains("no longer hold the badge First answer"), "{inbox}");
    assert!(inbox.contains("An advertisement."), "{inbox}");
    let log = kim.get("/admin/log").await.expect(200).words();
    for part in ["Gave the badge Special thanks to @bob", "Took the badge First answer from @bob"] {
        assert!(log.contains(part), "{part}: {log}");
    }
    bob.post("/badges/special-thanks/awards", &[("handle", "bob"), ("reason", "Me.")])
        .await
        .expect(404);
}

#[tokio::test]
async fn a_new_badge_is_given_to_whoever_has_earned_it_already_and_its_page_says_how_far_that_is() {
    let world = World::new().await;
    world.give_badges().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;
    let wrong = kim.get("/admin/new-badge").await.form("badge").set("name", "Talker");
    let wrong = wrong.set("formula", "replys >= 1").send().await.expect(422);
    assert!(wrong.problem("formula").is_some_and(|said| said.contains("replies")));

    make(&kim, "Talker", "replies >= 1", false).await;
    assert_eq!(shelf(&world, "bob").await, ["First answer"]);
    let progress = async || kim.get("/admin/badges/talker").await.expect(200).words();
    assert!(progress().await.contains("0 of 100 done, given to 0"));
    count_anew(&world).await;

    assert_eq!(shelf(&world, "bob").await, ["Talker", "First answer"]);
    assert!(progress().await.contains("100 of 100 done, given to 1"), "{}", progress().await);
    assert!(bob.get("/inbox").await.words().contains("the badge Talker"));
    assert!(ada.get("/admin/badges/talker").await.status == 404);
}

#[tokio::test]
async fn a_badge_stays_once_earned_unless_it_lapses() {
    let world = World::new().await;
    world.give_badges().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    make(&kim, "Here", "threads >= 1", true).await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    assert_eq!(shelf(&world, "ada").await, ["Here", "First question"]);

    ada.press(&format!("/p/{}/delete", world.post_at(&thread, 1).await)).await.expect(303);

    assert_eq!(shelf(&world, "ada").await, ["First question"]);
    let again = ada.start("help", "A lamp hums", "It does.").await;
    assert_eq!(shelf(&world, "ada").await, ["Here", "First question"], "what lapsed comes again");
    assert!(!again.url.is_empty());
    count_anew(&world).await;
}

#[tokio::test]
async fn a_badge_that_counts_days_or_people_comes_overnight() {
    let world = World::new().await;
    world.give_badges().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    make(&kim, "Two days", "days_active >= 2", false).await;
    count_anew(&world).await;
    ada.start("help", "A lamp flickers", "It does.").await;
    world.advance(Duration::DAY);
    ada.start("help", "A lamp hums", "It does.").await;
    assert_eq!(shelf(&world, "ada").await, ["First question"]);

    world.advance(Duration::DAY);
    count_anew(&world).await;

    assert_eq!(shelf(&world, "ada").await, ["Two days", "First question"]);
}

#[tokio::test]
async fn a_retired_badge_is_given_to_nobody_and_kept_by_its_holders() {
    let world = World::new().await;
    world.give_badges().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    ada.start("help", "A lamp flickers", "It does.").await;

    kim.get("/admin/badges/first-question").await.form("retire").send().await.expect(303);
    bob.start("help", "A lamp hums", "It does.").await;

    assert_eq!(shelf(&world, "ada").await, ["First question"]);
    assert!(shelf(&world, "bob").await.is_empty());
    let all = world.guest().get("/badges").await.expect(200).words();
    assert!(!all.contains("First question"));
    world.run_jobs().await;
}

#[tokio::test]
async fn who_stands_on_no_list_is_counted_and_not_named() {
    let world = World::new().await;
    world.give_badges().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    ada.start("help", "A lamp flickers", "It does.").await;
    bob.start("help", "A lamp hums", "It does.").await;
    assert_eq!(owners(&world.guest(), "first-question").await, ["Bob", "Ada"]);

    bob.post("/settings", &[("name", "Bob"), ("about", "")]).await.expect(303);

    let page = world.guest().get("/badges/first-question").await.expect(200);
    assert_eq!(page.texts(".owners p > a"), ["Ada"]);
    assert!(page.words().contains("2 members hold it"));
    world.run_jobs().await;
}

#[tokio::test]
async fn a_board_that_one_may_not_see_is_not_named_by_a_badge() {
    let world = World::new().await;
    world.give_badges().await;
    let kim = world.admin("kim").await;
    world.reopen("lounge", Audience::Staff).await;
    make(&kim, "Insider", "threads(\"lounge\") >= 1", false).await;

    let page = world.guest().get("/badges/insider").await.expect(200).words();

    assert!(!page.contains("Lounge"), "{page}");
    count_anew(&world).await;
}

#[tokio::test]
async fn an_award_is_never_rewritten() {
    let world = World::new().await;
    world.give_badges().await;
    let ada = world.member("ada").await;
    ada.start("help", "A lamp flickers", "It does.").await;
    let mut owner = world.as_owner().await;

    for sql in [
        "update badge_awards set at = at + interval '1 day'",
        "update badge_awards set reason = 'Another'",
        "delete from badge_awards",
    ] {
        let refused = sqlx::raw_sql(sql).execute(&mut owner).await;
        assert!(refused.is_err(), "{sql}");
    }
    world.run_jobs().await;
}

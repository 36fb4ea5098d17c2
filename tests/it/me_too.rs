//! "I have this problem too".

use crate::harness::{Begun, Client, World};
use candor::access::Audience;
use time::Duration;

const BUTTON: &str = "I have this problem too";

/// Ada asked; Bob answered at 2.
async fn stage() -> (World, Client, Client, Begun) {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;
    (world, ada, bob, thread)
}

impl Client {
    async fn count_words(&self, thread: &Begun) -> String {
        self.get(&thread.url).await.expect(200).texts(".me-too__count").concat()
    }
}

#[tokio::test]
async fn one_tap_counts_a_person_once_and_makes_them_follow() {
    let (world, ada, _, thread) = stage().await;
    let carla = world.member("carla").await;

    let page = carla.get(&thread.url).await.expect(200);
    let page = page.button(BUTTON).press().await.expect(303).follow().await.expect(200);
    carla.press(&thread.deed("me-too")).await.expect(303);
    world.run_jobs().await;

    assert_eq!(page.texts(".me-too__count"), ["You have this problem too"]);
    assert!(page.words().contains("Following"), "the outcome comes to their inbox");
    assert_eq!(ada.count_words(&thread).await, "One person has this problem too");
    let counted = "select (replies * 100 + kudos * 10 + me_toos)::bigint from threads";
    assert_eq!(world.count(counted).await, 101, "neither a reply nor kudos");
}

#[tokio::test]
async fn a_device_may_be_added_which_those_who_solve_can_read() {
    let (world, ada, bob, thread) = stage().await;
    let carla = world.member("carla").await;
    carla.press(&thread.deed("me-too")).await.expect(303);

    let form = carla.get(&thread.url).await.expect(200).form("me-too");
    form.set("about", "  Hub 2, \n version 9 ").send_as("Save").await.expect(303);
    let long = "x".repeat(61);
    let form = carla.get(&thread.url).await.expect(200).form("me-too");
    let refused = form.set("about", &long).send_as("Save").await.expect(422);

    assert_eq!(refused.form("me-too").value("about"), long, "nothing typed is lost");
    assert!(refused.problem("about").is_some());
    let page = ada.get(&thread.url).await.expect(200);
    assert_eq!(page.texts(".me-too__others li"), ["Carla Hub 2, version 9"]);
    assert!(!bob.get(&thread.url).await.text.contains("Hub 2"));
}

#[tokio::test]
async fn it_can_be_taken_back_with_the_following_that_came_of_it() {
    let (world, ada, _, thread) = stage().await;
    let carla = world.member("carla").await;
    carla.press(&thread.deed("me-too")).await.expect(303);

    let page = carla.get(&thread.url).await.expect(200);
    page.button("Not me after all").press().await.expect(303);
    carla.press(&thread.deed("me-too/undo")).await.expect(303);

    assert_eq!(ada.count_words(&thread).await, "Nobody else so far");
    let follows =
        "select count(*) from thread_follows join members on id = member_id where handle = 'carla'";
    assert_eq!(world.count(follows).await, 0);
}

#[tokio::test]
async fn who_followed_before_follows_after() {
    let (world, _, bob, thread) = stage().await;
    world.advance(Duration::MINUTE);

    bob.press(&thread.deed("me-too")).await.expect(303);
    bob.press(&thread.deed("me-too/undo")).await.expect(303);

    let follows =
        "select count(*) from thread_follows join members on id = member_id where handle = 'bob'";
    assert_eq!(world.count(follows).await, 1);
}

#[tokio::test]
async fn the_asker_and_guests_have_no_such_button_and_talk_has_none() {
    let (world, ada, bob, thread) = stage().await;
    let talk = ada.start("lounge", "Lamps we love", "Mine is red.").await;
    world.run_jobs().await;

    assert!(!ada.get(&thread.url).await.text.contains(BUTTON));
    ada.press(&thread.deed("me-too")).await.expect(403);
    world.guest().press(&thread.deed("me-too")).await.expect(401);
    assert!(!bob.get(&talk.url).await.text.contains(BUTTON));
    bob.press(&talk.deed("me-too")).await.expect(403);
}

#[tokio::test]
async fn all_hear_of_a_solution_and_of_its_loss() {
    let (world, ada, _, thread) = stage().await;
    let carla = world.member("carla").await;
    carla.press(&thread.deed("me-too")).await.expect(303);
    let solution = format!("/p/{}/solution", world.post_at(&thread, 2).await);

    ada.press(&solution).await.expect(303);
    world.run_jobs().await;
    let solved = carla.get("/inbox").await.expect(200).words();
    world.advance(Duration::MINUTE);
    ada.press(&format!("{solution}/undo")).await.expect(303);
    world.run_jobs().await;
    let lost = carla.get("/inbox").await.expect(200).words();

    assert!(solved.contains("Ada marked a solution in A lamp flickers"), "{solved}");
    assert!(lost.contains("A lamp flickers is open again: its solution was taken back"), "{lost}");
}

#[tokio::test]
async fn a_moderator_who_removes_the_solution_stays_unnamed() {
    let (world, ada, _, thread) = stage().await;
    let (carla, tom) = (world.member("carla").await, world.moderator("tom").await);
    carla.press(&thread.deed("me-too")).await.expect(303);
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;

    tom.remove(post, "Dangerous.").await;
    world.run_jobs().await;

    let inbox = carla.get("/inbox").await.expect(200).part("main").words();
    assert!(inbox.contains("is open again"), "{inbox}");
    assert!(!inbox.contains("Tom"), "{inbox}");
}

#[tokio::test]
async fn nobody_hears_of_a_board_they_may_not_see_any_more() {
    let (world, ada, _, thread) = stage().await;
    let carla = world.member("carla").await;
    carla.press(&thread.deed("me-too")).await.expect(303);
    let tom = world.moderator("tom").await;
    let post = world.post_at(&thread, 2).await;
    world.reopen("help", Audience::Staff).await;

    tom.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;

    assert!(!carla.get("/inbox").await.text.contains("flickers"));
    carla.press(&thread.deed("me-too/undo")).await.expect(404);
    drop(ada);
}

#[tokio::test]
async fn a_solution_marked_and_unmarked_in_turn_is_one_line_and_the_last_word() {
    let (world, ada, bob, thread) = stage().await;
    let carla = world.member("carla").await;
    carla.press(&thread.deed("me-too")).await.expect(303);
    let solution = format!("/p/{}/solution", world.post_at(&thread, 2).await);

    for _ in 0..3 {
        for deed in [solution.clone(), format!("{solution}/undo")] {
            world.advance(Duration::MINUTE);
            ada.press(&deed).await.expect(303);
            world.run_jobs().await;
        }
    }
    let lines = carla.get("/inbox").await.expect(200).texts(".for-you button");
    ada.press(&solution).await.expect(303);
    world.run_jobs().await;
    let later = carla.get("/inbox").await.expect(200).texts(".for-you button");
    let marked = bob.get("/inbox").await.expect(200).texts(".for-you button");

    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("is open again"), "{lines:?}");
    assert_eq!(later.len(), 1, "{later:?}");
    assert!(later[0].contains("Ada marked a solution"), "{later:?}");
    let marked = marked.iter().filter(|line| line.contains("as the solution")).count();
    assert_eq!(marked, 1, "nor does who answered hear of it each time");
}

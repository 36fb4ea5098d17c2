//! Taking one's own post back.

use crate::harness::{Begun, Client, World};

async fn stage() -> (World, Client, Begun) {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    world.run_jobs().await;
    (world, ada, thread)
}

#[tokio::test]
async fn a_reply_is_taken_back_and_a_tombstone_stays() {
    let (world, ada, thread) = stage().await;
    let bob = world.member("bob").await;
    bob.say(&thread, "Nonsense of mine.").await;
    let post = world.post_at(&thread, 2).await;

    let page = bob.get(&thread.url).await.expect(200);
    let page = bob.get(&page.part("#p2").link("Delete…")).await.expect(200);
    let answer = page.button("Delete post").press().await.expect(303);
    world.run_jobs().await;

    assert_eq!(answer.location(), format!("{}#p2", thread.url));
    let page = answer.follow().await.expect(200);
    assert_eq!(page.texts(".notice--good"), ["Deleted."]);
    assert!(page.part("#p2").words().starts_with("You deleted this on 2 Mar 2026."));
    assert!(!ada.get(&thread.url).await.text.contains("Nonsense"));
    ada.get(&format!("/p/{post}/history")).await.expect(404);
    let found = ada.get("/search?q=nonsense").await.expect(200);
    assert!(found.texts(".result").is_empty());
}

#[tokio::test]
async fn a_question_without_replies_leaves_every_list() {
    let (world, ada, thread) = stage().await;
    let post = world.post_at(&thread, 1).await;

    ada.press(&format!("/p/{post}/delete")).await.expect(303);
    world.run_jobs().await;

    let guest = world.guest();
    for list in ["/", "/b/help", "/boards", "/m/ada", "/search?q=lamp"] {
        assert!(!guest.get(list).await.expect(200).text.contains("flickers"), "{list}");
    }
    guest.get("/tags/lamp").await.expect(404);
    let boards = guest.get("/boards").await.expect(200).words();
    assert!(!boards.contains("1 thread") && !boards.contains("1 post"), "{boards}");
}

#[tokio::test]
async fn a_question_that_others_answered_stays() {
    let (world, ada, thread) = stage().await;
    world.member("bob").await.say(&thread, "Mine as well.").await;
    world.run_jobs().await;
    let delete = format!("/p/{}/delete", world.post_at(&thread, 1).await);

    ada.get(&delete).await.expect(403);
    ada.press(&delete).await.expect(403);

    assert!(!ada.get(&thread.url).await.text.contains(&delete));
}

#[tokio::test]
async fn nobody_deletes_the_posts_of_others() {
    let (world, _, thread) = stage().await;
    let delete = format!("/p/{}/delete", world.post_at(&thread, 1).await);

    for person in
        [world.member("bob").await, world.staff("sam").await, world.moderator("tom").await]
    {
        person.get(&delete).await.expect(403);
        person.press(&delete).await.expect(403);
    }
    world.guest().press(&delete).await.expect(401);
}

#[tokio::test]
async fn what_it_earned_goes_with_it() {
    let (world, ada, thread) = stage().await;
    let bob = world.member("bob").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    let points = "select coalesce(sum(delta), 0)::bigint from metric_events join members on members.id = member_id
        where handle = 'bob' and metric = 'points'";
    assert_eq!(world.count(points).await, 17);

    bob.press(&format!("/p/{post}/delete")).await.expect(303);
    bob.press(&format!("/p/{post}/delete")).await.expect(303);
    world.run_jobs().await;

    assert_eq!(world.count(points).await, 0);
    let page = ada.get(&thread.url).await.expect(200);
    assert!(page.texts("section.solution").is_empty() && page.texts(".thread__solved").is_empty());
}

#[tokio::test]
async fn staff_have_replied_as_long_as_one_of_their_replies_can_be_read() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let (sam, sue) = (world.staff("sam").await, world.staff("sue").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for staff in [&sam, &sue] {
        world.advance(time::Duration::MINUTE);
        staff.say(&thread, "We look into it.").await;
    }
    let (first, second) = (world.post_at(&thread, 2).await, world.post_at(&thread, 3).await);
    let chips = async || ada.get("/b/help").await.expect(200).texts(".chip--staff").len();

    assert_eq!(chips().await, 1);
    tom.remove(first, "Off the point.").await;
    assert_eq!(chips().await, 1, "the other is there");
    sue.press(&format!("/p/{second}/delete")).await.expect(303);
    assert_eq!(chips().await, 0);
    tom.post(&format!("/p/{first}/restore"), &[("reason", "On it after all.")]).await.expect(303);
    assert_eq!(chips().await, 1);
    world.run_jobs().await;
}

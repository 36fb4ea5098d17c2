//! Giving thanks.

use crate::harness::{Begun, Client, World};

async fn stage() -> (World, Client, Client, Begun) {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;
    (world, ada, bob, thread)
}

const POINTS: &str =
    "select coalesce(max(total), 0) from metric_totals join members on members.id = member_id
    where metric = 'points' and handle = 'ada'";

#[tokio::test]
async fn thanks_are_given_once_and_taken_back() {
    let (world, ada, bob, thread) = stage().await;

    let page = bob.get(&thread.url).await.expect(200);
    let page = page.part("#p1").button("Kudos").press().await.expect(303).follow().await;
    assert_eq!(page.texts("#p1 .deed[aria-pressed=true]"), ["Kudos 1"]);
    assert_eq!(world.count(POINTS).await, 1 + 4);
    assert_eq!(ada.get(&thread.url).await.texts("#p1 span.deed"), ["Kudos 1"]);

    let page = page.part("#p1").button("Kudos 1").press().await.expect(303).follow().await;
    world.run_jobs().await;
    assert_eq!(page.texts("#p1 .deed[aria-pressed=false]"), ["Kudos"]);
    assert_eq!(world.count(POINTS).await, 1);
    let inbox = ada.get("/inbox").await.expect(200);
    assert!(inbox.texts(".for-you").is_empty());
}

#[tokio::test]
async fn pressing_twice_gives_once() {
    let (world, _, bob, thread) = stage().await;
    let kudos = format!("/p/{}/kudos", world.post_at(&thread, 1).await);

    for _ in 0..2 {
        bob.press(&kudos).await.expect(303);
    }
    assert_eq!(world.count(POINTS).await, 1 + 4);
    for _ in 0..2 {
        bob.press(&format!("{kudos}/undo")).await.expect(303);
    }
    bob.press(&kudos).await.expect(303);
    world.run_jobs().await;

    assert_eq!(world.count(POINTS).await, 1 + 4);
    assert_eq!(world.count("select kudos::bigint from threads").await, 1);
}

#[tokio::test]
async fn nobody_thanks_themselves() {
    let (world, ada, _, thread) = stage().await;
    let kudos = format!("/p/{}/kudos", world.post_at(&thread, 1).await);

    let answer = ada.press(&kudos).await.expect(403);

    assert!(answer.words().contains("Kudos are for the posts of others."));
    assert!(!ada.get(&thread.url).await.text.contains(&kudos));
    assert_eq!(world.count("select count(*) from kudos").await, 0);
}

#[tokio::test]
async fn guests_sign_in_first() {
    let (world, _, _, thread) = stage().await;
    let kudos = format!("/p/{}/kudos", world.post_at(&thread, 1).await);

    world.guest().press(&kudos).await.expect(401);
    world.guest().press(&format!("{kudos}/undo")).await.expect(401);
}

#[tokio::test]
async fn many_thanks_in_parallel_are_all_counted() {
    let (world, _, _, thread) = stage().await;
    let kudos = format!("/p/{}/kudos", world.post_at(&thread, 1).await);
    let mut people = Vec::new();
    for number in 0..6 {
        people.push(world.member(&format!("friend{number}")).await);
    }

    let deeds: Vec<_> = people
        .iter()
        .cloned()
        .map(|person| {
            let kudos = kudos.clone();
            async move { person.press(&kudos).await.expect(303) }
        })
        .collect();
    futures_util::future::join_all(deeds).await;
    world.run_jobs().await;

    assert_eq!(world.count("select kudos::bigint from posts").await, 6);
    assert_eq!(world.count(POINTS).await, 1 + 6 * 4);
}

#[tokio::test]
async fn a_removed_post_takes_no_thanks() {
    let (world, ada, bob, thread) = stage().await;
    ada.say(&thread, "Rude words.").await;
    let post = world.post_at(&thread, 2).await;
    world.moderator("tom").await.remove(post, "Rude.").await;
    world.run_jobs().await;

    bob.press(&format!("/p/{post}/kudos")).await.expect(403);
}

//! Hearing of new threads with a tag.

use super::make_synonym;
use crate::{
    harness::{Client, World},
    inbox::lines,
};
use candor::access::Audience;

async fn follow(who: &Client, tag: &str) {
    let page = who.get(&format!("/tags/{tag}")).await.expect(200);
    page.button("Follow").send().await.expect(303);
}

#[tokio::test]
async fn who_follows_a_tag_is_told_once_of_each_new_thread_with_it() {
    let world = World::new().await;
    let (ada, ben, kim) =
        (world.member("ada").await, world.member("ben").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp, hall").await;
    make_synonym(&kim, "lamp", "light").await;
    world.run_jobs().await;
    for who in [&ada, &ben] {
        follow(who, "lamp").await;
        follow(who, "hall").await;
    }

    ada.start_tagged("help", "Another flickers", "It does.", "light, hall").await;
    ada.start_tagged("help", "A third flickers", "It does, @ben.", "lamp").await;
    ada.start_tagged("help", "A switch sticks", "It does.", "switch").await;
    world.run_jobs().await;

    assert_eq!(
        lines(&ben).await,
        [
            "Unread: Ada mentioned you in A third flickers",
            "Unread: Ada started Another flickers, with a tag that you follow",
        ]
    );
    assert!(lines(&ada).await.is_empty());
    assert_eq!(ben.get("/tags").await.expect(200).texts("#followed a"), ["hall", "lamp"]);

    let page = ben.get("/tags/lamp").await.expect(200);
    let stopped = page.button("Following").send().await.expect(303).follow().await;
    assert!(stopped.words().contains("You no longer follow this tag."));
    ada.start_tagged("help", "A fourth flickers", "It does.", "lamp").await;
    world.run_jobs().await;
    assert_eq!(lines(&ben).await.len(), 2);
    assert_eq!(ben.get("/tags").await.expect(200).texts("#followed a"), ["hall"]);
}

#[tokio::test]
async fn a_tag_of_hidden_threads_alone_can_be_followed_by_nobody_else() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "gift").await;
    world.run_jobs().await;

    for address in ["/tags/gift/follow", "/tags/gift/follow/undo", "/tags/none/follow"] {
        ada.press(address).await.expect(404);
    }
    world.guest().press("/tags/gift/follow").await.expect(401);
    tom.press("/tags/gift/follow").await.expect(303);
    assert_eq!(world.count("select count(*) from tag_follows").await, 1);
}

#[tokio::test]
async fn nobody_hears_of_threads_that_they_may_not_see() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    tom.start_tagged("lounge", "A lamp I love", "It is red.", "lamp, gift").await;
    world.run_jobs().await;
    follow(&ada, "lamp").await;
    follow(&ada, "gift").await;
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "lamp").await;
    tom.start_tagged("help", "A lamp for all", "It is green.", "lamp").await;
    tom.start_tagged("lounge", "Another lamp I love", "It is blue.", "lamp").await;
    world.run_jobs().await;
    assert_eq!(
        lines(&ada).await,
        [
            "Unread: Tom started Another lamp I love, with a tag that you follow",
            "Unread: Tom started A lamp for all, with a tag that you follow",
        ]
    );

    world.reopen("lounge", Audience::Staff).await;
    tom.start_tagged("lounge", "A third lamp I love", "It is grey.", "lamp, gift").await;
    world.run_jobs().await;

    assert_eq!(
        lines(&ada).await,
        ["Unread: Tom started A lamp for all, with a tag that you follow"]
    );
    assert_eq!(ada.get("/tags").await.expect(200).texts("#followed a"), ["lamp"]);
    let told = "select count(*) from notifications join threads on threads.id = thread_id
                join members on members.id = member_id
                where handle = 'ada' and title like 'A third%'";
    assert_eq!(world.count(told).await, 0);
}

#[tokio::test]
async fn who_mutes_a_thread_hears_of_it_by_no_tag() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    world.run_jobs().await;
    follow(&ben, "lamp").await;
    let thread = ada.start_tagged("help", "Another flickers", "It does.", "lamp").await;
    ben.press(&thread.deed("mute")).await.expect(303);

    world.run_jobs().await;

    assert!(lines(&ben).await.is_empty());
}

#[tokio::test]
async fn followers_of_a_tag_that_becomes_a_synonym_follow_the_other() {
    let world = World::new().await;
    let (ada, ben, kim) =
        (world.member("ada").await, world.member("ben").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    ada.start_tagged("help", "A light flickers", "It does.", "light").await;
    world.run_jobs().await;
    follow(&ben, "light").await;
    make_synonym(&kim, "lamp", "light").await;

    // Before it is carried over, and after.
    ada.start_tagged("help", "Another flickers", "It does.", "lamp").await;
    world.run_jobs().await;
    world.run_chores().await;
    ada.start_tagged("help", "A third flickers", "It does.", "light").await;
    world.run_jobs().await;

    assert_eq!(lines(&ben).await.len(), 2);
    assert_eq!(ben.get("/tags").await.expect(200).texts("#followed a"), ["lamp"]);
    assert_eq!(ben.get("/tags/lamp").await.expect(200).texts("[aria-pressed=true]"), ["Following"]);
}

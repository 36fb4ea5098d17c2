//! What the composer offers for what was begun to be typed.

use crate::{
    harness::{Client, World},
    tags::{edit, make_synonym},
};
use candor::access::Audience;

/// What would be put in place of what was typed.
async fn offered(client: &Client, path: &str) -> Vec<String> {
    let page = client.get(path).await.expect(200);
    page.whole().attributes("[role=option]", &["data-text"]).into_iter().flatten().collect()
}

#[tokio::test]
async fn a_name_is_completed_from_those_who_write_here_and_from_all_others() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (bob, _, _) =
        (world.member("bob").await, world.member("bonnie").await, world.member("cid").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Turn it.").await;
    let here = format!("thread={}", thread.id);

    assert_eq!(offered(&ada, &format!("/complete/members?{here}")).await, ["@bob"]);
    assert_eq!(offered(&ada, &format!("/complete/members?q=BO&{here}")).await, ["@bob", "@bonnie"]);
    assert_eq!(offered(&ada, "/complete/members?q=cid").await, ["@cid"]);
    assert!(offered(&ada, "/complete/members?q=ada").await.is_empty(), "nobody calls themselves");
    for nobody in ["", "q=", "q=%25", "q=_", "q=b%00o%00x", "q=%F0%9F%98%80"] {
        assert!(offered(&ada, &format!("/complete/members?{nobody}")).await.is_empty(), "{nobody}");
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn a_thread_is_completed_only_for_those_who_may_see_it() {
    let world = World::new().await;
    let (ada, bob) = (world.staff("ada").await, world.member("bob").await);
    world.reopen("lounge", Audience::Staff).await;
    let hidden = ada.start("lounge", "Zircon lamps [new]", "We plan them.").await;
    world.run_jobs().await;

    let link = format!("[Zircon lamps \\[new\\]]({})", hidden.url);
    assert_eq!(offered(&ada, "/complete/threads?q=zircon+lamps").await, [link]);
    assert!(offered(&bob, "/complete/threads?q=zircon+lamps").await.is_empty());
    bob.get(&format!("/complete/members?thread={}", hidden.id)).await.expect(404);
}

#[tokio::test]
async fn emoji_are_completed_by_the_beginning_of_a_word_of_their_names() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let wrenches = offered(&ada, "/complete/emoji?q=wren").await;

    assert_eq!(wrenches, ["\u{1f527}", "\u{1f6e0}\u{fe0f}"]);
    assert!(offered(&ada, "/complete/emoji?q=d").await.is_empty(), "`:d` is a smile");
    assert!(offered(&ada, "/complete/emoji?q=nothing-is-called-so").await.is_empty());
    ada.get("/complete/unheard-of?q=wren").await.expect(404);
    world.guest().get("/complete/emoji?q=wren").await.expect(303);
}

#[tokio::test]
async fn a_tag_is_completed_by_its_name_or_a_synonym_for_those_who_see_a_thread_with_it() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let (tom, kim) = (world.moderator("tom").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp, lantern, known").await;
    ada.start_tagged("help", "Another lamp flickers", "It does.", "lantern").await;
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "lamp-gift").await;
    make_synonym(&kim, "lamp", "bulb").await;
    edit(&kim, "known", &[("restricted", "on"), ("description", "Known to us.")]).await;
    world.run_jobs().await;
    world.run_chores().await;

    assert_eq!(
        offered(&bob, "/complete/tags?q=La").await,
        ["[#lantern](/tags/lantern)", "[#lamp](/tags/lamp)"],
        "the most used first"
    );
    assert_eq!(offered(&tom, "/complete/tag_names?q=lamp").await, ["lamp,", "lamp-gift,"]);
    assert_eq!(offered(&bob, "/complete/tag_names?q=bul").await, ["lamp,"]);
    assert_eq!(offered(&bob, "/complete/tags?q=known").await, ["[#known](/tags/known)"]);
    assert!(offered(&bob, "/complete/tag_names?q=known").await.is_empty(), "nothing to give");
    assert_eq!(offered(&kim, "/complete/tag_names?q=known").await, ["known,"]);
    for heading in ["", "q=", "q=%23", "q=%7E"] {
        assert!(offered(&bob, &format!("/complete/tags?{heading}")).await.is_empty(), "{heading}");
    }
}

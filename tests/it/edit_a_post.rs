//! Changing a post of one's own.

use crate::harness::{Client, World};
use time::Duration;

/// A world with a thread of Ada's; she is returned.
async fn stage() -> (World, Client, i64) {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "A lamp flickers", "First line.\n\nSecond line.").await;
    let post = world.post_at(&thread, 1).await;
    world.run_jobs().await;
    (world, ada, post)
}

#[tokio::test]
async fn an_edit_shows_and_its_history_tells_what_changed() {
    let (world, ada, post) = stage().await;
    world.advance(Duration::hours(1));

    let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
    let form = page.form("edit");
    assert_eq!(form.value("body"), "First line.\n\nSecond line.");
    let form = form.set("body", "First line.\n\nSecond thought.");
    let answer = form.send_as("Save changes").await.expect(303);
    world.run_jobs().await;

    let page = answer.follow().await.expect(200);
    assert_eq!(page.texts("#p1 .prose p"), ["First line.", "Second thought."]);
    assert_eq!(page.part("#p1").link("edited"), format!("/p/{post}/history"));
    let history = world.guest().get(&format!("/p/{post}/history")).await.expect(200);
    let words = |css: &str| history.texts(&format!(".revision:first-of-type {css}"));
    assert_eq!(history.texts(".revision h2"), ["Version 2", "Version 1"]);
    assert_eq!((words("del"), words("ins")), (vec!["line".into()], vec!["thought".into()]));
}

#[tokio::test]
async fn a_long_history_goes_on_page_after_page() {
    let (world, ada, post) = stage().await;
    let history = format!("/p/{post}/history");
    for number in 2..=53 {
        world.advance(Duration::minutes(1));
        let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
        let edit = page.form("edit").set("body", &format!("Thought {number}."));
        edit.send_as("Save changes").await.expect(303);
    }
    world.run_jobs().await;

    let latest = world.guest().get(&history).await.expect(200);
    let older = latest.texts(".pager a[rel=next]").len();
    let rest = world.guest().get(&latest.part(".pager").link("Older")).await.expect(200);

    let numbers = |from: i32, to: i32| -> Vec<String> {
        (to..=from).rev().map(|number| format!("Version {number}")).collect()
    };
    assert_eq!((older, latest.texts(".revision h2")), (1, numbers(53, 4)));
    assert_eq!(latest.texts(".revision:last-of-type del"), ["3"], "shown by what it changed");
    assert_eq!(rest.texts(".revision h2"), numbers(3, 1));
    assert_eq!(rest.texts(".pager").len(), 0);
}

#[tokio::test]
async fn an_edit_that_changes_nothing_writes_nothing() {
    let (world, ada, post) = stage().await;

    let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
    page.form("edit").send_as("Save changes").await.expect(303);

    assert_eq!(world.count("select count(*) from post_revisions").await, 0);
    assert_eq!(world.count("select count(*) from posts where edited_at is not null").await, 0);
    assert_eq!(world.count("select count(*) from outbox where name = 'post_edited'").await, 0);
}

#[tokio::test]
async fn another_title_keeps_the_old_address_working() {
    let (world, ada, post) = stage().await;

    let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
    let form = page.form("edit").set("title", "A lamp hums");
    let answer = form.send_as("Save changes").await.expect(303);
    world.run_jobs().await;

    assert_eq!(answer.location(), "/t/1/a-lamp-hums#p1");
    let old = world.guest().get("/t/1/a-lamp-flickers").await.expect(308);
    assert_eq!(old.location(), "/t/1/a-lamp-hums");
    let history = world.guest().get(&format!("/p/{post}/history")).await.expect(200);
    assert!(history.words().contains("A lamp flickers A lamp hums"));
    let found = world.guest().get("/search?q=hums").await.expect(200);
    assert_eq!(found.texts(".result mark"), ["hums"]);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_the_text_is_kept() {
    let (world, ada, post) = stage().await;

    let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
    let form = page.form("edit").set("title", "Lamp").set("body", "Better.");
    let answer = form.send_as("Save changes").await.expect(422);

    assert!(answer.problem("title").is_some() && answer.problem("body").is_none());
    assert_eq!(answer.form("edit").value("body"), "Better.");
    assert_eq!(world.count("select count(*) from post_revisions").await, 0);
}

#[tokio::test]
async fn a_preview_writes_nothing() {
    let (world, ada, post) = stage().await;

    let page = ada.get(&format!("/p/{post}/edit")).await.expect(200);
    let page = page.form("edit").set("body", "So **bold**").send_as("Preview").await.expect(200);

    assert_eq!(page.texts(".composer__preview strong"), ["bold"]);
    assert_eq!(page.form("edit").value("body"), "So **bold**");
    assert_eq!(world.count("select count(*) from post_revisions").await, 0);
}

#[tokio::test]
async fn others_may_not() {
    let (world, _, post) = stage().await;
    let (bob, sam) = (world.member("bob").await, world.staff("sam").await);
    let edit = format!("/p/{post}/edit");

    for person in [&bob, &sam] {
        person.get(&edit).await.expect(403);
        person.post(&edit, &[("body", "Mine now.")]).await.expect(403);
    }
    world.guest().get(&edit).await.expect(303);
    world.guest().post(&edit, &[("body", "Mine now.")]).await.expect(401);
}

#[tokio::test]
async fn a_mention_added_later_is_told() {
    let (world, ada, post) = stage().await;
    let bob = world.member("bob").await;

    ada.edit(post, "What do you say, @bob?").await;
    world.run_jobs().await;

    let inbox = bob.get("/inbox").await.expect(200);
    assert_eq!(inbox.texts(".for-you .is-unread").len(), 1);
}

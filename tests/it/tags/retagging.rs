//! Giving a thread other tags than it began with.

use super::{edit, make_synonym};
use crate::harness::World;

#[tokio::test]
async fn whoever_may_change_the_opening_post_may_change_the_tags_and_the_history_says_so() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    let thread = ada.start_tagged("help", "A lamp flickers", "It does.", "lamp, hall").await;
    let post = world.post_at(&thread, 1).await;
    make_synonym(&kim, "lamp", "light").await;
    world.run_jobs().await;

    let form = ada.get(&format!("/p/{post}/edit")).await.expect(200).form("edit");
    assert_eq!(form.value("tags"), "hall, lamp");
    form.set("tags", "light, kitchen").send_as("Save changes").await.expect(303);
    world.run_jobs().await;

    let guest = world.guest();
    guest.get("/tags/hall").await.expect(404);
    for tag in ["lamp", "kitchen"] {
        let page = guest.get(&format!("/tags/{tag}")).await.expect(200);
        assert_eq!(page.texts(".thread-row__title"), ["A lamp flickers"]);
    }
    let history = guest.get(&format!("/p/{post}/history")).await.expect(200);
    assert_eq!(history.texts(".revision p.diff"), ["#hall #kitchen #lamp"]);
    assert_eq!(history.texts(".revision p.diff del"), ["#hall"]);
    assert_eq!(history.texts(".revision p.diff ins"), ["#kitchen"]);
}

#[tokio::test]
async fn the_same_tags_by_other_names_or_in_another_order_change_nothing() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    let thread = ada.start_tagged("help", "A lamp flickers", "It does.", "lamp, hall").await;
    let post = world.post_at(&thread, 1).await;
    make_synonym(&kim, "lamp", "light").await;

    let form = ada.get(&format!("/p/{post}/edit")).await.expect(200).form("edit");
    form.set("tags", "light hall").send_as("Save changes").await.expect(303);
    world.run_jobs().await;

    let history = ada.get(&format!("/p/{post}/history")).await.expect(200);
    assert_eq!(history.texts(".revision h2"), ["Version 1"]);
}

#[tokio::test]
async fn a_restricted_tag_is_given_and_taken_by_those_who_give_it() {
    let world = World::new().await;
    let (ada, tom, kim) =
        (world.member("ada").await, world.moderator("tom").await, world.admin("kim").await);
    tom.start_tagged("help", "Known problems", "These.", "known").await;
    edit(&kim, "known", &[("restricted", "on")]).await;
    let thread = ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    let post = world.post_at(&thread, 1).await;
    let address = format!("/p/{post}/edit");

    let refused = ada
        .get(&address)
        .await
        .form("edit")
        .set("tags", "lamp, known")
        .send_as("Save changes")
        .await;
    let refused = refused.expect(422);
    let words = "Only staff and moderators give or take the tag known.";
    assert_eq!(refused.problem("tags").as_deref(), Some(words));
    assert_eq!(refused.form("edit").value("tags"), "lamp, known");

    let form = tom.get(&address).await.form("edit").set("reason", "It is known.");
    form.set("tags", "lamp, known").send_as("Save changes").await.expect(303);
    let refused =
        ada.get(&address).await.form("edit").set("tags", "lamp").send_as("Save changes").await;
    refused.expect(422);
    let more = ada
        .get(&address)
        .await
        .form("edit")
        .set("tags", "lamp, known, hall")
        .send_as("Save changes")
        .await;
    more.expect(303);
    let form = tom.get(&address).await.form("edit").set("reason", "No more.");
    form.set("tags", "lamp, hall").send_as("Save changes").await.expect(303);
    world.run_jobs().await;

    let history = ada.get(&format!("/p/{post}/history")).await.expect(200);
    assert_eq!(history.texts(".revision p.diff del"), ["#known"]);
    assert_eq!(history.texts(".revision p.diff ins"), ["#hall", "#known"]);
}

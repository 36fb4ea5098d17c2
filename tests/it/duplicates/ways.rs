//! Where the way from a question leads, and where it leads no more.

use super::stage;
use candor::{access::Audience, boards::Style};

#[tokio::test]
async fn a_duplicate_whose_original_is_gone_is_parted_on_its_page_and_joined_anew() {
    let stage = stage().await;
    let better = stage.asks("ada", "The lamp, better told").await;
    stage.tom.join(&stage.duplicate, &stage.original).await.expect(303);
    let post = stage.world.post_at(&stage.original, 1).await;
    stage.ada.press(&format!("/p/{post}/delete")).await.expect(303);
    stage.world.run_jobs().await;

    let page = stage.bob.get(&stage.duplicate.url).await.expect(200);
    assert!(!page.words().contains("Asked before…"), "it is joined");
    page.button("Not the same after all").press().await.expect(303);
    stage.bob.join(&stage.duplicate, &better).await.expect(303);

    let page = stage.bob.get(&stage.duplicate.url).await.expect(200);
    assert_eq!(page.part("#original").link("The lamp, better told"), better.url);
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn the_end_of_the_way_is_as_open_as_what_is_named() {
    let stage = stage().await;
    let sam = stage.world.staff("sam").await;
    stage.world.found("attic", Style::Questions, Audience::Everyone).await;
    let hidden = sam.start("attic", "The lamp in the attic", "It does.").await;
    let leads_there = stage.asks("ada", "The lamp upstairs").await;
    sam.join(&leads_there, &hidden).await.expect(303);
    stage.world.reopen("attic", Audience::Staff).await;
    let leads_nowhere = stage.asks("ada", "The lamp downstairs").await;
    stage.tom.join(&leads_nowhere, &stage.original).await.expect(303);
    let post = stage.world.post_at(&stage.original, 1).await;
    stage.ada.press(&format!("/p/{post}/delete")).await.expect(303);
    stage.world.run_jobs().await;
    let unknown = [("original", "999999")];
    let unknown = stage.bob.post(&stage.duplicate.deed("duplicate/of"), &unknown).await;

    for named in [&leads_there, &leads_nowhere] {
        let refused = stage.bob.join(&stage.duplicate, named).await.expect(422);
        assert_eq!(refused.problem("original"), unknown.problem("original"));
        assert_eq!(stage.world.count("select count(*) from duplicates").await, 2);
    }
}

#[tokio::test]
async fn questions_are_offered_however_much_talk_is_like_them() {
    let stage = stage().await;
    for number in 0..6 {
        let title = format!("My lamp flickers at night {number}");
        stage.ada.start("lounge", &title, "It is talk.").await;
    }
    stage.world.found("quiet", Style::Questions, Audience::Members).await;
    stage.ada.start("quiet", "My lamp flickers at night too", "It does.").await;
    stage.world.run_jobs().await;

    let page = stage.bob.get(&stage.duplicate.deed("duplicate/of")).await.expect(200);

    assert_eq!(
        page.texts(".joinable li a"),
        ["A lamp flickers"],
        "and none it may not be joined to"
    );
}

#[tokio::test]
async fn old_addresses_of_threads_lead_to_them_also_where_a_deed_is_called_so() {
    let stage = stage().await;
    let id = stage.original.id;
    for slug in ["duplicate", "order"] {
        let moved = stage.world.guest().get(&format!("/t/{id}/{slug}")).await.expect(308);
        assert_eq!(moved.location(), stage.original.url);
    }
    let thread = stage.ada.start("help", "Duplicate", "It is called so.").await;
    let old = format!("/t/{}/duplicate", thread.id);
    let moved = stage.world.guest().get(&old).await.expect(308);
    assert_eq!(moved.location(), thread.url);
    moved.follow().await.expect(200);
    stage.world.run_jobs().await;
}

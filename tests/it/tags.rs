//! Threads by their tags.

use crate::harness::World;

#[tokio::test]
async fn a_tag_lists_the_threads_that_have_it_the_youngest_first() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start_tagged("help", "A lamp flickers", "It does.", "Lamp hall").await;
    ada.start_tagged("lounge", "A lamp I love", "It is red.", "#lamp").await;
    ada.start_tagged("help", "A switch sticks", "It does.", "switch").await;
    world.run_jobs().await;

    let page = world.guest().get("/tags/lamp").await.expect(200);

    assert_eq!(page.texts("h1"), ["Tagged #lamp"]);
    assert_eq!(page.texts(".thread-row__title"), ["A lamp I love", "A lamp flickers"]);
    assert_eq!(page.link("hall"), "/tags/hall");
}

#[tokio::test]
async fn a_tag_that_nothing_readable_has_does_not_exist() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "gift").await;
    let taken = ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    tom.remove(world.post_at(&taken, 1).await, "Rude.").await;
    world.run_jobs().await;

    for tag in ["gift", "lamp", "nothing"] {
        ada.get(&format!("/tags/{tag}")).await.expect(404);
    }
    tom.get("/tags/gift").await.expect(200);
}

#[tokio::test]
async fn a_long_list_goes_on_without_skipping_or_repeating() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let mut begun = Vec::new();
    for number in 0..65 {
        let title = format!("A lamp number {number}");
        ada.start_tagged("help", &title, "It flickers.", "lamp").await;
        begun.push(title);
    }
    world.run_jobs().await;

    let mut found = Vec::new();
    let mut page = world.guest().get("/tags/lamp").await.expect(200);
    loop {
        found.extend(page.texts(".thread-row__title"));
        if page.texts("[rel=next]").is_empty() {
            break;
        }
        page = world.guest().get(&page.link("Older")).await.expect(200);
    }

    begun.reverse();
    assert_eq!(found, begun);
    world.guest().get("/tags/lamp?below=1").await.expect(404);
}

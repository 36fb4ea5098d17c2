//! Threads by their tags.

mod carrying;
mod following;
mod retagging;

use crate::harness::{Client, World};

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

/// Sends the form of a tag's page of administration with these changes.
pub(crate) async fn edit(kim: &Client, tag: &str, fields: &[(&str, &str)]) {
    let mut form = kim.get(&format!("/admin/tags/{tag}")).await.expect(200).form("tag");
    for (name, value) in fields {
        form = form.set(name, value);
    }
    form.send().await.expect(303);
}

/// Makes a name mean a tag, saying so twice where that ends another tag.
pub(crate) async fn make_synonym(kim: &Client, tag: &str, synonym: &str) {
    let page = kim.get(&format!("/admin/tags/{tag}")).await.expect(200);
    let answer = page.form("synonym").set("synonym", synonym).send().await;
    if answer.status.as_u16() == 422 {
        answer.form("synonym").send().await.expect(303);
    }
}

#[tokio::test]
async fn all_tags_are_listed_with_what_they_mean_the_most_used_first() {
    let world = World::new().await;
    let (ada, tom, kim) =
        (world.member("ada").await, world.moderator("tom").await, world.admin("kim").await);
    ada.start_tagged("help", "A switch sticks", "It does.", "switch").await;
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    ada.start_tagged("lounge", "A lamp I love", "It is red.", "lamp").await;
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "lamp, gift").await;
    edit(&kim, "lamp", &[("description", "What gives light.")]).await;
    world.run_chores().await;
    world.run_jobs().await;

    let list = world.guest().get("/tags").await.expect(200);
    let all = tom.get("/tags").await.expect(200);
    let page = world.guest().get("/tags/lamp").await.expect(200);

    assert_eq!(list.texts(".row"), ["lamp What gives light. 2 threads", "switch 1 thread"]);
    assert_eq!(
        all.texts(".row"),
        ["lamp What gives light. 3 threads", "switch 1 thread", "gift 1 thread"]
    );
    assert_eq!(page.texts(".page-head__lead"), ["What gives light."]);
    assert!(page.texts(".row__facts")[0].starts_with("2 threads"));
    assert_eq!(world.guest().get("/boards").await.link("All tags"), "/tags");
}

#[tokio::test]
async fn whoever_types_a_synonym_means_the_tag() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    make_synonym(&kim, "lamp", "light").await;

    ada.start_tagged("help", "A light flickers", "It does.", "Light, lamp, hall").await;
    world.run_jobs().await;
    world.run_chores().await;

    let moved = world.guest().get("/tags/light").await.expect(308);
    assert_eq!(moved.location(), "/tags/lamp");
    let moved = world.guest().get("/tags/light/feed.atom").await.expect(308);
    assert_eq!(moved.location(), "/tags/lamp/feed.atom");
    let page = world.guest().get("/tags/lamp").await.expect(200);
    assert_eq!(page.texts(".thread-row__title"), ["A light flickers", "A lamp flickers"]);
    assert_eq!(world.count("select count(*) from tags").await, 2);

    kim.press("/admin/tags/lamp/synonyms/light/remove").await.expect(303);
    world.guest().get("/tags/light").await.expect(404);
}

#[tokio::test]
async fn a_synonym_of_a_tag_that_nobody_may_see_says_nothing_of_it() {
    let world = World::new().await;
    let (tom, kim) = (world.moderator("tom").await, world.admin("kim").await);
    tom.start_tagged("staff-room", "A lamp for Ada", "As a gift.", "gift").await;
    make_synonym(&kim, "gift", "present").await;
    world.run_jobs().await;

    for address in ["/tags/present", "/tags/present/feed.atom", "/tags/gift"] {
        world.guest().get(address).await.expect(404);
    }
    tom.get("/tags/present").await.expect(308);
}

#[tokio::test]
async fn a_tag_that_becomes_a_synonym_gives_its_threads_to_the_other() {
    let world = World::new().await;
    let (ada, tom, kim) =
        (world.member("ada").await, world.moderator("tom").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    ada.start_tagged("help", "Both of them", "They do.", "lamp, light").await;
    ada.start_tagged("lounge", "A light I love", "It is red.", "light").await;
    tom.start_tagged("staff-room", "A light for Ada", "As a gift.", "light").await;
    make_synonym(&kim, "light", "shine").await;

    let page = kim.get("/admin/tags/lamp").await.expect(200);
    let asked = page.form("synonym").set("synonym", "#Light").send().await.expect(422);
    assert!(asked.texts("#carries")[0].contains("The tag light is on 3 threads."));
    assert_eq!(world.count("select count(*) from tags where name = 'light'").await, 1);
    asked.form("synonym").send().await.expect(303);
    world.run_jobs().await;
    world.run_chores().await;

    let titles = |page: crate::harness::Answer| page.texts(".thread-row__title");
    assert_eq!(
        titles(world.guest().get("/tags/lamp").await.expect(200)),
        ["A light I love", "Both of them", "A lamp flickers"]
    );
    assert_eq!(titles(tom.get("/tags/lamp").await.expect(200)).len(), 4);
    for synonym in ["light", "shine"] {
        assert_eq!(
            world.guest().get(&format!("/tags/{synonym}")).await.expect(308).location(),
            "/tags/lamp"
        );
    }
    let astray = "select count(*) from thread_tags join threads on threads.id = thread_id
                  where thread_tags.board_id is distinct from threads.board_id";
    assert_eq!(world.count(astray).await, 0);
    let log = kim.get("/admin/log").await.expect(200).texts(".acts td:last-child");
    assert_eq!(log[0], "Added a synonym to the tag lamp Threads carried over: 3 Synonym: light");
}

#[tokio::test]
async fn a_tag_that_is_renamed_is_still_found_by_its_old_name() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp, switch").await;
    world.run_jobs().await;

    let page = kim.get("/admin/tags/lamp").await.expect(200);
    let taken = page.form("tag").set("name", "switch").send().await.expect(422);
    assert!(taken.problem("name").is_some_and(|words| words.starts_with("Another tag")));
    edit(&kim, "lamp", &[("name", "Lights")]).await;

    assert_eq!(world.guest().get("/tags/lamp").await.expect(308).location(), "/tags/lights");
    edit(&kim, "lights", &[("name", "lamp")]).await;
    world.guest().get("/tags/lamp").await.expect(200);
    assert_eq!(world.guest().get("/tags/lights").await.expect(308).location(), "/tags/lamp");
    let found = kim.get("/admin/tags?q=lig").await.expect(200);
    assert_eq!(found.texts(".rows h2"), Vec::<String>::new());
    let found = kim.get("/admin/tags?q=lights").await.expect(200);
    assert_eq!(found.texts(".rows h2"), ["lamp"]);
}

#[tokio::test]
async fn a_restricted_tag_is_given_by_staff_and_moderators_alone() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    let (tom, sam) = (world.moderator("tom").await, world.staff("sam").await);
    sam.start_tagged("help", "A lamp flickers", "It does.", "bug").await;
    edit(&kim, "bug", &[("restricted", "on"), ("description", "Known to us.")]).await;
    make_synonym(&kim, "bug", "defect").await;

    let form = ada.get("/ask?board=help").await.form("new-thread");
    let form = form.set("title", "A switch sticks").set("body", "It does.");
    let answer = form.set("tags", "switch, Defect").send_as("Ask the question").await.expect(422);

    assert_eq!(
        answer.problem("tags").as_deref(),
        Some("Only staff and moderators give or take the tag defect.")
    );
    assert_eq!(answer.form("new-thread").value("tags"), "switch, Defect");
    assert_eq!(answer.form("new-thread").value("title"), "A switch sticks");
    assert_eq!(world.count("select count(*) from threads").await, 1);
    answer.form("new-thread").set("tags", "switch").send_as("Ask the question").await.expect(303);
    for who in [&tom, &sam, &kim] {
        who.start_tagged("help", "Another lamp flickers", "It does.", "defect").await;
    }
    world.run_jobs().await;
    let page = world.guest().get("/tags/bug").await.expect(200);
    assert_eq!(page.texts(".row__facts span"), ["4 threads", "Given by staff and moderators"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_tag_is_said_and_everything_typed_is_kept() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    world.run_jobs().await;
    let page = kim.get("/admin/tags/lamp").await.expect(200);
    let long = "a ".repeat(200);

    let form = page.form("tag").set("name", "温度").set("description", long.trim());
    let answer = form.send().await.expect(422);

    assert!(answer.problem("name").is_some());
    assert!(answer.problem("description").is_some());
    assert_eq!(answer.form("tag").value("name"), "温度");
    assert_eq!(answer.form("tag").value("description"), long.trim());
    let answer = page.form("synonym").set("synonym", "lamp").send().await.expect(422);
    assert!(answer.problem("synonym").is_some());
}

//! What becomes of a tag whose name means another.

use super::{edit, make_synonym};
use crate::harness::World;
use sqlx::AssertSqlSafe;

#[tokio::test]
async fn a_tag_with_many_threads_is_carried_over_bit_by_bit() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    let many = ada.start_tagged("help", "A light flickers", "It does.", "light").await;
    let copies = format!(
        "insert into threads overriding system value
         select (jsonb_populate_record(threads, jsonb_build_object('id', 10000 + number))).*
         from threads cross join generate_series(1, 1500) as number where threads.id = {};
         insert into thread_tags (thread_id, tag_id)
         select threads.id, tags.id from threads join tags on name = 'light' where threads.id > 10000",
        many.id
    );
    let mut owner = world.as_owner().await;
    sqlx::raw_sql(AssertSqlSafe(copies)).execute(&mut owner).await.expect("they are there");

    make_synonym(&kim, "lamp", "light").await;

    let left = async || kim.get("/admin/tags/lamp").await.expect(200).texts(".rows .soft");
    assert_eq!(left().await, ["Being carried over, 1501 to go"]);
    // Meanwhile the name means the other tag everywhere, and cannot be set free.
    ada.start_tagged("help", "Another light flickers", "It does.", "light").await;
    assert_eq!(world.guest().get("/tags/light").await.expect(308).location(), "/tags/lamp");
    kim.press("/admin/tags/lamp/synonyms/light/remove").await.expect(403);
    kim.get("/admin/tags/light").await.expect(308);
    kim.post("/admin/tags/light", &[("name", "shine")]).await.expect(404);
    assert_eq!(kim.get("/admin/tags?q=light").await.expect(200).texts(".rows h2"), ["lamp"]);
    world.run_chores().await;
    assert_eq!(left().await, ["Being carried over, 501 to go"]);
    world.run_chores().await;
    world.run_jobs().await;

    assert_eq!(left().await, Vec::<String>::new());
    assert_eq!(world.count("select count(*) from tags").await, 1);
    assert_eq!(world.count("select count(*) from thread_tags").await, 1503);
    let astray = "select count(*) from thread_tags join threads on threads.id = thread_id
                  where thread_tags.board_id is distinct from threads.board_id";
    assert_eq!(world.count(astray).await, 0);
    kim.press("/admin/tags/lamp/synonyms/light/remove").await.expect(303);
}

#[tokio::test]
async fn synonyms_lead_to_one_tag_and_never_in_a_circle() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    ada.start_tagged("help", "A light flickers", "It does.", "light").await;
    ada.start_tagged("help", "A torch flickers", "It does.", "torch").await;
    make_synonym(&kim, "light", "shine").await;

    // One name means one tag, and a synonym has none of its own.
    let taken = [("synonym", "shine"), ("seen", "shine")];
    kim.post("/admin/tags/lamp/synonyms", &taken).await.expect(422);
    kim.post("/admin/tags/lamp", &[("name", "shine")]).await.expect(422);
    kim.post("/admin/tags/shine/synonyms", &[("synonym", "gleam")]).await.expect(404);
    // What is not carried over yet goes on with the tag that it is carried to.
    make_synonym(&kim, "lamp", "light").await;
    make_synonym(&kim, "torch", "lamp").await;
    let back = [("synonym", "torch"), ("seen", "torch")];
    kim.post("/admin/tags/lamp/synonyms", &back).await.expect(404);
    world.run_chores().await;
    world.run_jobs().await;

    for name in ["lamp", "light", "shine"] {
        let moved = world.guest().get(&format!("/tags/{name}")).await.expect(308);
        assert_eq!(moved.location(), "/tags/torch");
    }
    let page = world.guest().get("/tags/torch").await.expect(200);
    assert_eq!(page.texts(".thread-row__title").len(), 3);
    assert_eq!(world.count("select count(*) from tags").await, 1);
}

#[tokio::test]
async fn two_administrators_who_do_the_opposite_leave_one_tag() {
    let world = World::new().await;
    let (ada, kim, leo) =
        (world.member("ada").await, world.admin("kim").await, world.admin("leo").await);
    for round in 0..4 {
        let (lamp, light) = (format!("lamp-{round}"), format!("light-{round}"));
        ada.start_tagged("help", "Both of them", "They do.", &format!("{lamp}, {light}")).await;
        let (to_lamp, to_light) =
            (format!("/admin/tags/{lamp}/synonyms"), format!("/admin/tags/{light}/synonyms"));
        let (light_ends, lamp_ends) = (
            [("synonym", &light[..]), ("seen", &light)],
            [("synonym", &lamp[..]), ("seen", &lamp)],
        );

        let (one, other) =
            tokio::join!(kim.post(&to_lamp, &light_ends), leo.post(&to_light, &lamp_ends));

        let mut answers = [one.status.as_u16(), other.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 404]);
        world.run_chores().await;
        let left = format!("select count(*) from tags where name like '%-{round}'");
        assert_eq!(world.count(&left).await, 1);
    }

    ada.start_tagged("help", "Two more", "They do.", "one, two").await;
    let (one, other) = ([("name", "two")], [("name", "one")]);
    let (first, second) =
        tokio::join!(kim.post("/admin/tags/one", &one), leo.post("/admin/tags/two", &other));
    assert_eq!([first.status.as_u16(), second.status.as_u16()], [422, 422]);
    world.run_jobs().await;
}

#[tokio::test]
async fn an_address_is_found_however_it_is_written() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "Lamp").await;
    make_synonym(&kim, "lamp", "Lumière").await;
    world.run_jobs().await;

    for name in ["LAMP", "lumiere", "Lumi%C3%A8re"] {
        let moved = world.guest().get(&format!("/tags/{name}")).await.expect(308);
        assert_eq!(moved.location(), "/tags/lamp");
        let moved = world.guest().get(&format!("/tags/{name}/feed.atom")).await.expect(308);
        assert_eq!(moved.location(), "/tags/lamp/feed.atom");
    }
    ada.start_tagged("help", "Another lamp flickers", "It does.", "LUMIÈRE").await;
    world.run_chores().await;
    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from tags").await, 1);
}

#[tokio::test]
async fn what_is_hidden_moves_no_tag_in_the_list() {
    let world = World::new().await;
    let (ada, tom, kim) =
        (world.member("ada").await, world.moderator("tom").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    ada.start_tagged("help", "A switch sticks", "It does.", "switch, lamp").await;
    ada.start_tagged("help", "A gift arrived", "It did.", "gift").await;
    for title in ["A lamp for Ada", "A lamp for Ben", "A lamp for Carla"] {
        tom.start_tagged("staff-room", title, "As a gift.", "gift").await;
    }
    world.run_chores().await;
    world.run_jobs().await;

    let names = |page: crate::harness::Answer| page.texts(".rows h2");
    let list = names(world.guest().get("/tags").await.expect(200));
    assert_eq!(list, ["lamp", "gift", "switch"]);
    assert_eq!(names(tom.get("/tags").await.expect(200)), list);
    // Those who run the community see all.
    assert_eq!(names(kim.get("/admin/tags").await.expect(200)), ["gift", "lamp", "switch"]);
}

#[tokio::test]
async fn what_administrators_do_with_tags_is_in_the_log() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    ada.start_tagged("help", "A lamp flickers", "It does.", "lamp").await;
    edit(&kim, "lamp", &[("description", "What gives light."), ("restricted", "on")]).await;
    make_synonym(&kim, "lamp", "light").await;
    world.run_chores().await;
    world.run_jobs().await;
    kim.press("/admin/tags/lamp/synonyms/light/remove").await.expect(303);

    let log = kim.get("/admin/log").await.expect(200).texts(".acts td:last-child");

    let began = |line: &str, words: &str| assert!(line.starts_with(words), "{line}");
    began(&log[0], "Removed a synonym of the tag lamp");
    began(&log[1], "Added a synonym to the tag lamp");
    began(&log[2], "Changed the tag lamp");
    assert!(log[2].contains("What gives light."), "{}", log[2]);
}

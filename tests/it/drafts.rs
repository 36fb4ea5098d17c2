//! Texts that their authors are still writing.

use crate::harness::{Answer, Begun, Client, World, form_key};
use candor::access::Audience;
use sqlx::{AssertSqlSafe, Executor};
use time::Duration;

/// Saves a text as the composer's script does.
async fn save(client: &Client, fields: &[(&str, &str)]) -> Answer {
    client.post("/drafts", fields).await
}

/// Saves a reply; returns the version.
async fn save_reply(client: &Client, thread: &Begun, key: &str, body: &str, seen: &str) -> Answer {
    let place = format!("t/{}", thread.id);
    save(client, &[("place", &place), ("form_key", key), ("body", body), ("draft", seen)]).await
}

fn version(answer: &Answer) -> String {
    answer.json()["version"].as_str().expect("a version").to_owned()
}

/// What the reply form begins with.
async fn reply_of(client: &Client, thread: &Begun) -> String {
    client.get(&thread.url).await.expect(200).form("reply").value("body").to_owned()
}

async fn thread_of(world: &World) -> (Client, Client, Begun) {
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = bob.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;
    (ada, bob, thread)
}

#[tokio::test]
async fn a_reply_is_gone_on_with_on_every_device_until_it_is_posted() {
    let world = World::new().await;
    let (ada, bob, thread) = thread_of(&world).await;

    save_reply(&ada, &thread, &form_key(), "Half a thought", "").await.expect(200);

    let elsewhere = world.sign_in("ada").await;
    let page = elsewhere.get(&thread.url).await.expect(200);
    assert_eq!(page.form("reply").value("body"), "Half a thought");
    assert!(page.words().contains("Your draft, saved"));
    assert_eq!(reply_of(&bob, &thread).await, "");

    page.form("reply").set("body", "A whole thought").send_as("Post reply").await.expect(303);

    assert_eq!(reply_of(&ada, &thread).await, "");
    assert!(ada.get("/drafts").await.expect(200).words().contains("Nothing half-written"));
    world.run_jobs().await;
}

#[tokio::test]
async fn what_another_device_keeps_there_stays_when_something_else_is_posted() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    let elsewhere = world.sign_in("ada").await;
    let opened_before = elsewhere.get(&thread.url).await.expect(200).form("reply");
    save_reply(&ada, &thread, &form_key(), "A long thought", "").await.expect(200);

    opened_before.set("body", "Thanks!").send_as("Post reply").await.expect(303);

    assert_eq!(reply_of(&ada, &thread).await, "A long thought");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_draft_that_two_devices_post_is_posted_once() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    save_reply(&ada, &thread, &form_key(), "A whole thought", "").await.expect(200);
    let elsewhere = world.sign_in("ada").await;
    let here = ada.get(&thread.url).await.expect(200).form("reply");
    let there = elsewhere.get(&thread.url).await.expect(200).form("reply");

    let one = here.send_as("Post reply").await.expect(303);
    let other = there.send_as("Post reply").await.expect(303);

    assert_eq!(one.location(), other.location());
    assert_eq!(world.count("select count(*) from posts").await, 2);
    world.run_jobs().await;
}

#[tokio::test]
async fn threads_not_yet_begun_are_kept_beside_each_other() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (one, two) = (form_key(), form_key());
    let fields = |key, title, board| {
        [
            ("place", "ask"),
            ("form_key", key),
            ("board", board),
            ("title", title),
            ("tags", "lamp, hub"),
            ("body", "It flickers."),
        ]
    };
    save(&ada, &fields(&one, "About the lamp", "help")).await.expect(200);
    world.advance(Duration::MINUTE);
    save(&ada, &fields(&two, "About the hub", "lounge")).await.expect(200);

    let page = ada.get("/ask").await.expect(200);
    let form = page.form("new-thread");
    assert_eq!(form.value("title"), "About the hub", "the last one");
    assert_eq!([form.value("board"), form.value("tags")], ["lounge", "lamp, hub"]);
    assert_eq!(form.value("form_key"), two);
    let on_help = ada.get("/ask?board=help").await.expect(200);
    assert_eq!(on_help.form("new-thread").value("title"), "About the lamp");
    let fresh = ada.get(&page.link("Start another")).await.expect(200);
    assert_eq!(fresh.form("new-thread").value("title"), "");

    let list = ada.get("/drafts").await.expect(200);
    assert_eq!(list.texts(".drafts__title"), ["About the hub", "About the lamp"]);
    let there = ada.get(&list.link("About the lamp")).await.expect(303).follow().await;
    assert_eq!(there.form("new-thread").value("title"), "About the lamp");
    there.form("new-thread").set("similar", "seen").send_as("Ask the question").await.expect(303);
    let list = ada.get("/drafts").await.expect(200);
    assert_eq!(list.texts(".drafts__title"), ["About the hub"]);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_change_is_gone_on_with_until_it_is_made() {
    let world = World::new().await;
    let (_, bob, thread) = thread_of(&world).await;
    let post = world.post_at(&thread, 1).await;
    let (place, edit) = (format!("p/{post}"), format!("/p/{post}/edit"));
    let title = ("title", "A lamp flickers");
    save(&bob, &[("place", &place), title, ("body", "It does, and")]).await.expect(200);

    let form = bob.get(&edit).await.expect(200).form("edit");
    assert_eq!(form.value("body"), "It does, and");
    form.set("body", "It does, and hums.").send_as("Save changes").await.expect(303);

    let form = bob.get(&edit).await.expect(200);
    assert!(!form.words().contains("Your draft"));
    assert_eq!(form.form("edit").value("body"), "It does, and hums.");
    let late = [("place", &place[..]), title, ("body", "It does, and hums.")];
    save(&bob, &late).await.expect(204);
    assert_eq!(world.count("select count(*) from drafts").await, 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_change_that_another_device_keeps_stays_when_something_else_is_saved() {
    let world = World::new().await;
    let (_, bob, thread) = thread_of(&world).await;
    let post = world.post_at(&thread, 1).await;
    let (place, edit) = (format!("p/{post}"), format!("/p/{post}/edit"));
    let opened_before = bob.get(&edit).await.expect(200).form("edit");
    let title = ("title", "A lamp flickers");
    save(&bob, &[("place", &place), title, ("body", "A long thought")]).await.expect(200);

    opened_before.set("body", "It hums.").send_as("Save changes").await.expect(303);

    let form = bob.get(&edit).await.expect(200).form("edit");
    assert_eq!(form.value("body"), "A long thought");
    world.run_jobs().await;
}

#[tokio::test]
async fn two_devices_do_not_overwrite_each_other() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    let key = form_key();
    let first = version(&save_reply(&ada, &thread, &key, "One", "").await.expect(200));
    let second = version(&save_reply(&ada, &thread, &key, "One and two", &first).await.expect(200));

    for seen in ["", &first] {
        let refused = save_reply(&ada, &thread, &key, "Something else", seen).await.expect(409);
        assert_eq!(refused.json()["body"], "One and two");
        assert_eq!(refused.json()["version"], *second);
    }
    assert_eq!(reply_of(&ada, &thread).await, "One and two");

    // The answer was lost, and the same is sent again.
    let again = save_reply(&ada, &thread, &key, "One and two", &first).await.expect(200);
    assert_eq!(version(&again), second);
    // Emptied: nothing is left, unless another has saved meanwhile.
    save_reply(&ada, &thread, &key, " ", &first).await.expect(204);
    assert_eq!(reply_of(&ada, &thread).await, "One and two");
    save_reply(&ada, &thread, &key, " ", &second).await.expect(204);
    assert_eq!(reply_of(&ada, &thread).await, "");
}

#[tokio::test]
async fn what_was_posted_is_no_draft_and_another_text_in_its_form_is_a_new_one() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    let key = form_key();
    let fields = [("body", "A whole thought"), ("form_key", &key[..])];
    ada.post(&thread.deed("replies"), &fields).await.expect(303);

    save_reply(&ada, &thread, &key, "A whole thought\r\n", "").await.expect(410);
    assert_eq!(reply_of(&ada, &thread).await, "");

    let saved = save_reply(&ada, &thread, &key, "A second thought", "").await.expect(200);
    assert_ne!(saved.json()["form_key"], *key);
    let page = ada.get(&thread.url).await.expect(200);
    assert_eq!(page.form("reply").value("body"), "A second thought");
    page.form("reply").send_as("Post reply").await.expect(303);
    assert_eq!(world.count("select count(*) from posts").await, 3);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_saving_that_comes_while_it_is_posted_leaves_nothing_behind() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    let key = form_key();
    save_reply(&ada, &thread, &key, "A whole", "").await.expect(200);
    let draft = "create temporary table late as select * from drafts";
    let mut db = world.as_owner().await;
    db.execute(draft).await.unwrap();
    let fields = [("body", "A whole thought"), ("form_key", &key[..])];
    ada.post(&thread.deed("replies"), &fields).await.expect(303);
    db.execute("insert into drafts overriding system value select * from late").await.unwrap();

    assert_eq!(reply_of(&ada, &thread).await, "");
    assert!(ada.get("/drafts").await.expect(200).words().contains("Nothing half-written"));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from drafts").await, 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_quote_stands_below_what_was_written() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    save_reply(&ada, &thread, &form_key(), "I think", "").await.expect(200);

    let page = ada.get(&format!("{}?page=1&quote=1", thread.url)).await.expect(200);

    let body = page.form("reply").value("body").to_owned();
    assert!(body.starts_with("I think\n\n> [quote=bob, post=1]"), "{body}");
    assert_eq!(page.form("reply").value("reply_to"), "1");
}

#[tokio::test]
async fn what_its_author_may_not_see_any_more_is_not_named_and_the_words_are_kept() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = bob.start("beta", "A logomachy", "It is.").await;
    let saved = save_reply(&ada, &thread, &form_key(), "Half a thought", "").await.expect(200);
    world.reopen("beta", Audience::Staff).await;

    let list = ada.get("/drafts").await.expect(200);
    assert!(list.words().contains("Half a thought"));
    assert!(!list.text.contains("logomachy") && !list.words().contains("Beta"));
    let shown = ada.get(&list.link("Somewhere you cannot write now")).await.expect(200);
    assert!(shown.text.contains("Half a thought") && !shown.text.contains("logomachy"));
    let seen = version(&saved);
    save_reply(&ada, &thread, &form_key(), "More", &seen).await.expect(404);
    shown.button("Discard draft").press().await.expect(303);
    assert!(ada.get("/drafts").await.expect(200).words().contains("Nothing half-written"));
    world.run_jobs().await;
}

#[tokio::test]
async fn a_draft_does_not_exist_for_others() {
    let world = World::new().await;
    let (ada, bob, thread) = thread_of(&world).await;
    save_reply(&ada, &thread, &form_key(), "Half a thought", "").await.expect(200);
    let id = world.count("select id from drafts").await;

    bob.get(&format!("/drafts/{id}")).await.expect(404);
    bob.press(&format!("/drafts/{id}/discard")).await.expect(404);
    assert!(!bob.get("/drafts").await.expect(200).text.contains("Half a thought"));
    assert_eq!(
        world.guest().get("/drafts").await.expect(303).location(),
        "/sign-in?back=%2Fdrafts"
    );

    let page = ada.get(&thread.url).await.expect(200);
    let back = page.button("Discard draft").press().await.expect(303);
    assert!(back.location().starts_with(&thread.url));
    assert_eq!(reply_of(&ada, &thread).await, "");
}

#[tokio::test]
async fn there_are_so_many_drafts_and_so_long_ones() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    let id = world.id_of("ada").await;
    let many = format!(
        "insert into drafts (member_id, place, form_key, body, version, saved_at)
        select {id}, 'ask/' || n, md5(n::text)::uuid, 'x', md5(n::text)::uuid, '2026-01-01'
        from generate_series(1, 200) as n"
    );
    world.as_app().await.execute(AssertSqlSafe(many)).await.unwrap();

    let refused = save_reply(&ada, &thread, &form_key(), "One more", "").await.expect(422);
    assert!(refused.json()["problem"].as_str().unwrap().contains("200 drafts"));
    let long = "x".repeat(70_000);
    save_reply(&ada, &thread, &form_key(), &long, "").await.expect(413);
    for place in ["t/x", "q/1", "ask/1", ""] {
        let fields = [("place", place), ("form_key", &form_key()), ("body", "x")];
        save(&ada, &fields).await.expect(400);
    }
}

#[tokio::test]
async fn a_draft_that_nobody_comes_back_to_goes_after_half_a_year() {
    let world = World::new().await;
    let (ada, _, thread) = thread_of(&world).await;
    save_reply(&ada, &thread, &form_key(), "Half a thought", "").await.expect(200);

    world.advance(Duration::days(179));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from drafts").await, 1);
    world.advance(Duration::days(2));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from drafts").await, 0);
}

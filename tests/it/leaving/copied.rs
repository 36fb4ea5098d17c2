//! The copy of everything about a member.

use super::planted::{HANDLE, PERSONAL, Planted, QUESTION, REPLY, WITHDRAWN};
use crate::{
    data_map::map,
    harness::{Client, PASSWORD, World, photograph},
};
use axum::http::Method;
use candor::{
    access::{Audience, Level, Subject},
    boards::Style,
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};
use time::Duration;

/// The texts of a copy, as the browser of its member downloads it.
async fn downloaded(client: &Client) -> BTreeMap<String, String> {
    let files = whole(client).await.into_iter();
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text, undamaged"))).collect()
}

/// All files of a copy.
async fn whole(client: &Client) -> BTreeMap<String, Vec<u8>> {
    let response = client.ask(Method::GET, "/settings/data/copy").stream().await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/zip");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a whole ZIP file");
    let mut files = BTreeMap::new();
    for number in 0..zip.len() {
        let mut file = zip.by_index(number).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("undamaged");
        files.insert(name, bytes);
    }
    files
}

fn things(files: &BTreeMap<String, String>, file: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(&files[&format!("{file}.json")]).expect("a list")
}

#[tokio::test]
async fn a_copy_holds_everything_about_its_member_and_nothing_about_others() {
    let planted = Planted::new().await;
    let world = &planted.world;
    // Words of somebody else, in the same threads, in an inbox, and where the member may not look.
    let kim = world.staff("kim").await;
    let words = [("name", "Kim cymotrichous"), ("about", "floccinaucin")];
    kim.post("/settings", &words).await.expect(303);
    kim.say(&planted.asked, &format!("@{HANDLE} syzygetic")).await;
    kim.start("staff-room", "A logomachy", "tmesis").await;
    world.run_jobs().await;
    world.advance(Duration::DAY);

    planted.browser.post("/settings/data", &[("password", "wrong one")]).await.expect(422);
    planted.browser.post("/settings/data", &[("password", PASSWORD)]).await.expect(303);
    world.run_jobs().await;

    assert!(world.mail_to(super::EMAIL).subject.contains("ready"));
    let files = downloaded(&planted.browser).await;
    let whole: String =
        files.values().flat_map(|text| [text.to_lowercase(), "\n".into()]).collect();
    for word in PERSONAL.iter().chain(&WITHDRAWN).chain([&QUESTION, &REPLY, &HANDLE]) {
        // A first version was only ever in the earlier versions.
        assert!(whole.contains(word), "{word} is missing");
    }
    for word in ["cymotrichous", "floccinaucin", "syzygetic", "logomachy", "tmesis", "kim@"] {
        assert!(!whole.contains(word), "{word} is somebody else's");
    }
    assert!(!whole.contains("bob@example.com"));
    for (table, mapped) in map() {
        // What everybody's inbox, queue and forms are for is said in the map.
        let Some(file) = mapped.copy.filter(|file| file != "itself") else {
            let spoken_for = ["closed_accounts", "jobs", "rate_limits", "copy_parts"];
            let personal = map()[&table].is_personal();
            assert!(!personal || spoken_for.contains(&table.as_str()), "{table} is in no copy");
            continue;
        };
        assert!(!things(&files, &file).is_empty(), "{file}.json is empty, for {table}");
        assert!(files[&format!("{file}.html")].contains("<dl>"), "{file}.html is empty");
        assert!(files["index.html"].contains(&format!("{file}.html")));
    }
}

#[tokio::test]
async fn of_boards_out_of_sight_a_copy_holds_the_members_own_words_alone() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = bob.start_tagged("beta", "A logomachy", "tmesis", "nudiustertian").await;
    ada.say(&thread, "brobdingnag").await;
    ada.press("/tags/nudiustertian/follow").await.expect(303);
    world.reopen("beta", candor::access::Audience::Staff).await;

    ada.press("/settings/data").await.expect(303);
    world.run_jobs().await;

    let files = downloaded(&ada).await;
    assert!(files["posts.json"].contains("brobdingnag"));
    let whole: String = files.into_values().collect();
    for word in ["logomachy", "tmesis", "nudiustertian"] {
        assert!(!whole.contains(word), "{word} is out of sight");
    }
}

#[tokio::test]
async fn titles_and_places_that_its_member_is_kept_from_are_in_no_copy() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = bob.start("lounge", "A logomachy", "tmesis").await;
    ada.say(&thread, "brobdingnag").await;
    let opening = world.post_at(&thread, 1).await;
    world.moderator("tom").await.remove(opening, "No fights.").await;
    let subject = Subject::Member(world.id_of("ada").await);
    world.allow("staff-room", subject, None).await;
    world.found("garden", Style::Discussion, Audience::Staff).await;
    world.allow_below("heading-garden", subject, None).await;
    world.allow("lounge", subject, Some(Level::Start)).await;

    ada.press("/settings/data").await.expect(303);
    world.run_jobs().await;

    let files = downloaded(&ada).await;
    assert_eq!(things(&files, "rules").len(), 4, "what a category says is written on its boards");
    assert!(files["posts.json"].contains("brobdingnag"));
    assert!(files["rules.json"].contains("/b/lounge"));
    let whole: String = files.into_values().collect();
    for word in ["logomachy", "tmesis", "/b/staff-room", "garden"] {
        assert!(!whole.contains(word), "{word} is kept from them");
    }
}

#[tokio::test]
async fn a_me_too_is_in_the_copy_where_it_was_said_and_not_where_it_was_carried_to() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let original = ada.start("help", "A lamp flickers", "It does.").await;
    let duplicate = bob.start("help", "My lamp flickers", "It does.").await;
    let carla = world.member("carla").await;
    carla.press(&duplicate.deed("me-too")).await.expect(303);
    let named = [("original", &original.id.to_string()[..])];
    bob.post(&duplicate.deed("duplicate/of"), &named).await.expect(303);

    for (who, said) in [(&carla, vec![format!("/t/{}", duplicate.id)]), (&bob, vec![])] {
        who.press("/settings/data").await.expect(303);
        world.run_jobs().await;
        let found = things(&downloaded(who).await, "me-toos");
        let found: Vec<_> = found.iter().map(|it| it["address"].as_str().unwrap()).collect();
        assert_eq!(found, said);
    }
}

#[tokio::test]
async fn a_copy_is_its_members_alone_and_kept_for_a_week() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    ada.press("/settings/data").await.expect(303);
    ada.get("/settings/data/copy").await.expect(404);
    world.run_jobs().await;

    assert_eq!(bob.get("/settings/data/copy").await.status, 404);
    assert_eq!(downloaded(&ada).await.len(), 51);
    assert!(ada.get("/settings/data").await.expect(200).words().contains("Your copy is ready"));
    world.advance(Duration::days(7));
    ada.get("/settings/data/copy").await.expect(404);
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from copy_parts").await, 0);
}

#[tokio::test]
async fn a_copy_brings_what_its_member_uploaded_whatever_becomes_of_it_afterwards() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let picture = ada.upload("lamp.jpg", &photograph(1400, 700)).await;
    let text = ada.upload("a log.txt", &b"It flickers. ".repeat(60_000)).await;
    bob.upload("bobs.txt", b"Somebody else's.").await;
    let kept = ada.get(&picture).await.expect(200).bytes;
    world.advance(Duration::days(6));
    let ada = world.browser_of(world.id_of("ada").await).await;

    ada.press("/settings/data").await.expect(303);
    world.run_jobs().await;
    // No post shows them, so they go; the copy is there for a week.
    for hours in [36, 108] {
        world.advance(Duration::hours(hours));
        world.run_chores().await;
        world.run_jobs().await;
    }

    let ada = world.browser_of(world.id_of("ada").await).await;
    ada.get(&text).await.expect(404);
    let files = whole(&ada).await;
    assert_eq!(files["files/1-lamp.jpg"], kept);
    assert_eq!(files["files/2-a log.txt"], b"It flickers. ".repeat(60_000));
    assert!(!files.keys().any(|name| name.contains("bobs")), "{:?}", files.keys());
    let page = String::from_utf8(files["files.html"].clone()).unwrap();
    assert!(page.contains("<a href=\"files/2-a%20log.txt\">"), "{page}");
    // What lies in the store already is not put into the database.
    let stored = world.count("select sum(length(bytes))::bigint from copy_parts").await;
    assert!(stored < 40_000, "{stored}");
}

#[tokio::test]
async fn a_member_asks_for_two_copies_a_day() {
    let world = World::with_rate_limits().await;
    let ada = world.member("ada").await;

    for _ in 0..2 {
        ada.press("/settings/data").await.expect(303);
        world.run_jobs().await;
    }
    ada.press("/settings/data").await.expect(429);

    world.advance(Duration::hours(12));
    let ada = world.browser_of(world.id_of("ada").await).await;
    ada.press("/settings/data").await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_copy_of_ten_thousand_posts_is_made_in_pieces() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("lounge", "Much to say", "Listen.").await;
    // Too many to be written one by one; what they hold does not compress.
    let sql = format!(
        "insert into posts (thread_id, position, author_id, source, html, renderer, written_at, search)
        select {}, 1 + number, {}, string_agg(md5(random()::text), ' '), '', 1, '2026-03-01', ''
        from generate_series(1, 10000) as number, generate_series(1, 20)
        group by number",
        thread.id,
        world.id_of("ada").await,
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut world.as_app().await).await.unwrap();

    ada.press("/settings/data").await.expect(303);
    world.run_jobs().await;

    let longest = world.count("select max(length(bytes))::bigint from copy_parts").await;
    assert!(longest <= 512 * 1024, "{longest}");
    assert!(world.count("select count(*) from copy_parts").await > 5);
    let files = downloaded(&ada).await;
    assert_eq!(things(&files, "posts").len(), 10_001);
}

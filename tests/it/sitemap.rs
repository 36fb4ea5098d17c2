//! The sitemap and the rules for search engines.

use crate::harness::World;
use candor::{access::Audience, boards::Style};
use sqlx::AssertSqlSafe;

/// The addresses in a sitemap or its index, without the server's own.
async fn places(world: &World, address: &str) -> Vec<String> {
    let text = world.guest().get(address).await.expect(200).text;
    let own = world.app.config.address();
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut places, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(tag) => inside = tag.name().as_ref() == b"loc",
            quick_xml::events::Event::Text(text) if inside => {
                let place = text.decode().unwrap().into_owned();
                places.push(place.strip_prefix(&own).expect("whole addresses").to_owned());
            }
            quick_xml::events::Event::End(_) => inside = false,
            quick_xml::events::Event::Eof => return places,
            _ => {}
        }
    }
}

#[tokio::test]
async fn search_engines_find_what_guests_may_see_and_nothing_else() {
    let world = World::new().await;
    let (ada, sam) = (world.member("ada").await, world.staff("sam").await);
    world.found("vault", Style::Questions, Audience::Staff).await;
    let lamp = ada.start("help", "A lamp flickers", "It flickers.").await;
    let tap = ada.start("help", "A tap drips", "It drips.").await;
    ada.press(&format!("/p/{}/delete", world.post_at(&tap, 1).await)).await.expect(303);
    sam.start("vault", "A secret thing", "It is.").await;
    world.run_jobs().await;

    let robots = world.guest().get("/robots.txt").await.expect(200);
    let own = world.app.config.address();
    assert!(robots.text.contains(&format!("Sitemap: {own}/sitemap.xml")));
    assert_eq!(places(&world, "/sitemap.xml").await, ["/sitemap/boards.xml", "/sitemap/0.xml"]);
    assert_eq!(places(&world, "/sitemap/boards.xml").await, ["/b/help", "/b/lounge", "/b/news"]);
    assert_eq!(places(&world, "/sitemap/0.xml").await, std::slice::from_ref(&lamp.url));
    // Whoever asks.
    let of_staff = sam.get("/sitemap/0.xml").await.expect(200);
    assert!(!of_staff.text.contains("secret"));
    for nowhere in ["/sitemap/1.xml", "/sitemap/0", "/sitemap/-1.xml", "/sitemap/99999999999.xml"] {
        world.guest().get(nowhere).await.expect(404);
    }
}

#[tokio::test]
async fn sitemaps_stay_short_and_complete_beyond_fifty_thousand_threads() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "A lamp flickers", "It flickers.").await;
    world.run_jobs().await;
    let mut owner = world.as_owner().await;
    // As an importer leaves them, but for their posts, which no sitemap asks for; one of five is hidden, and
    // so are the last two thousand, which fill parts of their own.
    let sql = "insert into threads (board_id, author_id, title, started_at, last_post_at, last_poster_id)
        select
            (select id from boards where slug = case when number % 5 = 0 or number > 60000 then 'staff-room' else 'help' end),
            author_id, 'Number ' || number, started_at, last_post_at, last_poster_id
        from threads, generate_series(1, 62000) as number";
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();

    let mut all = Vec::new();
    let parts = places(&world, "/sitemap.xml").await;
    for part in &parts {
        let places = places(&world, part).await;
        assert!(places.len() <= 50_000, "{part}: {}", places.len());
        all.extend(places.into_iter().filter(|place| place.starts_with("/t/")));
    }

    let wanted =
        "select count(*) from threads join boards on boards.id = board_id where slug = 'help'";
    assert_eq!(all.len() as i64, world.count(wanted).await);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 48_001);
    assert_eq!(parts.len(), 1 + 61, "{parts:?}");
}

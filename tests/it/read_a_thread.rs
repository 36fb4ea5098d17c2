//! The thread page.

use crate::harness::{Begun, Client, World};
use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};
use time::Duration;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

/// Ada's thread with replies of Bob's up to a position.
async fn thread_of(world: &World, ada: &Client, bob: &Client, last: i32) -> Begun {
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for position in 2..=last {
        bob.say(&thread, &format!("Reply at {position}.")).await;
    }
    world.run_jobs().await;
    thread
}

#[tokio::test]
async fn a_page_holds_twenty_posts_and_leads_to_the_others() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 45).await;
    let guest = world.guest();

    let first = guest.get(&thread.url).await.expect(200);
    let last = guest.get(&format!("{}?page=3", thread.url)).await.expect(200);

    let places =
        |count: std::ops::RangeInclusive<i32>| count.map(|n| format!("#{n}")).collect::<Vec<_>>();
    assert_eq!(first.texts(".post__when a[href*='/p/']"), places(1..=20));
    assert_eq!(last.texts(".post__when a[href*='/p/']"), places(41..=45));
    assert_eq!(first.texts(".pager__pages [aria-current]"), ["1"]);
    assert_eq!(first.link("3"), format!("{}?page=3", thread.url));
    assert_eq!(last.link("1"), thread.url);
}

#[tokio::test]
async fn a_permalink_lands_on_the_right_page() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 41).await;
    let guest = world.guest();

    for (position, page) in [(1, ""), (20, ""), (21, "?page=2"), (40, "?page=2"), (41, "?page=3")] {
        let place = format!("{}{page}#p{position}", thread.url);
        let answer = guest.get(&thread.deed(&format!("p/{position}"))).await.expect(303);
        assert_eq!(answer.location(), place);
        let post = world.post_at(&thread, position).await;
        assert_eq!(guest.get(&format!("/p/{post}")).await.expect(303).location(), place);
        assert_eq!(answer.follow().await.expect(200).texts(&format!("#p{position}")).len(), 1);
    }
    for position in ["0", "42", "-1", "x", "99999999999"] {
        guest.get(&thread.deed(&format!("p/{position}"))).await.expect(404);
    }
}

#[tokio::test]
async fn other_addresses_of_a_thread_lead_to_its_one() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 21).await;
    let guest = world.guest();

    for (other, page) in [("", ""), ("/old-title", ""), ("/old-title?page=2", "?page=2")] {
        let answer = guest.get(&format!("/t/{}{other}", thread.id)).await.expect(308);
        assert_eq!(answer.location(), format!("{}{page}", thread.url));
    }
}

#[tokio::test]
async fn there_is_no_page_beyond_the_last() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 20).await;

    for (page, status) in [("2", 404), ("2000000000", 404), ("0", 200), ("-4", 200), ("x", 400)] {
        world.guest().get(&format!("{}?page={page}", thread.url)).await.expect(status);
    }
    world.guest().get(&format!("{}?pages=1", thread.url)).await.expect(400);
}

#[tokio::test]
async fn a_reader_comes_back_to_the_first_unread_post() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 20).await;
    let carl = world.member("carl").await;
    let unread = thread.deed("unread");
    assert_eq!(carl.get(&unread).await.expect(303).location(), thread.url, "never here before");

    carl.post(&thread.deed("reading"), &[("position", "20")]).await.expect(303);
    assert_eq!(carl.get(&unread).await.expect(303).location(), thread.url, "nothing new");
    bob.say(&thread, "Fresh.").await;
    bob.say(&thread, "Fresher.").await;
    world.run_jobs().await;

    let answer = carl.get(&unread).await.expect(303);
    assert_eq!(answer.location(), format!("{}?page=2#p21", thread.url));
    let page = answer.follow().await.expect(200);
    assert_eq!(page.texts("#unread"), ["New since your last visit"]);
    let board = carl.get("/b/help").await.expect(200);
    assert_eq!(board.link("Unread: A lamp flickers"), unread);
}

#[tokio::test]
async fn reading_never_goes_backwards_nor_beyond_the_end() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 3).await;
    let mark = "select position::bigint from read_marks join members on id = member_id where handle = 'carl'";
    let carl = world.member("carl").await;

    for (read, kept) in [("2", 2), ("1", 2), ("900", 3), ("-5", 3)] {
        carl.post(&thread.deed("reading"), &[("position", read)]).await.expect(303);
        assert_eq!(world.count(mark).await, kept, "after {read}");
    }
}

#[tokio::test]
async fn the_solution_stands_below_the_question_on_its_first_page_alone() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 25).await;
    let post = world.post_at(&thread, 23).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;

    let first = world.guest().get(&thread.url).await.expect(200);
    let second = world.guest().get(&format!("{}?page=2", thread.url)).await.expect(200);

    assert!(first.part("section.solution").words().contains("Reply at 23."));
    assert_eq!(first.link("See it in the conversation, #23"), thread.deed("p/23"));
    assert_eq!(first.texts("article[id]").len(), 20, "the page is no longer for it");
    assert!(second.texts("section.solution").is_empty());
    assert_eq!(second.texts("#p23").len(), 1);
    assert_eq!(second.link("Solution"), format!("{}#solution", thread.url));
}

#[tokio::test]
async fn what_was_taken_away_keeps_its_place() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let tom = world.moderator("tom").await;
    let thread = thread_of(&world, &ada, &bob, 4).await;
    bob.press(&format!("/p/{}/delete", world.post_at(&thread, 2).await)).await.expect(303);
    tom.remove(world.post_at(&thread, 3).await, "Rude.").await;
    world.run_jobs().await;

    let page = world.guest().get(&thread.url).await.expect(200);

    assert_eq!(page.texts("#p2"), ["Deleted by its author on 2 Mar 2026. #2"]);
    assert!(
        page.texts("#p3")[0].starts_with("Removed by Moderator 1 on 2 Mar 2026. Reason: Rude.")
    );
    assert!(!page.text.contains("Reply at 2.") && !page.text.contains("Reply at 3."));
    assert_eq!(page.texts("#p4 .prose"), ["Reply at 4."]);
    assert_eq!(page.texts("#replies"), ["One reply"]);
}

#[tokio::test]
async fn a_thread_whose_question_was_taken_away_tells_nothing_of_it() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start_tagged("help", "My secret address", "Elm street", "elm").await;
    bob.say(&thread, "Better take that back.").await;
    let tom = world.moderator("tom").await;
    tom.remove(world.post_at(&thread, 1).await, "An address.").await;
    world.run_jobs().await;

    let answer = bob.get(&format!("/t/{}", thread.id)).await.expect(308);
    let page = answer.follow().await.expect(200);

    assert_eq!(answer.location(), format!("/t/{}/thread", thread.id));
    assert_eq!(page.texts("h1"), ["Thread taken back"]);
    assert!(!page.text.contains("elm") && !page.text.contains("secret"));
    assert_eq!(page.texts("#p2 .prose"), ["Better take that back."]);
    assert!(!page.text.contains("id=\"reply\""), "it takes no more replies");
    for reader in [&ada, &tom] {
        let page = reader.get(&thread.url).await.expect(200);
        assert!(
            page.texts("h1")[0].contains("My secret address"),
            "its author and moderators know"
        );
        assert!(page.part("#p1").words().contains("Elm street"));
    }
}

#[tokio::test]
async fn a_page_costs_three_queries() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = thread_of(&world, &ada, &bob, 25).await;
    let post = world.post_at(&thread, 23).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;
    let queries = Queries::default();
    let _counting = tracing_subscriber::registry().with(queries.clone()).set_default();

    for (who, reader) in [("a member", &ada), ("a guest", &world.guest())] {
        for page in ["", "?page=2"] {
            queries.forget();
            reader.get(&format!("{}{page}", thread.url)).await.expect(200);
            let asked = queries.asked();
            assert!((1..=3).contains(&asked.len()), "{who} on {page} asked {asked:#?}");
        }
    }
}

/// Hears every statement that is sent to the database from this thread, which in a test is all.
#[derive(Clone, Default)]
struct Queries(Arc<Mutex<Vec<String>>>);

impl Queries {
    fn forget(&self) {
        self.0.lock().unwrap().clear();
    }

    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl<S: Subscriber> Layer<S> for Queries {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut words = Words::default();
            event.record(&mut words);
            // Whether a transaction was left open is asked of every connection that is given back, and
            // what our own types are, once of every new one.
            if !words.0.contains("transaction_timestamp") && !words.0.contains("pg_catalog.pg_type")
            {
                self.0.lock().unwrap().push(words.0);
            }
        }
    }
}

#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if matches!(field.name(), "summary" | "db.statement") {
            self.0 += &format!("{value:?} ");
        }
    }
}

#[tokio::test]
async fn staff_moderators_and_ranks_are_marked() {
    let world = World::new().await;
    let (sam, tom) = (world.staff("sam").await, world.moderator("tom").await);
    let thread = world.member("ada").await.start("help", "A lamp flickers", "It does.").await;
    sam.say(&thread, "We know of it.").await;
    tom.say(&thread, "Thank you.").await;
    world.run_jobs().await;

    let page = world.guest().get(&thread.url).await.expect(200);

    assert!(page.texts("#p1 .rank")[0].contains("Newcomer"));
    assert_eq!(page.texts("#p2 .badge--staff"), ["Staff"]);
    assert!(page.part("#p3 .post__head").words().contains("Moderator"));
    world.advance(Duration::hours(2));
    let board = world.guest().get("/b/help").await.expect(200);
    assert_eq!(board.texts(".chip--staff"), ["Staff replied"]);
}

//! Threads like the one that somebody is about to begin.

use crate::harness::{Client, World, form_key};

const SEND: &str = "Ask the question";

async fn titles(client: &Client, title: &str) -> Vec<String> {
    let words: String = url::form_urlencoded::byte_serialize(title.as_bytes()).collect();
    client.get(&format!("/ask/similar?title={words}")).await.expect(200).texts("li a")
}

#[tokio::test]
async fn typing_a_title_shows_threads_that_share_its_words_solved_ones_first() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let solved = ada.start("help", "The printer jams with thick paper", "It does.").await;
    bob.say(&solved, "Use the other tray.").await;
    ada.press(&format!("/p/{}/solution", world.post_at(&solved, 2).await)).await.expect(303);
    ada.start("help", "Printer jams on every paper", "It does.").await;
    ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;

    let found = titles(&bob, "My printers jam, whatever the paper").await;

    assert_eq!(found, ["The printer jams with thick paper", "Printer jams on every paper"]);
    let page = bob.get("/ask/similar?title=printer+jams").await.expect(200);
    assert_eq!(page.texts(".chip--solved"), ["Solved"]);
    assert!(titles(&bob, "The tap drips").await.is_empty());
    assert!(titles(&bob, "of the").await.is_empty());
}

#[tokio::test]
async fn a_rare_word_finds_what_is_old() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "Lamp with a zirconium thread", "It does.").await;
    for number in 0..12 {
        ada.start("help", &format!("Lamp number {number} is dark"), "It is.").await;
    }
    world.run_jobs().await;

    let found = titles(&ada, "Zirconium lamp").await;

    assert_eq!(found.first().map(String::as_str), Some("Lamp with a zirconium thread"));
    assert!(found.len() <= 5);
}

#[tokio::test]
async fn an_edited_title_is_found_by_its_new_words_and_a_deleted_thread_by_none() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "The kettle whistles", "It does.").await;
    let post = world.post_at(&thread, 1).await;
    let fields = [("title", "The toaster hums loudly"), ("body", "It does.")];

    ada.post(&format!("/p/{post}/edit"), &fields).await.expect(303);
    assert!(titles(&ada, "kettle whistles").await.is_empty());
    assert_eq!(titles(&ada, "toaster hums").await, ["The toaster hums loudly"]);
    ada.press(&format!("/p/{post}/delete")).await.expect(303);
    world.run_jobs().await;

    assert!(titles(&ada, "toaster hums").await.is_empty());
}

#[tokio::test]
async fn threads_of_boards_that_one_may_not_see_are_never_shown() {
    let world = World::new().await;
    let (sam, bob) = (world.staff("sam").await, world.member("bob").await);
    sam.start("staff-room", "The printer jams in secret", "It does.").await;
    world.run_jobs().await;

    assert!(titles(&bob, "printer jams").await.is_empty());
    assert_eq!(titles(&sam, "printer jams").await, ["The printer jams in secret"]);
    world.guest().get("/ask/similar?title=printer").await.expect(303);
}

#[tokio::test]
async fn without_scripts_they_are_shown_on_sending_and_nothing_is_lost() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    ada.start("help", "The printer jams with thick paper", "It does.").await;

    let form = bob.get("/ask?board=help").await.expect(200).form("new-thread");
    let typed = form
        .set("title", "Printer jams with paper")
        .set("body", "Mine too.")
        .set("tags", "printer");
    let page = typed.send_as(SEND).await.expect(200);

    assert_eq!(page.texts(".similar li a"), ["The printer jams with thick paper"]);
    assert_eq!(world.count("select count(*) from threads").await, 1, "nothing is posted yet");
    let form = page.form("new-thread");
    assert_eq!((form.value("title"), form.value("body")), ("Printer jams with paper", "Mine too."));
    assert_eq!((form.value("tags"), form.value("board")), ("printer", "help"));
    form.send_as("Post anyway").await.expect(303);
    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from threads").await, 2);
}

#[tokio::test]
async fn who_has_seen_them_while_typing_is_not_held_up() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "The printer jams with thick paper", "It does.").await;
    let key = form_key();

    let fields = [
        ("board", "help"),
        ("title", "Printer jams with paper"),
        ("body", "Mine too."),
        ("similar", "seen"),
        ("deed", "post"),
        ("form_key", &key[..]),
    ];
    ada.post("/ask", &fields).await.expect(303);

    world.run_jobs().await;
}

#[tokio::test]
async fn deleted_threads_crowd_none_out_that_can_be_read() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    ada.start("help", "The kettle whistles", "It does.").await;
    for _ in 0..10 {
        let thread = bob.start("help", "Kettle whistles", "It does.").await;
        let post = world.post_at(&thread, 1).await;
        bob.press(&format!("/p/{post}/delete")).await.expect(303);
    }
    world.run_jobs().await;

    assert_eq!(titles(&ada, "kettle whistles").await, ["The kettle whistles"]);
}

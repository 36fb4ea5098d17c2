//! What stands in lists – home, boards, tags, search, profiles – and for whom.

use crate::harness::{Client, World};
use time::Duration;

/// Begins a thread by the form and returns its address.
async fn begin(client: &Client, board: &str, title: &str, body: &str, tags: &str) -> String {
    let page = client.get(&format!("/ask?board={board}")).await.expect(200);
    let form = page.form("new-thread").set("title", title).set("body", body).set("tags", tags);
    let words = if board == "help" { "Ask the question" } else { "Start the thread" };
    form.send_as(words).await.expect(303).location().to_owned()
}

async fn reply(client: &Client, thread: &str, body: &str) {
    let page = client.get(thread).await.expect(200);
    page.form("reply").set("body", body).send_as("Post reply").await.expect(303);
}

/// The titles of the rows on a page.
async fn rows(client: &Client, address: &str) -> Vec<String> {
    client.get(address).await.expect(200).texts(".thread-row__title > a")
}

#[tokio::test]
async fn no_list_tells_guests_of_a_board_for_members() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    begin(&ada, "beta", "A secret capacitor", "It has a capacitor inside.", "flux").await;
    world.run_jobs().await;

    for address in ["/", "/boards", "/search?q=capacitor", "/m/ada"] {
        let words = world.guest().get(address).await.expect(200).words();
        assert!(!words.contains("secret capacitor"), "{address} tells guests: {words}");
        let words = ada.get(address).await.expect(200).words();
        assert!(words.contains("capacitor"), "{address} keeps it from members: {words}");
    }
    for address in ["/b/beta", "/tags/flux", "/search?q=capacitor&board=beta"] {
        world.guest().get(address).await.expect(404);
        ada.get(address).await.expect(200);
    }
}

#[tokio::test]
async fn search_finds_a_thread_once_and_marks_the_words() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = begin(&ada, "help", "The printer jams", "Paper & <b>toner</b> stick.", "").await;
    reply(&ben, &thread, "Which toner? My toner is \u{e000}fine\u{e001}.").await;
    world.run_jobs().await;

    let found = world.guest().get("/search?q=toner").await.expect(200);
    let none = world.guest().get("/search?q=toner&board=lounge").await.expect(200);

    assert_eq!(found.texts(".result").len(), 1);
    let marks = found.texts(".result mark");
    assert!(!marks.is_empty() && marks.iter().all(|mark| mark == "toner"), "{marks:?}");
    assert!(!found.text.contains("<b>toner"), "a text became markup");
    assert!(none.texts(".result").is_empty());
    assert!(none.words().contains("Nothing was found"));
}

#[tokio::test]
async fn search_does_not_find_what_was_taken_back() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = begin(&ada, "help", "The printer jams", "Paper sticks.", "").await;
    reply(&ben, &thread, "Buy a zeppelin.").await;
    world.run_jobs().await;
    assert_eq!(ben.get("/search?q=zeppelin").await.texts(".result").len(), 1);

    ben.post("/p/2/delete", &[]).await.expect(303);
    world.run_jobs().await;

    assert!(ben.get("/search?q=zeppelin").await.texts(".result").is_empty());
    assert!(!ben.get("/m/ben").await.words().contains("zeppelin"));
}

#[tokio::test]
async fn search_takes_any_question() {
    let world = World::new().await;
    let guest = world.guest();

    for question in
        ["", "%00", "the", "%22open", "-hub", "a+or+-b", "%3A*%26%21%28%29", "%E2%82%AC"]
    {
        guest.get(&format!("/search?q={question}&page=99")).await.expect(200);
    }
    let long = guest.get(&format!("/search?q={}", "a".repeat(201))).await.expect(422);

    assert!(long.problem("q").is_some());
}

#[tokio::test]
async fn a_board_is_read_page_by_page_there_and_back() {
    let world = World::new().await;
    let ruth = world.admin("ruth").await;
    for number in 1..=34 {
        world.advance(Duration::minutes(1));
        begin(&ruth, "lounge", &format!("Thread number {number}"), "Words.", "").await;
    }
    ruth.post("/t/1/pin", &[("to", "board")]).await.expect(303);
    world.run_jobs().await;

    let first = ruth.get("/b/lounge").await.expect(200);
    let second = ruth.get(&first.link("Older")).await.expect(200);
    let back = ruth.get(&second.link("Newer")).await.expect(200);

    let titles = |page: &crate::harness::Answer| page.texts(".thread-row__title > a");
    assert_eq!(titles(&first)[..2], ["Thread number 1", "Thread number 34"]);
    assert_eq!(titles(&first).len(), 31);
    assert_eq!(titles(&second), ["Thread number 4", "Thread number 3", "Thread number 2"]);
    assert_eq!(titles(&back), titles(&first));
    ruth.get("/b/lounge?sort=unsolved").await.expect(404);
    ruth.get("/b/lounge?older=nowhere").await.expect(400);
    assert_eq!(rows(&ruth, "/b/lounge?sort=newest").await[0], "Thread number 34");
}

#[tokio::test]
async fn home_says_first_what_concerns_a_member() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = begin(&ada, "help", "The printer jams", "Paper sticks.", "").await;
    world.advance(Duration::minutes(5));
    reply(&ben, &thread, "Open the tray.").await;
    world.run_jobs().await;

    let home = ada.get("/").await.expect(200);

    assert_eq!(home.texts(".section h2")[..2], ["New for you", "Your open questions"]);
    assert!(home.texts(".for-you")[0].contains("One new reply, by Ben"));
    assert!(!ben.get("/").await.texts(".section h2").contains(&"New for you".to_owned()));
    ada.post("/t/1/reading", &[("position", "2")]).await;
    assert_eq!(ada.get("/").await.texts(".section h2")[0], "Your open questions");
}

#[tokio::test]
async fn a_profile_tells_what_was_earned_and_what_is_missing() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    begin(&ada, "help", "The printer jams", "Paper sticks.", "").await;
    ben.post("/p/1/kudos", &[]).await.expect(303);
    world.run_jobs().await;

    let own = ada.get("/m/Ada").await.expect(200);
    let other = ben.get("/m/ada").await.expect(200);

    assert!(own.words().contains("5 of 10 · 5 points to go"), "{}", own.words());
    assert!(own.text.contains("Edit profile") && !other.text.contains("Edit profile"));
    assert!(ada.get("/ranks").await.expect(200).words().contains("Newcomer · you are here"));
    assert!(!world.guest().get("/ranks").await.expect(200).words().contains("you are here"));
    world.guest().get("/m/nobody").await.expect(404);
    world.guest().get("/m/%00").await.expect(404);
}

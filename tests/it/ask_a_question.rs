//! Beginning a thread.

use crate::harness::{Answer, Client, World, form_key};

const SEND: &str = "Ask the question";

async fn ask(client: &Client, title: &str, body: &str, tags: &str) -> Answer {
    let page = client.get("/ask?board=help").await.expect(200);
    page.form("new-thread")
        .set("title", title)
        .set("body", body)
        .set("tags", tags)
        .send_as(SEND)
        .await
}

#[tokio::test]
async fn a_question_stands_on_its_board_with_its_tags() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let answer = ask(&ada, "The lamp does not light", "It **stays** dark.", "Lamp, hall").await;
    let page = answer.expect(303).follow().await.expect(200);
    world.run_jobs().await;

    assert_eq!(page.path, "/t/1/the-lamp-does-not-light");
    assert_eq!(page.texts("h1"), ["The lamp does not light"]);
    assert_eq!(page.texts("#p1 .prose strong"), ["stays"]);
    assert_eq!(page.texts("a.tag"), ["hall", "lamp"]);
    let board = world.guest().get("/b/help").await.expect(200);
    assert_eq!(board.link("The lamp does not light"), "/t/1/the-lamp-does-not-light");
}

#[tokio::test]
async fn the_page_for_asking() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let page = ada.get("/ask?board=help").await.expect(200);

    assert_eq!(page.form("new-thread").value("board"), "help");
    insta::assert_snapshot!(page.part("main").outline());
}

#[tokio::test]
async fn guests_are_led_to_sign_in_and_back() {
    let world = World::new().await;

    let answer = world.guest().get("/ask?board=help").await.expect(303);

    assert_eq!(answer.location(), "/sign-in?back=%2Fask%3Fboard%3Dhelp");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_the_text_is_kept() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let page = ask(&ada, "Short", "My long text", "one two three four five six").await.expect(422);

    assert!(page.problem("title").is_some() && page.problem("tags").is_some());
    assert!(page.problem("body").is_none());
    let form = page.form("new-thread");
    assert_eq!((form.value("title"), form.value("body")), ("Short", "My long text"));
    assert_eq!((form.value("tags"), form.value("board")), ("one two three four five six", "help"));
    assert_eq!(world.count("select count(*) from threads").await, 0);
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let page = ada.get("/ask").await.expect(200).form("new-thread").send_as(SEND).await.expect(422);

    for field in ["board", "title", "body"] {
        assert!(page.problem(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn sending_twice_asks_once() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let page = ada.get("/ask?board=help").await.expect(200);
    let form = || page.form("new-thread").set("title", "Lamp is dark").set("body", "So it is.");

    let first = form().send_as(SEND).await.expect(303);
    let again = form().send_as(SEND).await.expect(303);
    let other = form().set("body", "Other words.").send_as(SEND).await.expect(422);
    world.run_jobs().await;

    assert_eq!(first.location(), again.location());
    assert!(other.problem("body").is_some());
    assert_eq!(other.form("new-thread").value("body"), "Other words.");
    assert_eq!(world.count("select count(*) from threads").await, 1);
}

#[tokio::test]
async fn only_staff_begin_announcements() {
    let world = World::new().await;
    let (ada, sam) = (world.member("ada").await, world.staff("sam").await);
    let fields = [("board", "news"), ("title", "Lamps are here"), ("body", "At last.")];
    let key = form_key();
    let fields = [&fields[..], &[("form_key", key.as_str())]].concat();

    ada.post("/ask", &fields).await.expect(403);
    sam.post("/ask", &fields).await.expect(303);
    world.run_jobs().await;

    assert!(!ada.get("/ask").await.text.contains("value=\"news\""));
    assert!(sam.get("/ask").await.text.contains("value=\"news\""));
}

#[tokio::test]
async fn a_title_without_latin_letters_has_an_address_as_well() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let thread = ada.start("help", "Лампа не горит", "Да.").await;
    world.run_jobs().await;

    assert_eq!(thread.url, "/t/1/thread");
    ada.get(&thread.url).await.expect(200);
}

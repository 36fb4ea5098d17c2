//! Searching.

use crate::harness::World;

#[tokio::test]
async fn the_best_match_comes_first_and_is_marked() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "Something else", "By the way, one thermostat.").await;
    let best = ada.start("help", "Thermostat is off", "The thermostat says thermostat.").await;
    let other = ada.start("help", "Heating at night", "Cold.").await;
    world.member("bob").await.say(&other, "Is the thermostat on?").await;
    world.run_jobs().await;

    let page = world.guest().get("/search?q=Thermostats").await.expect(200);

    assert_eq!(page.texts(".result h2").len(), 3);
    assert_eq!(page.link("Thermostat is off"), best.url, "a title counts most");
    assert_eq!(page.texts(".result h2")[0], "Thermostat is off");
    assert_eq!(page.link("Heating at night"), format!("{}#p2", other.url));
    assert!(page.texts(".result mark").iter().all(|word| word.to_lowercase() == "thermostat"));
    assert!(page.words().contains("3 threads"));
}

#[tokio::test]
async fn one_board_can_be_searched() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.start("help", "A lamp flickers", "It does.").await;
    ada.start("lounge", "A lamp I love", "It is red.").await;
    world.run_jobs().await;

    let page = ada.get("/search?q=lamp").await.expect(200);
    let page = page
        .part("main")
        .form("Search")
        .set("q", "lamp")
        .set("board", "lounge")
        .send()
        .await
        .expect(200);

    assert_eq!(page.texts(".result h2"), ["A lamp I love"]);
    assert_eq!(
        (
            page.part("main").form("Search").value("q"),
            page.part("main").form("Search").value("board")
        ),
        ("lamp", "lounge")
    );
    world.guest().get("/search?q=lamp&board=staff-room").await.expect(404);
    world.guest().get("/search?q=lamp&board=nowhere").await.expect(404);
}

#[tokio::test]
async fn markup_in_what_is_found_and_asked_is_only_text() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let evil = "<img src=x onerror=alert(1)> lamp `<script>` & \u{e000}<b>\u{e001}";
    ada.start("help", "Lamp <script>alert(1)</script>", evil).await;
    world.run_jobs().await;

    for question in ["lamp", "alert", "%3Cscript%3Elamp", "lamp%22%3E%3Cimg+src%3Dx%3E", "script"] {
        let page = ada.get(&format!("/search?q={question}")).await.expect(200);
        let main = page.part("main");
        assert!(main.texts("img, script, .result b").is_empty(), "{question}: {}", page.text);
        assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"));
    }
    let page = ada.get("/search?q=lamp").await.expect(200);
    assert_eq!(page.texts(".result h2"), ["Lamp <script>alert(1)</script>"]);
}

#[tokio::test]
async fn odd_questions_find_nothing_and_break_nothing() {
    let world = World::new().await;
    world.member("ada").await.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;

    for question in ["the", "%27", "%22", "a+%26+%7C+%21", "%3A%2A", "%00lamp%00x", "%F0%9F%92%A1"]
    {
        let page = world.guest().get(&format!("/search?q={question}")).await.expect(200);
        assert!(page.texts(".result").is_empty(), "{question}");
        assert!(page.words().contains("Nothing was found"), "{question}");
    }
    let long = "lamp ".repeat(60);
    let page =
        world.guest().get(&format!("/search?q={}", long.replace(' ', "+"))).await.expect(422);
    assert!(page.problem("q").is_some());
    for odd in ["/search?q=a&q=b", "/search?x=1", "/search?q=a&page=x"] {
        world.guest().get(odd).await.expect(400);
    }
}

#[tokio::test]
async fn edited_words_are_found_and_the_old_ones_are_not() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.start("help", "A lamp flickers", "Zeppelin.").await;
    ada.edit(world.post_at(&thread, 1).await, "Balloon.").await;
    world.run_jobs().await;

    let results = async |question: &str| {
        world.guest().get(&format!("/search?q={question}")).await.texts(".result").len()
    };
    assert_eq!((results("zeppelin").await, results("balloon").await), (0, 1));
    assert_eq!(results("flickers").await, 1, "the title is still there");
}

#[tokio::test]
async fn results_have_pages() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for number in 0..21 {
        ada.start("help", &format!("A lamp number {number}"), "It flickers.").await;
    }
    world.run_jobs().await;

    let page = world.guest().get("/search?q=lamp").await.expect(200);
    let next = world.guest().get(&page.link("Next")).await.expect(200);

    assert_eq!((page.texts(".result").len(), next.texts(".result").len()), (20, 1));
    assert!(next.words().contains("21 threads"));
}

//! How pages look to whoever reads them, and how long posts are shown.

use crate::harness::{Answer, Client, World};
use axum_extra::extract::cookie::Cookie;

/// What the page says of it to the stylesheet.
fn look(page: &Answer) -> String {
    page.whole().attr("data-reading").unwrap_or_default().to_owned()
}

async fn choose(client: &Client, size: &str, density: &str) -> Answer {
    let form = client.get("/reading").await.expect(200).form("/reading");
    form.set("size", size).set("density", density).send().await.expect(303)
}

#[tokio::test]
async fn a_member_finds_pages_as_they_like_them_wherever_they_sign_in() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    assert_eq!(look(&ada.get("/").await), "usual");

    let saved = choose(&ada, "largest", "compact").await.follow().await.expect(200);

    assert_eq!(saved.texts("[role=status] p"), ["Saved."]);
    assert_eq!(look(&saved), "largest compact");
    let elsewhere = world.sign_in("ada").await;
    for address in ["/", "/b/help", "/settings", "/sign-in", "/nowhere"] {
        assert_eq!(look(&elsewhere.get(address).await), "largest compact", "{address}");
    }
    assert_eq!(look(&world.guest().get("/").await), "usual", "nobody else's pages change");
    assert_eq!(look(&world.member("bob").await.get("/").await), "usual");
}

#[tokio::test]
async fn a_guest_keeps_it_in_the_browser_and_a_member_who_chose_is_not_asked_twice() {
    let world = World::new().await;
    let (guest, ada) = (world.guest(), world.member("ada").await);

    choose(&guest, "small", "compact").await;

    assert_eq!(look(&guest.get("/").await), "small compact");
    assert_eq!(look(&world.guest().get("/").await), "usual");
    choose(&ada, "large", "airy").await;
    ada.keep(Cookie::new("candor-reading", "small.compact"));
    assert_eq!(look(&ada.get("/").await), "large", "the account goes before the browser");
}

#[tokio::test]
async fn whatever_a_browser_keeps_only_what_there_is_to_choose_reaches_the_page() {
    let world = World::new().await;
    let guest = world.guest();

    guest.keep(Cookie::new("candor-reading", "large.%22%3E%3Cscript%3E.wrap.huge"));
    assert_eq!(look(&guest.get("/").await), "large wrap");

    for (size, density) in [("huge", "airy"), ("", "airy"), ("large", "none")] {
        let sent = [("size", size), ("density", density)];
        guest.post("/reading", &sent).await.expect(400);
    }
}

#[tokio::test]
async fn letters_can_be_switched_off_as_shortcuts_and_lines_be_broken() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    let sent = [("size", "usual"), ("density", "airy"), ("wrap", "on")];
    ada.post("/reading", &sent).await.expect(303);

    let page = ada.get("/reading").await;
    assert_eq!(look(&page), "usual wrap keyless");
    assert_eq!(page.texts("[name=wrap][checked]").len(), 1);
    assert_eq!(page.texts("[name=keys][checked]").len(), 0);
}

#[tokio::test]
async fn a_long_post_says_its_size_and_what_announces_stands_whole() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.staff("tom").await);
    let long = "word ".repeat(400);
    let question = ada.start("help", "A long story", &long).await;
    ada.say(&question, &format!("**half**word {}", "word ".repeat(398))).await;
    ada.say(&question, &format!("**half**word {}", "word ".repeat(399))).await;
    let news = tom.start("news", "What is new", &long).await;

    let page = world.guest().get(&question.url).await.expect(200);

    assert_eq!(page.texts("#p1 .fold__more"), ["Show all 400 words"]);
    assert_eq!(page.texts("#p2 .fold__more").len(), 0, "one word less");
    assert_eq!(page.texts("#p3 .fold__more"), ["Show all 400 words"]);
    assert_eq!(page.texts("#p1 .fold").concat().split_whitespace().count(), 400, "all is there");
    assert_eq!(world.guest().get(&news.url).await.expect(200).texts(".fold").len(), 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn every_page_of_a_solved_thread_leads_to_its_solution() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for number in 2..=21 {
        bob.say(&thread, &format!("Try number {number}.")).await;
    }
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    world.run_jobs().await;

    for (page, leads_to) in
        [("", "#solution".to_owned()), ("?page=2", format!("{}#solution", thread.url))]
    {
        let page = world.guest().get(&format!("{}{page}", thread.url)).await.expect(200);
        assert_eq!(page.link("Jump to the solution"), leads_to);
        assert_eq!(page.part(".reply-bar").link("Solution"), leads_to);
    }
    assert!(world.guest().get(&thread.url).await.texts("#solution").len() == 1);
}

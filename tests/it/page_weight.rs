//! How heavy the thread page is: the page people open on a phone, in a hurry.

use crate::harness::{Client, World};
use axum::http::Method;
use http_body_util::BodyExt;

const LONGEST_PAGE: usize = 100 * 1024;
const HEAVIEST_ASSETS: usize = 60 * 1024;

/// About 120 words with what posts are made of, so that a page is not lighter than real ones.
const TEXT: &str = "The valve in the bedroom clicks **twice** an hour, day and night, although the \
heating is off until October. What I tried so far:\n\n- restarted the hub\n- moved it two metres away\n\
- changed the batteries\n\n> [quote=ada, post=1]\n> It exercises itself so that the pin does not \
stick.\n\nThe log says this at that minute:\n\n```json\n{ \"valve\": 7, \"state\": \"exercise\", \
\"position\": 100 }\n```\n\nIn the app, under *Valve → Summer care*, you can set the hour; I chose \
noon. Is it broken, or is it saying something? I have read the manual, the release notes and the \
thread about noises, and none of them mentions this pattern in summer. @ada you had the same?";

#[tokio::test]
async fn a_thread_of_twenty_posts_is_at_most_a_hundred_kilobytes() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let tom = world.moderator("tom").await;
    let thread = ada.begin("help", "Valve clicks twice an hour, even in summer", TEXT).await;
    for number in 2..=20 {
        let writer = if number % 3 == 0 { &tom } else { &ada };
        writer.reply(&thread, TEXT).await;
    }

    let page = tom.get(&thread).await.expect(200);

    assert_eq!(page.texts("article.post").len(), 20);
    assert!(page.text.len() <= LONGEST_PAGE, "{} bytes", page.text.len());
    world.run_jobs().await;
}

#[tokio::test]
async fn style_script_and_icons_weigh_at_most_sixty_kilobytes_on_the_wire() {
    let world = World::new().await;
    let guest = world.guest();
    let page = guest.get("/sign-in").await.expect(200);
    let whole = page.whole();
    let sprite =
        page.part(".brand use").attr("href").unwrap().split('#').next().unwrap().to_owned();
    let style = page.part("link[rel=stylesheet]").attr("href").unwrap().to_owned();
    let script = page.part("script").attr("src").unwrap().to_owned();

    let mut weight = 0;
    for address in [&sprite, &style, &script] {
        weight += on_the_wire(&guest, address).await;
    }

    assert_eq!(whole.texts("style").len(), 0, "nothing is written into the page");
    assert!(weight <= HEAVIEST_ASSETS, "{weight} bytes");
    assert!(weight > 1024, "nothing was measured");
}

async fn on_the_wire(client: &Client, address: &str) -> usize {
    let answer = client.ask(Method::GET, address).header("accept-encoding", "gzip").stream().await;
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    answer.into_body().collect().await.unwrap().to_bytes().len()
}

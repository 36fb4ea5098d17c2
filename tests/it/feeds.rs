//! Feeds, as a feed reader reads them.

use crate::harness::{Answer, Client, World};
use axum::http::Method;
use candor::{access::Audience, boards::Style};
use feed_rs::model::Feed;

async fn feed(client: &Client, address: &str) -> Feed {
    let answer = client.get(address).await.expect(200);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    feed_rs::parser::parse(answer.text.as_bytes()).expect("a feed reader understands it")
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.as_str()).collect()
}

fn body(feed: &Feed, entry: usize) -> &str {
    feed.entries[entry].content.as_ref().unwrap().body.as_deref().unwrap()
}

#[tokio::test]
async fn a_board_a_tag_a_thread_and_a_member_can_be_read_by_a_feed_reader() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let lamp = ada.start_tagged("help", "A lamp & a <switch>", "It **flickers**.", "lamp").await;
    bob.say(&lamp, "Turn it.").await;
    ada.start("help", "A tap drips", "It does.").await;
    world.run_jobs().await;
    let guest = world.guest();

    let board = feed(&guest, "/b/help/feed.atom").await;
    assert_eq!(titles(&board), ["A tap drips", "A lamp & a <switch>"]);
    assert_eq!(body(&board, 1).trim(), "<p>It <strong>flickers</strong>.</p>");
    assert_eq!(board.entries[1].authors[0].name, "Ada");
    let address = world.app.config.address();
    assert_eq!(board.entries[1].id, format!("{address}/t/{}/p/1", lamp.id));
    assert_eq!(board.entries[1].links[0].href, format!("{address}{}", lamp.url));
    assert_eq!(board.id, format!("{address}/b/help"));

    assert_eq!(titles(&feed(&guest, "/tags/lamp/feed.atom").await), ["A lamp & a <switch>"]);
    assert_eq!(titles(&feed(&guest, "/feed.atom").await).len(), 2);
    let thread = feed(&guest, &lamp.deed("feed.atom")).await;
    assert_eq!(titles(&thread), ["Bob on “A lamp & a <switch>”", "A lamp & a <switch>"]);
    assert_eq!(titles(&feed(&guest, "/m/bob/feed.atom").await).len(), 1);
    guest.get("/tags/none/feed.atom").await.expect(404);
    guest.get("/m/nobody/feed.atom").await.expect(404);
}

#[tokio::test]
async fn every_page_that_has_a_feed_says_so() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let lamp = ada.start_tagged("help", "A lamp flickers", "It flickers.", "lamp").await;
    world.run_jobs().await;

    for page in ["/", "/b/help", "/tags/lamp", "/m/ada", &lamp.url] {
        let shown = world.guest().get(page).await.expect(200);
        let said = shown.part("link[type='application/atom+xml']").attr("href").unwrap().to_owned();
        feed(&world.guest(), &said).await;
    }
}

#[tokio::test]
async fn a_feed_tells_nothing_that_its_reader_may_not_see() {
    let world = World::new().await;
    let (ada, sam) = (world.member("ada").await, world.staff("sam").await);
    world.found("vault", Style::Questions, Audience::Staff).await;
    ada.start_tagged("help", "A lamp flickers", "It flickers.", "lamp").await;
    let hidden = sam.start_tagged("vault", "A secret lamp", "It shines.", "lamp").await;
    world.run_jobs().await;

    for address in ["/feed.atom", "/tags/lamp/feed.atom"] {
        assert_eq!(titles(&feed(&ada, address).await), ["A lamp flickers"], "{address}");
        assert_eq!(
            titles(&feed(&sam, address).await),
            ["A secret lamp", "A lamp flickers"],
            "{address}"
        );
    }
    assert!(titles(&feed(&ada, "/m/sam/feed.atom").await).is_empty());
    ada.get("/b/vault/feed.atom").await.expect(404);
    ada.get(&hidden.deed("feed.atom")).await.expect(404);
}

#[tokio::test]
async fn what_was_taken_away_leaves_every_feed() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let lamp = ada.start("help", "A lamp flickers", "It flickers.").await;
    ada.say(&lamp, "Buy my lamps.").await;
    let tap = ada.start("help", "A tap drips", "It drips.").await;
    tom.remove(world.post_at(&lamp, 2).await, "Advertising.").await;
    ada.press(&format!("/p/{}/delete", world.post_at(&tap, 1).await)).await.expect(303);
    world.run_jobs().await;
    let guest = world.guest();

    assert_eq!(titles(&feed(&guest, &lamp.deed("feed.atom")).await), ["A lamp flickers"]);
    assert_eq!(titles(&feed(&guest, "/m/ada/feed.atom").await), ["A lamp flickers"]);
    assert_eq!(titles(&feed(&guest, "/b/help/feed.atom").await), ["A lamp flickers"]);
    guest.get(&tap.deed("feed.atom")).await.expect(404);
}

#[tokio::test]
async fn who_has_a_feed_already_is_told_so_until_it_changes() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let lamp = ada.start("help", "A lamp flickers", "It flickers.").await;
    let again = async |tag: &str| -> Answer {
        let ask = world.guest().ask(Method::GET, "/b/help/feed.atom");
        ask.header("if-none-match", tag).send().await
    };

    let first = world.guest().get("/b/help/feed.atom").await.expect(200);
    let tag = first.header("etag").to_owned();
    assert!(again(&tag).await.expect(304).text.is_empty());
    ada.edit(world.post_at(&lamp, 1).await, "It flickers at night.").await;
    again(&tag).await.expect(200);
    world.run_jobs().await;
}

#[tokio::test]
async fn no_text_breaks_a_feed() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for body in [
        "]]> & <!-- \u{c} --> &amp;lt; \u{fffe}",
        "`</content></entry>`",
        "<script>x</script> \u{1f600}",
    ] {
        ada.start("help", &format!("Odd {body}"), body).await;
    }
    world.run_jobs().await;

    assert_eq!(feed(&world.guest(), "/b/help/feed.atom").await.entries.len(), 3);
}

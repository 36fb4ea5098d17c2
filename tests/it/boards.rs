//! The boards and their lists.

use crate::harness::{Answer, Client, World};
use std::collections::BTreeSet;
use time::Duration;

async fn titles(client: &Client, address: &str) -> Vec<String> {
    client.get(address).await.expect(200).texts(".thread-row__title")
}

#[tokio::test]
async fn the_boards_one_may_see_with_what_they_hold() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    tom.say(&thread, "Try another bulb.").await;
    world.run_jobs().await;

    let names =
        async |client: &Client| client.get("/boards").await.expect(200).texts(".board-row h3");
    assert_eq!(names(&world.guest()).await, ["Help", "Lounge", "News"]);
    assert_eq!(names(&ada).await, ["Help", "Lounge", "News", "Beta"]);
    assert_eq!(names(&tom).await, ["Help", "Lounge", "News", "Beta", "Staff room"]);
    let page = world.guest().get("/boards").await.expect(200);
    assert_eq!(page.texts(".board-row .thread-row__meta")[0], "1 thread2 posts");
    assert_eq!(page.link("A lamp flickers"), thread.url);
}

#[tokio::test]
async fn a_board_in_each_of_its_orders() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let mut threads = Vec::new();
    for title in ["The oldest lamp", "The middle lamp", "The youngest lamp"] {
        threads.push(ada.start("help", title, "It flickers.").await);
        world.advance(Duration::minutes(5));
    }
    bob.say(&threads[0], "Try another bulb.").await;
    bob.press(&format!("/p/{}/kudos", world.post_at(&threads[1], 1).await)).await.expect(303);
    bob.say(&threads[1], "Yes.").await;
    ada.press(&format!("/p/{}/solution", world.post_at(&threads[1], 2).await)).await.expect(303);
    world.run_jobs().await;

    let (old, middle, young) = ("The oldest lamp", "The middle lamp", "The youngest lamp");
    let solved = "The middle lamp Solved";
    for (sort, expected) in [
        ("activity", vec![solved, old, young]),
        ("newest", vec![young, solved, old]),
        ("kudos", vec![solved, young, old]),
        ("unanswered", vec![young]),
        ("unsolved", vec![old, young]),
    ] {
        assert_eq!(
            titles(&bob, &format!("/b/help?sort={sort}")).await,
            {
                let unread = |title: &&str| format!("Unread: {title}");
                let read = |title: &&str| title.starts_with(old) || title.starts_with(middle);
                let line =
                    |title: &&str| if read(title) { (*title).to_owned() } else { unread(title) };
                expected.iter().map(line).collect::<Vec<_>>()
            },
            "{sort}"
        );
    }
    world.guest().get("/b/help?sort=odd").await.expect(400);
    world.guest().get("/b/lounge?sort=unsolved").await.expect(404);
}

#[tokio::test]
async fn a_long_list_goes_on_both_ways_without_skipping_or_repeating() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    // All at the same time and with as many kudos: only their ids tell them apart.
    for number in 0..70 {
        ada.start("help", &format!("A lamp number {number:02}"), "It flickers.").await;
    }
    world.run_jobs().await;
    let expected: Vec<String> =
        (0..70).rev().map(|number| format!("A lamp number {number:02}")).collect();
    let guest = world.guest();

    for sort in ["activity", "newest", "kudos", "unanswered", "unsolved"] {
        let mut pages = vec![guest.get(&format!("/b/help?sort={sort}")).await.expect(200)];
        while let Some(older) = way(pages.last().unwrap(), "Older") {
            pages.push(guest.get(&older).await.expect(200));
        }
        let rows: Vec<_> = pages.iter().flat_map(|page| page.texts(".thread-row__title")).collect();
        assert_eq!(rows, expected, "{sort}, older and older");

        let mut page = pages.pop().unwrap();
        while let Some(newer) = way(&page, "Newer") {
            page = guest.get(&newer).await.expect(200);
            let rows = page.texts(".thread-row__title");
            let same = pages.pop().expect("as many pages back").texts(".thread-row__title");
            assert_eq!(rows, same, "{sort}, newer and newer");
        }
        assert!(pages.is_empty(), "{sort} comes back to its beginning");
    }
}

fn way(page: &Answer, words: &str) -> Option<String> {
    let links: BTreeSet<String> = page.texts(".pager a").into_iter().collect();
    links.contains(words).then(|| page.part(".pager").link(words))
}

#[tokio::test]
async fn an_odd_place_in_a_list_is_no_place() {
    let world = World::new().await;
    world.member("ada").await.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;

    for odd in ["older=x", "newer=-", "older=AAAA", "page=2"] {
        world.guest().get(&format!("/b/help?{odd}")).await.expect(400);
    }
    for extreme in ["_____________________w", "f_________9__________w", "gAAAAAAAAAAAAAAAAAAAAA"] {
        for way in ["older", "newer"] {
            for sort in ["activity", "newest", "kudos"] {
                world
                    .guest()
                    .get(&format!("/b/help?sort={sort}&{way}={extreme}"))
                    .await
                    .expect(200);
            }
        }
    }
}

#[tokio::test]
async fn boards_that_one_may_not_see_do_not_exist() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    for (client, board, status) in [
        (&world.guest(), "beta", 404),
        (&world.guest(), "staff-room", 404),
        (&ada, "beta", 200),
        (&ada, "staff-room", 404),
        (&ada, "nowhere", 404),
        (&world.staff("sam").await, "staff-room", 200),
    ] {
        client.get(&format!("/b/{board}")).await.expect(status);
    }
}

#[tokio::test]
async fn a_board_says_who_may_begin() {
    let world = World::new().await;
    let (ada, sam) = (world.member("ada").await, world.staff("sam").await);

    assert_eq!(ada.get("/b/help").await.link("Ask in this board"), "/ask?board=help");
    assert_eq!(ada.get("/b/lounge").await.link("Start a thread"), "/ask?board=lounge");
    assert!(ada.get("/b/news").await.words().contains("Staff begin the threads on this board"));
    assert_eq!(sam.get("/b/news").await.link("Start a thread"), "/ask?board=news");
}

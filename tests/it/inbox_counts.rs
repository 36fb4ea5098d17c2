//! The inbox, page by page, with its exact count.

use crate::harness::{Begun, Client, World};
use time::Duration;

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    thread: Begun,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;
    Stage { world, ada, bob, thread }
}

impl Stage {
    /// The count beside Ada's inbox; the page says the same.
    async fn unread(&self) -> i64 {
        let page = self.ada.get("/inbox").await.expect(200);
        let shown = page.texts(".site-header__nav .count-dot").concat();
        let lines = page.texts(".for-you .is-unread").len();
        let count = if shown.is_empty() { 0 } else { shown.parse().unwrap() };
        assert!(
            lines as i64 == count || lines == 30,
            "{lines} unread lines and a count of {count}"
        );
        count
    }

    async fn lines(&self) -> Vec<String> {
        self.ada.get("/inbox").await.expect(200).texts(".for-you li button")
    }
}

#[tokio::test]
async fn each_event_is_one_line_of_its_most_specific_kind() {
    let stage = stage().await;
    let Stage { world, ada, bob, thread } = &stage;

    bob.say(thread, "Try another bulb.").await;
    bob.say(thread, "@ada, are you there?").await;
    bob.say(thread, "> [quote=ada, post=1]\n> It does.\n\nWhen? @ada").await;
    bob.press(&format!("/p/{}/kudos", world.post_at(thread, 1).await)).await.expect(303);
    ada.say(thread, "Talking to myself, @ada.").await;
    world.run_jobs().await;

    let lines = stage.lines().await;
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].contains("Bob gave you kudos in A lamp flickers"), "{lines:?}");
    assert!(lines[1].contains("quoted") && lines[2].contains("mentioned"), "{lines:?}");
    assert!(lines[3].contains("replied"), "{lines:?}");
    assert_eq!(stage.unread().await, 4);
}

#[tokio::test]
async fn opening_a_line_leads_there_and_counts_down() {
    let stage = stage().await;
    stage.bob.say(&stage.thread, "Try another bulb.").await;
    stage.bob.say(&stage.thread, "Or the switch.").await;
    stage.world.run_jobs().await;
    assert_eq!(stage.unread().await, 2);

    let page = stage.ada.get("/inbox").await.expect(200);
    let line = page.part(".for-you li:first-child");
    let answer = line.button(&line.texts("button")[0]).press().await.expect(303);

    assert_eq!(answer.location(), stage.thread.deed("p/3"));
    assert_eq!(stage.unread().await, 1);
}

#[tokio::test]
async fn what_is_gone_is_told_no_more() {
    let stage = stage().await;
    stage.bob.say(&stage.thread, "Try another bulb.").await;
    let second = stage.bob.start("help", "Another lamp", "Look, @ada.").await;
    stage.world.run_jobs().await;
    assert_eq!(stage.unread().await, 2);

    stage.bob.press(&format!("/p/{}/delete", stage.world.post_at(&stage.thread, 2).await)).await;
    stage.bob.press(&format!("/p/{}/delete", stage.world.post_at(&second, 1).await)).await;
    stage.world.run_jobs().await;

    assert_eq!(stage.unread().await, 0);
    assert!(stage.lines().await.is_empty());
}

#[tokio::test]
async fn nobody_opens_the_lines_of_others() {
    let stage = stage().await;
    stage.bob.say(&stage.thread, "Try another bulb.").await;
    stage.world.run_jobs().await;
    let line = stage.world.count("select id from notifications").await;

    for person in [&stage.bob, &stage.world.admin("kim").await] {
        person.press(&format!("/inbox/{line}/open")).await.expect(404);
        person.post("/inbox/read", &[("newest", "999")]).await.expect(303);
    }
    stage.world.guest().press(&format!("/inbox/{line}/open")).await.expect(401);

    assert_eq!(stage.unread().await, 1);
}

#[tokio::test]
async fn a_long_inbox_has_pages_and_an_exact_count() {
    let stage = stage().await;
    for number in 0..35 {
        stage.world.advance(Duration::seconds(1));
        stage.bob.say(&stage.thread, &format!("Reply {number}.")).await;
    }
    stage.world.run_jobs().await;

    let page = stage.ada.get("/inbox").await.expect(200);
    let older = stage.ada.get(&page.link("Older")).await.expect(200);

    assert_eq!(stage.unread().await, 35);
    assert_eq!((page.texts(".for-you li").len(), older.texts(".for-you li").len()), (30, 5));
}

#[tokio::test]
async fn an_empty_inbox_says_so() {
    let stage = stage().await;

    let page = stage.bob.get("/inbox").await.expect(200);

    insta::assert_snapshot!(page.part("main").outline());
    stage.world.guest().get("/inbox").await.expect(303);
}

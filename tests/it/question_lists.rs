//! The lists of questions that people live in.

use crate::harness::{Begun, Client, World};
use candor::{access::Audience, boards::Style, kit::Cursor};
use time::Duration;

const ALL: [&str; 3] = ["/questions/unanswered", "/questions/unsolved", "/questions/solved"];
const OWN: [&str; 3] = ["/my/waiting", "/my/questions", "/my/me-too"];

struct Stage {
    world: World,
    ada: Client,
    bob: Client,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    Stage { world, ada, bob }
}

impl Stage {
    async fn asks(&self, title: &str) -> Begun {
        self.world.advance(Duration::MINUTE);
        let thread = self.ada.start("help", title, "It does.").await;
        self.world.run_jobs().await;
        thread
    }

    async fn solve(&self, thread: &Begun) {
        self.bob.say(thread, "Try another bulb.").await;
        let reply = self.world.post_at(thread, 2).await;
        self.ada.press(&format!("/p/{reply}/solution")).await.expect(303);
        self.world.run_jobs().await;
    }
}

impl Client {
    async fn titles(&self, list: &str) -> Vec<String> {
        let rows = self.get(list).await.expect(200).texts(".thread-row h2 a");
        rows.iter().map(|title| title.trim_start_matches("Unread: ").to_owned()).collect()
    }

    /// What stands on all pages of a list, sorted; of more than one page.
    async fn whole(&self, list: &str) -> Vec<String> {
        let (mut seen, mut address, mut pages) = (Vec::new(), list.to_owned(), 1);
        loop {
            seen.extend(self.titles(&address).await);
            let page = self.get(&address).await.expect(200);
            if page.texts("a[rel=next]").is_empty() {
                break;
            }
            (address, pages) = (page.link("Older"), pages + 1);
        }
        assert!(pages > 1, "{list}");
        seen.sort();
        seen
    }

    /// The lists with their counts, as the home page names them.
    async fn counts(&self) -> Vec<String> {
        self.get("/").await.expect(200).texts(".tabs a")
    }
}

#[tokio::test]
async fn a_question_goes_from_list_to_list() {
    let stage = stage().await;
    let guest = stage.world.guest();
    let lamp = stage.asks("A lamp flickers").await;
    let tap = stage.asks("A tap drips").await;
    stage.asks("A door squeaks").await;
    stage.ada.start("lounge", "Talk has no solution", "It is talk.").await;

    stage.bob.press(&tap.deed("me-too")).await.expect(303);
    stage.bob.say(&tap, "Close it.").await;
    stage.solve(&lamp).await;

    assert_eq!(guest.titles(ALL[0]).await, ["A door squeaks"]);
    assert_eq!(guest.titles(ALL[1]).await.len(), 2);
    assert_eq!(guest.titles(ALL[2]).await, ["A lamp flickers"]);
    assert_eq!(stage.ada.titles(OWN[0]).await, ["A tap drips"]);
    assert_eq!(
        stage.ada.titles(OWN[1]).await,
        ["A door squeaks", "A tap drips", "A lamp flickers"]
    );
    assert_eq!(stage.bob.titles(OWN[2]).await, ["A tap drips"]);
    assert!(stage.bob.titles(OWN[1]).await.is_empty());
    assert_eq!(guest.counts().await, ["Unanswered 1", "Unsolved 2", "Solved this week 1"]);
    assert_eq!(
        stage.ada.counts().await[3..],
        ["Waiting for you 1", "Your questions 3", "Your problems too"]
    );
    stage.ada.say(&tap, "It still drips.").await;
    assert!(stage.ada.titles(OWN[0]).await.is_empty(), "now others are waited for");
    stage.world.advance(Duration::days(8));
    assert!(guest.titles(ALL[2]).await.is_empty());
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn every_list_leads_on_to_its_end() {
    let stage = stage().await;
    let mut threads = Vec::new();
    for number in 10..45 {
        let thread = stage.asks(&format!("Question number {number}")).await;
        stage.bob.press(&thread.deed("me-too")).await.expect(303);
        stage.bob.say(&thread, "Try another bulb.").await;
        threads.push(thread);
    }
    let all: Vec<String> = (10..45).map(|number| format!("Question number {number}")).collect();

    for list in [ALL[1], OWN[0], OWN[1], OWN[2]] {
        let client = if list == OWN[2] { &stage.bob } else { &stage.ada };
        assert_eq!(client.whole(list).await, all, "{list}");
    }
    for thread in &threads {
        let reply = stage.world.post_at(thread, 2).await;
        stage.ada.press(&format!("/p/{reply}/solution")).await.expect(303);
    }
    assert_eq!(stage.ada.whole(ALL[2]).await, all);
    stage.world.run_jobs().await;
    for list in OWN {
        for (key, id) in [(i64::MIN, 0), (i64::MAX, i64::MAX), (-1, -1)] {
            let address = format!("{list}?older={}", Cursor { key, id });
            stage.ada.get(&address).await.expect(200);
        }
    }
}

#[tokio::test]
async fn lists_lead_on_page_by_page_and_counts_stop_at_ninety_nine() {
    let stage = stage().await;
    for number in 0..101 {
        stage.asks(&format!("Question number {number}")).await;
    }
    let guest = stage.world.guest();

    let (mut seen, mut address) = (Vec::new(), ALL[0].to_owned());
    loop {
        let page = guest.get(&address).await.expect(200);
        seen.extend(page.texts(".thread-row h2 a"));
        match page.texts("a[rel=next]").is_empty() {
            true => break,
            false => address = page.link("Older"),
        }
    }

    let all: Vec<String> =
        (0..101).rev().map(|number| format!("Question number {number}")).collect();
    assert_eq!(seen, all);
    assert_eq!(guest.counts().await, ["Unanswered 99+", "Unsolved 99+", "Solved this week"]);
    for list in ALL {
        for (key, id) in [(i64::MIN, 0), (i64::MAX, i64::MAX), (-1, -1)] {
            guest.get(&format!("{list}?older={}", Cursor { key, id })).await.expect(200);
        }
        guest.get(&format!("{list}?older=nowhere")).await.expect(400);
    }
}

#[tokio::test]
async fn what_one_may_not_see_is_neither_listed_nor_counted() {
    let stage = stage().await;
    stage.world.found("vault", Style::Questions, Audience::Everyone).await;
    let hidden = stage.ada.start("vault", "Zqhidden lamp", "It does.").await;
    stage.bob.press(&hidden.deed("me-too")).await.expect(303);
    stage.bob.say(&hidden, "Zqreply.").await;
    stage.world.run_jobs().await;

    for (audience, count) in [(Audience::Everyone, " 1"), (Audience::Staff, "")] {
        stage.world.reopen("vault", audience).await;
        let seen = usize::from(!count.is_empty());
        for (viewer, list) in
            [(&stage.bob, ALL[1]), (&stage.ada, OWN[0]), (&stage.ada, OWN[1]), (&stage.bob, OWN[2])]
        {
            assert_eq!(viewer.titles(list).await.len(), seen, "{list}");
        }
        assert_eq!(stage.bob.counts().await[1], format!("Unsolved{count}"));
        assert_eq!(stage.bob.counts().await[5], format!("Your problems too{count}"));
        assert_eq!(stage.ada.counts().await[3], format!("Waiting for you{count}"));
    }
}

#[tokio::test]
async fn a_guest_has_no_lists_of_their_own() {
    let stage = stage().await;
    for list in OWN {
        let answer = stage.world.guest().get(list).await.expect(303);
        assert!(answer.location().starts_with("/sign-in?back="), "{}", answer.location());
    }
    for none in ["/questions/waiting", "/questions/loud", "/my/unsolved", "/my/loud"] {
        stage.ada.get(none).await.expect(404);
    }
}

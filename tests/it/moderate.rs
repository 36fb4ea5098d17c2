//! Moderating in the open: locking, pinning, removing, restoring, and the public record of it.

use crate::harness::{Begun, Client, World};

struct Stage {
    world: World,
    ada: Client,
    tom: Client,
    thread: Begun,
}

/// Ada's thread with a reply of Bob's.
async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    world.member("bob").await.say(&thread, "Silly question.").await;
    world.run_jobs().await;
    Stage { world, ada, tom, thread }
}

impl Stage {
    async fn record(&self) -> Vec<String> {
        self.world.guest().get("/moderation").await.expect(200).texts(".acts tbody tr")
    }

    async fn post(&self, position: i32) -> String {
        format!("/p/{}", self.world.post_at(&self.thread, position).await)
    }
}

#[tokio::test]
async fn a_thread_is_locked_with_a_reason_and_unlocked() {
    let stage = stage().await;

    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    let page = stage.tom.get(&page.link("Lock thread…")).await.expect(200);
    let form = page.form(&stage.thread.deed("lock")).set("reason", "  All is\nsaid. ");
    let page = form.send_as("Lock thread").await.expect(303).follow().await.expect(200);
    assert_eq!(page.texts(".notice--end p"), ["Locked by Moderator 1: All is said."]);
    assert_eq!(page.texts(".thread__state"), ["Locked on 2 Mar 2026"]);
    page.button("Unlock thread").press().await.expect(303);
    stage.world.run_jobs().await;

    assert!(stage.ada.get(&stage.thread.url).await.text.contains("id=\"reply\""));
    let record = stage.record().await;
    assert_eq!(record.len(), 2);
    assert!(record[0].contains("Moderator 1 Unlocked A lamp flickers"), "{record:?}");
    assert!(record[1].ends_with("Locked A lamp flickers All is said."), "{record:?}");
}

#[tokio::test]
async fn a_reason_is_asked_for() {
    let stage = stage().await;
    let long = "x".repeat(501);

    for address in [stage.thread.deed("lock"), format!("{}/remove", stage.post(2).await)] {
        for reason in ["", " \n ", &long] {
            let answer = stage.tom.post(&address, &[("reason", reason)]).await.expect(422);
            assert!(answer.problem("reason").is_some(), "{address}");
        }
    }
    assert!(stage.record().await.is_empty());
}

#[tokio::test]
async fn a_removed_post_is_read_by_its_author_who_sees_why() {
    let stage = stage().await;
    let bob = stage.world.member("bob2").await;
    bob.say(&stage.thread, "Very rude words.").await;

    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    let page = stage.tom.get(&page.part("#p3").link("Remove…")).await.expect(200);
    assert!(page.words().contains("Very rude words."));
    let form = page.button(&page.texts(".btn--danger")[0]).set("reason", "Be kind.");
    form.press().await.expect(303);
    stage.world.run_jobs().await;

    let own = bob.get(&stage.thread.url).await.expect(200);
    assert!(own.part("#p3").words().contains("Your words Very rude words."));
    assert!(own.part("#p3").words().contains("Reason: Be kind."));
    let inbox = bob.get("/inbox").await.expect(200).words();
    assert!(inbox.contains("Moderator 1 removed your post in A lamp flickers"), "{inbox}");
    assert!(inbox.contains("Be kind."));
    let others = stage.ada.get(&stage.thread.url).await.expect(200);
    assert!(!others.text.contains("rude words") && others.text.contains("Be kind."));
    let record = stage.record().await;
    assert!(record[0].contains("Removed") && record[0].contains("Be kind."), "{record:?}");
}

#[tokio::test]
async fn what_is_removed_is_restored_with_all_it_earned() {
    let stage = stage().await;
    let post = stage.post(2).await;
    let bob = "select total from metric_totals join members on members.id = member_id
        where metric = 'points' and handle = 'bob'";
    assert_eq!(stage.world.count(bob).await, 2);

    for _ in 0..2 {
        stage.tom.post(&format!("{post}/remove"), &[("reason", "Rude.")]).await.expect(303);
        assert_eq!(stage.world.count(bob).await, 0);
        let page = stage.tom.get(&stage.thread.url).await.expect(200);
        page.part("#p2").button("Restore post").press().await.expect(303);
        assert_eq!(stage.world.count(bob).await, 2);
    }
    stage.world.run_jobs().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 .prose"), ["Silly question."]);
    assert_eq!(stage.record().await.len(), 4);
}

#[tokio::test]
async fn a_removed_question_leaves_every_list_and_comes_back() {
    let stage = stage().await;
    let post = stage.post(1).await;
    let guest = stage.world.guest();

    stage.tom.post(&format!("{post}/remove"), &[("reason", "Rude.")]).await.expect(303);
    for list in ["/", "/boards", "/b/help", "/m/ada", "/moderation", "/search?q=flickers"] {
        let page = guest.get(list).await.expect(200);
        assert!(!page.part("main").words().contains("A lamp flickers"), "{list}");
    }
    stage.tom.press(&format!("{post}/restore")).await.expect(303);
    stage.world.run_jobs().await;

    assert!(guest.get("/b/help").await.text.contains("A lamp flickers"));
}

#[tokio::test]
async fn a_pinned_thread_stands_first() {
    let stage = stage().await;
    stage.ada.start("help", "Another lamp", "It hums.").await;
    let first = async |page: &str| {
        let page = stage.world.guest().get(page).await.expect(200);
        page.texts(".thread-row__title")[0].clone()
    };
    assert_eq!(first("/b/help").await, "Another lamp");

    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    page.button("Pin to board").press().await.expect(303);
    assert_eq!(first("/b/help").await, "Pinned: A lamp flickers");
    assert_eq!(first("/").await, "Another lamp");
    stage.tom.post(&stage.thread.deed("pin"), &[("to", "site")]).await.expect(303);
    assert_eq!(first("/").await, "Pinned: A lamp flickers");
    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    page.button("Unpin").press().await.expect(303);
    stage.world.run_jobs().await;

    assert_eq!(first("/b/help").await, "Another lamp");
    assert_eq!(stage.record().await.len(), 3);
}

#[tokio::test]
async fn customers_and_staff_do_not_moderate() {
    let stage = stage().await;
    let sam = stage.world.staff("sam").await;
    let post = stage.post(2).await;

    for person in [&stage.ada, &sam] {
        for deed in ["lock", "lock/undo", "pin/undo"] {
            person.post(&stage.thread.deed(deed), &[("reason", "No.")]).await.expect(403);
        }
        person.get(&stage.thread.deed("lock")).await.expect(403);
        person.get(&format!("{post}/remove")).await.expect(403);
        person.post(&format!("{post}/remove"), &[("reason", "No.")]).await.expect(403);
        person.press(&format!("{post}/restore")).await.expect(403);
        assert!(!person.get(&stage.thread.url).await.text.contains("/lock"));
    }
    assert!(stage.record().await.is_empty());
}

#[tokio::test]
async fn a_record_of_many_acts_has_pages() {
    let stage = stage().await;
    for number in 0..51 {
        let deed = if number % 2 == 0 { "pin" } else { "pin/undo" };
        let fields = [("to", "board")];
        let fields = if number % 2 == 0 { &fields[..] } else { &[] };
        stage.tom.post(&stage.thread.deed(deed), fields).await.expect(303);
    }
    stage.world.run_jobs().await;

    let page = stage.world.guest().get("/moderation").await.expect(200);
    let older = stage.world.guest().get(&page.link("Older")).await.expect(200);

    assert_eq!((page.texts("tbody tr").len(), older.texts("tbody tr").len()), (50, 1));
}

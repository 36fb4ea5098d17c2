//! Members flag posts, moderators look at what was flagged, and everybody concerned hears what came of it.

mod hidden;
mod queue;

use crate::harness::{Answer, Begun, Client, World};
use time::Duration;

/// Ada's thread with a reply of Bob's, two days after everybody joined.
struct Stage {
    world: World,
    ada: Client,
    bob: Client,
    tom: Client,
    thread: Begun,
    /// Bob's reply.
    post: i64,
}

async fn stage() -> Stage {
    let world = World::new().await;
    let (ada, bob, tom) =
        (world.member("ada").await, world.member("bob").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Buy my lamps.").await;
    world.run_jobs().await;
    world.advance(Duration::days(2));
    let post = world.post_at(&thread, 2).await;
    Stage { world, ada, bob, tom, thread, post }
}

impl Stage {
    async fn flagged(&self, by: &Client, reason: &str) -> Answer {
        by.post(&format!("/p/{}/flag", self.post), &[("reason", reason)]).await.expect(303)
    }

    /// So many members who joined two days ago.
    async fn crowd(&self, size: usize) -> Vec<Client> {
        let mut crowd = Vec::new();
        for number in 0..size {
            crowd.push(self.world.member(&format!("fan{number}")).await);
        }
        self.world.advance(Duration::days(2));
        crowd
    }

    fn review(&self) -> String {
        format!("/p/{}/review", self.post)
    }

    async fn inbox(&self, of: &Client) -> String {
        self.world.run_jobs().await;
        of.get("/inbox").await.expect(200).part("main").words()
    }

    async fn record(&self) -> Vec<String> {
        self.world.guest().get("/moderation").await.expect(200).texts(".acts tbody tr")
    }

    async fn waiting(&self, moderator: &Client) -> Vec<String> {
        moderator.get("/moderation/queue").await.expect(200).texts(".queue__line")
    }
}

#[tokio::test]
async fn a_member_flags_a_post_once_and_hears_what_came_of_it() {
    let stage = stage().await;

    let page = stage.ada.get(&stage.thread.url).await.expect(200);
    let page = stage.ada.get(&page.part("#p2").link("Flag…")).await.expect(200);
    assert!(page.part("main").words().contains("Buy my lamps."));
    let form = page.form("Flag post").set("reason", "spam").set("note", "He sells lamps.");
    let page = form.send_as("Flag post").await.expect(303).follow().await.expect(200);
    assert!(page.words().contains("A moderator will look at it"));
    // Again, it only says what was said.
    stage.flagged(&stage.ada, "abuse").await;
    let page = stage.ada.get(&format!("/p/{}/flag", stage.post)).await.expect(200);
    let words = page.part("main").words();
    assert!(words.contains("as Spam") && words.contains("He sells lamps."), "{words}");
    assert!(words.contains("A moderator has not looked at it yet."), "{words}");

    let queue = stage.tom.get("/moderation/queue").await.expect(200);
    assert_eq!(queue.texts(".queue__line").len(), 1);
    let case = queue.part(".case").words();
    assert!(case.contains("He sells lamps.") && case.contains("Ada"), "{case}");
    assert!(case.contains("It does.") && case.contains("Buy my lamps."), "{case}");
    let form = queue.part(".case").form("Remove it").set("reason", "No selling here.");
    form.send_as("Remove it").await.expect(303);

    let inbox = stage.inbox(&stage.ada).await;
    let heard = "Moderator 1 looked at what you flagged in A lamp flickers, and removed it";
    assert!(inbox.contains(heard) && inbox.contains("No selling here."), "{inbox}");
    let inbox = stage.inbox(&stage.bob).await;
    assert!(inbox.contains("Moderator 1 removed your post in A lamp flickers"), "{inbox}");
    assert!(!inbox.contains("flagged"), "{inbox}");
    assert!(stage.record().await[0].contains("Removed #2 in A lamp flickers No selling here."));
    let page = stage.ada.get(&format!("/p/{}/flag", stage.post)).await.expect(200);
    assert!(page.words().contains("A moderator looked at it and removed the post."));
    assert!(!page.words().contains("Buy my lamps."));
}

#[tokio::test]
async fn a_flagged_post_stays_where_nothing_is_wrong_with_it() {
    let stage = stage().await;
    stage.flagged(&stage.ada, "off_topic").await;

    let page = stage.tom.get(&stage.review()).await.expect(200);
    let next = page.part(".case").form("Let it stay").send_as("Let it stay").await.expect(303);

    assert_eq!(next.location(), "/moderation/queue");
    assert!(next.follow().await.expect(200).words().contains("Nothing waits"));
    let inbox = stage.inbox(&stage.ada).await;
    assert!(
        inbox
            .contains("A moderator looked at what you flagged in A lamp flickers, and let it stay")
    );
    assert!(!stage.inbox(&stage.bob).await.contains("moderator"));
    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 .prose"), ["Buy my lamps."]);
    assert!(stage.record().await.is_empty());
}

#[tokio::test]
async fn a_reason_is_chosen_and_something_else_takes_words() {
    let stage = stage().await;
    let address = format!("/p/{}/flag", stage.post);
    let long = "x".repeat(1_001);

    for (fields, field) in [
        ([("reason", ""), ("note", "Look at it.")], "reason"),
        ([("reason", "boring"), ("note", "Look at it.")], "reason"),
        ([("reason", "other"), ("note", " \n ")], "note"),
        ([("reason", "spam"), ("note", &long)], "note"),
    ] {
        let answer = stage.ada.post(&address, &fields).await.expect(422);
        assert!(answer.problem(field).is_some(), "{fields:?}");
        assert_eq!(answer.form("Flag post").value("note"), fields[1].1.trim());
    }
    assert!(stage.waiting(&stage.tom).await.is_empty());

    let other = [("reason", "other"), ("note", "It is a riddle.")];
    stage.ada.post(&address, &other).await.expect(303);
    assert!(stage.waiting(&stage.tom).await[0].contains("Something else"));
}

#[tokio::test]
async fn what_is_ones_own_or_gone_or_unseen_cannot_be_flagged() {
    let stage = stage().await;
    let hidden = stage.tom.start("staff-room", "Who is on duty", "I am.").await;
    let hidden = stage.world.post_at(&hidden, 1).await;
    stage.world.run_jobs().await;
    let spam = [("reason", "spam")];
    let own = format!("/p/{}/flag", stage.post);

    stage.bob.get(&own).await.expect(403);
    stage.bob.post(&own, &spam).await.expect(403);
    assert!(!stage.bob.get(&stage.thread.url).await.part("#p2").words().contains("Flag…"));
    stage.ada.get(&format!("/p/{hidden}/flag")).await.expect(404);
    stage.ada.post(&format!("/p/{hidden}/flag"), &spam).await.expect(404);
    stage.world.guest().get(&own).await.expect(303);
    stage.world.guest().post(&own, &spam).await.expect(401);
    stage.bob.press(&format!("/p/{}/delete", stage.post)).await.expect(303);
    stage.world.run_jobs().await;
    stage.ada.post(&own, &spam).await.expect(403);

    assert_eq!(stage.world.count("select count(*) from flags").await, 0);
}

#[tokio::test]
async fn what_its_author_takes_back_needs_nobody_to_look_at_it() {
    let stage = stage().await;
    stage.flagged(&stage.ada, "spam").await;

    stage.bob.press(&format!("/p/{}/delete", stage.post)).await.expect(303);

    let inbox = stage.inbox(&stage.ada).await;
    assert!(inbox.contains("What you flagged in A lamp flickers was taken back by its author"));
    assert!(stage.waiting(&stage.tom).await.is_empty());
    stage.tom.get(&stage.review()).await.expect(303);
}

#[tokio::test]
async fn a_post_removed_where_it_stands_is_no_longer_in_the_queue() {
    let stage = stage().await;
    stage.flagged(&stage.ada, "spam").await;

    stage.tom.remove(stage.post, "No selling here.").await;

    assert!(stage.waiting(&stage.tom).await.is_empty());
    assert!(stage.inbox(&stage.ada).await.contains("and removed it"));
    // What was put back later does not come up again by itself.
    stage.tom.press(&format!("/p/{}/restore", stage.post)).await.expect(303);
    stage.world.run_jobs().await;
    assert!(stage.waiting(&stage.tom).await.is_empty());
}

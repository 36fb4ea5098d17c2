//! The queue: who sees what in which order, and who decides.

use super::stage;
use crate::harness::{Client, World};
use candor::access::{Level, Subject};
use time::Duration;

#[tokio::test]
async fn the_gravest_comes_first_and_then_what_most_members_flagged() {
    let stage = stage().await;
    let crowd = stage.crowd(2).await;
    let mut posts = Vec::new();
    for words in ["Off", "Rude", "Ruder", "Secret"] {
        stage.bob.say(&stage.thread, words).await;
        posts.push(stage.world.post_at(&stage.thread, posts.len() as i32 + 3).await);
    }
    for (post, reasons) in posts.iter().zip([
        &["off_topic", "off_topic"][..],
        &["abuse"],
        &["spam", "abuse"],
        &["private_data"],
    ]) {
        for (fan, reason) in crowd.iter().zip(reasons) {
            fan.post(&format!("/p/{post}/flag"), &[("reason", reason)]).await.expect(303);
        }
    }
    stage.world.run_jobs().await;

    let waiting = stage.waiting(&stage.tom).await;
    for (line, title) in waiting.iter().zip(["Private data", "Abuse", "Abuse", "Off topic"]) {
        assert!(line.starts_with(title), "{waiting:?}");
    }
    assert!(waiting[1].contains("Ruder") && waiting[1].contains("2 flags"), "{waiting:?}");
    let page = stage.tom.get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts(".site-header .count-dot"), ["4"]);
    // Deciding leads to the next.
    let first = [("decision", "keep")];
    let next = stage.tom.post(&format!("/p/{}/review", posts[3]), &first).await.expect(303);
    assert_eq!(next.location(), format!("/p/{}/review", posts[2]));
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn only_moderators_have_a_queue_and_only_of_their_boards() {
    let stage = stage().await;
    let secret = stage.tom.start("staff-room", "Who is on duty", "I am.").await;
    let secret = stage.world.post_at(&secret, 1).await;
    let sam = stage.world.staff("sam").await;
    sam.post(&format!("/p/{secret}/flag"), &[("reason", "abuse")]).await.expect(303);
    stage.flagged(&stage.ada, "spam").await;
    stage.world.run_jobs().await;
    let keep = [("decision", "keep")];

    for person in [&stage.ada, &stage.bob, &sam] {
        person.get("/moderation/queue").await.expect(403);
        person.get(&stage.review()).await.expect(403);
        person.post(&stage.review(), &keep).await.expect(403);
        assert!(!person.get("/").await.expect(200).text.contains("/moderation/queue"));
    }
    stage.ada.get(&format!("/p/{secret}/review")).await.expect(404);
    stage.world.guest().get("/moderation/queue").await.expect(303);
    stage.world.guest().post(&stage.review(), &keep).await.expect(401);
    assert!(stage.tom.get("/").await.expect(200).text.contains("/moderation/queue"));
    assert_eq!(stage.waiting(&stage.tom).await.len(), 1);
}

#[tokio::test]
async fn whoever_moderates_one_board_has_a_queue_of_that_board() {
    let stage = stage().await;
    let (ines, sam) = (stage.world.member("ines").await, stage.world.staff("sam").await);
    let scoped = Subject::Member(stage.world.id_of("ines").await);
    stage.world.allow("help", scoped, Some(Level::Moderate)).await;
    let mut posts = Vec::new();
    for board in ["help", "lounge", "staff-room"] {
        let thread = sam.start(board, &format!("A sale in {board}"), "Half off.").await;
        let post = stage.world.post_at(&thread, 1).await;
        stage.tom.post(&format!("/p/{post}/flag"), &[("reason", "spam")]).await.expect(303);
        posts.push(post);
    }
    let removed = [("decision", "remove"), ("reason", "Spam.")];
    stage.tom.post(&format!("/p/{}/review", posts[2]), &removed).await.expect(303);
    stage.world.run_jobs().await;

    let waiting = stage.waiting(&ines).await;
    assert!(waiting.len() == 1 && waiting[0].contains("A sale in help"), "{waiting:?}");
    assert_eq!(stage.waiting(&stage.tom).await.len(), 2);
    ines.get(&format!("/p/{}/review", posts[1])).await.expect(403);
    ines.get(&format!("/p/{}/review", posts[2])).await.expect(404);
    // What became of a post on a board that she may not see is not counted for her.
    let of = async |moderator: &Client| {
        let page = moderator.get(&format!("/p/{}/review", posts[0])).await.expect(200);
        page.part("section[aria-labelledby=case-author]").words()
    };
    assert!(of(&ines).await.contains("0 removed"));
    assert!(of(&stage.tom).await.contains("1 removed"));
}

#[tokio::test]
async fn nobody_decides_about_what_they_wrote() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    let thread = tom.start("help", "Read this first", "Or else.").await;
    let post = world.post_at(&thread, 1).await;
    ada.post(&format!("/p/{post}/flag"), &[("reason", "abuse")]).await.expect(303);
    let review = format!("/p/{post}/review");

    assert!(tom.get("/moderation/queue").await.expect(200).words().contains("Nothing waits"));
    let answer = tom.get(&review).await.expect(403);
    assert!(answer.words().contains("Somebody else decides about flags on what you wrote."));
    tom.post(&review, &[("decision", "keep")]).await.expect(403);

    let mia = world.moderator("mia").await;
    mia.post(&review, &[("decision", "keep")]).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_case_is_decided_once() {
    let stage = stage().await;
    let mia = stage.world.moderator("mia").await;
    stage.flagged(&stage.ada, "spam").await;
    let (one, other) =
        (stage.tom.get(&stage.review()).await, mia.get(&stage.review()).await.expect(200));

    one.part(".case").form("Let it stay").send_as("Let it stay").await.expect(303);
    let late = other.part(".case").form("Remove it").send_as("Remove it").await.expect(303);

    assert!(late.follow().await.words().contains("somebody else was quicker"));
    let page = stage.world.guest().get(&stage.thread.url).await.expect(200);
    assert_eq!(page.texts("#p2 .prose"), ["Buy my lamps."]);
    stage.world.run_jobs().await;
    let heard = "select count(*) from notifications where kind = 'verdict'";
    assert_eq!(stage.world.count(heard).await, 1);
}

#[tokio::test]
async fn a_removal_takes_a_reason_which_stands_there_already() {
    let stage = stage().await;
    stage.flagged(&stage.ada, "spam").await;

    let page = stage.tom.get(&stage.review()).await.expect(200);
    assert_eq!(page.part(".case").form("Remove it").value("reason"), "It was advertising.");
    for fields in [&[("decision", "remove"), ("reason", " ")][..], &[("decision", "burn")], &[]] {
        stage.tom.post(&stage.review(), fields).await.expect(422);
    }
    assert_eq!(stage.waiting(&stage.tom).await.len(), 1);
    page.part(".case").form("Remove it").send_as("Remove it").await.expect(303);
    stage.world.run_jobs().await;

    assert!(stage.record().await[0].contains("It was advertising."));
}

#[tokio::test]
async fn others_see_who_is_at_a_case_for_a_quarter_of_an_hour() {
    let stage = stage().await;
    let mia = stage.world.moderator("mia").await;
    stage.flagged(&stage.ada, "spam").await;
    let at_it = async || stage.waiting(&mia).await[0].contains("Tom is at it");
    assert!(!at_it().await);

    let page = stage.tom.get(&stage.review()).await.expect(200);
    let page = page.part(".case").form("I am at it").send_as("I am at it").await.expect(303);
    assert_eq!(page.location(), stage.review());
    assert!(at_it().await);
    stage.world.advance(Duration::minutes(16));
    assert!(!at_it().await);

    stage.tom.post(&stage.review(), &[("decision", "claim")]).await.expect(303);
    // What somebody else is at is not mine to leave, but to take over.
    mia.post(&stage.review(), &[("decision", "leave")]).await.expect(303);
    assert!(at_it().await);
    let page = mia.get(&stage.review()).await.expect(200);
    page.part(".case").form("Take over").send_as("Take over").await.expect(303);
    assert!(stage.waiting(&stage.tom).await[0].contains("Mia is at it"));
    let page = mia.get(&stage.review()).await.expect(200);
    page.part(".case").form("Leave it to others").send_as("Leave it to others").await.expect(303);
    assert!(!stage.waiting(&stage.tom).await[0].contains("is at it"));
    stage.world.run_jobs().await;
}

#[tokio::test]
async fn beside_a_case_stand_the_earlier_ones_of_its_author_and_those_like_it() {
    let stage = stage().await;
    let eve = stage.world.member("eve").await;
    let mut posts = Vec::new();
    for (number, (author, words)) in
        [(&stage.bob, "Buy my chairs."), (&eve, "Buy my tables.")].into_iter().enumerate()
    {
        author.say(&stage.thread, words).await;
        posts.push(stage.world.post_at(&stage.thread, number as i32 + 3).await);
    }
    for (post, decision) in posts.iter().zip(["remove", "keep"]) {
        stage.ada.post(&format!("/p/{post}/flag"), &[("reason", "spam")]).await.expect(303);
        let fields = [("decision", decision), ("reason", "Spam.")];
        stage.tom.post(&format!("/p/{post}/review"), &fields).await.expect(303);
    }
    stage.flagged(&stage.ada, "spam").await;
    stage.world.run_jobs().await;

    let case = stage.tom.get(&stage.review()).await.expect(200);
    let author = case.part("section[aria-labelledby=case-author]").words();
    assert!(author.contains("Flagged before: 1 removed, 0 kept"), "{author}");
    assert!(author.contains("Removed Spam") && author.contains("Buy my chairs."), "{author}");
    let like = case.part("section[aria-labelledby=case-like]").words();
    assert!(like.contains("Kept Spam") && like.contains("Buy my tables."), "{like}");
}

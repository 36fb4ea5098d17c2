//! What members hear of, and how they are done with it.

use crate::harness::{Client, World};
use candor::{
    access::{Audience, open_board},
    kit::{BoardId, Cursor},
};
use sqlx::{AssertSqlSafe, raw_sql};

/// The lines of somebody's inbox, as they are read.
pub(crate) async fn lines(member: &Client) -> Vec<String> {
    member.get("/inbox").await.expect(200).texts(".for-you button")
}

async fn kudos_lines(member: &Client) -> Vec<String> {
    lines(member).await.into_iter().filter(|line| line.contains("kudos")).collect()
}

/// What the header says waits in the inbox.
async fn unread(member: &Client) -> usize {
    let dots = member.get("/boards").await.expect(200).texts(".site-header .count-dot");
    dots.first().map_or(0, |dot| dot.parse().expect("a number"))
}

/// The id of the youngest post at this position of a thread.
async fn post_id(world: &World, position: i32) -> i64 {
    world.count(&format!("select id from posts where position = {position} order by id desc")).await
}

async fn set_audience(world: &World, board: &str, audience: Audience) {
    let id = world.count(&format!("select id from boards where slug = '{board}'")).await;
    let mut tx = world.app.db.begin().await.expect("the database answers");
    let opened = open_board(&mut tx, BoardId(id), audience, false).await;
    opened.expect("the rights can be written");
    tx.commit().await.expect("the database answers");
}

#[tokio::test]
async fn a_reply_is_told_to_followers_but_not_to_its_author_nor_to_those_who_mute() {
    let world = World::new().await;
    let (ada, ben, eve) =
        (world.member("ada").await, world.member("ben").await, world.member("eve").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    let id = thread.split('/').nth(2).unwrap().to_owned();
    eve.post(&format!("/t/{id}/mute"), &[]).await.expect(303);

    ben.reply(&thread, "Try the other tray, @eve.").await;
    world.run_jobs().await;

    assert_eq!(lines(&ada).await, ["Unread: Ben replied in The printer jams"]);
    assert_eq!(unread(&ada).await, 1);
    assert!(lines(&ben).await.is_empty() && lines(&eve).await.is_empty());
    assert!(ben.get("/inbox").await.words().contains("All quiet"));
}

#[tokio::test]
async fn what_a_newer_release_recorded_waits_for_it_and_keeps_nothing_else_waiting() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    world.run_jobs().await;
    let newer = "insert into outbox (name, event, at)
                 select 'lamp_lit', '{\"lamp_lit\": {}}', now() from generate_series(1, 200)
                 returning id";
    let wait = format!("with newer as ({newer}) insert into outbox_pending select id from newer");
    raw_sql(AssertSqlSafe(wait)).execute(&mut world.as_owner().await).await.unwrap();

    ben.reply(&thread, "Try the other tray.").await;
    world.run_jobs().await;

    assert_eq!(lines(&ada).await, ["Unread: Ben replied in The printer jams"]);
    assert_eq!(world.count("select count(*) from outbox_pending").await, 200);
    let over = "delete from outbox_pending";
    raw_sql(over).execute(&mut world.as_owner().await).await.unwrap();
}

#[tokio::test]
async fn one_event_tells_one_thing_and_the_most_specific() {
    let world = World::new().await;
    let (ada, ben, cid) =
        (world.member("ada").await, world.member("ben").await, world.member("cid").await);
    let thread = ada.begin("help", "The printer jams", "Every morning, @cid.").await;
    ben.reply(&thread, "Which tray?").await;
    world.run_jobs().await;
    assert_eq!(lines(&cid).await, ["Unread: Ada mentioned you in The printer jams"]);

    // Quotes Ada, who also follows and is mentioned; mentions Ben, who follows.
    cid.answer(&format!("{thread}?quote=1"), "Mine too, @ada and @Ben and @ben.").await;
    world.run_jobs().await;

    assert_eq!(lines(&ada).await[0], "Unread: Cid quoted you in The printer jams");
    assert_eq!(lines(&ada).await.len(), 2);
    assert_eq!(lines(&ben).await, ["Unread: Cid mentioned you in The printer jams"]);
}

#[tokio::test]
async fn an_edit_tells_only_those_who_are_mentioned_anew_and_once() {
    let world = World::new().await;
    let (ada, ben, cid) =
        (world.member("ada").await, world.member("ben").await, world.member("cid").await);
    ada.begin("help", "The printer jams", "Every morning, @ben.").await;
    world.run_jobs().await;
    let post = post_id(&world, 1).await;

    for body in ["Each morning, @ben and @cid.", "Each day, @ben.", "Each day, @ben and @cid."] {
        let form = ada.get(&format!("/p/{post}/edit")).await.expect(200).form("Save changes");
        form.set("body", body).send_as("Save changes").await.expect(303);
        world.run_jobs().await;
    }

    assert_eq!(lines(&ben).await.len(), 1);
    assert_eq!(lines(&cid).await, ["Unread: Ada mentioned you in The printer jams"]);
}

#[tokio::test]
async fn kudos_for_one_post_are_one_line_and_go_when_taken_back() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let thread = ada.begin("lounge", "How I fixed the printer", "With a hammer.").await;
    let mut friends = Vec::new();
    for name in ["ben", "cid", "dan"] {
        friends.push(world.member(name).await);
        world.advance(time::Duration::MINUTE);
        let page = friends[friends.len() - 1].get(&thread).await.expect(200);
        page.form("deed").send_as(&page.texts(".post--first button.deed")[0]).await.expect(303);
    }
    world.run_jobs().await;
    assert_eq!(
        kudos_lines(&ada).await,
        ["Unread: Dan and 2 others gave you kudos in How I fixed the printer"]
    );
    assert_eq!(unread(&ada).await, 2, "the kudos, and the rank they brought");

    let post = post_id(&world, 1).await;
    for friend in &friends[1..] {
        friend.post(&format!("/p/{post}/kudos/undo"), &[]).await.expect(303);
    }
    world.run_jobs().await;
    assert_eq!(kudos_lines(&ada).await, ["Unread: Ben gave you kudos in How I fixed the printer"]);

    friends[0].post(&format!("/p/{post}/kudos/undo"), &[]).await.expect(303);
    world.run_jobs().await;
    assert!(kudos_lines(&ada).await.is_empty());
    assert_eq!(unread(&ada).await, 2, "the rank that came, and that it went");
}

#[tokio::test]
async fn what_one_may_no_longer_see_is_not_told_of_and_not_counted() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("lounge", "How I fixed the printer", "With a hammer.").await;
    ben.reply(&thread, "Which hammer?").await;
    world.run_jobs().await;
    assert_eq!(unread(&ada).await, 1);
    let open = world.count("select id from notifications").await;

    set_audience(&world, "lounge", Audience::Staff).await;
    assert!(lines(&ada).await.is_empty());
    assert_eq!(unread(&ada).await, 0);
    ada.post(&format!("/inbox/{open}/open"), &[]).await.expect(404);

    set_audience(&world, "lounge", Audience::Everyone).await;
    assert_eq!(unread(&ada).await, 1);

    // Not told at all while it could not be seen.
    ben.reply(&thread, "I mean it, @ada.").await;
    set_audience(&world, "lounge", Audience::Staff).await;
    world.run_jobs().await;
    set_audience(&world, "lounge", Audience::Everyone).await;
    assert_eq!(lines(&ada).await.len(), 1);
}

#[tokio::test]
async fn a_deleted_reply_leaves_the_inbox() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    world.run_jobs().await;
    assert_eq!(unread(&ada).await, 1);

    let post = post_id(&world, 2).await;
    ben.post(&format!("/p/{post}/delete"), &[]).await.expect(303);
    world.run_jobs().await;

    assert!(lines(&ada).await.is_empty());
    assert_eq!(unread(&ada).await, 0);
}

#[tokio::test]
async fn opening_a_line_marks_it_and_leads_to_the_post() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    world.run_jobs().await;

    let inbox = ada.get("/inbox").await;
    ada.get("/inbox").await.expect(200);
    assert_eq!(unread(&ada).await, 1, "looking changes nothing");
    let open = world.count("select id from notifications").await;
    ben.post(&format!("/inbox/{open}/open"), &[]).await.expect(404);
    let opened = inbox.button("Unread: Ben replied in The printer jams").press().await.expect(303);

    let id = thread.split('/').nth(2).unwrap();
    assert_eq!(opened.location(), format!("/t/{id}/p/2"));
    assert_eq!(unread(&ada).await, 0);
    assert_eq!(lines(&ada).await, ["Ben replied in The printer jams"]);
    world.guest().get("/inbox").await.expect(303);
}

#[tokio::test]
async fn all_is_read_that_the_page_showed_and_nothing_that_came_later() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    for number in 1..=32 {
        world.advance(time::Duration::MINUTE);
        ben.reply(&thread, &format!("Thought number {number}.")).await;
    }
    world.run_jobs().await;

    let inbox = ada.get("/inbox").await.expect(200);
    assert_eq!(inbox.texts(".for-you button").len(), 30);
    let older = ada.get(&inbox.link("Older")).await.expect(200);
    assert_eq!(older.texts(".for-you button").len(), 2);
    assert_eq!(unread(&ada).await, 32);

    ben.reply(&thread, "One more.").await;
    world.run_jobs().await;
    let read = inbox.button("Mark all as read").press().await.expect(303);
    assert_eq!(read.location(), "/inbox");
    assert_eq!(unread(&ada).await, 1);
}

#[tokio::test]
async fn reading_a_thread_marks_what_was_told_of_it_so_far() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Which one?").await;
    ben.reply(&thread, "And when?").await;
    world.run_jobs().await;
    let id = thread.split('/').nth(2).unwrap();

    ada.post(&format!("/t/{id}/reading"), &[("position", "2")]).await.expect(303);
    assert_eq!(unread(&ada).await, 1);

    ada.post(&format!("/t/{id}/reading"), &[("position", "3")]).await.expect(303);
    assert_eq!(unread(&ada).await, 0);
}

#[tokio::test]
async fn an_author_hears_of_a_removal_and_why_but_not_by_whom() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);
    ada.begin("help", "Buy my printers", "They never jam.").await;
    let post = post_id(&world, 1).await;

    let form = tom.get(&format!("/p/{post}/remove")).await.expect(200).form("Remove post");
    form.set("reason", "Advertising").send().await.expect(303);
    world.run_jobs().await;
    let inbox = ada.get("/inbox").await.expect(200);
    assert_eq!(
        inbox.texts(".for-you button"),
        ["Unread: Moderator 1 removed your post in Buy my printers"]
    );
    assert_eq!(inbox.texts(".for-you__words"), ["Advertising"]);
    assert!(!inbox.text.contains("Tom"));

    world.advance(time::Duration::HOUR);
    tom.post(&format!("/p/{post}/restore"), &[]).await.expect(303);
    world.run_jobs().await;
    let inbox = ada.get("/inbox").await.expect(200);
    assert_eq!(
        inbox.texts(".for-you button")[0],
        "Unread: Moderator 1 put back your post in Buy my printers"
    );
    assert_eq!(inbox.texts(".for-you__words"), ["Looked at again", "Advertising"]);
}

#[tokio::test]
async fn a_solution_and_the_rank_it_brings_are_told() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Clean the rollers.").await;
    let post = post_id(&world, 2).await;

    world.advance(time::Duration::MINUTE);
    ada.post(&format!("/p/{post}/solution"), &[]).await.expect(303);
    world.run_jobs().await;

    let mut told = lines(&ben).await;
    told.sort();
    assert_eq!(
        told,
        [
            "Unread: Ada marked your reply in The printer jams as the solution",
            "Unread: You reached the rank Neighbour"
        ]
    );
    let rank = ben.get("/inbox").await.button("Unread: You reached the rank Neighbour");
    assert_eq!(rank.press().await.location(), "/ranks");
}

#[tokio::test]
async fn an_event_heard_twice_tells_once() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("lounge", "The printer jams", "Every morning, @ben.").await;
    ben.reply(&thread, "Poor @ada.").await;
    let post = post_id(&world, 1).await;
    ben.post(&format!("/p/{post}/kudos"), &[]).await.expect(303);
    world.run_jobs().await;
    let told = world.count("select count(*) from notifications").await;

    let again = "with again as (insert into outbox_pending select id from outbox returning event_id) \
        select count(*) from again";
    assert!(world.count(again).await > 3);
    world.run_jobs().await;

    assert_eq!(world.count("select count(*) from notifications").await, told);
    let ids: std::collections::BTreeSet<_> =
        world.mails().into_iter().map(|mail| mail.key).collect();
    assert_eq!(ids.len(), 1, "the same mail keeps its Message-ID");
}

#[tokio::test]
async fn a_line_that_was_being_written_when_the_page_was_drawn_stays_unread() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let thread = ada.begin("help", "The printer jams", "Every morning.").await;
    ben.reply(&thread, "Use the other tray.").await;
    world.run_jobs().await;
    let mut slow = world.as_owner().await;
    let write = "begin;
        insert into notifications (member_id, event_id, kind, actor_id, thread_id, post_id, at)
        select member_id, (select min(id) from outbox), kind, actor_id, thread_id, post_id, at
        from notifications";
    sqlx::raw_sql(AssertSqlSafe(write.to_owned())).execute(&mut slow).await.unwrap();
    ben.reply(&thread, "Or the one below.").await;
    world.run_jobs().await;
    let inbox = ada.get("/inbox").await.expect(200);
    assert_eq!(inbox.texts(".for-you button").len(), 2);

    sqlx::raw_sql(AssertSqlSafe("commit".to_owned())).execute(&mut slow).await.unwrap();
    inbox.button("Mark all as read").press().await.expect(303);

    assert_eq!(unread(&ada).await, 1);
    ada.get("/inbox").await.expect(200).button("Mark all as read").press().await.expect(303);
    assert_eq!(unread(&ada).await, 0);
}

#[tokio::test]
async fn a_place_before_all_times_is_an_empty_page() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for key in [i64::MIN, -200_000_000_000_000_000, -1, 0, i64::MAX] {
        let cursor = Cursor { key, id: i64::MIN };
        ada.get(&format!("/inbox?older={cursor}")).await.expect(200);
    }
}

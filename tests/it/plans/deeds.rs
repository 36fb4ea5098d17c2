//! Everything that can be done, once.

use super::walk::Walk;
use crate::harness::PASSWORD;
use candor::{
    jobs::{relay::relay, worker::run_next},
    reactions::TABLE,
};

/// Does all of it; each round has accounts and links of its own.
pub(super) async fn do_all(walk: &mut Walk<'_>, round: usize) {
    accounts(walk, round).await;
    writing(walk, round).await;
    judging(walk).await;
    reading(walk, round).await;
    walk.work("the relay", async |town| {
        relay(&town.world.app, &TABLE).await.expect("events can be relayed");
    })
    .await;
    walk.work("a job", async |town| {
        assert!(run_next(&town.world.app, &TABLE).await.expect("jobs can be run"), "a job is due");
    })
    .await;
}

async fn accounts(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (zoe, rita) = (town.world.guest(), town.world.guest());
    let (handle, email) = (format!("zoe{round}"), format!("zoe{round}@example.com"));
    let account =
        [("handle", &handle[..]), ("name", "Zoe"), ("email", &email), ("password", PASSWORD)];
    walk.post(("a guest", &zoe), "/sign-up", "/sign-up", &account).await;
    let words = [("name", "Zoe"), ("about", "Here for the lamps.")];
    walk.post(("a member", &zoe), "/settings", "/settings", &words).await;
    walk.post(("a member", &zoe), "/settings/confirm", "/settings/confirm", &[]).await;
    walk.post(("a member", &zoe), "/sign-out", "/sign-out", &[]).await;
    for (what, login) in [("/sign-in with a handle", &handle), ("/sign-in with an address", &email)]
    {
        let fields = [("login", &login[..]), ("password", PASSWORD)];
        walk.post(("a guest", &zoe), what, "/sign-in", &fields).await;
    }
    let rita = ("a guest", &rita);
    walk.post(rita, "/reset-password", "/reset-password", &[("login", "crowd7")]).await;
    let new = [("password", "another battery staple")];
    walk.post(rita, "a new password", &town.reset[round], &new).await;
    walk.post(rita, "a confirmation", &town.confirm[round], &[]).await;
    walk.post(rita, "an unsubscription", &town.unsubscribe[round], &[]).await;
}

async fn writing(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let (ada, bob) = (("a member", &town.ada), ("a member", &town.bob));
    let typed = [
        ("board", "help"),
        ("title", "Another lamp"),
        ("body", "Blue, @crowd3."),
        ("tags", "lamp, common"),
    ];
    walk.write(ada, "/ask", "/ask", &typed).await;
    walk.post(ada, "/preview", "/preview", &[("body", "**Bold**, @crowd3")]).await;
    let body = [("body", "One more thing, @crowd2.\n\n> Quoted"), ("reply_to", "3")];
    walk.write(bob, "a reply", &town.thread.deed("replies"), &body).await;
    walk.write(bob, "a reply to a very long thread", "/t/900/replies", &body).await;
    let key = format!("00000000-0000-4000-9000-00000000000{round}");
    for time in ["once", "twice"] {
        let fields = [("body", "Again."), ("form_key", &key[..])];
        let what = format!("a reply sent {time}");
        walk.post(bob, &what, &town.thread.deed("replies"), &fields).await;
    }
    let edit = |post| format!("/p/{post}/edit");
    let opening = town.world.post_at(&town.thread, 1).await;
    let reply = town.world.post_at(&town.thread, 2).await;
    let body = format!("Better words, {round}.");
    let fields = [("title", "A switch sticks again"), ("body", &body[..])];
    walk.post(ada, "an edit of an opening post", &edit(opening), &fields).await;
    walk.post(bob, "an edit", &edit(reply), &[("body", &body[..])]).await;
    let own = "select max(posts.id) from posts join members on members.id = author_id where handle = 'bob'";
    let own = town.world.count(own).await;
    walk.post(bob, "a deletion", &format!("/p/{own}/delete"), &[]).await;
}

async fn judging(walk: &mut Walk<'_>) {
    let town = walk.town;
    let (ada, tom) = (("a member", &town.ada), ("a moderator", &town.tom));
    let reply = town.world.post_at(&town.thread, 2).await;
    for deed in ["kudos", "kudos/undo", "solution", "solution/undo"] {
        walk.post(ada, deed, &format!("/p/{reply}/{deed}"), &[]).await;
    }
    let far =
        town.world.count("select id from posts where thread_id = 900 and position = 999").await;
    for (deed, fields) in [
        ("remove", &[("reason", "It is beside the point.")][..]),
        ("restore", &[]),
        ("solution", &[]),
    ] {
        let what = format!("{deed} in a very long thread");
        walk.post(tom, &what, &format!("/p/{far}/{deed}"), fields).await;
    }
    for (deed, fields) in [
        ("lock", &[("reason", "It is settled.")][..]),
        ("lock/undo", &[]),
        ("pin", &[("to", "board")]),
        ("pin/undo", &[]),
    ] {
        walk.post(tom, deed, &format!("/t/900/{deed}"), fields).await;
    }
}

async fn reading(walk: &mut Walk<'_>, round: usize) {
    let town = walk.town;
    let ada = ("a member", &town.ada);
    for (what, thread) in [("a thread", town.thread.id), ("a very long thread", 900)] {
        for (deed, fields) in [
            ("reading", &[("position", "20")][..]),
            ("mute", &[]),
            ("follow", &[]),
            ("follow/undo", &[]),
        ] {
            walk.post(ada, &format!("{deed} of {what}"), &format!("/t/{thread}/{deed}"), fields)
                .await;
        }
    }
    let unseen = "select max(id) from notifications
        where seen_at is null and member_id = (select id from members where handle = 'ada')";
    let notice = town.world.count(unseen).await;
    walk.post(ada, "a line of the inbox", &format!("/inbox/{notice}/open"), &[]).await;
    let newest = format!("{}", notice - 5 + round as i64);
    walk.post(ada, "/inbox/read", "/inbox/read", &[("newest", &newest)]).await;
}

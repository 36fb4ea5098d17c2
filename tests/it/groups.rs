//! Getting into groups and out of them, and who knows of them.

use crate::harness::{Client, World};
use candor::{
    access::{Level, Subject},
    groups::Kind,
    members::Role,
};

/// Founds a board that a group alone may see, within a category that gives nobody anything.
async fn board_of(world: &World, board: &str, group: &str, level: Level) {
    world.found(board, candor::boards::Style::Discussion, candor::access::Audience::Staff).await;
    let group = Subject::Group(world.group_id(group).await);
    world.allow(board, group, Some(level)).await;
}

async fn groups_of(client: &Client) -> String {
    client.get("/groups").await.expect(200).texts("main h2").concat()
}

#[tokio::test]
async fn anybody_joins_an_open_group_sees_its_board_at_once_and_leaves_again() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    world.group("testers", Kind::Open, &[]).await;
    board_of(&world, "lab", "testers", Level::Start).await;
    assert_eq!(ada.status("/b/lab").await, 404);

    ada.get("/g/testers").await.button("Join this group").send().await.expect(303);
    assert_eq!(ada.status("/b/lab").await, 200);
    ada.start("lab", "A lamp in the lab", "It is on.").await;

    let left = ada.get("/g/testers").await.button("Leave this group").send().await;
    assert_eq!(left.expect(303).location(), "/g/testers");
    assert_eq!(ada.status("/b/lab").await, 404);
    world.run_jobs().await;
}

#[tokio::test]
async fn whoever_asks_waits_until_an_owner_lets_them_in() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let olga = world.member("olga").await;
    world.group("regulars", Kind::Request, &["olga"]).await;
    world.own("regulars", "olga").await;
    board_of(&world, "lodge", "regulars", Level::Reply).await;

    for client in [&ada, &bob] {
        client.get("/g/regulars").await.button("Ask to join").send().await.expect(303);
        assert_eq!(client.status("/b/lodge").await, 404, "asking opens nothing");
    }
    let page = olga.get("/g/regulars").await;
    page.button("Let Ada in").send().await.expect(303);
    olga.get("/g/regulars").await.button("Decline Bob").send().await.expect(303);

    assert_eq!(ada.status("/b/lodge").await, 200);
    assert_eq!(bob.status("/b/lodge").await, 404);
    assert_eq!(olga.get("/g/regulars").await.texts("#waiting").concat(), "");
}

#[tokio::test]
async fn nobody_joins_by_themselves_where_they_must_be_let_in() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    for (slug, kind) in [("asked", Kind::Request), ("invited", Kind::Invitation)] {
        world.group(slug, kind, &[]).await;
        ada.press(&format!("/g/{slug}/join")).await.expect(403);
    }
    world.group("secret", Kind::Hidden, &[]).await;
    ada.press("/g/secret/join").await.expect(404);
    ada.press("/g/invited/request").await.expect(403);

    assert_eq!(world.count("select count(*) from group_members").await, 0);
}

#[tokio::test]
async fn a_hidden_group_exists_for_those_in_it_and_administrators_alone() {
    let world = World::new().await;
    let (ada, bob, guest) = (world.member("ada").await, world.member("bob").await, world.guest());
    let (kim, tom) = (world.admin("kim").await, world.moderator("tom").await);
    world.group("cabal", Kind::Hidden, &["ada"]).await;

    for client in [&bob, &guest, &tom] {
        let (hidden, missing) =
            (client.get("/g/cabal").await, client.get("/g/nowhere").await.expect(404));
        assert_eq!(hidden.expect(404).words(), missing.words());
        assert!(!groups_of(client).await.contains("cabal"));
        assert!(!client.get("/m/ada").await.text.contains("cabal"));
    }
    for client in [&ada, &kim] {
        client.get("/g/cabal").await.expect(200);
        assert!(groups_of(client).await.contains("cabal"));
        assert!(client.get("/m/ada").await.text.contains("cabal"));
    }
}

#[tokio::test]
async fn whoever_leaves_a_hidden_group_finds_it_no_more() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    world.group("cabal", Kind::Hidden, &["ada"]).await;

    let left = ada.get("/g/cabal").await.button("Leave this group").send().await;

    assert_eq!(left.expect(303).location(), "/groups");
    ada.get("/g/cabal").await.expect(404);
}

#[tokio::test]
async fn owners_bring_members_in_and_take_them_out_but_not_each_other() {
    let world = World::new().await;
    let (olga, oskar) = (world.member("olga").await, world.member("oskar").await);
    let ada = world.member("ada").await;
    world.group("circle", Kind::Invitation, &["olga", "oskar"]).await;
    world.own("circle", "olga").await;
    world.own("circle", "oskar").await;

    let page = olga.get("/g/circle").await;
    page.form("members").set("handle", "@ada").send().await.expect(303);
    assert!(ada.get("/g/circle").await.words().contains("You are in it"));
    ada.post("/g/circle/members", &[("handle", "olga")]).await.expect(403);
    ada.press("/g/circle/members/olga/remove").await.expect(403);

    olga.press("/g/circle/members/oskar/remove").await.expect(403);
    olga.get("/g/circle").await.button("Remove Ada").send().await.expect(303);
    assert_eq!(oskar.status("/g/circle").await, 200);
    assert!(!ada.get("/g/circle").await.words().contains("You are in it"));
}

#[tokio::test]
async fn a_handle_that_nobody_has_comes_back_to_the_owner() {
    let world = World::new().await;
    let olga = world.member("olga").await;
    world.group("circle", Kind::Invitation, &["olga"]).await;
    world.own("circle", "olga").await;

    let page = olga.get("/g/circle").await;
    let answer = page.form("members").set("handle", "nobody-at-all").send().await.expect(422);

    assert!(answer.words().contains("Nobody is called nobody-at-all here."));
    assert_eq!(answer.form("members").value("handle"), "nobody-at-all");
}

#[tokio::test]
async fn guests_read_what_a_group_is_and_not_who_is_in_it() {
    let world = World::new().await;
    world.member("ada").await;
    world.group("testers", Kind::Open, &["ada"]).await;

    let page = world.guest().get("/g/testers").await.expect(200);

    assert!(page.words().contains("testers described"));
    assert!(!page.words().contains("Ada"));
    assert!(!world.guest().get("/m/ada").await.words().contains("testers"));
}

#[tokio::test]
async fn a_rank_brings_its_holders_into_a_group_and_its_loss_out_again() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let (kim, tom) = (world.admin("kim").await, world.moderator("tom").await);
    world.group("regulars", Kind::Invitation, &[]).await;
    board_of(&world, "lodge", "regulars", Level::Reply).await;
    let neighbour = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    let form = kim.get("/admin/groups/regulars").await;
    form.form("group").set("rank", &neighbour).send().await.expect(303);
    assert_eq!(ada.status("/b/lodge").await, 404);

    // Ten points: five replies.
    let thread = bob.start("help", "A lamp flickers", "Whenever it rains.").await;
    for _ in 0..5 {
        ada.say(&thread, "Have you tried another one?").await;
    }
    assert_eq!(ada.status("/b/lodge").await, 200, "with the very next request");
    assert!(ada.get("/g/regulars").await.words().contains("You are in it by your rank"));
    ada.press("/g/regulars/leave").await.expect(403);

    tom.remove(world.post_at(&thread, 6).await, "Said before.").await;
    assert_eq!(ada.status("/b/lodge").await, 404);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_group_that_takes_in_a_rank_holds_those_who_have_it_already_and_lets_them_go_with_it() {
    let world = World::new().await;
    let (ada, bob, kim) =
        (world.member("ada").await, world.member("bob").await, world.admin("kim").await);
    let thread = bob.start("help", "A lamp flickers", "Whenever it rains.").await;
    for _ in 0..5 {
        ada.say(&thread, "Have you tried another one?").await;
    }
    world.group("regulars", Kind::Request, &[]).await;
    let neighbour = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    let set = async |rank: &str| {
        let page = kim.get("/admin/groups/regulars").await;
        page.form("group").set("rank", rank).send().await.expect(303);
    };

    set(&neighbour).await;
    world.run_chores().await;
    assert!(ada.get("/g/regulars").await.words().contains("by your rank"));

    set("").await;
    assert!(!ada.get("/g/regulars").await.words().contains("by your rank"));
    world.run_jobs().await;
}

#[tokio::test]
async fn a_group_that_moderates_a_board_does_so_there_and_nowhere_else() {
    let world = World::new().await;
    let (ada, mia) = (world.member("ada").await, world.member("mia").await);
    world.group("keepers", Kind::Invitation, &["mia"]).await;
    let keepers = Subject::Group(world.group_id("keepers").await);
    world.allow("lounge", keepers, Some(Level::Moderate)).await;
    let here = ada.start("lounge", "A lamp in the lounge", "It is on.").await;
    let there = ada.start("help", "A lamp flickers", "It does.").await;

    let post = world.post_at(&here, 1).await;
    mia.get(&format!("/p/{post}/remove")).await.expect(200);
    mia.post(&here.deed("lock"), &[("reason", "Settled.")]).await.expect(303);
    mia.remove(post, "Rude.").await;

    let page = mia.get(&there.url).await;
    assert!(!page.hrefs().iter().any(|link| link.ends_with("/lock") || link.ends_with("/remove")));
    mia.post(&there.deed("lock"), &[("reason", "Settled.")]).await.expect(403);
    let other = world.post_at(&there, 1).await;
    mia.post(&format!("/p/{other}/remove"), &[("reason", "Rude.")]).await.expect(403);
    mia.post(&format!("/p/{other}/edit"), &[("body", "x"), ("reason", "y")]).await.expect(403);

    let record = world.guest().get("/moderation").await.expect(200);
    assert!(record.words().contains("Moderator 1"), "under a pseudonym");
    assert!(!record.words().contains("Mia"));
    world.run_jobs().await;
}

#[tokio::test]
async fn what_members_may_is_not_less_for_being_in_a_group() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    world.group("readers", Kind::Open, &["ada"]).await;
    let readers = Subject::Group(world.group_id("readers").await);

    world.allow("lounge", readers, Some(Level::See)).await;
    ada.start("lounge", "A lamp in the lounge", "It is on.").await;
    world.allow("lounge", readers, None).await;
    ada.start("lounge", "Another in the lounge", "It is off.").await;

    world.allow("lounge", Subject::Role(Role::Member), Some(Level::See)).await;
    ada.post("/ask", &[("board", "lounge")]).await;
    assert!(ada.get("/b/lounge").await.words().contains("You can read this board"));
    world.run_jobs().await;
}

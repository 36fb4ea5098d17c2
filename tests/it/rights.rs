//! Rules of boards and categories: inheriting, overriding, and what comes of it.

use crate::harness::{Client, World};
use candor::{
    access::{Audience, Level, Subject},
    boards::Style,
    doctor,
    groups::Kind,
    members::Role,
};
use sqlx::Executor;

/// A new board that has what its category gives.
async fn open_board(kim: &Client, name: &str, audience: &str) {
    let form = kim.get("/admin/new-board?category=community").await;
    let form = form.form("board").set("name", name).set("audience", audience);
    form.send().await.expect(303);
}

#[tokio::test]
async fn a_board_has_what_its_category_gives_until_it_says_otherwise_and_again_when_it_does_not() {
    let world = World::new().await;
    let (ada, guest, kim) = (world.member("ada").await, world.guest(), world.admin("kim").await);
    let (member, guests) = (Subject::Role(Role::Member), Subject::Role(Role::Guest));
    open_board(&kim, "Garage", "category").await;
    assert_eq!(ada.status("/b/garage").await, 404, "nobody said anything of it");
    assert_eq!(kim.status("/b/garage").await, 200, "but administrators see everything");

    world.allow_below("community", member, Some(Level::Start)).await;
    assert_eq!((ada.status("/b/garage").await, guest.status("/b/garage").await), (200, 404));
    world.allow_below("community", guests, Some(Level::See)).await;
    assert_eq!(guest.status("/b/garage").await, 200);

    world.allow("garage", guests, None).await;
    assert_eq!(guest.status("/b/garage").await, 404, "the board's own word counts");
    world.inherit("garage", guests).await;
    assert_eq!(guest.status("/b/garage").await, 200);
}

#[tokio::test]
async fn a_category_opens_no_board_that_was_made_for_fewer() {
    let world = World::new().await;
    let (ada, guest, kim) = (world.member("ada").await, world.guest(), world.admin("kim").await);
    world.group("testers", Kind::Open, &["ada"]).await;
    let testers = Subject::Group(world.group_id("testers").await);
    world.allow_below("community", testers, Some(Level::Start)).await;

    open_board(&kim, "Bunker", "staff").await;
    world.allow_below("community", Subject::Role(Role::Guest), Some(Level::See)).await;
    world.allow_below("community", Subject::Role(Role::Member), Some(Level::Start)).await;

    for (client, board) in [
        (&ada, "/b/bunker"),
        (&guest, "/b/bunker"),
        // Made before there were categories with rights.
        (&guest, "/b/staff-room"),
        (&guest, "/b/beta"),
    ] {
        assert_eq!(client.status(board).await, 404, "{board}");
    }
}

#[tokio::test]
async fn a_board_in_another_category_has_that_ones_rights() {
    let world = World::new().await;
    let (ada, kim) = (world.member("ada").await, world.admin("kim").await);
    kim.get("/admin/new-category")
        .await
        .form("heading")
        .set("name", "Attic")
        .send()
        .await
        .expect(303);
    open_board(&kim, "Garage", "category").await;
    assert_eq!(ada.status("/b/garage").await, 404);

    let page = kim.get("/admin/boards/garage").await;
    page.form("board").set("category", "attic").send().await.expect(303);

    assert_eq!(ada.status("/b/garage").await, 200);
    let page = kim.get("/admin/boards/garage").await;
    page.form("board").set("category", "community").send().await.expect(303);
    assert_eq!(ada.status("/b/garage").await, 404);
}

#[tokio::test]
async fn the_matrix_says_what_is_inherited_and_lets_one_override_and_inherit_again() {
    let world = World::new().await;
    let (kim, guest) = (world.admin("kim").await, world.guest());
    world.allow_below("community", Subject::Role(Role::Guest), Some(Level::See)).await;
    open_board(&kim, "Garage", "category").await;

    let page = kim.get("/admin/boards/garage/rights").await.expect(200);
    assert!(page.words().contains("As Community: See"));
    assert_eq!(page.form("rights").value("role.guest"), "inherit");

    page.form("rights").set("role.guest", "nothing").send().await.expect(303);
    assert_eq!(guest.status("/b/garage").await, 404);
    let page = kim.get("/admin/boards/garage/rights").await;
    assert!(page.words().contains("As Community: See"), "and what inheriting would give");
    page.form("rights").set("role.guest", "inherit").send().await.expect(303);
    assert_eq!(guest.status("/b/garage").await, 200);
}

#[tokio::test]
async fn a_member_is_made_moderator_of_one_board_by_name() {
    let world = World::new().await;
    let (kim, ada, sven) =
        (world.admin("kim").await, world.member("ada").await, world.member("sven").await);
    let thread = ada.start("lounge", "A lamp in the lounge", "It is on.").await;

    let page = kim.get("/admin/boards/lounge/rights").await;
    let form = page.form("rights").set("member", "@sven").set("level", "moderate");
    form.send().await.expect(303);

    sven.post(&thread.deed("lock"), &[("reason", "Settled.")]).await.expect(303);
    let page = kim.get("/admin/boards/lounge/rights").await;
    assert!(page.words().contains("@sven"));
    let key = format!("member.{}", world.id_of("sven").await);
    page.form("rights").set(&key, "inherit").send().await.expect(303);
    sven.press(&thread.deed("lock/undo")).await.expect(403);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_matrix_with_a_row_for_each_of_many_groups_can_be_saved() {
    let world = World::new().await;
    let (kim, guest) = (world.admin("kim").await, world.guest());
    let many = "insert into groups (slug, name, kind, founded_at)
        select 'crew-' || n, 'Crew ' || n, 'open', now() from generate_series(1, 400) as n";
    world.as_app().await.execute(many).await.unwrap();

    let page = kim.get("/admin/boards/lounge/rights").await.expect(200);
    page.form("rights").set("role.guest", "nothing").send().await.expect(303);

    assert_eq!(guest.status("/b/lounge").await, 404);
}

#[tokio::test]
async fn choices_stay_where_the_member_named_is_nobody() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let page = kim.get("/admin/boards/lounge/rights").await;
    let form = page.form("rights").set("role.guest", "nothing").set("member", "nobody-at-all");
    let answer = form.send().await.expect(422);

    assert_eq!(answer.form("rights").value("role.guest"), "nothing");
    assert_eq!(answer.form("rights").value("member"), "nobody-at-all");
    assert!(answer.words().contains("Nobody is called nobody-at-all here."));
    assert_eq!(world.guest().status("/b/lounge").await, 200, "nothing was changed");
}

#[tokio::test]
async fn fields_that_the_matrix_does_not_have_are_refused() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    for fields in [
        vec![("role.admin", "nothing")],
        vec![("role.king", "see")],
        vec![("group.999", "see")],
        vec![("role.guest", "everything")],
        vec![("role.guest", "see"), ("role.guest", "nothing")],
        vec![("admin", "yes")],
    ] {
        kim.post("/admin/boards/lounge/rights", &fields).await.expect(400);
    }
}

#[tokio::test]
async fn what_somebody_may_do_is_told_with_the_rules_it_comes_from() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let ada = world.member("ada").await;
    world.group("testers", Kind::Open, &["ada"]).await;
    let testers = Subject::Group(world.group_id("testers").await);
    world.allow_below("community", testers, Some(Level::Moderate)).await;

    let page = kim.get("/admin/boards/news/rights?member=ada").await.expect(200);
    let told = page.texts(".answers > div").join("\n");

    assert_eq!(
        told,
        "See Yes Guests: See, said on this board Members: Reply, said on this board testers: Moderate, inherited from Community\n\
         Reply Yes Members: Reply, said on this board testers: Moderate, inherited from Community\n\
         Start threads Yes testers: Moderate, inherited from Community\n\
         Upload Yes Members: Reply, said on this board testers: Moderate, inherited from Community\n\
         Moderate Yes testers: Moderate, inherited from Community"
    );
    ada.press("/g/testers/leave").await.expect(303);
    let page = kim.get("/admin/boards/news/rights?member=ada").await;
    assert!(page.texts(".answers > div").join("\n").contains("Moderate No No rule gives it."));
    let page = kim.get("/admin/boards/news/rights?member=nobody").await;
    assert!(page.words().contains("Nobody is called nobody here."));
}

/// The answer on the page is what happens when they try.
#[tokio::test]
async fn what_is_told_is_what_is_so() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let cast = [
        ("ada", world.member("ada").await),
        ("tom", world.moderator("tom").await),
        ("sam", world.staff("sam").await),
        ("kim", kim.clone()),
    ];
    world.group("testers", Kind::Open, &["ada"]).await;
    let testers = Subject::Group(world.group_id("testers").await);
    world.allow("staff-room", testers, Some(Level::Reply)).await;
    world.allow("lounge", Subject::Role(Role::Staff), None).await;

    for board in ["help", "lounge", "news", "beta", "staff-room"] {
        for (handle, client) in &cast {
            let page = kim.get(&format!("/admin/boards/{board}/rights?member={handle}")).await;
            let told = page.texts(".answers > div");
            let yes =
                |right: &str| told.iter().any(|line| line.starts_with(&format!("{right} Yes")));
            let seen = client.status(&format!("/b/{board}")).await == 200;
            let start = client.get("/ask").await;
            let starts = start.text.contains(&format!("value=\"{board}\""));
            assert_eq!((yes("See"), yes("Start threads")), (seen, starts), "{handle} on {board}");
        }
    }
}

#[tokio::test]
async fn an_archived_board_is_read_and_takes_no_posts() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let (kim, tom) = (world.admin("kim").await, world.moderator("tom").await);
    let thread = ada.start("help", "A lamp flickers", "Whenever it rains.").await;
    bob.say(&thread, "Mine as well.").await;
    let (own, other) = (world.post_at(&thread, 1).await, world.post_at(&thread, 2).await);
    let page = kim.get("/admin/boards/help/archive").await;
    assert!(page.words().contains("Nobody can reply, start threads, edit or give kudos there."));

    page.button("Archive board").send().await.expect(303);

    for client in [&ada, &kim, &tom] {
        let page = client.get(&thread.url).await.expect(200);
        assert!(page.words().contains("This board is archived"));
        assert!(!page.text.contains("/replies"), "no composer");
        let fields = [("body", "And now?"), ("form_key", &crate::harness::form_key())];
        client.post(&thread.deed("replies"), &fields).await.expect(403);
        assert!(!client.get("/ask").await.text.contains("value=\"help\""));
    }
    ada.post(&format!("/p/{own}/edit"), &[("body", "Other words.")]).await.expect(403);
    ada.press(&format!("/p/{other}/kudos")).await.expect(403);
    ada.press(&format!("/p/{other}/solution")).await.expect(403);
    assert!(world.guest().get("/search?q=flickers").await.words().contains("A lamp flickers"));
    tom.remove(other, "Rude.").await;

    kim.get("/admin/boards/help").await.button("Open again").send().await.expect(303);
    ada.say(&thread, "Here we are again.").await;
    world.run_jobs().await;
}

#[tokio::test]
async fn taking_a_right_away_shuts_the_door_with_the_next_request() {
    let world = World::new().await;
    let (ada, sam) = (world.member("ada").await, world.staff("sam").await);
    let thread = ada.start("lounge", "A lamp in the lounge", "It is on.").await;
    sam.say(&thread, "Is it, @ada?").await;
    world.run_jobs().await;
    assert!(ada.get("/inbox").await.words().contains("A lamp in the lounge"));

    world.allow("lounge", Subject::Role(Role::Guest), None).await;
    world.allow("lounge", Subject::Role(Role::Member), None).await;

    assert_eq!(ada.status(&thread.url).await, 404);
    assert!(!ada.get("/inbox").await.words().contains("A lamp in the lounge"));
    ada.post(
        &thread.deed("replies"),
        &[("body", "Yes."), ("form_key", &crate::harness::form_key())],
    )
    .await
    .expect(404);
    assert_eq!(sam.status(&thread.url).await, 200);
}

#[tokio::test]
async fn a_board_without_any_rule_is_seen_by_administrators_alone() {
    let world = World::new().await;
    world.found("void", Style::Discussion, Audience::Category).await;

    for (client, status) in [
        (world.guest(), 404),
        (world.member("ada").await, 404),
        (world.moderator("tom").await, 404),
        (world.staff("sam").await, 404),
        (world.admin("kim").await, 200),
    ] {
        assert_eq!(client.status("/b/void").await, status);
    }
}

#[tokio::test]
async fn the_doctor_tells_where_what_is_written_out_is_not_what_the_rules_say() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    let wrong = async || {
        let findings = doctor::examine(&mut world.as_owner().await, world.app.now()).await.unwrap();
        let wrong = findings.into_iter().filter(|finding| finding.wrong > 0);
        wrong.map(|finding| finding.about).collect::<Vec<_>>()
    };
    open_board(&kim, "Garage", "category").await;
    world.allow_below("community", Subject::Role(Role::Member), Some(Level::Start)).await;
    world.group("regulars", Kind::Request, &["ada"]).await;
    let rank = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    let page = kim.get("/admin/groups/regulars").await;
    page.form("group").set("rank", &rank).send().await.expect(303);
    ada.start("garage", "A lamp in the garage", "It is on.").await;
    world.run_jobs().await;
    assert_eq!(wrong().await, [""; 0]);

    for broken in [
        "delete from board_rights where category_id is not null",
        "update group_members set rank_id = (select rank_id from groups)",
    ] {
        let mut db = world.as_owner().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(broken)).execute(&mut db).await.unwrap();
    }
    assert_eq!(
        wrong().await,
        ["rights that boards inherit", "groups that ranks bring their holders into"]
    );
}

#[tokio::test]
async fn a_page_from_before_gives_back_nothing_that_was_taken_since() {
    let world = World::new().await;
    let (kim, ruth) = (world.admin("kim").await, world.admin("ruth").await);
    let stale = ruth.get("/admin/boards/help/rights").await.form("rights");

    let page = kim.get("/admin/boards/help/rights").await;
    page.form("rights").set("role.guest", "nothing").send().await.expect(303);
    stale.set("role.member", "see").send().await.expect(303);

    assert_eq!(world.guest().get("/b/help").await.status, 404, "guests stay outside");
    let page = kim.get("/admin/boards/help/rights").await.form("rights");
    assert_eq!((page.value("role.guest"), page.value("role.member")), ("nothing", "see"));
}

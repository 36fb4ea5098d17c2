//! The pages of those who run the community, and the log of what they change.

use crate::harness::{Client, World};
use candor::groups::Kind;

/// The sentences of the log, the newest first, each with what changed.
async fn log(client: &Client) -> Vec<String> {
    client.get("/admin/log").await.expect(200).texts(".acts td:last-child")
}

#[tokio::test]
async fn nobody_but_administrators_knows_of_these_pages() {
    let world = World::new().await;
    for client in
        [world.member("ada").await, world.moderator("tom").await, world.staff("sam").await]
    {
        let page = client.get("/admin").await.expect(404);
        let missing = client.get("/nowhere").await.expect(404);
        assert_eq!(page.words(), missing.words());
        assert!(!client.get("/").await.hrefs().contains(&"/admin".to_owned()));
    }
    let kim = world.admin("kim").await;
    assert!(kim.get("/").await.hrefs().contains(&"/admin".to_owned()));
    insta::assert_snapshot!(kim.get("/admin").await.expect(200).outline());
}

#[tokio::test]
async fn an_administrator_puts_up_a_category_and_a_board_in_it() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);

    let form = kim.get("/admin/new-category").await.form("heading").set("name", "Attic");
    form.send().await.expect(303);
    let page = kim.get("/admin/new-board?category=attic").await;
    insta::assert_snapshot!(page.outline());
    let form = page.form("board").set("name", "Old lamps").set("description", "Before 1990.");
    let rights = form.set("style", "discussion").set("tone", "4").send().await;

    assert_eq!(rights.expect(303).location(), "/admin/boards/old-lamps/rights");
    let board = ada.get("/b/old-lamps").await.expect(200);
    assert!(board.words().contains("Before 1990."));
    ada.start("old-lamps", "A lamp of my grandmother", "It hums.").await;
    assert_eq!(
        log(&kim).await[..2],
        [
            "Opened the board Old lamps Who it is for: category Category: Attic Description: Before 1990. \
             Icon: help Name: Old lamps Threads are: discussion Colour: 4",
            "Added the category Attic Who it is for: everyone Name: Attic",
        ]
    );
    world.run_jobs().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_new_board_is_said_and_everything_typed_is_kept() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let form = kim.get("/admin/new-board").await.form("board");
    let answer = form.set("description", "Typed with care.").send().await.expect(422);
    assert_eq!(answer.problem("name").as_deref(), Some("Give it a name."));
    assert_eq!(answer.form("board").value("description"), "Typed with care.");

    let form = answer.form("board").set("name", "Another help").set("slug", "help");
    let answer = form.send().await.expect(422);
    assert_eq!(answer.problem("slug").as_deref(), Some("This address is taken. Choose another."));
    assert_eq!(answer.form("board").value("name"), "Another help");
}

#[tokio::test]
async fn boards_and_categories_change_places() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let order = async || kim.get("/boards").await.texts("main h3").join(" ");
    assert_eq!(order().await, "Help Lounge News Beta Staff room");

    kim.get("/admin/boards").await.button("Move News up").send().await.expect(303);
    assert_eq!(order().await, "Help News Lounge Beta Staff room");
    kim.get("/admin/boards").await.button("Move Staff room down").send().await.expect(303);
    assert_eq!(order().await, "Help News Lounge Beta Staff room", "the last stays the last");
    kim.get("/admin/boards").await.button("Move Help down").send().await.expect(303);

    assert_eq!(order().await, "News Help Lounge Beta Staff room");
    assert_eq!(log(&kim).await.len(), 2 + 1, "and Kim's own role");
    assert_eq!(log(&kim).await[0], "Moved the board Help Place: 1 2");
}

#[tokio::test]
async fn a_board_is_renamed_and_keeps_its_address() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);

    let page = kim.get("/admin/boards/lounge").await;
    page.form("board").set("name", "Living room").send().await.expect(303);

    let page = ada.get("/b/lounge").await.expect(200);
    assert_eq!(page.texts("h1").concat(), "Living room");
    assert_eq!(log(&kim).await[0], "Changed the board Living room Name: Lounge Living room");
    let page = kim.get("/admin/boards/lounge").await;
    page.form("board").send().await.expect(303);
    assert_eq!(log(&kim).await.len(), 2, "what changes nothing is not logged");
}

#[tokio::test]
async fn a_group_is_founded_given_an_owner_and_deleted_after_saying_what_that_means() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);

    let form = kim.get("/admin/new-group").await.form("group").set("name", "Beta testers");
    let founded = form.set("kind", "hidden").send().await;
    assert_eq!(founded.expect(303).location(), "/admin/groups/beta-testers");
    let page = kim.get("/admin/groups/beta-testers").await;
    page.form("members").set("handle", "ada").send().await.expect(303);
    let page = kim.get("/admin/groups/beta-testers").await;
    page.button("Make Ada an owner").send().await.expect(303);
    assert!(ada.get("/g/beta-testers").await.words().contains("You own it"));
    let group = candor::access::Subject::Group(world.group_id("beta-testers").await);
    world.allow("staff-room", group, Some(candor::access::Level::Reply)).await;
    assert_eq!(ada.status("/b/staff-room").await, 200);

    let page = kim.get("/admin/groups/beta-testers/delete").await;
    assert!(page.words().contains("One member is taken out of the group."));
    assert!(page.words().contains("Staff room Reply"), "and where rights end");
    page.button("Delete group").send().await.expect(303);

    assert_eq!(ada.status("/g/beta-testers").await, 404);
    assert_eq!(ada.status("/b/staff-room").await, 404);
    let log = log(&kim).await;
    assert!(log[0].starts_with("Deleted the group Beta testers"), "{log:#?}");
    assert!(log.contains(&"Made @ada an owner of Beta testers".to_owned()));
    assert!(log.contains(&"Let @ada into Beta testers".to_owned()));
}

#[tokio::test]
async fn a_group_says_what_is_wrong_with_it_and_keeps_what_was_typed() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.group("testers", Kind::Open, &[]).await;

    let form = kim.get("/admin/new-group").await.form("group");
    let answer = form.set("description", "Typed with care.").send().await.expect(422);
    assert_eq!(answer.problem("name").as_deref(), Some("Give the group a name."));
    assert_eq!(answer.form("group").value("description"), "Typed with care.");
    let answer = answer.form("group").set("name", "Testers").send().await.expect(422);
    assert_eq!(answer.problem("slug").as_deref(), Some("This address is taken. Choose another."));

    let page = kim.get("/admin/groups/testers").await;
    let answer = page.form("group").set("name", "").send().await.expect(422);
    assert_eq!(answer.problem("name").as_deref(), Some("Give the group a name."));
}

#[tokio::test]
async fn roles_are_granted_and_taken_and_act_at_once() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    assert_eq!(ada.status("/b/staff-room").await, 404);

    let page = kim.get("/admin/members?q=%40Ada").await.expect(200);
    kim.get(&page.link("Ada")).await.button("Add to Staff").send().await.expect(303);
    // A cookie from before must not have become good for more.
    assert_eq!(ada.status("/settings").await, 303);
    let ada = world.browser_of(world.id_of("ada").await).await;
    assert_eq!(ada.status("/b/staff-room").await, 200);
    kim.get("/admin/members/ada").await.button("Take out of Staff").send().await.expect(303);

    assert_eq!(ada.status("/b/staff-room").await, 404);
    assert_eq!(
        log(&kim).await[..3],
        [
            "Took a role from @ada Role: staff",
            "Gave @ada a role Role: staff",
            "Gave @kim a role Role: admin"
        ]
    );
    kim.post("/admin/members/ada/roles", &[("role", "member")]).await.expect(400);
    kim.post("/admin/members/nobody/roles", &[("role", "staff")]).await.expect(404);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let refused = kim.get("/admin/members/kim").await.button("Take out of Administrators");
    let answer = refused.send().await.expect(403);
    assert!(answer.words().contains("Somebody must run the community."));

    let lou = world.admin("lou").await;
    let page = kim.get("/admin/members/kim").await;
    let gone = page.button("Take out of Administrators").send().await.expect(303);
    assert_eq!(gone.location(), "/");
    kim.get("/admin").await.expect(404);
    lou.post("/admin/members/lou/roles/undo", &[("role", "admin")]).await.expect(403);
    assert_eq!(lou.status("/admin").await, 200);
}

#[tokio::test]
async fn two_administrators_cannot_both_go_at_once() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    let fields = [("role", "admin")];

    let (one, other) = tokio::join!(
        kim.post("/admin/members/kim/roles/undo", &fields),
        lou.post("/admin/members/lou/roles/undo", &fields),
    );

    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 403]);
    let left = world.count("select count(*) from member_roles where role = 'admin'").await;
    assert_eq!(left, 1);
}

#[tokio::test]
async fn what_the_command_line_grants_stands_in_the_log_as_well() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let page = kim.get("/admin/log").await.expect(200);

    assert!(page.words().contains("command line Gave @kim a role"), "{}", page.words());
}

#[tokio::test]
async fn owners_acts_stand_in_the_log_under_their_own_names() {
    let world = World::new().await;
    let (kim, olga) = (world.admin("kim").await, world.member("olga").await);
    world.member("ada").await;
    world.group("circle", Kind::Request, &["olga"]).await;
    world.own("circle", "olga").await;

    olga.post("/g/circle/members", &[("handle", "ada")]).await.expect(303);

    let page = kim.get("/admin/log").await;
    assert!(page.words().contains("@olga Let @ada into circle"), "{}", page.words());
}

#[tokio::test]
async fn the_log_tells_rights_as_they_were_and_are() {
    let world = World::new().await;
    let (kim, _sven) = (world.admin("kim").await, world.member("sven").await);

    let page = kim.get("/admin/boards/lounge/rights").await;
    let form = page.form("rights").set("role.guest", "nothing").set("member", "sven");
    form.set("level", "moderate").send().await.expect(303);

    assert_eq!(
        log(&kim).await[0],
        "Changed rights on Lounge Guests: see nothing @sven: moderate, upload"
    );
}

#[tokio::test]
async fn the_log_knows_how_many_a_deleted_group_had() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    world.group("everybody", Kind::Open, &[]).await;
    let crowd = "with crowd as (
            insert into members (handle, handle_skeleton, name, joined_at)
            select 'crowd' || n, 'skeleton' || n, 'Crowd', '2026-03-01' from generate_series(1, 1005) as n
            returning id
        )
        insert into group_members (group_id, member_id, since)
        select groups.id, crowd.id, '2026-03-01' from crowd cross join groups";
    sqlx::raw_sql(crowd).execute(&mut world.as_owner().await).await.unwrap();

    let page = kim.get("/admin/groups/everybody/delete").await.expect(200);
    assert!(page.words().contains("A thousand members or more"), "counted no further on a page");
    page.form("/admin/groups/everybody/delete").send().await.expect(303);

    let told = "select (before ->> 'members')::bigint from admin_log where act = 'delete_group'";
    assert_eq!(world.count(told).await, 1005);
}

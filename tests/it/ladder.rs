//! The ladder of ranks: what ranks take, who keeps one, and how administrators change it.

use crate::harness::{Answer, Client, PASSWORD, World};
use candor::{doctor, groups::Kind};
use time::Duration;

/// The rank a profile names.
async fn rank(world: &World, handle: &str) -> String {
    world
        .guest()
        .get(&format!("/m/{handle}"))
        .await
        .expect(200)
        .texts(".profile__line .rank")
        .concat()
}

/// Says what a rank takes, after having looked at who would move. Returns the look.
async fn set(kim: &Client, slug: &str, formula: &str) -> Answer {
    let address = format!("/admin/ranks/{slug}");
    let look =
        kim.get(&address).await.form("rank").set("formula", formula).send().await.expect(200);
    look.form("rank").send().await.expect(303);
    look
}

/// Lets everybody be counted anew, as happens every minute where there is something to count.
async fn count_anew(world: &World) {
    world.run_chores().await;
    world.run_jobs().await;
}

#[tokio::test]
async fn a_rank_takes_what_its_formula_says_and_the_very_next_page_shows_it() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    set(&kim, "neighbour", "replies(7d) >= 2 and distinct_helped >= 1").await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try another bulb.").await;
    let post = world.post_at(&thread, 2).await;
    ada.press(&format!("/p/{post}/solution")).await.expect(303);
    assert_eq!(rank(&world, "bob").await, "Newcomer");

    let own = bob.get("/ranks").await.expect(200);
    let open = own.texts(".conditions--open li").join(" / ");
    for part in [
        "At least 2 replies in the last 7 days",
        "1 of 2 · 1 reply in the last 7 days to go",
        "At least 1 person helped",
        "Met",
    ] {
        assert!(open.contains(part), "{part}: {open}");
    }
    bob.say(&thread, "Or another lamp.").await;

    assert_eq!(rank(&world, "bob").await, "Neighbour", "before any job ran");
    let guest = world.guest().get("/ranks").await.words();
    assert!(
        guest.contains("At least 2 replies in the last 7 days"),
        "everybody may read it: {guest}"
    );
    count_anew(&world).await;
}

#[tokio::test]
async fn a_held_rank_stays_until_nine_tenths_are_lost_and_a_window_that_slid_is_told() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    set(&kim, "neighbour", "replies(7d) >= 10").await;
    count_anew(&world).await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try this.").await;
    world.advance(Duration::days(3));
    for number in 0..9 {
        bob.say(&thread, &format!("Or number {number}.")).await;
    }
    assert_eq!(rank(&world, "bob").await, "Neighbour");

    world.advance(Duration::days(4));
    count_anew(&world).await;
    assert_eq!(rank(&world, "bob").await, "Neighbour", "nine in seven days are enough to keep it");

    let post = world.post_at(&thread, 11).await;
    bob.press(&format!("/p/{post}/delete")).await.expect(303);
    assert_eq!(
        rank(&world, "bob").await,
        "Newcomer",
        "eight are not, in the deed's own transaction"
    );
    bob.say(&thread, "One more.").await;
    assert_eq!(rank(&world, "bob").await, "Newcomer", "nine are not enough to come to it");
    bob.say(&thread, "And one more.").await;
    assert_eq!(rank(&world, "bob").await, "Neighbour");

    world.advance(Duration::days(20));
    assert_eq!(rank(&world, "bob").await, "Neighbour", "nobody has counted yet");
    count_anew(&world).await;
    assert_eq!(rank(&world, "bob").await, "Newcomer");
    let inbox = bob.get("/inbox").await.words();
    assert!(inbox.contains("You are Newcomer now, no longer Neighbour"), "{inbox}");
}

#[tokio::test]
async fn a_permanent_rank_is_kept_for_good() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let form = kim.get("/admin/ranks/neighbour").await.form("rank");
    let look = form.set("formula", "replies(7d) >= 1").set("permanent", "on").send().await;
    look.expect(200).form("rank").send().await.expect(303);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try this.").await;
    assert_eq!(rank(&world, "bob").await, "Neighbour");

    world.advance(Duration::days(40));
    count_anew(&world).await;

    assert_eq!(rank(&world, "bob").await, "Neighbour");
    assert!(
        world.guest().get("/ranks").await.words().contains("Once reached, it is kept for good.")
    );
}

#[tokio::test]
async fn the_look_before_saving_says_exactly_who_will_move() {
    let world = World::new().await;
    let (kim, ada, bob, cleo) = (
        world.admin("kim").await,
        world.member("ada").await,
        world.member("bob").await,
        world.member("cleo").await,
    );
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for who in [&bob, &cleo] {
        who.say(&thread, "Try this.").await;
    }
    bob.say(&thread, "Or that.").await;
    world.run_jobs().await;
    let form = kim.get("/admin/ranks/neighbour").await.form("rank").set("formula", "points >= 2");

    let look = form.send().await.expect(200);

    assert_eq!(look.texts("#simulation h2"), ["2 members would move"]);
    let row = look.texts("#simulation td");
    assert_eq!(row, ["Newcomer", "Neighbour up", "2", "@bob @cleo"]);
    assert_eq!(rank(&world, "bob").await, "Newcomer", "nothing is changed yet");
    let changed = look.form("rank").set("formula", "points >= 4").send().await.expect(200);
    assert_eq!(
        changed.texts("#simulation td")[2..],
        ["1", "@bob"],
        "another formula, another look"
    );

    changed.form("rank").send().await.expect(303);
    count_anew(&world).await;
    assert_eq!(rank(&world, "bob").await, "Neighbour");
    assert_eq!(rank(&world, "cleo").await, "Newcomer");
    assert!(bob.get("/inbox").await.words().contains("You reached the rank Neighbour"));
    let log = kim.get("/admin/log").await.texts(".acts td:last-child");
    assert_eq!(log[0], "Changed the rank Neighbour What it takes: points >= 10 points >= 4");
}

#[tokio::test]
async fn what_is_wrong_with_a_formula_is_pointed_at_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let form = kim.get("/admin/ranks/expert").await.form("rank").set("name", "Sage");
    let answer = form.set("formula", "points >= 5 and solutons >= 5").send().await.expect(422);

    let problem = answer.problem("formula").unwrap();
    assert_eq!(
        problem,
        "At character 17: There is no metric “solutons”. Did you mean “solutions”?"
    );
    assert_eq!(answer.texts("#formula"), ["points >= 5 and solutons >= 5"]);
    assert!(answer.texts(".pointed").concat().ends_with('^'));
    assert_eq!(answer.form("rank").value("name"), "Sage");
    let form = answer.form("rank").set("formula", "replies(\"nowhere\") >= 5");
    let answer = form.send().await.expect(422);
    assert!(answer.words().contains("There is no board “nowhere”"));
    assert!(!world.guest().get("/ranks").await.words().contains("Sage"));
}

#[tokio::test]
async fn a_rank_is_added_to_the_ladder_and_taken_from_it_while_nobody_holds_it() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    ada.start("help", "A lamp flickers", "It does.").await;
    let form = kim.get("/admin/new-rank").await.form("rank").set("name", "Starter");
    let form = form.set("formula", "threads >= 1").set("above", "newcomer").set("tone", "3");

    let look = form.send().await.expect(200);
    assert_eq!(look.texts("#simulation td"), ["Newcomer", "Starter up", "1", "@ada"]);
    look.form("rank").send().await.expect(303);
    let names = world.guest().get("/ranks").await.texts(".ladder b");
    assert_eq!(names[..3], ["Newcomer", "Starter", "Neighbour"]);
    count_anew(&world).await;
    assert_eq!(rank(&world, "ada").await, "Starter");

    let page = kim.get("/admin/ranks/starter").await;
    page.form("retire").send().await.expect(403);
    set(&kim, "starter", "threads >= 2").await;
    count_anew(&world).await;
    assert_eq!(rank(&world, "ada").await, "Newcomer");
    page.form("retire").send().await.expect(303);
    let names = world.guest().get("/ranks").await.texts(".ladder b");
    assert_eq!(names[..2], ["Newcomer", "Neighbour"]);
    assert_eq!(names.len(), 10);
    assert!(
        ada.get("/inbox").await.words().contains("no longer Starter"),
        "the notice keeps its name"
    );
    let form = kim.get("/admin/new-rank").await.form("rank").set("name", "Starter");
    let look = form.set("formula", "threads >= 5").send().await.expect(200);
    look.form("rank").send().await.expect(303);
    count_anew(&world).await;
}

#[tokio::test]
async fn a_group_follows_a_rank_that_a_changed_formula_gives_and_takes() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    let form = kim.get("/admin/new-group").await.form("group").set("name", "Regulars");
    let neighbour = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    form.set("rank", &neighbour).send().await.expect(303);
    ada.start("help", "A lamp flickers", "It does.").await;
    let inside = "select count(*) from group_members join members on members.id = member_id
        where handle = 'ada'";
    assert_eq!(world.count(inside).await, 0);

    set(&kim, "neighbour", "threads >= 1").await;
    count_anew(&world).await;
    assert_eq!(world.count(inside).await, 1);

    set(&kim, "neighbour", "threads >= 9").await;
    count_anew(&world).await;
    assert_eq!(world.count(inside).await, 0);
}

#[tokio::test]
async fn a_formula_about_one_board_names_it_to_those_who_may_see_it_alone() {
    let world = World::new().await;
    let (kim, sam) = (world.admin("kim").await, world.staff("sam").await);
    set(&kim, "luminary", "replies(\"staff-room\") >= 3").await;

    let (guest, staff) = (world.guest().get("/ranks").await, sam.get("/ranks").await);

    assert!(guest.words().contains("At least 3 replies on a board that is not open to you"));
    assert!(!guest.words().to_lowercase().contains("staff-room"));
    assert!(!staff.words().contains("not open to you"), "{}", staff.words());
    count_anew(&world).await;
}

#[tokio::test]
async fn a_rank_by_a_role_and_what_it_brings_come_and_go_with_the_role() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    set(&kim, "neighbour", "role(\"moderator\")").await;
    world.group("keepers", Kind::Invitation, &[]).await;
    let neighbour = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    let page = kim.get("/admin/groups/keepers").await;
    page.form("group").set("rank", &neighbour).send().await.expect(303);
    count_anew(&world).await;
    let inside = "select count(*) from group_members join members on members.id = member_id
        where handle like 'ada%' or handle like 'former%'";
    let moderator = [("role", "moderator")];
    assert_eq!(rank(&world, "ada").await, "Newcomer");

    kim.post("/admin/members/ada/roles", &moderator).await.expect(303);
    assert_eq!(rank(&world, "ada").await, "Neighbour", "before any job ran");
    assert_eq!(world.count(inside).await, 1);

    kim.post("/admin/members/ada/roles/undo", &moderator).await.expect(303);
    assert_eq!(rank(&world, "ada").await, "Newcomer");
    assert_eq!(world.count(inside).await, 0);

    kim.post("/admin/members/ada/roles", &moderator).await.expect(303);
    assert_eq!(world.count(inside).await, 1);
    let again = world.sign_in("ada").await;
    again.post("/settings/close", &[("handle", "ada"), ("password", PASSWORD)]).await.expect(303);
    assert_eq!(world.count(inside).await, 0, "roles go with the account");
    drop(ada);
    world.run_jobs().await;
}

#[tokio::test]
async fn whoever_was_counted_before_midnight_is_counted_for_the_new_day_as_well() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    set(&kim, "neighbour", "replies(2d) >= 1").await;
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    bob.say(&thread, "Try this.").await;
    world.run_jobs().await;
    let crowd = "insert into members (handle, handle_skeleton, name, joined_at)
        select 'crowd' || n, 'crowd' || n, 'Crowd', '2026-03-01' from generate_series(1, 1000) as n";
    sqlx::raw_sql(crowd).execute(&mut world.as_owner().await).await.unwrap();
    // Tuesday, the last day of Bob's window; Bob is among the first thousand, and the rest comes after midnight.
    world.advance(Duration::hours(38) + Duration::minutes(59));
    world.run_chores().await;
    assert_eq!(rank(&world, "bob").await, "Neighbour");
    world.advance(Duration::minutes(2));
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from rank_sweep where after_id is null").await, 1);

    for _ in 0..2 {
        world.run_chores().await;
    }

    assert_eq!(rank(&world, "bob").await, "Newcomer", "on the day itself");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_group_takes_in_the_holders_of_a_rank_some_at_a_time_and_lets_others_go_at_once() {
    let world = World::new().await;
    let (kim, ada, bob) =
        (world.admin("kim").await, world.member("ada").await, world.member("bob").await);
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for number in 0..5 {
        bob.say(&thread, &format!("Try number {number}.")).await;
    }
    set(&kim, "neighbour", "points >= 1").await;
    set(&kim, "contributor", "points >= 10").await;
    count_anew(&world).await;
    let id_of = async |slug: &str| {
        world.count(&format!("select id from ranks where slug = '{slug}'")).await.to_string()
    };
    let inside = async || {
        let who = "select handle::text from group_members join members on members.id = member_id
            where group_members.rank_id is not null order by handle";
        world.texts(who).await
    };
    let form = kim.get("/admin/new-group").await.form("group").set("name", "Everybody");
    form.set("rank", &id_of("neighbour").await).send().await.expect(303);
    assert!(inside().await.is_empty(), "not in the request of the administrator");
    count_anew(&world).await;
    assert_eq!(inside().await, ["ada", "bob"]);

    let set_rank = async |slug: &str| {
        let form = kim.get("/admin/groups/everybody").await.form("group");
        form.set("rank", &id_of(slug).await).send().await.expect(303);
    };
    set_rank("contributor").await;
    assert_eq!(inside().await, ["bob"], "who stays was never out, who goes is out at once");
    set_rank("neighbour").await;
    assert_eq!(inside().await, ["bob"]);
    count_anew(&world).await;
    assert_eq!(inside().await, ["ada", "bob"]);
}

#[tokio::test]
async fn the_doctor_mends_ranks_together_with_the_groups_that_they_bring_into() {
    let world = World::new().await;
    let (kim, ada) = (world.admin("kim").await, world.member("ada").await);
    set(&kim, "neighbour", "threads >= 1").await;
    let neighbour = world.count("select id from ranks where slug = 'neighbour'").await.to_string();
    let form = kim.get("/admin/new-group").await.form("group").set("name", "Regulars");
    form.set("rank", &neighbour).send().await.expect(303);
    count_anew(&world).await;
    ada.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;
    let inside = "select count(*) from group_members where rank_id is not null";
    let mut db = world.as_owner().await;
    for broken in [
        "delete from group_members; update member_ranks set rank_id = (select id from ranks where position = 1)",
        "delete from group_members",
    ] {
        assert_eq!(world.count(inside).await, 1);
        sqlx::raw_sql(broken).execute(&mut db).await.unwrap();

        doctor::repair(&mut db, world.app.now()).await.unwrap();

        let findings = doctor::examine(&mut db, world.app.now()).await.unwrap();
        let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong > 0).collect();
        assert!(wrong.is_empty(), "{broken}: {wrong:?}");
    }
    assert_eq!(world.count(inside).await, 1);
    assert_eq!(rank(&world, "ada").await, "Neighbour");
}

#[tokio::test]
async fn whoever_holds_a_rank_or_a_higher_one_may_what_it_lets_them() {
    let world = World::new().await;
    let (kim, ada, bob, cleo) = (
        world.admin("kim").await,
        world.member("ada").await,
        world.member("bob").await,
        world.member("cleo").await,
    );
    let thread = ada.start("help", "A lamp flickers", "It does.").await;
    for number in 0..15 {
        bob.say(&thread, &format!("Try number {number}.")).await;
    }
    cleo.say(&thread, "Or that.").await;
    assert_eq!(rank(&world, "bob").await, "Contributor");
    let solution = format!("/p/{}/solution", world.post_at(&thread, 17).await);
    bob.press(&solution).await.expect(403);
    let form = kim.get("/admin/ranks/neighbour").await.form("rank");

    form.set("accept", "on").send().await.expect(303);
    count_anew(&world).await;

    let told = world.guest().get("/ranks").await.texts(".ladder__power");
    assert_eq!(told, ["May accept the solutions of others’ questions."]);
    bob.press(&solution).await.expect(303);
    bob.press(&format!("{solution}/undo")).await.expect(303);
    cleo.press(&solution).await.expect(403);
    let log = kim.get("/admin/log").await.texts(".acts td:last-child");
    assert!(log[0].contains("Accept the solutions of others’ questions: false true"), "{log:?}");

    let form = kim.get("/admin/ranks/neighbour").await.form("rank");
    let told = |name: &'static str| (name, form.value(name).to_owned());
    let unticked = ["name", "icon", "tone", "formula", "kudos_weight"].map(told);
    let unticked = unticked.each_ref().map(|(name, value)| (*name, value.as_str()));
    kim.post("/admin/ranks/neighbour", &unticked).await.expect(303);
    bob.press(&solution).await.expect(403);
    count_anew(&world).await;
    bob.press(&solution).await.expect(403);
    assert!(world.guest().get("/ranks").await.texts(".ladder__power").is_empty());
}

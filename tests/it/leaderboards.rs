//! Leaderboards: who leads by what, where, since when, and what nobody learns from it.

use crate::harness::{Client, World};
use candor::access::Audience;
use time::Duration;

/// Place, name and number of everybody who is listed.
async fn listed(client: &Client, address: &str) -> Vec<String> {
    let page = client.get(address).await.expect(200);
    let names = page.texts(".leaders__who > a");
    let places = page.texts(".leaders__place").into_iter().map(|place| place.replace("Place ", ""));
    let values = page.texts(".leaders__one > data");
    places
        .zip(names)
        .zip(values)
        .map(|((place, name), value)| format!("{place} {name} {value}"))
        .collect()
}

async fn own(client: &Client, address: &str) -> String {
    client.get(address).await.expect(200).texts(".leaders__own").concat()
}

/// As many replies of each to a question of Ada's on a board.
async fn replies(world: &World, board: &str, who: &[(&Client, usize)]) {
    let ada = world.sign_in("ada").await;
    let thread = ada.start(board, "A lamp flickers", "It does.").await;
    for (client, many) in who {
        for number in 0..*many {
            client.say(&thread, &format!("Try number {number}.")).await;
        }
    }
}

#[tokio::test]
async fn those_with_as_much_share_a_place_and_the_next_comes_after_all_of_them() {
    let world = World::new().await;
    let (ada, bob, cleo, dan) = (
        world.member("ada").await,
        world.member("bob").await,
        world.member("cleo").await,
        world.member("dan").await,
    );
    replies(&world, "help", &[(&bob, 3), (&cleo, 2), (&dan, 3), (&ada, 1)]).await;
    world.run_chores().await;
    let address = "/leaderboards?by=replies";

    assert_eq!(listed(&bob, address).await, ["1 Bob 3", "1 Dan 3", "3 Cleo 2", "4 Ada 1"]);
    assert_eq!(listed(&bob, "/leaderboards").await, ["1 Bob 6", "1 Dan 6", "3 Cleo 4", "4 Ada 3"]);
    let page = cleo.get(address).await;
    assert_eq!(page.texts(".leaders [aria-current] .leaders__place"), ["Place 3"]);
    assert!(page.texts(".leaders__own").is_empty(), "whoever is listed is not told once more");
    let eve = world.member("eve").await;
    assert!(own(&eve, address).await.contains("You have nothing here yet"));
    replies(&world, "help", &[(&eve, 2)]).await;
    assert!(
        own(&eve, address).await.starts_with("You are at place 3"),
        "from now, by what they have"
    );
    world.run_jobs().await;
}

#[tokio::test]
async fn ones_own_place_is_shown_however_far_below_the_listed_it_is() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    replies(&world, "help", &[(&ada, 1), (&bob, 2)]).await;
    let crowd = "insert into members (handle, handle_skeleton, name, joined_at)
            select 'crowd' || n, 'crowd' || n, 'Crowd ' || n, '2026-03-01' from generate_series(1, 60) as n;
        insert into metric_events (member_id, metric, board_id, delta, cause, at)
            select members.id, 'replies', boards.id, 2 + members.id % 2, 'crowd:' || members.id, '2026-03-01'
            from members cross join boards where handle like 'crowd%' and boards.slug = 'help'";
    sqlx::raw_sql(crowd).execute(&mut world.as_owner().await).await.unwrap();
    world.run_chores().await;
    let address = "/leaderboards?by=replies";

    let page = ada.get(address).await.expect(200);

    assert_eq!(page.texts(".leaders__one").len(), 50);
    assert!(page.words().contains("62 members have a place."));
    assert_eq!(page.texts(".leaders__own"), ["You are at place 62 1 reply"]);
    let his = bob.get(address).await.texts(".leaders [aria-current] .leaders__place");
    assert_eq!(his, ["Place 31"], "thirty have three");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_window_looks_back_so_many_days_and_what_was_undone_is_gone_from_its_day() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    replies(&world, "help", &[(&bob, 2)]).await;
    world.advance(Duration::days(10));
    for client in [&ada, &bob] {
        client.get("/").await.expect(200);
    }
    replies(&world, "help", &[(&bob, 1)]).await;
    world.run_chores().await;

    for (window, count) in [("week", 1), ("month", 3), ("quarter", 3), ("ever", 3)] {
        let address = format!("/leaderboards?by=replies&window={window}");
        assert_eq!(listed(&ada, &address).await, [format!("1 Bob {count}")], "{window}");
    }
    let post = world.count("select id from posts where position = 2 order by id limit 1").await;
    bob.press(&format!("/p/{post}/delete")).await.expect(303);
    world.run_chores().await;
    assert_eq!(listed(&ada, "/leaderboards?by=replies&window=week").await, ["1 Bob 1"]);
    assert_eq!(listed(&ada, "/leaderboards?by=replies&window=month").await, ["1 Bob 2"]);
    ada.get("/leaderboards?by=wealth").await.expect(404);
    world.run_jobs().await;
}

#[tokio::test]
async fn nobody_learns_from_it_what_happens_where_they_may_not_look() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let (tom, sam) = (world.moderator("tom").await, world.staff("sam").await);
    replies(&world, "help", &[(&bob, 1), (&sam, 2)]).await;
    replies(&world, "beta", &[(&bob, 4)]).await;
    let hidden = tom.start("staff-room", "A lamp for Ada", "As a gift.").await;
    for number in 0..7 {
        sam.say(&hidden, &format!("Number {number}.")).await;
    }
    world.run_chores().await;
    let all = "/leaderboards?by=replies";

    assert_eq!(listed(&world.guest(), all).await, ["1 Sam 2", "2 Bob 1"]);
    assert_eq!(listed(&ada, all).await, ["1 Bob 5", "2 Sam 2"]);
    assert_eq!(
        listed(&tom, all).await,
        listed(&ada, all).await,
        "whoever sees more reads the same"
    );
    assert!(own(&sam, "/leaderboards?by=solutions").await.contains("nothing here yet"));
    assert_eq!(listed(&ada, "/leaderboards?by=replies&staff=without").await, ["1 Bob 5"]);
    let left_out = own(&sam, "/leaderboards?by=replies&staff=without").await;
    assert!(left_out.contains("Staff are left out here"), "{left_out}");

    assert_eq!(listed(&sam, "/b/staff-room/leaderboard?by=replies").await, ["1 Sam 7"]);
    for (client, board, status) in
        [(&ada, "staff-room", 404), (&ada, "nowhere", 404), (&ada, "beta", 200)]
    {
        assert_eq!(client.status(&format!("/b/{board}/leaderboard")).await, status, "{board}");
    }
    assert_eq!(world.guest().status("/b/beta/leaderboard").await, 404);
    world.reopen("beta", Audience::Staff).await;
    world.run_chores().await;
    assert_eq!(listed(&ada, all).await, ["1 Sam 2", "2 Bob 1"], "a board that is shut takes along");
    world.run_jobs().await;
}

#[tokio::test]
async fn who_chose_to_stand_on_none_stands_on_none_at_once() {
    let world = World::new().await;
    let (ada, bob, cleo) =
        (world.member("ada").await, world.member("bob").await, world.member("cleo").await);
    replies(&world, "help", &[(&bob, 3), (&cleo, 2)]).await;
    world.run_chores().await;
    let address = "/leaderboards?by=replies";
    let choose = async |fields: &[(&str, &str)]| {
        let said = [&[("name", "Bob"), ("about", "")][..], fields].concat();
        bob.post("/settings", &said).await.expect(303);
    };

    choose(&[]).await;
    assert_eq!(listed(&ada, address).await, ["2 Cleo 2"]);
    assert!(own(&bob, address).await.contains("You chose to stand on no leaderboard"));
    world.run_chores().await;
    assert_eq!(listed(&ada, address).await, ["1 Cleo 2"]);

    choose(&[("listed", "on")]).await;
    world.run_chores().await;
    assert_eq!(listed(&ada, address).await, ["1 Bob 3", "2 Cleo 2"]);
    world.run_jobs().await;
}

//! The puzzle at sign-up, and the way for those whose browser runs no script.

use crate::harness::{Answer, Client, PASSWORD, World};
use futures_util::future::join_all;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Executor};
use time::Duration;

async fn asking() -> World {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("proof_of_work", "always").send().await.expect(303);
    world
}

fn filled_in(page: &Answer, handle: &str) -> crate::harness::Form {
    let form = page.form("/sign-up").set("handle", handle).set("name", "Ada Lind");
    form.set("email", &format!("{handle}@example.com")).set("password", PASSWORD)
}

/// What a browser makes of a puzzle.
fn solved(page: &Answer) -> String {
    let number =
        |name: &str| page.part("proof-of-work").attr(name).unwrap().parse::<u32>().unwrap();
    let (parts, bits) = (number("data-parts"), number("data-bits"));
    let seed = Sha256::digest(page.form("/sign-up").value("puzzle"));
    let fits = |part: u32, number: u32| {
        let hash = Sha256::new().chain_update(seed).chain_update(part.to_be_bytes());
        let hash = hash.chain_update(number.to_be_bytes()).finalize();
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) >> (32 - bits) == 0
    };
    let solve = |part| (0..).find(|number| fits(part, *number)).unwrap().to_string();
    (0..parts).map(solve).collect::<Vec<_>>().join(".")
}

#[tokio::test]
async fn a_browser_that_has_worked_is_let_in_at_once() {
    let world = asking().await;
    let ada = world.guest();

    let page = ada.get("/sign-up").await.expect(200);
    filled_in(&page, "ada").set("work", &solved(&page)).send().await.expect(303);
    world.run_jobs().await;

    ada.get("/settings").await.expect(200);
    assert!(world.link_to("ada@example.com").starts_with("/confirm/"));
}

#[tokio::test]
async fn a_puzzle_is_good_once_however_many_use_it_at_the_same_time() {
    let world = asking().await;
    let page = world.guest().get("/sign-up").await.expect(200);
    let (puzzle, work) = (page.form("/sign-up").value("puzzle").to_owned(), solved(&page));

    let all = (0..6).map(async |number| {
        let (handle, email) = (format!("ada{number}"), format!("ada{number}@example.com"));
        let fields = [
            ("handle", &handle[..]),
            ("name", "Ada"),
            ("email", &email),
            ("password", PASSWORD),
            ("puzzle", &puzzle),
            ("work", &work),
        ];
        world.guest().post("/sign-up", &fields).await
    });
    let answers = join_all(all).await;

    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
    let again = answers.iter().find(|answer| answer.status == 422).expect("others are told");
    assert!(again.problem("password").is_some_and(|words| words.contains("puzzle")));
    assert_ne!(again.form("/sign-up").value("puzzle"), puzzle, "there is another to solve");
    world.run_jobs().await;
}

#[tokio::test]
async fn work_that_was_done_counts_after_a_field_was_put_right() {
    let world = asking().await;
    world.account("ada").await;
    let page = world.guest().get("/sign-up").await.expect(200);

    let taken = filled_in(&page, "ada").set("work", &solved(&page)).send().await.expect(422);
    let form = taken.form("/sign-up").set("handle", "ada-two").set("password", PASSWORD);
    form.send().await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn work_that_is_wrong_made_up_or_too_old_is_asked_for_again() {
    let world = asking().await;
    let ada = world.guest();
    let page = ada.get("/sign-up").await.expect(200);
    let work = solved(&page);

    filled_in(&page, "ada").set("work", "1.2.3").send().await.expect(422);
    filled_in(&page, "ada").set("puzzle", "made-up").send().await.expect(422);
    world.advance(Duration::HOUR);
    let late = filled_in(&page, "ada").set("work", &work).send().await.expect(422);

    assert_eq!(world.count("select count(*) from members where handle = 'ada'").await, 0);
    let form = late.form("/sign-up").set("work", &solved(&late)).set("password", PASSWORD);
    form.send().await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn without_a_script_the_account_begins_by_a_mail_that_comes_later() {
    let world = asking().await;
    let ada = world.guest();
    let page = ada.get("/sign-up").await.expect(200);
    assert!(page.words().contains("comes a quarter of an hour later"), "{}", page.words());

    let waiting = filled_in(&page, "ada").send().await.expect(303).follow().await.expect(200);
    assert!(waiting.words().contains("A mail is on its way"), "{}", waiting.words());
    let again = [("login", "ada"), ("password", PASSWORD)];
    assert_eq!(ada.post("/sign-in", &again).await.location(), "/sign-up/waiting");
    ada.press("/sign-up/waiting/mail").await;
    world.advance(Duration::minutes(14));
    world.run_jobs().await;
    assert!(world.mails().is_empty(), "nobody gets it sooner by asking");
    assert_eq!(world.count("select count(*) from members where handle = 'ada'").await, 0);
    world.advance(Duration::minutes(1));
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");
    let joined = ada.press(&link).await.expect(303);
    world.run_jobs().await;

    assert_eq!(joined.location(), "/sign-in");
    let ada = world.sign_in("ada").await;
    let security = ada.get("/settings/security").await.expect(200);
    assert!(security.words().contains("ada@example.com – confirmed"), "{}", security.words());
    ada.get(&link).await.expect(422);
}

#[tokio::test]
async fn whoever_opens_the_later_mail_meets_the_community_as_it_is_then() {
    let world = asking().await;
    let kim = world.sign_in("kim").await;
    for (handle, mode) in [("ada", "invitation"), ("eve", "closed"), ("joe", "approval")] {
        let browser = world.guest();
        let page = browser.get("/sign-up").await.expect(200);
        filled_in(&page, handle).send().await.expect(303);
        world.advance(Duration::minutes(16));
        world.run_jobs().await;
        let choose = async |mode| {
            let form = kim.get("/admin/settings").await.form("settings");
            form.set("sign_up", mode).send().await.expect(303);
        };
        choose(mode).await;

        let opened = browser.press(&world.link_to(&format!("{handle}@example.com"))).await;

        assert_eq!(opened.status, if mode == "approval" { 303 } else { 422 }, "{mode}");
        let members = format!("select count(*) from members where handle = '{handle}'");
        assert_eq!(world.count(&members).await, 0, "{mode}");
        choose("open").await;
    }
    let queue = kim.get("/admin/approvals").await.expect(200).words();
    assert!(queue.contains("@joe") && !queue.contains("@ada"), "{queue}");
}

#[tokio::test]
async fn more_than_a_hundred_at_once_do_not_take_the_slow_way() {
    let world = asking().await;
    // A hundred who really sign up would hash for long.
    let sql = format!(
        "insert into applications (
            waits_for, handle, handle_skeleton, name, email, password_hash, applied_at, mail_at, erase_at
        )
        select 'mail', 'p' || n, 'p' || n, 'P', 'p@example.com', 'none', at, at + interval '15 minutes', at + interval '7 days'
        from generate_series(1, 100) as n
        cross join (select timestamptz '{}' as at) as now",
        world.app.now()
    );
    world.as_app().await.execute(AssertSqlSafe(sql)).await.unwrap();

    let page = world.guest().get("/sign-up").await.expect(200);
    filled_in(&page, "ada").send().await.expect(403);
    world.advance(Duration::minutes(16));
    let page = world.guest().get("/sign-up").await.expect(200);
    filled_in(&page, "ada").send().await.expect(303);
    world.advance(Duration::minutes(16));
    world.run_jobs().await;
}

/// Signs up from a network of its own, with the form drawn a while ago.
async fn from_anywhere(client: &Client, number: usize) -> Answer {
    let (handle, email) = (format!("ada{number}"), format!("ada{number}@example.com"));
    let fields = [
        ("handle", &handle[..]),
        ("name", "Ada"),
        ("email", &email),
        ("password", PASSWORD),
        ("drawn", "0"),
    ];
    let ask = client.ask(axum::http::Method::POST, "/sign-up").fields(&fields);
    ask.header("x-forwarded-for", &format!("203.0.113.{number}")).send().await
}

#[tokio::test]
async fn under_attack_and_only_then_browsers_are_asked_to_work() {
    let world = World::with_rate_limits().await;
    assert!(world.guest().get("/sign-up").await.texts("proof-of-work").is_empty());

    for number in 0..20 {
        from_anywhere(&world.guest(), number).await.expect(303);
    }
    let asked = from_anywhere(&world.guest(), 20).await.expect(422);
    assert!(asked.problem("password").is_some_and(|words| words.contains("puzzle")));
    assert!(!world.guest().get("/sign-up").await.texts("proof-of-work").is_empty());
    let form = asked.form("/sign-up").set("work", &solved(&asked)).set("password", PASSWORD);
    form.send().await.expect(303);

    world.advance(Duration::minutes(10));
    assert!(world.guest().get("/sign-up").await.texts("proof-of-work").is_empty());
    world.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_is_work_enough() {
    let world = asking().await;
    let kim = world.sign_in("kim").await;
    let made = kim.post("/admin/invitations", &[("uses", "1"), ("days", "3")]).await.expect(200);
    let link = made.part("#link").attr("value").expect("a link").to_owned();
    let link = &link[link.find("/join/").expect("an invitation")..];

    let page = world.guest().get(link).await.expect(200);

    assert!(page.texts("proof-of-work").is_empty());
    let form = page.form(link).set("handle", "ada").set("name", "Ada");
    form.set("email", "ada@example.com").set("password", PASSWORD).send().await.expect(303);
    world.run_jobs().await;
}

//! Closing an account, coming back, and taking a copy of everything.

mod copied;
mod erased;
mod meanwhile;
mod planted;

use crate::harness::{Answer, Client, PASSWORD, World};
use planted::{EMAIL, HANDLE, Planted};
use sqlx::{AssertSqlSafe, Connection, Executor};
use time::Duration;

/// Signs up with a handle, and says what is wrong with it.
async fn wants(client: &Client, handle: &str) -> Answer {
    let page = client.get("/sign-up").await.expect(200);
    let form = page.form("/sign-up").set("handle", handle).set("name", "Somebody");
    form.set("email", "somebody@example.com").set("password", PASSWORD).send().await
}

#[tokio::test]
async fn an_account_is_closed_by_whoever_knows_its_handle_and_password() {
    let planted = Planted::new().await;
    let page = planted.browser.get("/settings/close").await.expect(200);
    assert!(page.words().contains("Former member"));

    for (handle, password) in [(HANDLE, "not it at all"), ("bob", PASSWORD), (HANDLE, "")] {
        let form = page.form("/settings/close").set("handle", handle);
        form.set("password", password).send().await.expect(422);
    }

    planted.browser.get("/settings").await.expect(200);
}

#[tokio::test]
async fn others_see_a_former_member_at_once() {
    let planted = Planted::new().await;
    let other_browser = planted.world.browser_of(planted.member).await;

    planted.close().await;

    assert_eq!(planted.bob.get(&format!("/m/{HANDLE}")).await.status, 404);
    assert_eq!(planted.bob.get(&format!("/m/~{}", planted.member)).await.status, 404);
    for address in [&planted.asked.url, &planted.answered.url, "/", "/boards", "/search?q=lamp"] {
        let page = planted.bob.get(address).await.expect(200);
        assert!(!page.text.to_lowercase().contains("vantorpel"), "{address}");
    }
    let page = planted.bob.get(&planted.answered.url).await.expect(200);
    assert!(page.words().contains("Former member"));
    assert_eq!(
        other_browser.get("/settings").await.expect(303).location(),
        "/sign-in?back=%2Fsettings"
    );
    let mails = planted.world.mails().len();
    planted.bob.say(&planted.asked, "Still there?").await;
    planted.world.run_jobs().await;
    assert_eq!(planted.world.mails().len(), mails, "nobody is mailed who has left");
}

#[tokio::test]
async fn signing_in_within_a_fortnight_brings_everything_back() {
    let planted = Planted::new().await;
    let world = &planted.world;
    planted.close().await;
    world.advance(Duration::days(13));
    // The one second factor that is in force.
    world.as_app().await.execute("delete from passkeys").await.unwrap();

    planted.sign_in().await;

    let page = planted.bob.get(&format!("/m/{HANDLE}")).await.expect(200);
    assert!(page.words().contains("wolframite"));
    let security = planted.browser.get("/settings/security").await.expect(200);
    assert!(security.words().contains(EMAIL));
    // Roles are not given back.
    assert!(!page.words().contains("Staff"));
    world.advance(Duration::days(2));
    world.run_jobs().await;
    planted.browser.get("/settings").await.expect(200);
    assert_eq!(planted.bob.get(&format!("/m/{HANDLE}")).await.status, 200);
}

#[tokio::test]
async fn a_password_alone_brings_nothing_back_where_there_is_a_second_factor() {
    let planted = Planted::new().await;
    planted.close().await;

    let fields = [("login", HANDLE), ("password", PASSWORD)];
    let answer = planted.world.guest().post("/sign-in", &fields).await.expect(303);

    assert!(answer.location().starts_with("/sign-in/second-step"), "{}", answer.location());
    assert_eq!(planted.bob.get(&format!("/m/{HANDLE}")).await.status, 404);
    assert_eq!(planted.world.count("select count(*) from closed_accounts").await, 1);
}

#[tokio::test]
async fn the_link_in_the_mail_opens_the_account_and_signs_nobody_in() {
    let planted = Planted::new().await;
    planted.close().await;
    let link = planted.world.link_to(EMAIL);
    assert!(link.starts_with("/reopen/"), "{link}");

    let reader = planted.world.guest();
    let page = reader.get(&link).await.expect(200);
    assert_eq!(planted.bob.get(&format!("/m/{HANDLE}")).await.status, 404);
    assert_eq!(page.form(&link).send().await.expect(303).location(), "/sign-in");

    planted.bob.get(&format!("/m/{HANDLE}")).await.expect(200);
    reader.get("/settings").await.expect(303);
    reader.get(&link).await.expect(422);
}

#[tokio::test]
async fn nobody_ever_takes_the_handle_of_somebody_who_left() {
    let planted = Planted::new().await;
    let world = &planted.world;

    planted.close().await;
    wants(&world.guest(), HANDLE).await.expect(422);
    world.advance(Duration::days(14));
    world.run_jobs().await;

    for handle in [HANDLE, "Zquillon", "z.quillon"] {
        let answer = wants(&world.guest(), handle).await.expect(422);
        assert!(answer.problem("handle").is_some_and(|words| words.contains("Somebody has")));
    }
    wants(&world.guest(), "quillon").await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() {
    let world = World::new().await;
    let (ruth, rita) = (world.admin("ruth").await, world.admin("rita").await);
    let close = [("handle", "rita")];

    rita.post("/settings/close", &close).await.expect(303);
    let refused = ruth.post("/settings/close", &[("handle", "ruth")]).await.expect(403);

    assert!(refused.words().contains("Somebody has to run the community"));
    ruth.get("/admin").await.expect(200);
    world.run_jobs().await;
}

#[tokio::test]
async fn an_administrator_closes_an_account_for_its_member_and_is_named_with_a_number_alone() {
    let planted = Planted::new().await;
    let world = &planted.world;
    let rita = world.admin("rita").await;
    let page = rita.get(&format!("/admin/members/{HANDLE}/close")).await.expect(200);

    let form = page.form(&format!("/admin/members/{HANDLE}/close"));
    form.set("handle", "bob").send().await.expect(422);
    let form = page.form(&format!("/admin/members/{HANDLE}/close")).set("handle", HANDLE);
    form.set("at_once", "yes").send().await.expect(303);
    world.run_jobs().await;

    let logged =
        world.texts("select admin_log::text from admin_log order by id desc limit 1").await;
    assert!(logged[0].contains("close_account") && !logged[0].contains(HANDLE), "{logged:?}");
    let page = rita.get("/admin/log").await.expect(200);
    assert!(page.words().contains("Closed an account"));
    assert!(!page.words().contains(HANDLE));
    let left = world.count("select count(*) from members where email like 'xenodochy%'").await;
    assert_eq!(left, 0);
    assert_eq!(world.count("select count(*) from closed_accounts").await, 0);
}

/// Ann signs in by a passkey while her account is being erased. Both come upon her account held, and go on
/// in the order in which they came.
async fn signs_in_while_erased(who_is_first: &str) -> (World, Client) {
    let world = World::new().await;
    let (ann, mut phone, _) = world.with_passkey("ann").await;
    let id = world.id_of("ann").await;
    ann.post("/settings/close", &[("handle", "ann"), ("password", PASSWORD)]).await.expect(303);
    world.advance(Duration::days(14));
    let (challenge, asked) = ann.asked_for_passkey("/sign-in/passkey/ask").await;
    let credential = phone.show(&asked);
    let fields = [("challenge", &challenge[..]), ("credential", &credential)];
    let mut other = world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    let hold = format!("select from members where id = {id} for update");
    sqlx::raw_sql(AssertSqlSafe(hold)).execute(&mut *holding).await.unwrap();

    let after = |place: u64| tokio::time::sleep(std::time::Duration::from_millis(300 * place));
    let erased_first = u64::from(who_is_first == "erasure");
    tokio::join!(
        async {
            after(erased_first).await;
            ann.post("/sign-in/passkey", &fields).await;
        },
        async {
            after(1 - erased_first).await;
            world.run_jobs().await;
        },
        async {
            after(2).await;
            holding.commit().await.unwrap();
        },
    );
    world.run_jobs().await;
    (world, ann)
}

#[tokio::test]
async fn who_comes_back_just_before_the_account_is_erased_keeps_it() {
    let (world, ann) = signs_in_while_erased("sign-in").await;

    assert!(ann.is_signed_in().await);
    assert_eq!(world.count("select count(*) from members where erased_at is not null").await, 0);
}

#[tokio::test]
async fn who_comes_back_just_after_it_finds_no_account() {
    let (world, ann) = signs_in_while_erased("erasure").await;

    assert!(!ann.is_signed_in().await);
    assert_eq!(world.count("select count(*) from members where erased_at is not null").await, 1);
    assert_eq!(world.count("select count(*) from sessions").await, 0);
}

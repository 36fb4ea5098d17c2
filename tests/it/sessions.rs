//! Where a member is signed in: seen, ended, and ending by itself.

use crate::harness::{Answer, Client, PASSWORD, World};
use axum::http::Method;
use candor::{
    chores::CHORES,
    members::{Role, promote},
};
use sqlx::Connection;
use time::Duration;

const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1";

async fn sign_in(world: &World, login: &str, user_agent: &str) -> Client {
    let client = world.guest();
    let fields = [("login", login), ("password", PASSWORD)];
    let ask = client.ask(Method::POST, "/sign-in").header("user-agent", user_agent);
    ask.fields(&fields).send().await.expect(303);
    client
}

async fn is_signed_in(client: &Client) -> bool {
    client.get("/settings").await.status == 200
}

/// The lines of the list.
fn lines(page: &Answer) -> Vec<String> {
    page.texts(".sessions b")
}

#[tokio::test]
async fn a_member_sees_where_they_are_signed_in() {
    let world = World::new().await;
    world.account("ada").await;
    let computer = sign_in(&world, "ada", FIREFOX).await;
    world.advance(Duration::hours(2));
    let phone = sign_in(&world, "ada", SAFARI).await;
    world.advance(Duration::days(3));
    computer.get("/").await.expect(200);

    let page = phone.get("/settings/sessions").await.expect(200);

    assert_eq!(lines(&page), ["Safari on iPhone", "Firefox on Windows"]);
    assert_eq!(page.texts(".sessions .chip"), ["This one"]);
    let started = page.texts(".sessions p");
    assert!(started[1].starts_with("Signed in"), "{started:?}");
    let raw = world.count("select count(*) from sessions where sessions::text like '%Mozilla%'");
    assert_eq!(raw.await, 0, "what a browser says of itself is not kept");
}

#[tokio::test]
async fn a_member_ends_one_session() {
    let world = World::new().await;
    world.account("ada").await;
    let computer = sign_in(&world, "ada", FIREFOX).await;
    let phone = sign_in(&world, "ada", SAFARI).await;

    let page = phone.get("/settings/sessions").await;
    let answer = page.button("End Firefox on Windows").send().await.expect(303);

    assert_eq!(lines(&answer.follow().await), ["Safari on iPhone"]);
    assert!(!is_signed_in(&computer).await && is_signed_in(&phone).await);
}

#[tokio::test]
async fn a_member_ends_all_other_sessions() {
    let world = World::new().await;
    world.account("ada").await;
    let others =
        [sign_in(&world, "ada", FIREFOX).await, sign_in(&world, "ada", "curl/8.14.1").await];
    let phone = sign_in(&world, "ada", SAFARI).await;
    let bob = world.member("bob").await;

    let page = phone.get("/settings/sessions").await;
    page.button("End all others").send().await.expect(303);

    assert!(!is_signed_in(&others[0]).await && !is_signed_in(&others[1]).await);
    assert!(is_signed_in(&phone).await && is_signed_in(&bob).await);
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = sign_in(&world, "ada", SAFARI).await;
    let other = sign_in(&world, "ada", FIREFOX).await;
    let bob = world.member("bob").await;

    let page = ada.get("/settings/sessions").await;
    let address = page.part(".sessions form").attr("action").unwrap().to_owned();
    bob.post(&address, &[]).await.expect(404);
    bob.post("/settings/sessions/end", &[]).await.expect(303);

    assert!(is_signed_in(&ada).await && is_signed_in(&other).await);
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_unseen_and_after_half_a_year_in_any_case() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);

    world.advance(Duration::days(29));
    assert!(is_signed_in(&ada).await);
    world.advance(Duration::days(29));
    assert!(is_signed_in(&ada).await, "to be seen is to go on");
    assert!(!is_signed_in(&bob).await);
    for _ in 0..6 {
        world.advance(Duration::days(20));
        assert!(is_signed_in(&ada).await);
    }
    world.advance(Duration::days(2));

    assert!(!is_signed_in(&ada).await);
}

#[tokio::test]
async fn signing_in_ends_the_session_that_the_browser_had() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = sign_in(&world, "ada", FIREFOX).await;
    let stolen = ada.copy();

    ada.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);

    assert!(is_signed_in(&ada).await && !is_signed_in(&stolen).await);
    assert_eq!(world.count("select count(*) from sessions").await, 1);
}

#[tokio::test]
async fn a_password_that_is_being_replaced_begins_no_session_afterwards() {
    let world = World::new().await;
    world.account("ada").await;
    let mut other = world.as_owner().await;
    let mut changing = other.begin().await.unwrap();
    let change = "update members set password_hash = 'another' where handle = 'ada'";
    sqlx::raw_sql(change).execute(&mut *changing).await.unwrap();

    let client = world.guest();
    let fields = [("login", "ada"), ("password", PASSWORD)];
    let (answer, ()) = tokio::join!(client.post("/sign-in", &fields), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        changing.commit().await.unwrap();
    });

    answer.expect(422);
    assert_eq!(world.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn sessions_that_ended_are_taken_away() {
    let world = World::new().await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    world.advance(Duration::days(29));
    ada.get("/").await.expect(200);
    world.advance(Duration::days(2));

    let chore = CHORES.iter().find(|chore| chore.name == "sessions").unwrap();
    let mut tx = world.app.db.begin().await.unwrap();
    let taken = (chore.run)(&mut tx, world.app.now()).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(taken, 1);
    assert!(is_signed_in(&ada).await && !is_signed_in(&bob).await);
}

#[tokio::test]
async fn a_new_role_comes_with_a_new_sign_in() {
    let world = World::new().await;
    let (ada, tom) = (world.member("ada").await, world.moderator("tom").await);

    promote(&world.app, "ada", Role::Moderator).await.unwrap();
    promote(&world.app, "tom", Role::Moderator).await.unwrap();

    assert!(!is_signed_in(&ada).await, "a cookie known before gains no power");
    assert!(is_signed_in(&tom).await, "nothing was granted");
}

#[tokio::test]
async fn guests_have_no_session() {
    let world = World::new().await;
    world.account("ada").await;
    let guest = world.guest();

    for path in ["/", "/boards", "/search?q=lamp", "/sign-in", "/sign-up", "/settings/sessions"] {
        guest.get(path).await;
    }
    guest.post("/sign-in", &[("login", "ada"), ("password", "not it at all")]).await.expect(422);
    guest.post("/reset-password", &[("login", "ada")]).await.expect(200);
    guest.post("/sign-out", &[]).await.expect(303);

    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from sessions").await, 0);
}

//! What is under way while an account closes or is erased.

use crate::harness::{Answer, Client, PASSWORD, World};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::time::Duration as Wait;
use time::Duration;

/// Runs two things, the one begun before the other, while the row that `what` says is held; both go on in that
/// order when it is let go after `held`.
async fn in_turn<T, U>(
    world: &World,
    what: &str,
    held: Wait,
    first: impl Future<Output = T>,
    then: impl Future<Output = U>,
) -> (T, U) {
    let mut other = world.as_owner().await;
    let mut holding = other.begin().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(what.to_owned())).execute(&mut *holding).await.unwrap();
    let (first, then, ()) = tokio::join!(
        first,
        async {
            tokio::time::sleep(Wait::from_millis(300)).await;
            then.await
        },
        async {
            tokio::time::sleep(held).await;
            holding.commit().await.unwrap();
        },
    );
    (first, then)
}

fn row_of(handle: &str) -> String {
    format!("select from members where handle = '{handle}' for update")
}

async fn closes(admin: &Client, handle: &str) -> Answer {
    admin.post(&format!("/admin/members/{handle}/close"), &[("handle", handle)]).await
}

/// Ann does something while an administrator closes her account.
async fn while_closing(world: &World, ann: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let rita = world.admin("rita").await;
    let held = Wait::from_millis(900);
    let close = closes(&rita, "ann");
    let (closed, answer) =
        in_turn(world, &row_of("ann"), held, close, ann.post(path, fields)).await;
    closed.expect(303);
    world.run_jobs().await;
    answer
}

#[tokio::test]
async fn a_password_that_is_changed_while_the_account_closes_signs_nobody_in() {
    let world = World::new().await;
    world.account("ann").await;
    let ann = world.after_password("ann").await;

    let fields = [("current_password", PASSWORD), ("new_password", "another battery staple")];
    while_closing(&world, &ann, "/settings/password", &fields).await;

    assert!(!ann.is_signed_in().await);
    assert_eq!(
        world
            .count(
                "select count(*) from sessions where member_id in
        (select id from members where closed_at is not null)"
            )
            .await,
        0
    );
}

#[tokio::test]
async fn words_that_are_saved_while_the_account_closes_are_not_shown() {
    let world = World::new().await;
    let ann = world.member("ann").await;

    let fields = [("name", "Ygritte Vantorpel"), ("about", "Keeps wolframite.")];
    while_closing(&world, &ann, "/settings", &fields).await.expect(401);

    assert_eq!(world.count("select count(*) from members where name like '%torpel'").await, 0);
}

#[tokio::test]
async fn of_two_who_close_an_account_at_once_one_does() {
    let world = World::new().await;
    let ann = world.member("ann").await;

    let (one, other, held) = (ann.copy(), ann.copy(), Wait::from_millis(900));
    let close = async |browser: Client| browser.post("/settings/close", &[("handle", "ann")]).await;
    let (first, then) = in_turn(&world, &row_of("ann"), held, close(one), close(other)).await;
    world.run_jobs().await;

    first.expect(303);
    then.expect(401);
}

/// Whether the account's row is free while erasing it waits for another.
async fn is_free(db: &mut PgConnection, handle: &str) -> bool {
    let sql = format!(
        "select from members join closed_accounts on member_id = members.id
        where closed_accounts.handle = '{handle}' for no key update nowait"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(db).await.is_ok()
}

#[tokio::test]
async fn erasing_holds_the_account_after_the_threads_as_everybody_does() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("closed_accounts", "withdraw").send().await.expect(303);
    let (ann, bob) = (world.member("ann").await, world.member("bob").await);
    let thread = bob.start("lounge", "A lamp hums", "It hums.").await;
    ann.say(&thread, "It does.").await;
    world.run_jobs().await;
    ann.post("/settings/close", &[("handle", "ann")]).await.expect(303);
    world.run_jobs().await;
    world.advance(Duration::days(14));

    // As a moderator who removes the post does: the thread first, and then whoever wrote it.
    let mut other = world.as_owner().await;
    let mut removing = other.begin().await.unwrap();
    let hold = format!("select from threads where id = {} for no key update", thread.id);
    sqlx::raw_sql(AssertSqlSafe(hold)).execute(&mut *removing).await.unwrap();
    let ((), free) = tokio::join!(world.run_jobs(), async {
        tokio::time::sleep(Wait::from_millis(900)).await;
        let free = is_free(&mut removing, "ann").await;
        removing.rollback().await.unwrap();
        free
    });

    assert!(free, "each would wait for the other");
    assert_eq!(world.count("select count(*) from members where erased_at is not null").await, 1);
}

#[tokio::test]
async fn two_links_for_a_new_password_do_not_wait_for_each_other() {
    let world = World::new().await;
    world.account("ann").await;
    let mut links = Vec::new();
    for _ in 0..2 {
        world.guest().post("/reset-password", &[("login", "ann")]).await.expect(200);
        world.run_jobs().await;
        links.push(world.link_to("ann@example.com"));
    }

    let browsers = [world.guest(), world.guest()];
    let used = |number: usize| {
        let password = [("password", "another battery staple")];
        let (browser, link) = (browsers[number].clone(), links[number].clone());
        async move { browser.post(&link, &password).await.status.as_u16() }
    };
    let held = Wait::from_secs(3);
    let (first, then) = in_turn(&world, &row_of("ann"), held, used(0), used(1)).await;
    world.run_jobs().await;

    let mut statuses = [first, then];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
}

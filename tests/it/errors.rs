//! What people meet when something goes wrong.

use crate::harness::{PASSWORD, World};
use axum::http::Method;
use candor::route::{SMALL_FORM, TEXT_FORM};
use futures_util::future::join_all;
use sqlx::{AssertSqlSafe, Executor};

/// Breaks a table, or mends it.
async fn rename(world: &World, from: &str, to: &str) {
    let sql = format!("alter table {from} rename to {to}");
    world.as_owner().await.execute(AssertSqlSafe(sql)).await.unwrap();
}

#[tokio::test]
async fn a_lost_page_offers_a_search_and_the_way_home() {
    let world = World::new().await;
    let ada = world.member("ada").await;

    for address in ["/nothing/here", "/%F0%9F%A6%80", "/t", "/assets/0/none.css"] {
        let page = ada.get(address).await.expect(404);
        assert_eq!(page.texts("main h1").len(), 1, "{address}");
        assert_eq!(page.texts("main form[action='/search']").len(), 1, "{address}");
        assert_eq!(page.texts("main a[href='/']").len(), 1, "{address}");
        assert_eq!(
            page.texts(".menu a[href='/m/ada']").len(),
            1,
            "the viewer's own shell: {address}"
        );
    }
}

#[tokio::test]
async fn our_failure_gives_a_number_and_what_was_typed() {
    let world = World::new().await;
    rename(&world, "members", "broken").await;

    let fields =
        [("handle", "ada"), ("name", "Ada"), ("email", "ada@example.com"), ("password", PASSWORD)];
    // The shell needs the same table: the page does without.
    let bare = world.guest().post("/sign-up", &fields).await.expect(500);
    rename(&world, "broken", "members").await;
    rename(&world, "jobs", "broken").await;
    let whole = world.guest().post("/sign-up", &fields).await.expect(500);
    rename(&world, "broken", "jobs").await;

    for page in [&bare, &whole] {
        let form = page.part("main").form("/sign-up");
        assert_eq!((form.value("handle"), form.value("email")), ("ada", "ada@example.com"));
        assert!(!page.text.contains(PASSWORD), "passwords are typed again");
        assert!(!page.text.contains("relation"), "nothing of the cause is told");
        assert_eq!(page.header("x-request-id").len(), 8);
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
    }
    assert_eq!(bare.texts("header").len(), 0);
    assert_eq!(whole.texts("header").len(), 1);
    assert_eq!(world.count("select count(*) from members").await, 0, "all or nothing");
}

#[tokio::test]
async fn a_form_that_no_page_draws_is_a_bad_request() {
    let world = World::new().await;
    let guest = world.guest();

    for (wrong, fields) in [
        ("unknown", &[("login", "ada"), ("password", "x"), ("admin", "1")][..]),
        ("doubled", &[("login", "ada"), ("login", "eve"), ("password", "x")]),
        ("missing", &[("password", "x")]),
    ] {
        let answer = guest.post("/sign-in", fields).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(answer.texts("main h1").len(), 1, "{wrong}");
    }
    let json = guest.ask(Method::POST, "/sign-in").body("application/json", "{}").send().await;
    json.expect(400);
    guest.get("/sign-in?unknown=1").await.expect(400);
}

#[tokio::test]
async fn a_body_may_be_as_long_as_its_form_and_no_longer() {
    let world = World::new().await;
    let guest = world.guest();
    let form = |length: usize| {
        let start = "login=ada&password=";
        format!("{start}{}", "x".repeat(length - start.len()))
    };
    let send = async |length| {
        let ask = guest.ask(Method::POST, "/sign-in");
        ask.body("application/x-www-form-urlencoded", form(length)).send().await
    };

    send(SMALL_FORM).await.expect(422);
    let longer = send(SMALL_FORM + 1).await.expect(413);
    let longest = send(TEXT_FORM + 1).await.expect(413);

    for answer in [longer, longest] {
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.texts("main h1").len(), 1);
    }
}

#[tokio::test]
async fn another_method_is_not_allowed() {
    let world = World::new().await;

    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        world.guest().ask(method, "/sign-in").send().await.expect(405);
    }
    world.guest().ask(Method::POST, "/healthz").send().await.expect(405);
}

#[tokio::test]
async fn a_guest_whose_session_ended_while_typing_keeps_the_text() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let form =
        ada.get("/settings").await.form("/settings").set("about", "A long story.\nIn two lines.");
    ada.copy().post("/sign-out", &[]).await.expect(303);

    let answer = form.send().await.expect(401);

    let typed = answer.part("main").form("/settings");
    assert_eq!(typed.value("about").replace("\r\n", "\n"), "A long story.\nIn two lines.");
    assert_eq!(answer.texts("main a[href='/sign-in']").len(), 1);
}

#[tokio::test]
async fn who_is_sent_away_for_want_of_places_costs_little_and_loses_nothing() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let fields = [("login", "ada.lind"), ("password", PASSWORD)];

    let crowd = (0..60).map(|_| ada.copy()).collect::<Vec<_>>();
    let answers = join_all(crowd.iter().map(|guest| guest.post("/sign-in", &fields))).await;

    let away: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(away.len() >= 20, "{} of 60 were sent away", away.len());
    for page in away {
        assert_eq!(page.header("retry-after"), "2");
        assert_eq!(page.texts("main h1").len(), 1);
        assert_eq!(page.texts("header").len(), 0, "no shell, which would ask the database");
        assert_eq!(page.part("main").form("/sign-in").value("login"), "ada.lind");
        assert!(!page.text.contains(PASSWORD), "passwords are typed again");
    }
}

//! Sent twice, done once: double clicks, the back button, and deeds that are taken back and done again.

use crate::harness::{Client, World};

/// Ada's question on the board for questions; its address.
async fn question(ada: &Client) -> String {
    let form = ada.get("/ask?board=help").await.form("new-thread");
    let form = form.set("title", "Which paper?").set("body", "It jams with all of them.");
    form.send_as("Ask the question").await.expect(303).location().to_owned()
}

/// What a member has earned, by the ledger and by its total.
async fn points(world: &World, handle: &str) -> (i64, i64) {
    let of = |what: &str| {
        format!(
            "select coalesce(sum({what}), 0)::bigint from members
            join metric_{} on member_id = members.id
            where handle = '{handle}' and metric = 'points'",
            if what == "delta" { "events" } else { "totals" },
        )
    };
    (world.count(&of("delta")).await, world.count(&of("total")).await)
}

#[tokio::test]
async fn the_same_reply_sent_twice_at_once_is_one_post() {
    let world = World::new().await;
    let thread = question(&world.member("ada").await).await;
    let ben = world.member("ben").await;
    let page = ben.get(&thread).await;
    let form = || page.form("reply").set("body", "Try the rear tray.");

    let (first, second) = tokio::join!(form().send_as("Post reply"), form().send_as("Post reply"));
    let third = form().send_as("Post reply").await;

    assert_eq!(first.expect(303).location(), format!("{thread}#p2"));
    assert_eq!(second.expect(303).location(), format!("{thread}#p2"));
    assert_eq!(third.expect(303).location(), format!("{thread}#p2"));
    assert_eq!(world.count("select count(*) from posts").await, 2);
    assert_eq!(points(&world, "ben").await, (2, 2));
    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from notifications where kind = 'reply'").await, 1);
}

#[tokio::test]
async fn another_text_by_an_old_form_is_given_back() {
    let world = World::new().await;
    let thread = question(&world.member("ada").await).await;
    let ben = world.member("ben").await;
    let page = ben.get(&thread).await;
    let form = || page.form("reply");
    form().set("body", "Try the rear tray.").send_as("Post reply").await.expect(303);

    // The back button shows the form as it was, and the old text is overwritten.
    let back = form().set("body", "Or the front one.").send_as("Post reply").await.expect(422);

    assert_eq!(back.form("reply").value("body").trim(), "Or the front one.");
    assert_ne!(back.form("reply").value("form_key"), form().value("form_key"));
    assert!(back.problem("body").is_some());
    assert_eq!(world.count("select count(*) from posts").await, 2);

    let sent = back.form("reply").send_as("Post reply").await.expect(303);

    assert_eq!(sent.location(), format!("{thread}#p3"));
    assert_eq!(points(&world, "ben").await, (4, 4));
    world.run_jobs().await;
}

#[tokio::test]
async fn the_back_button_alone_writes_nothing_new() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let empty = ada.get("/ask?board=help").await;
    let form = || empty.form("new-thread").set("title", "Which paper?").set("body", "All jam.");

    let first = form().send_as("Ask the question").await.expect(303);
    let again = form().send_as("Ask the question").await.expect(303);

    assert_eq!(first.location(), again.location());
    assert_eq!(world.count("select count(*) from threads").await, 1);
    assert_eq!(points(&world, "ada").await, (1, 1));
    world.run_jobs().await;
}

#[tokio::test]
async fn a_double_click_on_kudos_counts_once() {
    let world = World::new().await;
    let thread = question(&world.member("ada").await).await;
    let ben = world.member("ben").await;
    let page = ben.get(&thread).await;

    let press = || page.part("#p1").button("Kudos").press();
    let (first, second) = tokio::join!(press(), press());

    for answer in [first, second] {
        assert_eq!(answer.expect(303).location(), format!("{thread}#p1"));
    }
    assert_eq!(world.count("select count(*) from kudos").await, 1);
    assert_eq!(world.count("select kudos::bigint from posts where position = 1").await, 1);
    assert_eq!(world.count("select kudos::bigint from threads").await, 1);
    assert_eq!(points(&world, "ada").await, (5, 5));
    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from notifications where kind = 'kudos'").await, 1);
}

#[tokio::test]
async fn kudos_taken_back_and_given_again_are_three_entries() {
    let world = World::new().await;
    let thread = question(&world.member("ada").await).await;
    let ben = world.member("ben").await;

    // The same button gives and takes back.
    for words in ["Kudos", "Kudos 1", "Kudos"] {
        ben.get(&thread).await.part("#p1").button(words).press().await.expect(303);
    }

    let ledger = "from metric_events where metric = 'points' and cause like 'kudos:%'";
    assert_eq!(world.count(&format!("select count(*) {ledger}")).await, 3);
    assert_eq!(world.count(&format!("select sum(delta)::bigint {ledger}")).await, 4);
    assert_eq!(points(&world, "ada").await, (5, 5));
    assert_eq!(world.count("select kudos::bigint from threads").await, 1);
    world.run_jobs().await;
    assert_eq!(world.count("select count(*) from notifications where kind = 'kudos'").await, 1);
}

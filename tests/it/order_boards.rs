//! Boards and categories are put into another order, one by one and as a whole.

use crate::harness::{Answer, Client, World};

/// What the script on the page sends: everything in its new order.
fn arranged<'a>(page: &Answer, boards: &[&'a str]) -> Vec<(String, &'a str)> {
    let version = page.form("order").value("version").to_owned();
    let mut fields = vec![("category".to_owned(), "community")];
    fields.extend(boards.iter().map(|board| ("board".to_owned(), *board)));
    fields.insert(0, ("version".to_owned(), Box::leak(version.into_boxed_str())));
    fields
}

async fn send(client: &Client, fields: &[(String, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    client.post("/admin/order", &fields).await
}

async fn order(client: &Client) -> String {
    client.get("/boards").await.texts("main h3").join(" ")
}

async fn log(client: &Client) -> Vec<String> {
    client.get("/admin/log").await.expect(200).texts(".acts td:last-child")
}

#[tokio::test]
async fn a_whole_order_is_saved_and_the_log_tells_what_was_moved() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let page = kim.get("/admin/boards").await.expect(200);
    let mut fields = arranged(&page, &["lounge", "news", "beta", "help", "staff-room"]);
    fields.push(("at".to_owned(), "board-help-grip"));

    let saved = send(&kim, &fields).await.expect(303);

    assert_eq!(saved.location(), "/admin/boards?at=board-help-grip");
    assert!(saved.follow().await.words().contains("The order is saved."));
    assert_eq!(order(&kim).await, "Lounge News Beta Help Staff room");
    assert_eq!(log(&kim).await[..1], ["Moved the board Help Place: 1 4"]);
    assert_eq!(log(&kim).await.len(), 2, "and Kim's own role");
    let page = kim.get("/admin/boards").await;
    let same = arranged(&page, &["lounge", "news", "beta", "help", "staff-room"]);
    send(&kim, &same).await.expect(303);
    assert_eq!(log(&kim).await.len(), 2, "what changes nothing is not logged");
}

#[tokio::test]
async fn categories_are_put_in_order_with_their_boards() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/new-category").await.form("heading").set("name", "Attic");
    form.send().await.expect(303);
    let page = kim.get("/admin/boards").await;
    let mut fields = arranged(&page, &["help", "lounge", "news", "beta", "staff-room"]);
    fields.insert(1, ("category".to_owned(), "attic"));

    send(&kim, &fields).await.expect(303);

    assert_eq!(
        kim.get("/admin/boards").await.texts("main section h2").join(" "),
        "Attic Community"
    );
    assert!(log(&kim).await[0].starts_with("Moved the category "), "{:?}", log(&kim).await[0]);
}

#[tokio::test]
async fn of_two_administrators_at_once_one_is_shown_both_orders_and_chooses() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    let page = kim.get("/admin/boards").await;
    let one = arranged(&page, &["staff-room", "help", "lounge", "news", "beta"]);
    let other = arranged(&page, &["help", "news", "lounge", "beta", "staff-room"]);

    let (kims, lous) = tokio::join!(send(&kim, &one), send(&lou, &other));

    let mut answers = [kims.status.as_u16(), lous.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    let (late, both) = if kims.status == 409 { (&kim, kims) } else { (&lou, lous) };
    let shown = |id: &str| both.texts(&format!("[aria-labelledby={id}] ol ol li")).join(" ");
    assert_eq!(shown("now"), order(&kim).await);
    assert_ne!(shown("now"), shown("yours"));
    let wanted = shown("yours");
    both.form("order").send_as("Use my order").await.expect(303);
    assert_eq!(order(late).await, wanted);
}

#[tokio::test]
async fn an_order_that_does_not_fit_any_more_is_shown_and_changes_nothing() {
    let world = World::new().await;
    let (kim, lou) = (world.admin("kim").await, world.admin("lou").await);
    let page = kim.get("/admin/boards").await;
    let fields = arranged(&page, &["staff-room", "help", "lounge", "news", "beta"]);
    let form = lou.get("/admin/new-board?category=community").await.form("board");
    form.set("name", "Old lamps").send().await.expect(303);

    let both = send(&kim, &fields).await.expect(409);

    assert!(both.words().contains("added or moved boards"), "{}", both.words());
    assert!(!both.words().contains("Use my order"));
    let page = kim.get("/admin/boards").await;
    for boards in [
        &["help", "lounge"][..],
        &["help"; 6],
        &["help", "lounge", "news", "beta", "staff-room", "none"],
    ] {
        send(&kim, &arranged(&page, boards)).await.expect(400);
    }
    assert_eq!(order(&kim).await, "Help Lounge News Beta Staff room Old lamps");
}

#[tokio::test]
async fn a_button_keeps_the_focus_after_it_moved_something() {
    let world = World::new().await;
    let kim = world.admin("kim").await;

    let moved = kim.get("/admin/boards").await.button("Move News up").send().await.expect(303);

    let page = moved.follow().await.expect(200);
    assert_eq!(page.texts("[autofocus]"), ["Move News up"]);
    let moved = page.button("Move Community down").send().await.expect(303);
    assert_eq!(moved.follow().await.texts("[autofocus]"), ["Move Community down"]);
}

//! The first visitor of an empty installation is led through set-up.

use crate::harness::{Answer, Client, Form, PASSWORD, PUBLIC, World};
use axum::http::Method;
use candor::{
    members::{self, NewMember},
    set_up::{self, Start},
};
use time::Duration;

const FLAGS: [&str; 4] = ["--public-url", PUBLIC, "--rate-limits", "off"];

/// What the server prints when it starts.
async fn started(world: &World) -> String {
    match set_up::begin(&world.app).await.unwrap() {
        Start::Open(code) => code.words(),
        Start::NoAdministrator => panic!("there are members"),
        Start::Over => panic!("set-up is over"),
    }
}

async fn enter(client: &Client, code: &str) -> Answer {
    client.get("/set-up").await.expect(200).form("code").set("code", code).send().await
}

/// A browser that has shown the code, and the first page.
async fn let_in(world: &World, code: &str) -> (Client, Answer) {
    let client = world.guest();
    assert_eq!(enter(&client, code).await.expect(303).location(), "/set-up");
    let page = client.get("/set-up").await.expect(200);
    (client, page)
}

/// The last page filled in.
async fn filled(first: &Answer, handle: &str) -> Form {
    let community = first.form("community").set("community", &format!("Lamps of {handle}"));
    let page = community.set("brand_color", "#7a1fa2").send().await.expect(200);
    let form = page.form("administrator").set("handle", handle).set("name", "Ruth Brand");
    form.set("email", &format!("{handle}@example.com")).set("password", PASSWORD)
}

#[tokio::test]
async fn an_empty_installation_leads_everybody_to_set_up() {
    let world = World::fresh(&FLAGS).await;
    started(&world).await;
    let guest = world.guest();

    for path in ["/", "/sign-up", "/sign-in", "/t/1/printer", "/admin", "/nowhere", "/set-up/more"]
    {
        assert_eq!(guest.get(path).await.expect(303).location(), "/set-up", "{path}");
    }
    let fields = [("handle", "mallory"), ("name", "M"), ("email", "m@example.com")];
    let fields = [&fields[..], &[("password", PASSWORD), ("drawn", "0")]].concat();
    assert_eq!(guest.post("/sign-up", &fields).await.expect(303).location(), "/set-up");
    assert_eq!(world.count("select count(*) from members").await, 0);
    for path in ["/healthz", "/readyz", candor::web::stylesheet()] {
        guest.get(path).await.expect(200);
    }
    insta::assert_snapshot!(guest.get("/set-up").await.expect(200).outline());
}

#[tokio::test]
async fn whoever_has_the_code_founds_the_community_and_runs_it() {
    let mut world = World::fresh(&FLAGS).await;
    let code = started(&world).await;
    let (ruth, first) = let_in(&world, &code.to_uppercase().replace('-', " ")).await;
    insta::assert_snapshot!(first.outline());

    let form = first.form("community").set("community", "Lampworks").set("brand_color", "#7A1FA2");
    let form = form.set("board_ideas", "yes").set("board_ideas_name", "Wishes");
    let last = form.set("sign_up", "closed").send().await.expect(200);
    assert!(last.texts(".brand").concat().contains("Lampworks"), "drawn as it will be");
    assert!(last.text.contains("brand-7a1fa2.css"), "in its color");
    insta::assert_snapshot!(last.outline());
    let form = last.form("administrator").set("handle", "ruth").set("name", "Ruth Brand");
    let form = form.set("email", "ruth@example.com").set("password", PASSWORD);
    let done = form.send_as("Open the community").await;

    assert_eq!(done.expect(303).location(), "/admin");
    assert!(ruth.get("/admin").await.expect(200).words().contains("Your community is open."));
    let boards = world.guest().get("/boards").await.expect(200);
    assert_eq!(boards.texts("main h3").join(" "), "Help News Wishes Lounge", "Team is hidden");
    assert_eq!(ruth.get("/boards").await.texts("main h3").len(), 5);
    assert!(world.guest().get("/").await.text.contains("brand-7a1fa2.css"));
    assert!(world.guest().get("/sign-up").await.words().contains("Sign-up is closed"));
    let log = ruth.get("/admin/log").await.texts(".acts td:last-child");
    assert_eq!(
        log[..10],
        [
            "Opened the board Team Who it is for: staff Category: Community Description: For staff and \
             moderators. Nobody else knows of it. Icon: shield Name: Team Threads are: discussion Colour: 8",
            "Opened the board Lounge Who it is for: category Category: Community Description: Everything \
             else. Icon: message-square Name: Lounge Threads are: discussion Colour: 6",
            "Opened the board Wishes Who it is for: category Category: Community Description: What could be \
             better. Icon: lightbulb Name: Wishes Threads are: discussion Colour: 3",
            "Opened the board News Who it is for: everyone Category: Community Description: What is new, told \
             by the team. Everybody may reply. Icon: megaphone Name: News Threads are: announcements Colour: 4",
            "Opened the board Help Who it is for: category Category: Community Description: Questions about \
             the product, answered and solved. Icon: help Name: Help Threads are: questions Colour: 1",
            "Added the category Community Who it is for: everyone Name: Community",
            "Changed the setting Who may become a member Value: Everybody Nobody by themselves",
            "Changed the setting Colour of the brand Value: #105f74 #7a1fa2",
            "Changed the setting Name of the community Value: Community Lampworks",
            "Gave @ruth a role Role: admin",
        ]
    );
    // The address is proved as everybody's.
    world.run_jobs().await;
    let link = world.link_to("ruth@example.com");
    ruth.get(&link).await.expect(200).button("Confirm address").send().await.expect(303);

    // Nothing of set-up is left, here and after a restart.
    for _ in 0..2 {
        for client in [world.guest(), ruth.copy()] {
            client.get("/set-up").await.expect(404);
            client.post("/set-up/code", &[("code", &code)]).await.expect(404);
            client.get("/").await.expect(200);
        }
        world.guest().post("/set-up", &[("deed", "finish")]).await.expect(404);
        assert!(matches!(set_up::begin(&world.app).await.unwrap(), Start::Over));
        world.restart();
    }
    assert_eq!(world.count("select count(*) from set_up_code").await, 0);
}

#[tokio::test]
async fn what_is_wrong_is_said_on_the_page_that_asks_for_it_and_nothing_is_lost() {
    let world = World::fresh(&FLAGS).await;
    let code = started(&world).await;
    let (ruth, first) = let_in(&world, &code).await;

    let form = first.form("community").set("brand_color", "purple");
    let form = form.set("board_lounge_name", "help").set("board_news_name", " ");
    let page = form.send().await.expect(422);
    assert_eq!(page.problem("community").as_deref(), Some("This cannot be empty."));
    assert!(page.problem("brand_color").is_some());
    assert_eq!(page.problem("board_news_name").as_deref(), Some("Give it a name."));
    assert!(page.problem("board_lounge_name").unwrap().starts_with("Another board has this name"));
    assert_eq!(page.form("community").value("brand_color"), "purple");
    let none = [("community", "Lamps"), ("brand_color", "#105f74"), ("sign_up", "open")];
    let page = ruth.post("/set-up", &none).await.expect(422);
    assert!(page.problem("board_help").unwrap().starts_with("Choose at least one board"));

    let page = filled(&first, "ruth").await.set("password", "ruth").send().await.expect(422);
    assert_eq!(page.problem("password").as_deref(), Some("Use at least 10 letters."));
    let page = page.form("administrator").set("password", "ruth@example").send().await.expect(422);
    assert!(page.problem("password").unwrap().contains("made of your handle"));
    assert_eq!(page.form("administrator").value("email"), "ruth@example.com");
    let back = page.form("administrator").send_as("Back").await.expect(200);
    assert_eq!(back.form("community").value("community"), "Lamps of ruth");
    let again = back.form("community").send().await.expect(200);
    let form = again.form("administrator").set("password", PASSWORD);
    assert_eq!(form.send().await.expect(303).location(), "/admin");
    world.run_jobs().await;
}

#[tokio::test]
async fn of_two_who_finish_at_once_one_wins_and_the_other_is_told() {
    let world = World::fresh(&FLAGS).await;
    let code = started(&world).await;
    let ((one, first), (other, second)) =
        (let_in(&world, &code).await, let_in(&world, &code).await);
    let (form, other_form) = (filled(&first, "ruth").await, filled(&second, "mallory").await);
    let (_, third) = let_in(&world, &code).await;
    let late = filled(&third, "late").await;

    let (won, lost) = tokio::join!(form.send(), other_form.send());

    let (won, lost, winner) = if won.status == 303 { (won, lost, one) } else { (lost, won, other) };
    assert_eq!(won.expect(303).location(), "/admin");
    let told = lost.expect(409);
    assert!(told.words().contains("Somebody was quicker"), "{}", told.words());
    winner.get("/admin").await.expect(200);
    for table in ["members", "member_roles", "categories"] {
        assert_eq!(world.count(&format!("select count(*) from {table}")).await, 1, "{table}");
    }
    assert_eq!(world.count("select count(*) from boards").await, 4);
    // Whoever comes later with a pass of their own is told as well.
    late.send().await.expect(409);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_code_is_needed_for_every_step() {
    let world = World::fresh(&FLAGS).await;
    let code = started(&world).await;
    let (_, first) = let_in(&world, &code).await;
    let guest = world.guest();

    assert!(!guest.get("/set-up").await.text.contains("board_help"));
    let mut fields = vec![("community", "Mine"), ("brand_color", "#105f74"), ("sign_up", "open")];
    fields.extend([("board_help", "yes"), ("board_help_name", "Help"), ("handle", "mallory")]);
    fields.extend([("name", "M"), ("email", "m@example.com"), ("password", PASSWORD)]);
    fields.push(("deed", "finish"));
    let page = guest.post("/set-up", &fields).await.expect(422);

    assert!(page.problem("code").unwrap().contains("Enter the newest code"));
    assert_eq!(world.count("select count(*) from members").await, 0);
    // A forged pass is none.
    let pass = axum_extra::extract::cookie::Cookie::new("__Host-candor-set-up", "x".repeat(43));
    guest.keep(pass);
    guest.post("/set-up", &fields).await.expect(422);
    assert!(first.text.contains("board_help"), "while whoever showed the code is let in");
}

#[tokio::test]
async fn a_restart_makes_another_code_and_what_was_typed_can_still_be_sent() {
    let mut world = World::fresh(&FLAGS).await;
    let before = started(&world).await;
    let (_, first) = let_in(&world, &before).await;
    let form = filled(&first, "ruth").await;

    world.restart();
    let code = started(&world).await;

    assert_ne!(code, before);
    enter(&world.guest(), &before).await.expect(422);
    let page = form.send().await.expect(422);
    assert_eq!(page.form("administrator").value("handle"), "ruth");
    let wrong = page.form("administrator").set("password", PASSWORD).set("code", &before);
    let page = wrong.send().await.expect(422);
    assert!(page.problem("code").unwrap().starts_with("This is not the code"));
    let form = page.form("administrator").set("password", PASSWORD).set("code", &code);
    assert_eq!(form.send().await.expect(303).location(), "/admin");
    world.run_jobs().await;
}

#[tokio::test]
async fn a_code_is_worthless_after_a_day_and_after_a_hundred_wrong_guesses() {
    let world = World::fresh(&FLAGS).await;
    let worthless = "The code is too old, or was guessed wrong too often.";
    let code = started(&world).await;
    let guest = world.guest();
    for _ in 0..99 {
        guest.post("/set-up/code", &[("code", "AAAA-BBBB-CCCC-DDDD")]).await.expect(422);
    }
    assert_eq!(enter(&guest, &code).await.status, 303, "so many are forgiven");
    let page = guest.post("/set-up/code", &[("code", "nonsense")]).await.expect(422);
    assert!(page.words().contains(worthless), "{}", page.words());
    let page = world.guest().post("/set-up/code", &[("code", &code)]).await.expect(422);
    assert!(page.words().contains(worthless));

    let code = started(&world).await;
    world.advance(Duration::DAY);
    let page = world.guest().post("/set-up/code", &[("code", &code)]).await.expect(422);
    assert!(page.words().contains(worthless));
    assert!(world.guest().get("/set-up").await.words().contains(worthless));
    let code = started(&world).await;
    enter(&world.guest(), &code).await.expect(303);
}

#[tokio::test]
async fn one_network_guesses_ten_codes_and_then_one_a_minute() {
    let world = World::fresh(&["--public-url", PUBLIC, "--trusted-proxies", "192.0.2.7"]).await;
    let code = started(&world).await;
    let guess = async |code: &str, from: &str| {
        let client = world.guest();
        let ask = client.ask(Method::POST, "/set-up/code").fields(&[("code", code)]);
        ask.header("x-forwarded-for", from).send().await.status.as_u16()
    };

    for _ in 0..10 {
        assert_eq!(guess("AAAA-BBBB-CCCC-DDDD", "203.0.113.5").await, 422);
    }

    assert_eq!(guess(&code, "203.0.113.5").await, 429);
    assert_eq!(guess(&code, "203.0.113.6").await, 303);
    world.advance(Duration::MINUTE);
    assert_eq!(guess(&code, "203.0.113.5").await, 303);
}

#[tokio::test]
async fn a_first_member_from_the_command_line_ends_set_up() {
    let world = World::fresh(&FLAGS).await;
    let code = started(&world).await;
    let (_, first) = let_in(&world, &code).await;
    let form = filled(&first, "mallory").await;

    let new = NewMember { handle: "ruth", name: "Ruth", email: None, password: None };
    members::join(&world.app, new).await.unwrap().expect("the handle is free");

    form.send().await.expect(409);
    world.guest().get("/set-up").await.expect(404);
    world.guest().get("/").await.expect(200);
    assert!(matches!(set_up::begin(&world.app).await.unwrap(), Start::NoAdministrator));
    members::promote(&world.app, "ruth", members::Role::Admin).await.unwrap().expect("she joined");
    assert!(matches!(set_up::begin(&world.app).await.unwrap(), Start::Over));
    world.run_jobs().await;
}

//! An app that makes codes, recovery codes, and the second step of signing in.

use crate::harness::{Answer, Client, CodeApp, PASSWORD, World, recovery_codes};
use candor::{chores::CHORES, members, sealing::Sealer};
use futures_util::future::join_all;
use sqlx::{AssertSqlSafe, Connection};
use time::Duration;

const NEW: &str = "another battery staple";

async fn step(client: &Client, code: &str) -> Answer {
    client.post("/sign-in/second-step", &[("code", code)]).await
}

async fn sessions(world: &World) -> i64 {
    world.count("select count(*) from sessions").await
}

#[tokio::test]
async fn a_member_sets_up_an_app_and_is_asked_for_its_code_after_the_password() {
    let world = World::new().await;
    let (ada, app, codes) = world.with_app("ada").await;

    let client = world.guest();
    let page = client.get("/sign-in?back=/boards").await.expect(200);
    let first = page.form("/sign-in").set("login", "ada").set("password", PASSWORD).send().await;
    assert_eq!(first.expect(303).location(), "/sign-in/second-step?back=%2Fboards");
    assert!(client.cookie("__Host-candor").is_none() && !client.is_signed_in().await);
    let page = client.get("/sign-in/second-step?back=%2Fboards").await.expect(200);
    let second = page.form("/sign-in/second-step").set("code", &app.code(&world)).send().await;

    assert_eq!(second.expect(303).location(), "/boards");
    assert!(client.is_signed_in().await && client.cookie("__Host-candor-step").is_none());
    assert_eq!(codes.len(), 10);
    let mail = world.mail_to("ada@example.com");
    assert!(mail.text.contains("authenticator app is now asked for"), "{}", mail.text);
    let lines = client.get("/settings/sessions").await.texts(".sessions p");
    assert!(lines[0].contains("by password and app"), "{lines:?}");
    assert!(ada.is_signed_in().await, "whoever sets it up stays signed in");
}

#[tokio::test]
async fn the_cookie_of_the_second_step_is_as_closed_as_that_of_a_session() {
    let world = World::new().await;
    world.with_app("ada").await;

    let client = world.guest();
    let answer = client.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await;

    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 1);
    for part in
        ["__Host-candor-step=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=600"]
    {
        assert!(cookies[0].contains(part), "{part}: {cookies:?}");
    }
}

#[tokio::test]
async fn an_app_counts_only_once_a_code_has_shown_it() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;

    ada.post("/settings/factors/app", &[("password", "not it at all")]).await.expect(422);
    ada.post("/settings/factors/app", &[("password", PASSWORD)]).await.expect(303);
    let page = ada.get("/settings/factors/app").await.expect(200);
    let wrong = page.form("/settings/factors/app/confirm").set("code", "000000").send().await;

    assert!(wrong.expect(422).problem("code").is_some());
    assert!(page.part(".factor-seed img").attr("src").unwrap().starts_with("data:image/svg+xml;"));
    assert!(world.after_password("ada").await.is_signed_in().await);
    world.run_jobs().await;
    assert!(world.mails().is_empty());
    // Begun and forgotten.
    world.advance(Duration::hours(25));
    assert!(ada.get("/settings/factors/app").await.texts(".factor-seed").is_empty());
    let app = CodeApp::reading(&page);
    let late = [("code", &app.code(&world)[..])];
    assert_eq!(
        ada.post("/settings/factors/app/confirm", &late).await.expect(303).location(),
        "/settings/factors/app"
    );
    world.run_chores().await;
    assert_eq!(world.count("select count(*) from totp_seeds").await, 0);
}

#[tokio::test]
async fn an_app_that_was_begun_anew_is_not_confirmed_by_the_seed_before() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;
    let begin = async || ada.post("/settings/factors/app", &[("password", PASSWORD)]).await;
    begin().await.expect(303);
    let before = CodeApp::reading(&ada.get("/settings/factors/app").await);
    begin().await.expect(303);
    let after = CodeApp::reading(&ada.get("/settings/factors/app").await);

    let confirm = async |app: &CodeApp| {
        ada.post("/settings/factors/app/confirm", &[("code", &app.code(&world))]).await
    };
    confirm(&before).await.expect(422);
    confirm(&after).await.expect(200);
    begin().await.expect(403);

    world.run_jobs().await;
}

#[tokio::test]
async fn a_code_is_taken_once_and_neither_it_nor_an_earlier_one_again() {
    let world = World::new().await;
    let (_, app, _) = world.with_app("ada").await;
    let (early, now) = (app.code_in(&world, Duration::seconds(-30)), app.code(&world));
    let next = app.code_in(&world, Duration::seconds(30));
    let far = app.code_in(&world, Duration::seconds(60));

    let (one, other) = (world.after_password("ada").await, world.after_password("ada").await);
    step(&one, &far).await.expect(422);
    step(&one, &now).await.expect(303);
    for spent in [&now, &early] {
        assert!(step(&other, spent).await.expect(422).problem("code").is_some());
    }
    step(&other, &next).await.expect(303);

    assert!(one.is_signed_in().await && other.is_signed_in().await);
}

#[tokio::test]
async fn twenty_uses_of_one_code_at_once_are_one_success() {
    let world = World::new().await;
    let (_, app, codes) = world.with_app("ada").await;
    let mut before = sessions(&world).await;

    for code in [app.code(&world), codes[0].clone()] {
        let mut browsers = Vec::new();
        for _ in 0..20 {
            browsers.push(world.after_password("ada").await);
        }
        join_all(browsers.iter().map(|browser| step(browser, &code))).await;
        let in_by_now = join_all(browsers.iter().map(Client::is_signed_in)).await;
        assert_eq!(in_by_now.iter().filter(|is| **is).count(), 1, "{code}");
        before += 1;
        assert_eq!(sessions(&world).await, before, "{code}");
    }

    // The same in one browser, whose only wait ends with the first.
    let browser = world.after_password("ada").await;
    join_all((0..20).map(|_| step(&browser, &codes[1]))).await;
    assert_eq!(sessions(&world).await, before + 1);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_recovery_code_stands_in_once_however_it_is_written() {
    let world = World::new().await;
    let (ada, _, codes) = world.with_app("ada").await;

    let first = world.after_password("ada").await;
    step(&first, &codes[3].to_uppercase().replace('-', " ")).await.expect(303);
    let second = world.after_password("ada").await;
    step(&second, &codes[3]).await.expect(422);
    step(&second, &codes[4]).await.expect(303);

    assert!(first.is_signed_in().await && second.is_signed_in().await);
    assert!(ada.get("/settings/factors").await.text.contains("8 recovery codes left"));
    let lines = first.get("/settings/sessions").await.texts(".sessions p");
    assert!(lines[0].contains("by password and recovery code"), "{lines:?}");
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("recovery code"));
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones_and_ask_for_the_password() {
    let world = World::new().await;
    let (ada, _, old) = world.with_app("ada").await;

    let page = ada.get("/settings/factors/codes").await.expect(200);
    let form = page.form("/settings/factors/codes");
    form.set("password", "not it at all").send().await.expect(422);
    let form = page.form("/settings/factors/codes").set("password", PASSWORD);
    let new = recovery_codes(&form.send().await.expect(200));

    assert_eq!(new.len(), 10);
    let client = world.after_password("ada").await;
    step(&client, &old[0]).await.expect(422);
    step(&client, &new[0]).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn the_database_knows_neither_seeds_nor_recovery_codes() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;
    ada.post("/settings/factors/app", &[("password", PASSWORD)]).await.expect(303);
    let page = ada.get("/settings/factors/app").await;
    let app = CodeApp::reading(&page);
    let words = page.part(".factor-seed code").words().replace(' ', "");
    let seed = totp_rs::Secret::try_from_base32(&words).unwrap();
    let confirmed =
        ada.post("/settings/factors/app/confirm", &[("code", &app.code(&world))]).await.expect(200);
    world.run_jobs().await;

    let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut secrets = vec![words, hex];
    secrets.extend(recovery_codes(&confirmed).iter().map(|code| code.replace('-', "")));
    let tables = "select tablename::text from pg_tables where schemaname = 'public'";
    for table in world.texts(tables).await.iter().filter(|table| !table.starts_with('_')) {
        let rows = world.texts(&format!("select lower(t::text) from {table} as t")).await;
        for secret in &secrets {
            let found = rows.iter().any(|row| row.contains(&secret.to_lowercase()));
            assert!(!found, "{table} holds {secret}");
        }
    }
}

#[tokio::test]
async fn five_wrong_codes_end_the_second_step() {
    let world = World::new().await;
    let (_, app, _) = world.with_app("ada").await;
    let client = world.after_password("ada").await;

    for _ in 0..5 {
        step(&client, "000000").await.expect(422);
    }

    assert_eq!(step(&client, &app.code(&world)).await.expect(303).location(), "/sign-in");
    assert!(!client.is_signed_in().await);
    assert_eq!(client.get("/sign-in/second-step").await.expect(303).location(), "/sign-in");
}

#[tokio::test]
async fn the_second_step_waits_ten_minutes() {
    let world = World::new().await;
    let (_, app, _) = world.with_app("ada").await;
    let client = world.after_password("ada").await;

    world.advance(Duration::minutes(10));

    assert_eq!(step(&client, &app.code(&world)).await.expect(303).location(), "/sign-in");
    assert!(!client.is_signed_in().await);
    let chore = CHORES.iter().find(|chore| chore.name == "pending_sign_ins").unwrap();
    let mut tx = world.app.db.begin().await.unwrap();
    assert_eq!((chore.run)(&mut tx, world.app.now()).await.unwrap(), 1);
}

#[tokio::test]
async fn codes_are_guessed_ten_times_and_then_once_a_minute() {
    let world = World::with_rate_limits().await;
    let (_, app, _) = world.with_app("ada").await;

    // Setting it up took one of ten, which half a minute has not brought back.
    let mut taken = 1;
    'guessing: for _ in 0..4 {
        let client = world.after_password("ada").await;
        for _ in 0..4 {
            taken += 1;
            if taken > 10 {
                let held = step(&client, &app.code(&world)).await.expect(429);
                assert!(!held.text.contains(&app.code(&world)), "a code is not given back");
                break 'guessing;
            }
            step(&client, "000000").await.expect(422);
        }
    }

    assert_eq!(taken, 11);
}

#[tokio::test]
async fn one_account_s_wait_takes_no_code_of_another() {
    let world = World::new().await;
    let (_, _, of_ada) = world.with_app("ada").await;
    let (_, app_of_bob, of_bob) = world.with_app("bob").await;

    let client = world.after_password("ada").await;
    step(&client, &app_of_bob.code(&world)).await.expect(422);
    step(&client, &of_bob[0]).await.expect(422);
    step(&world.guest(), &of_ada[0]).await.expect(303);

    assert_eq!(sessions(&world).await, 2, "those who set the apps up");
}

#[tokio::test]
async fn a_session_known_before_is_no_session_after_the_second_step() {
    let world = World::new().await;
    let (ada, app, _) = world.with_app("ada").await;
    let stolen = ada.copy();

    ada.post("/sign-in", &[("login", "ada"), ("password", PASSWORD)]).await.expect(303);
    let waiting = ada.copy();
    step(&ada, &app.code(&world)).await.expect(303);

    assert!(ada.is_signed_in().await && !stolen.is_signed_in().await);
    // The cookie of the second step is worth nothing once it was made.
    world.advance(Duration::seconds(30));
    step(&waiting, &app.code(&world)).await.expect(303);
    assert!(!waiting.is_signed_in().await);
}

#[tokio::test]
async fn a_new_password_calls_the_second_step_off() {
    let world = World::new().await;
    let (ada, app, _) = world.with_app("ada").await;
    let thief = world.after_password("ada").await;

    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    ada.post("/settings/password", &fields).await.expect(303);

    assert_eq!(step(&thief, &app.code(&world)).await.expect(303).location(), "/sign-in");
    assert!(!thief.is_signed_in().await && ada.is_signed_in().await);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_password_that_is_being_replaced_lets_no_second_step_through() {
    let world = World::new().await;
    let (_, app, _) = world.with_app("ada").await;
    let thief = world.after_password("ada").await;
    let before = sessions(&world).await;
    let mut other = world.as_owner().await;
    let mut changing = other.begin().await.unwrap();
    for change in [
        "update members set password_hash = 'another' where handle = 'ada'",
        "delete from pending_sign_ins",
    ] {
        sqlx::raw_sql(AssertSqlSafe(change.to_owned())).execute(&mut *changing).await.unwrap();
    }

    let code = app.code(&world);
    let (answer, ()) = tokio::join!(step(&thief, &code), async {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        changing.commit().await.unwrap();
    });

    assert_eq!(answer.expect(303).location(), "/sign-in");
    assert_eq!(sessions(&world).await, before);
}

#[tokio::test]
async fn a_mailed_link_does_not_go_round_the_second_factor() {
    let world = World::new().await;
    let (_, app, _) = world.with_app("ada").await;
    let client = world.guest();
    client.post("/reset-password", &[("login", "ada")]).await.expect(200);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");

    let page = client.get(&link).await.expect(200);
    let set = page.form("Set password").set("password", NEW).send().await;

    assert!(set.expect(303).location().starts_with("/sign-in/second-step"));
    assert!(!client.is_signed_in().await);
    step(&client, &app.code(&world)).await.expect(303);
    assert!(client.is_signed_in().await);
    world.run_jobs().await;
}

#[tokio::test]
async fn taking_the_app_away_needs_password_and_code() {
    let world = World::new().await;
    let (ada, app, codes) = world.with_app("ada").await;
    let remove = async |password: &str, code: &str| {
        let page = ada.get("/settings/factors/app").await.expect(200);
        let form = page.form("/settings/factors/app/remove");
        form.set("password", password).set("code", code).send().await
    };

    assert!(
        remove("not it at all", &app.code(&world)).await.expect(422).problem("password").is_some()
    );
    assert!(remove(PASSWORD, "000000").await.expect(422).problem("code").is_some());
    remove(PASSWORD, &app.code(&world)).await.expect(303);

    assert!(world.after_password("ada").await.is_signed_in().await);
    let left = "select count(*) from recovery_codes";
    assert_eq!(world.count(left).await, 0, "codes for nothing are none");
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("was taken away"));
    // Whoever lost the phone takes a recovery code.
    let (_, codes_now) = ada.set_up_app(&world).await;
    assert_ne!(codes_now, codes);
    remove(PASSWORD, &codes_now[0]).await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_lost_key_loses_no_account() {
    let mut world = World::new().await;
    let (_, app, codes) = world.with_app("ada").await;
    world.restart_with(Sealer::with_key(&[8; 32]).unwrap());

    let client = world.after_password("ada").await;
    let refused = step(&client, &app.code(&world)).await.expect(422);

    assert!(refused.problem("code").unwrap().contains("cannot be checked at the moment"));
    step(&client, &codes[0]).await.expect(303);
    assert!(client.is_signed_in().await);
    let page = client.get("/settings/factors/app").await.expect(200);
    let form = page.form("/settings/factors/app/remove").set("password", PASSWORD);
    form.set("code", &codes[1]).send().await.expect(303);
    client.set_up_app(&world).await;
}

#[tokio::test]
async fn a_member_without_a_password_must_have_signed_in_lately() {
    let world = World::new().await;
    let bob = world.member("bob").await;
    world.advance(Duration::minutes(9));
    bob.post("/settings/factors/app", &[]).await.expect(303);

    world.advance(Duration::minutes(2));

    let page = bob.get("/settings/factors/app").await.expect(200);
    let app = CodeApp::reading(&page);
    bob.post("/settings/factors/app/confirm", &[("code", &app.code(&world))]).await.expect(200);
    let refused = bob.post("/settings/factors/codes", &[]).await.expect(422);
    assert!(refused.problem("password").unwrap().contains("ten minutes"));
    world.run_jobs().await;
}

#[tokio::test]
async fn the_operator_takes_lost_factors_away() {
    let world = World::new().await;
    let (ada, ..) = world.with_app("ada").await;

    assert_eq!(members::take_factors_from(&world.app, "ADA").await.unwrap(), Some(true));
    assert_eq!(members::take_factors_from(&world.app, "ada").await.unwrap(), Some(false));
    assert_eq!(members::take_factors_from(&world.app, "nobody").await.unwrap(), None);

    assert!(!ada.is_signed_in().await && world.after_password("ada").await.is_signed_in().await);
    let logged = "select actor_system || ' ' || act from admin_log where about = 'member'";
    assert_eq!(world.texts(logged).await, ["command line take_factors"]);
    world.run_jobs().await;
    assert!(world.mail_to("ada@example.com").text.contains("have taken away"));
}

#[tokio::test]
async fn the_pages_of_second_factors() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;

    let none = ada.get("/settings/factors").await.expect(200);
    insta::assert_snapshot!(none.part("main").outline());
    ada.set_up_app(&world).await;
    let some = ada.get("/settings/factors").await.expect(200);
    insta::assert_snapshot!(some.part("main").outline());
    let waiting = world.after_password("ada").await;
    let page = waiting.get("/sign-in/second-step").await.expect(200);
    insta::assert_snapshot!(page.part("main").outline());
}

#[tokio::test]
async fn an_app_that_somebody_else_began_is_not_shown_and_goes_with_the_password() {
    let world = World::new().await;
    world.account("ada").await;
    let (thief, ada) = (world.after_password("ada").await, world.after_password("ada").await);
    thief.post("/settings/factors/app", &[("password", PASSWORD)]).await.expect(303);
    let app = CodeApp::reading(&thief.get("/settings/factors/app").await.expect(200));

    assert!(ada.get("/settings/factors/app").await.texts(".factor-seed").is_empty());
    let code = [("code", &app.code(&world)[..])];
    ada.post("/settings/factors/app/confirm", &code).await.expect(303);
    let reset = world.guest();
    reset.post("/reset-password", &[("login", "ada")]).await.expect(200);
    world.run_jobs().await;
    let link = world.link_to("ada@example.com");
    reset.post(&link, &[("password", "another battery staple")]).await.expect(303);

    assert_eq!(world.count("select count(*) from totp_seeds").await, 0);
    world.run_jobs().await;
}

#[tokio::test]
async fn taking_factors_calls_off_an_app_that_was_begun() {
    let world = World::new().await;
    world.account("ada").await;
    let (rita, ada) = (world.admin("rita").await, world.after_password("ada").await);
    ada.post("/settings/factors/app", &[("password", PASSWORD)]).await.expect(303);

    rita.press("/admin/members/ada/factors/take").await.expect(303);

    assert_eq!(world.count("select count(*) from totp_seeds").await, 0);
    world.run_jobs().await;
}

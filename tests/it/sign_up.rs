//! Becoming a member.

use crate::harness::{Answer, Client, PASSWORD, World};
use futures_util::future::join_all;

/// The form of a visitor who fills in everything properly, as `handle`.
async fn sign_up(client: &Client, handle: &str) -> Answer {
    sign_up_with(client, handle, &format!("{handle}@example.com")).await
}

async fn sign_up_with(client: &Client, handle: &str, email: &str) -> Answer {
    let page = client.get("/sign-up").await.expect(200);
    let form = page.form("/sign-up").set("handle", handle).set("name", "Ada Lind");
    form.set("email", email).set("password", PASSWORD).send().await
}

#[tokio::test]
async fn a_visitor_joins_and_is_signed_in() {
    let world = World::new().await;
    let ada = world.guest();

    let answer = sign_up(&ada, "ada").await;

    assert_eq!(answer.expect(303).location(), "/");
    let settings = ada.get("/settings").await.expect(200);
    assert_eq!(settings.form("/settings").value("name"), "Ada Lind");
    world.run_jobs().await;
    assert!(world.link_to("ada@example.com").starts_with("/confirm/"));
}

#[tokio::test]
async fn the_session_cookie_is_for_this_host_alone_and_for_no_script() {
    let world = World::new().await;
    let plain = World::reached_under("http://community.example").await;

    let answer = sign_up(&world.guest(), "ada").await;
    let plain_answer = sign_up(&plain.guest(), "ada").await;

    let cookie = session_cookie(&answer);
    assert!(cookie.starts_with("__Host-candor="), "{cookie}");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // A browser refuses a secure cookie that came by plain http.
    let cookie = session_cookie(&plain_answer);
    assert!(cookie.starts_with("candor=") && !cookie.contains("Secure"), "{cookie}");
    world.run_jobs().await;
    plain.run_jobs().await;
}

/// As it was sent.
fn session_cookie(answer: &Answer) -> String {
    let cookies =
        answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    cookies.filter(|cookie| !cookie.starts_with("candor-said")).collect()
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept() {
    let world = World::new().await;
    let guest = world.guest();

    let form = guest.get("/sign-up").await.form("/sign-up");
    let form =
        form.set("handle", "a").set("name", " ").set("email", "ada").set("password", "short");
    let answer = form.send().await.expect(422);

    for field in ["handle", "name", "email", "password"] {
        assert!(answer.problem(field).is_some(), "{field}\n{}", answer.outline());
        assert_eq!(answer.part(&format!("[name={field}]")).attr("aria-invalid"), Some("true"));
        assert_eq!(answer.texts(&format!("#problems a[href='#{field}']")).len(), 1);
    }
    let form = answer.form("/sign-up");
    assert_eq!((form.value("handle"), form.value("email")), ("a", "ada"));
    assert_eq!(form.value("password"), "", "a password is never sent back");
    assert_eq!(world.count("select count(*) from members").await, 0);
}

#[tokio::test]
async fn the_page_for_signing_up() {
    let world = World::new().await;

    let page = world.guest().get("/sign-up").await.expect(200);

    insta::assert_snapshot!(page.part("main").outline());
}

#[tokio::test]
async fn nobody_gets_a_handle_that_looks_like_anothers() {
    let world = World::new().await;
    world.member("paypal").await;
    world.member("ada.lind").await;

    // The first is written in Cyrillic but for its last letter.
    for handle in ["раураl", "PayPal", "paypaI", "adalind", "Ada-Lind"] {
        let answer = sign_up_with(&world.guest(), handle, "eve@example.com").await.expect(422);
        assert!(answer.problem("handle").is_some(), "{handle}");
        assert_eq!(answer.form("/sign-up").value("handle"), handle);
    }
}

#[tokio::test]
async fn handles_are_letters_digits_and_single_joiners() {
    let world = World::new().await;

    for handle in
        ["ada lind", "ada\u{200b}lind", "ada..lind", "-ada", "ada\u{202e}", "../etc", "ada\u{0}x"]
    {
        let answer = sign_up_with(&world.guest(), handle, "ada@example.com").await.expect(422);
        assert!(answer.problem("handle").is_some(), "{handle:?}");
    }
    let bjorn = world.guest();
    sign_up_with(&bjorn, "@björn", "bjorn@example.com").await.expect(303);
    let saved = bjorn.get("/settings").await.form("/settings").send().await.expect(303);
    assert_eq!(saved.location(), "/m/bj%C3%B6rn");
    world.run_jobs().await;
}

#[tokio::test]
async fn sign_up_does_not_tell_whether_an_address_is_known() {
    let world = World::new().await;
    world.member("ada").await;
    let (eve, bob) = (world.guest(), world.guest());

    let known = sign_up_with(&eve, "eve", "Ada@Example.com").await;
    let unknown = sign_up_with(&bob, "bob", "bob@example.com").await;

    assert_eq!((known.status, known.location()), (unknown.status, unknown.location()));
    assert_eq!(
        eve.get("/settings/security").await.words().replace("Ada@Example.com", ""),
        eve_as_bob(&bob.get("/settings/security").await.words()),
    );
    world.run_jobs().await;
    // Only whoever reads the mail learns it, and gets no link that would take the address over.
    let mail = world.mail_to("Ada@Example.com");
    assert!(!mail.text.contains("/confirm/"), "{}", mail.text);
    assert!(world.link_to("bob@example.com").starts_with("/confirm/"));
}

fn eve_as_bob(words: &str) -> String {
    words.replace("bob@example.com", "").replace("@bob", "@eve")
}

#[tokio::test]
async fn who_signs_up_goes_back_to_where_they_were_but_nowhere_else() {
    let world = World::new().await;

    for (handle, back, leads) in [
        ("ada", "/t/7/printer?page=2", "/t/7/printer?page=2"),
        ("bob", "https://evil.example/", "/"),
        ("eve", "//evil.example", "/"),
        ("joe", "/\\evil.example", "/"),
    ] {
        let client = world.guest();
        let back = url::form_urlencoded::byte_serialize(back.as_bytes()).collect::<String>();
        let page = client.get(&format!("/sign-up?back={back}")).await.expect(200);
        let form = page.form("/sign-up").set("handle", handle).set("name", handle);
        let form = form.set("email", &format!("{handle}@example.com")).set("password", PASSWORD);
        assert_eq!(form.send().await.expect(303).location(), leads);
    }
    world.run_jobs().await;
}

#[tokio::test]
async fn of_many_who_want_one_handle_at_once_one_gets_it() {
    let world = World::new().await;
    let guest = world.guest();

    let all = (0..8).map(async |number| {
        sign_up_with(&guest.copy(), "ada", &format!("ada{number}@example.com")).await
    });
    let answers = join_all(all).await;

    let joined = answers.iter().filter(|answer| answer.status == 303).count();
    let told = answers.iter().filter(|answer| answer.problem("handle").is_some()).count();
    assert_eq!((joined, told), (1, 7));
    assert_eq!(world.count("select count(*) from members").await, 1);
    world.run_jobs().await;
}

#[tokio::test]
async fn a_password_that_others_try_first_is_refused_with_what_to_do() {
    let world = World::new().await;

    for (password, words) in [
        ("password123", "three or four words"),
        ("qwertyuiop1", "words"),
        ("adalind@example", "nothing to do with you"),
        ("AdaLind1987", "nothing to do with you"),
    ] {
        let page = world.guest().get("/sign-up").await;
        let form = page.form("/sign-up").set("handle", "ada").set("name", "Ada Lind");
        let form = form.set("email", "adalind@example.com").set("password", password);
        let answer = form.send().await.expect(422);
        let problem = answer.problem("password").unwrap_or_default();
        assert!(problem.contains(words), "{password}: {problem}");
        assert_eq!(answer.form("/sign-up").value("name"), "Ada Lind");
        assert_eq!(answer.form("/sign-up").value("password"), "");
    }
    assert_eq!(world.count("select count(*) from members").await, 0);
}

#[tokio::test]
async fn a_program_that_fills_in_everything_is_told_what_people_are_told_and_has_no_account() {
    let world = World::new().await;
    let (person, program) = (world.guest(), world.guest());
    let page = program.get("/sign-up").await.expect(200);
    let hidden = page.part("[aria-hidden=true]:has(#website)");
    assert!(hidden.attr("class").is_some_and(|class| class.contains("visually-hidden")));
    assert_eq!(page.part("#website").attr("tabindex"), Some("-1"));

    let form = page.form("/sign-up").set("handle", "eve").set("name", "Eve");
    let form = form.set("email", "eve@example.com").set("password", PASSWORD);
    let trapped = form.set("website", "https://lamps.example").send().await;
    let joined = sign_up(&person, "ada").await;

    assert_eq!((trapped.status, trapped.location()), (joined.status, joined.location()));
    let of = |answer: &Answer| session_cookie(answer).len();
    assert_eq!(of(&trapped), of(&joined));
    assert_eq!(world.count("select count(*) from members").await, 1);
    program.get("/settings").await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn who_is_quicker_than_people_is_asked_to_send_it_once_more() {
    let world = World::with_rate_limits().await;
    let guest = world.guest();

    let early = sign_up(&guest, "ada").await.expect(422);
    assert!(early.problem("password").is_some_and(|words| words.contains("quick")));
    assert_eq!(early.form("/sign-up").value("email"), "ada@example.com");
    world.advance(time::Duration::seconds(3));
    let form = early.form("/sign-up").set("password", PASSWORD);
    form.send().await.expect(303);

    // Without the form, as only a program sends it.
    let fields =
        [("handle", "eve"), ("name", "Eve"), ("email", "e@example.com"), ("password", PASSWORD)];
    world.guest().post("/sign-up", &fields).await.expect(422);
    assert_eq!(world.count("select count(*) from members").await, 1);
    world.run_jobs().await;
}

#[tokio::test]
async fn an_address_that_is_thrown_away_is_refused_in_words_that_help() {
    let world = World::new().await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("refused_domains", "Lamps.example\nmailinator.com").send().await.expect(303);

    for email in ["a@mailinator.com", "a@eu.mailinator.com", "a@LAMPS.example"] {
        let answer = sign_up_with(&world.guest(), "ada", email).await.expect(422);
        assert!(
            answer.problem("email").is_some_and(|words| words.contains("Use one you will keep"))
        );
        assert_eq!(answer.form("/sign-up").value("handle"), "ada");
    }

    sign_up_with(&world.guest(), "ada", "a@notmailinator.com").await.expect(303);
    world.run_jobs().await;
}

#[tokio::test]
async fn where_sign_up_is_closed_the_page_says_what_to_do_and_members_come_in() {
    let world = World::new().await;
    world.account("ada").await;
    let kim = world.admin("kim").await;
    let form = kim.get("/admin/settings").await.form("settings");
    form.set("sign_up", "closed").send().await.expect(303);

    let page = world.guest().get("/sign-up").await.expect(200);
    assert!(page.words().contains("Ask them for one"), "{}", page.words());
    assert!(page.texts("form[action='/sign-up']").is_empty());
    let fields =
        [("handle", "eve"), ("name", "Eve"), ("email", "e@example.com"), ("password", PASSWORD)];
    world.guest().post("/sign-up", &fields).await.expect(403);
    let login = [("login", "ada"), ("password", PASSWORD)];
    world.guest().post("/sign-in", &login).await.expect(303);
    assert_eq!(world.count("select count(*) from members").await, 2);
}

//! Where somebody gets by a provider: no further than by a password, and to no other site.

use super::stage::{Stage, ada, come, way_of, who};
use crate::harness::{PASSWORD, PUBLIC};
use serde_json::json;
use time::Duration;

/// Addresses that lead astray, or would in some browser.
const ASTRAY: [&str; 32] = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example\\",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/%2f..",
    "https://community.example.evil.example",
    "https://community.example@evil.example",
    "//community.example@evil.example",
    "evil.example",
    "./../evil.example",
    "?back=//evil.example",
    "/\u{2044}/evil.example",
    "/\u{ff0f}evil.example",
    "\u{202e}//evil.example",
    "/boards\r\nSet-Cookie: a=b",
];

/// Whether a browser that is sent there from one of our pages stays with us.
fn leads_home(location: &str) -> bool {
    let home = url::Url::parse(PUBLIC).unwrap();
    let clean = !location.contains(['\r', '\n', '\t', '\\']);
    clean && home.join(location).is_ok_and(|there| there.origin() == home.origin())
}

#[tokio::test]
async fn who_has_a_second_factor_is_asked_for_it_after_the_provider_too() {
    let stage = Stage::set().await;
    let (browser, app, _) = stage.world.with_app("ada").await;
    let page = browser.get("/settings/security").await;
    let sent = page.button("Link Home").press().await.expect(200);
    come(&browser, &stage.yes(&sent, &ada())).await.expect(303);
    stage.world.run_jobs().await;
    let sessions = "select count(*) from sessions";
    let before = stage.world.count(sessions).await;

    let other = stage.world.guest();
    let step = stage.sign_in(&other, &ada()).await.expect(303);
    assert!(step.location().starts_with("/sign-in/second-step?back="), "{}", step.location());
    assert_eq!(who(&other).await, None);
    assert_eq!(stage.world.count(sessions).await, before, "no session has begun");
    assert_eq!(other.cookie("__Host-candor"), None);
    let page = step.follow().await.expect(200);
    page.form("/sign-in/second-step").set("code", "000000").send().await.expect(422);
    assert_eq!(who(&other).await, None);

    stage.world.advance(Duration::seconds(30));
    let code = app.code(&stage.world);
    let page = page.form("/sign-in/second-step").set("code", &code).send().await.expect(303);
    assert_eq!(page.location(), "/boards");
    assert_eq!(who(&other).await.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn nobody_is_led_astray_on_the_way_back_from_a_provider() {
    let stage = Stage::set().await;
    let (owner, ..) = stage.world.with_app("bob").await;
    let bob = json!({ "sub": "subject-of-bob", "name": "Bob", "email": "bob@example.com" });
    let sent = owner.get("/settings/security").await.button("Link Home").press().await.expect(200);
    come(&owner, &stage.yes(&sent, &bob)).await.expect(303);
    stage.newcomer(&ada()).await;
    let mut wrong = Vec::new();
    let mut check = |way: &str, astray: &str, location: &str| {
        let inner = url::Url::parse(PUBLIC).unwrap().join(location).unwrap();
        let mut pairs = inner.query_pairs();
        let carried = pairs.find(|(name, _)| name == "back").map(|(_, back)| back.into_owned());
        if !leads_home(location) || carried.is_some_and(|back| !leads_home(&back)) {
            wrong.push(format!("{way} {astray:?}: {location}"));
        }
    };

    for (number, astray) in ASTRAY.into_iter().enumerate() {
        // To an account that is known.
        let browser = stage.world.guest();
        let sent = browser.post("/sign-in/with/home", &[("back", astray)]).await.expect(200);
        let back = come(&browser, &stage.yes(&sent, &ada())).await.expect(303);
        check("sign-in", astray, back.location());

        // To a second step, which carries it on, and by a forged second step.
        let browser = stage.world.guest();
        let sent = browser.post("/sign-in/with/home", &[("back", astray)]).await.expect(200);
        let step = come(&browser, &stage.yes(&sent, &bob)).await.expect(303);
        check("second step", astray, step.location());
        let asked: String = url::form_urlencoded::byte_serialize(astray.as_bytes()).collect();
        for page in ["/sign-in/second-step", "/sign-in", "/sign-up"] {
            let page = browser.get(&format!("{page}?back={asked}")).await.expect(200);
            for href in page.hrefs() {
                // Where it leads then is judged again by the one who sends them there.
                assert!(leads_home(&href), "{} links to {href}", page.path);
            }
        }

        // To an account that is made on the way.
        let browser = stage.world.guest();
        let person = json!({
            "sub": format!("new-{number}"),
            "name": "New",
            "preferred_username": format!("new-{number}"),
            "email": format!("new-{number}@example.com"),
        });
        let sent = browser.post("/sign-in/with/home", &[("back", astray)]).await.expect(200);
        let arrival = come(&browser, &stage.yes(&sent, &person)).await.expect(303).follow().await;
        let joined = arrival.form("join").send().await.expect(303);
        check("arrival", astray, joined.location());
    }
    stage.world.run_jobs().await;

    assert!(wrong.is_empty(), "{wrong:#?}");
    // Our own paths do lead back.
    let browser = stage.world.guest();
    let sent = browser.post("/sign-in/with/home", &[("back", "/boards?a=b#c")]).await.expect(200);
    let back = come(&browser, &stage.yes(&sent, &ada())).await.expect(303);
    assert_eq!(back.location(), "/boards?a=b#c");
    assert!(way_of(&sent).starts_with(&stage.provider.issuer));
}

#[tokio::test]
async fn nobody_is_led_astray_after_the_second_step() {
    let stage = Stage::set().await;
    let (_, app, _) = stage.world.with_app("ada").await;
    for astray in ASTRAY {
        stage.world.advance(Duration::minutes(2));
        let browser = stage.world.guest();
        let login = [("login", "ada"), ("password", PASSWORD), ("back", astray)];
        let step = browser.post("/sign-in", &login).await.expect(303);
        assert!(leads_home(step.location()), "{astray:?}: {}", step.location());
        let code = app.code(&stage.world);
        let fields = [("code", code.as_str()), ("back", astray)];
        let done = browser.post("/sign-in/second-step", &fields).await.expect(303);
        assert!(leads_home(done.location()), "{astray:?}: {}", done.location());
    }
    stage.world.run_jobs().await;
}

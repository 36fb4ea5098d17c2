//! Links lead to the address that the operator has set, whatever a request says of where it was sent.

use crate::{
    harness::{Client, PASSWORD, PUBLIC, World},
    providers::provider::{CLIENT, Provider, SECRET},
};
use axum::http::Method;
use candor::router::routes;

const EVIL: &str = "evil.example";

/// How requests say where they were sent, and proxies where they came in.
const FORGED: [(&str, &str); 9] = [
    ("host", EVIL),
    ("x-forwarded-host", EVIL),
    ("x-host", EVIL),
    ("x-forwarded-server", EVIL),
    ("x-http-host-override", EVIL),
    ("forwarded", "for=192.0.2.1;host=evil.example;proto=http"),
    ("x-forwarded-proto", "http"),
    ("x-original-url", "https://evil.example/"),
    ("x-rewrite-url", "//evil.example/"),
];

struct Forged<'a>(&'a Client);

impl Forged<'_> {
    /// Sent with every forged header there is, and to a whole address of another's.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> crate::harness::Answer {
        let ask = self.0.ask(Method::POST, path).fields(fields);
        FORGED.iter().fold(ask, |ask, (name, value)| ask.header(name, value)).send().await
    }

    async fn get(&self, path: &str) -> crate::harness::Answer {
        let ask = self.0.ask(Method::GET, path);
        FORGED.iter().fold(ask, |ask, (name, value)| ask.header(name, value)).send().await
    }
}

/// The whole addresses in a text.
fn links(text: &str) -> Vec<&str> {
    let starts = text.match_indices("http").map(|(at, _)| &text[at..]);
    let whole = starts.filter(|rest| rest.contains("://"));
    whole.map(|rest| rest.split([' ', '\n', '"', '<', '>']).next().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_mailed_link_leads_home_whatever_host_was_asked() {
    let world = World::new().await;
    world.account("ada").await;
    let ada = world.after_password("ada").await;
    let bob = world.member("bob").await;
    let guest = world.guest();
    let before = world.mails().len();

    let account =
        [("handle", "zoe"), ("name", "Zoe"), ("email", "zoe@example.com"), ("password", PASSWORD)];
    Forged(&guest).post("/sign-up", &account).await.expect(303);
    Forged(&world.guest()).post("/reset-password", &[("login", "ada")]).await.expect(200);
    world.run_jobs().await;
    let wish = [("email", "ada@elsewhere.example"), ("password", PASSWORD)];
    Forged(&ada).post("/settings/email", &wish).await.expect(303);
    let key = "00000000-0000-4000-8000-000000000001";
    let asked = [
        ("board", "help"),
        ("title", "A lamp flickers"),
        ("body", "It flickers."),
        ("form_key", key),
    ];
    let thread = Forged(&ada).post("/ask", &asked).await.expect(303).location().to_owned();
    let reply = [("body", "Mine as well."), ("form_key", key)];
    let id = thread.trim_start_matches("/t/").split('/').next().unwrap_or_default().to_owned();
    Forged(&bob).post(&format!("/t/{id}/replies"), &reply).await.expect(303);
    world.run_jobs().await;
    let close = [("handle", "ada"), ("password", PASSWORD)];
    Forged(&ada).post("/settings/close", &close).await.expect(303);
    world.run_jobs().await;

    let mails = world.mails().split_off(before);
    for kind in ["/confirm/", "/reset-password/", "/unsubscribe/", "/reopen/"] {
        let holds = |mail: &&candor::mail::Mail| format!("{mail:?}").contains(kind);
        assert!(mails.iter().any(|mail| holds(&mail)), "no mail leads to {kind}");
    }
    for mail in &mails {
        let whole = format!("{mail:?}");
        assert!(!whole.contains(EVIL), "{whole}");
        let mut all = links(&mail.text);
        all.extend(mail.unsubscribe.as_deref());
        assert!(!all.is_empty());
        assert!(all.iter().all(|link| link.starts_with(PUBLIC)), "{all:?}");
    }
}

#[tokio::test]
async fn a_provider_sends_people_home_whatever_host_was_asked() {
    let (world, provider) = (World::with_neighbours().await, Provider::open().await);
    let admin = world.admin("kim").await;
    let fields = [
        ("name", "Home"),
        ("issuer", provider.issuer.as_str()),
        ("client_id", CLIENT),
        ("secret_password", SECRET),
        ("position", "1"),
        ("enabled", "yes"),
        ("takes_in", "yes"),
    ];
    Forged(&admin).post("/admin/providers", &fields).await.expect(303);

    let sent =
        Forged(&world.guest()).post("/sign-in/with/home", &[("back", "/")]).await.expect(200);

    let way = sent.header("refresh").trim_start_matches("0; url=").to_owned();
    let way = url::Url::parse(&way).unwrap();
    let back = way.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.into_owned();
    assert_eq!(back, format!("{PUBLIC}/sign-in/with/home/back"));
    let page = Forged(&admin).get("/admin/providers/home").await.expect(200);
    assert!(page.text.contains(&format!("{PUBLIC}/sign-in/with/home/back")));
}

#[tokio::test]
async fn no_page_and_no_redirect_repeats_a_forged_host() {
    let world = World::new().await;
    let admin = world.admin("kim").await;
    admin.start("help", "A lamp flickers", "It does.").await;
    world.run_jobs().await;

    let mut wrong = Vec::new();
    for route in routes().into_iter().filter(|route| route.method == Method::GET) {
        if route.rate == candor::route::Rate::Stream {
            continue;
        }
        let filled =
            route.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
        let path = filled.collect::<Vec<_>>().join("/");
        for client in [&admin, &world.guest()] {
            let answer = Forged(client).get(&path).await;
            let headers = format!("{:?}", answer.headers);
            if answer.text.contains(EVIL) || headers.contains(EVIL) {
                wrong.push(format!("{path}: {headers}"));
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

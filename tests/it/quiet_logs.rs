//! No secret is written where others than its owner read: not into the log, not into a table.

use crate::{
    harness::{PASSWORD, World},
    providers::{
        provider::{CLIENT, Provider, SECRET},
        stage::{come, way_of},
    },
};
use candor::mail::{Mail, Mailer};
use serde_json::json;
use std::{
    io,
    process::Command,
    sync::{Arc, Mutex},
};
use tracing_subscriber::{
    EnvFilter, Layer as _, fmt::MakeWriter, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// All lines of the log from this thread, which in a test is all: everything that we say ourselves, and what
/// libraries say to those who look for a fault in them, but for those by which the tests read pages.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What is nobody's but one person's, and who they are.
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn keep(&mut self, what: &'static str, secret: &str) {
        assert!(secret.len() > 5, "{what} {secret:?} would be found by chance");
        self.0.push((what, secret.to_owned()));
    }

    /// Those that stand in the text.
    fn in_text(&self, text: &str) -> Vec<&'static str> {
        self.0.iter().filter(|(_, secret)| text.contains(secret)).map(|(what, _)| *what).collect()
    }
}

#[tokio::test]
async fn no_line_of_the_log_and_no_table_holds_a_secret() {
    let lines = Lines::default();
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(lines.clone());
    let layer = layer.with_filter(EnvFilter::new("debug,candor=trace,html5ever=off,selectors=off"));
    let _hearing = tracing_subscriber::registry().with(layer).set_default();
    let (world, provider) = (World::with_neighbours().await, Provider::open().await);
    let mut secrets = Secrets(Vec::new());
    let admin = world.admin("kim").await;

    // Signing up, wrongly in, and in; a new password by mail.
    let guest = world.guest();
    let account =
        [("handle", "zoe"), ("name", "Zoe"), ("email", "zoe@example.com"), ("password", PASSWORD)];
    guest.post("/sign-up", &account).await.expect(303);
    world.run_jobs().await;
    secrets.keep("a password", PASSWORD);
    let confirm = world.link_to("zoe@example.com");
    secrets.keep("a confirming link", confirm.trim_start_matches("/confirm/"));
    guest.post(&confirm, &[]).await;
    let mistyped = "correct horse batterz";
    secrets.keep("a mistyped password", mistyped);
    guest.post("/sign-in", &[("login", "zoe"), ("password", mistyped)]).await.expect(422);
    let browser = world.after_password("zoe").await;
    secrets.keep("a session", &browser.cookie("__Host-candor").unwrap());
    guest.post("/reset-password", &[("login", "zoe")]).await.expect(200);
    world.run_jobs().await;
    let reset = world.link_to("zoe@example.com");
    secrets.keep("a link for a new password", reset.trim_start_matches("/reset-password/"));
    guest.get(&reset).await.expect(200);
    guest.post(&reset, &[("password", "short")]).await.expect(422);

    // Second factors.
    let page = browser.get("/settings/factors/app").await.expect(200);
    let begin = page.form("/settings/factors/app").set("password", PASSWORD);
    let page = begin.send().await.expect(303).follow().await.expect(200);
    let seed = page.part(".factor-seed code").words();
    secrets.keep("a seed", &seed.replace(' ', ""));
    secrets.keep("a seed in groups", &seed);
    let app = crate::harness::CodeApp::reading(&page);
    let form = page.form("/settings/factors/app/confirm").set("code", &app.code(&world));
    for code in crate::harness::recovery_codes(&form.send().await.expect(200)) {
        secrets.keep("a recovery code", &code);
    }
    let step = world.after_password("zoe").await;
    secrets.keep("a second step", &step.cookie("__Host-candor-step").unwrap());
    step.post("/sign-in/second-step", &[("code", "000000")]).await.expect(422);

    // A provider, rightly and wrongly.
    secrets.keep("a client secret", SECRET);
    let mut fields = vec![
        ("name", "Home"),
        ("issuer", provider.issuer.as_str()),
        ("client_id", CLIENT),
        ("secret_password", SECRET),
        ("position", "1"),
        ("enabled", "yes"),
        ("takes_in", "yes"),
    ];
    admin.post("/admin/providers", &fields).await.expect(303);
    let wrong = "another-client-secret";
    secrets.keep("a wrong client secret", wrong);
    for secret in [SECRET, wrong] {
        fields[3].1 = secret;
        admin.post("/admin/providers/home", &fields).await.expect(303);
        let ada = world.guest();
        let sent = ada.post("/sign-in/with/home", &[("back", "/")]).await.expect(200);
        let way = url::Url::parse(&way_of(&sent)).unwrap();
        for (name, value) in way.query_pairs() {
            // The nonce is kept until they are back, and proves nothing by itself.
            if name == "state" {
                secrets.keep("a state", &value);
            }
        }
        let person = json!({ "sub": "ada", "name": "Ada", "email": "ada@example.com" });
        let back = provider.yes(way.as_str(), &person, world.app.now().unix_timestamp());
        come(&ada, &back).await;
        if let Some(ticket) = ada.cookie("__Host-candor-arrival") {
            secrets.keep("an arrival", &ticket);
        }
    }
    // The mails were handed over, and the browsers' ways are done.
    world.run_jobs().await;

    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.lines().count() > 30, "the log is heard");
    // What the reader of pages in this test says of itself is no line of the server's.
    for line in log.lines().filter(|line| !line.contains(" html5ever::")) {
        // A statement of the database names what it is given by number.
        assert_eq!(secrets.in_text(line), Vec::<&str>::new(), "{line}");
    }
    for table in world
        .texts(
            "select table_name::text from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE'",
        )
        .await
    {
        for row in world.texts(&format!("select held::text from {table} as held")).await {
            assert_eq!(secrets.in_text(&row), Vec::<&str>::new(), "{table}: {row}");
        }
    }
    assert!(secrets.0.len() > 15);
}

#[test]
fn what_the_operator_has_set_stands_in_no_message_that_it_does_not_work() {
    for address in [
        "postgres://candor:whispered@127.0.0.1:none/candor",
        "postgres://candor:whispered@[::1/candor",
        "postgres://candor:whispered@127.0.0.1:1/candor?sslmode=none",
        "candor:whispered@127.0.0.1",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.args(["migrate", "--database-url", address]);
        command.env_clear().env("CANDOR_LOG", "trace");
        let told = command.output().unwrap();
        let told = [told.stdout, told.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert!(told.contains("DATABASE_URL is not an address"), "{told}");
        assert!(!told.contains("whispered"), "{told}");
    }
}

#[tokio::test]
async fn a_mail_server_that_refuses_us_is_told_of_without_our_password() {
    let mail = Mail {
        to: "ada@example.com".to_owned(),
        to_name: "Ada".to_owned(),
        subject: "A lamp".to_owned(),
        text: "It flickers.".to_owned(),
        html: "<p>It flickers.</p>".to_owned(),
        key: "lamp".to_owned(),
        unsubscribe: None,
    };
    for address in [
        "smtp://candor:whispered@127.0.0.1:1",
        "smtps://candor:whispered@127.0.0.1:none",
        "whispered",
    ] {
        let from = "Candor <candor@example.com>".parse().unwrap();
        let error = match Mailer::smtp(address, from) {
            Ok(mailer) => mailer.send(&mail).await.unwrap_err(),
            Err(error) => error,
        };
        assert!(!format!("{error:?} {error:#}").contains("whispered"), "{error:?}");
    }
}

//! A community with a provider, and people who use both.

use super::provider::{CLIENT, Provider, SECRET};
use crate::harness::{Answer, Client, World};
use axum::http::Method;
use serde_json::{Value, json};

pub(super) struct Stage {
    pub(super) world: World,
    pub(super) provider: Provider,
    pub(super) admin: Client,
}

/// What the provider says of Ada.
pub(super) fn ada() -> Value {
    json!({
        "sub": "subject-of-ada",
        "name": "Ada Lind",
        "preferred_username": "ada",
        "email": "ada@example.com",
        "email_verified": true,
    })
}

impl Stage {
    /// With one provider, that takes people in and whose word about addresses counts.
    pub(super) async fn set() -> Self {
        let (world, provider) = (World::with_neighbours().await, Provider::open().await);
        let admin = world.admin("kim").await;
        let stage = Self { world, provider, admin };
        stage.add("Home", &stage.provider, &[]).await;
        stage
    }

    /// Adds a provider as an administrator does.
    pub(super) async fn add(&self, name: &str, provider: &Provider, more: &[(&str, &str)]) {
        let page = self.admin.get("/admin/new-provider").await.expect(200);
        let form = page
            .form("provider")
            .set("name", name)
            .set("issuer", &provider.issuer)
            .set("client_id", CLIENT)
            .set("secret_password", SECRET)
            .set("enabled", "yes")
            .set("trusts_address", "yes");
        more.iter()
            .fold(form, |form, (field, value)| form.set(field, value))
            .send()
            .await
            .expect(303);
    }

    /// Changes fields of the provider `home` in addresses.
    pub(super) async fn change(&self, fields: &[(&str, &str)]) {
        let page = self.admin.get("/admin/providers/home").await.expect(200);
        // Another issuer is to be told its own secret, which is the same here.
        let form = page.form("provider");
        let form = match fields.iter().any(|(field, _)| *field == "issuer") {
            true => form.set("secret_password", SECRET),
            false => form,
        };
        fields
            .iter()
            .fold(form, |form, (field, value)| form.set(field, value))
            .send()
            .await
            .expect(303);
    }

    /// Takes the tick out of a box of the provider `home`.
    pub(super) async fn untick(&self, box_name: &str) {
        let page = self.admin.get("/admin/providers/home").await.expect(200);
        let mut fields: Vec<(String, String)> = vec![
            ("name".into(), "Home".into()),
            ("issuer".into(), self.provider.issuer.clone()),
            ("client_id".into(), CLIENT.into()),
            ("scopes".into(), "profile email".into()),
            ("position".into(), "1".into()),
        ];
        for name in ["enabled", "takes_in", "trusts_address"] {
            let ticked = page.texts(&format!("input[name={name}][checked]")).len() == 1;
            if name != box_name && ticked {
                fields.push((name.into(), "yes".into()));
            }
        }
        let ask = self.admin.ask(Method::POST, "/admin/providers/home");
        ask.fields(&fields).send().await.expect(303);
    }

    fn now(&self) -> i64 {
        self.world.app.now().unix_timestamp()
    }

    /// What the provider has this browser bring back, when this person says yes there.
    pub(super) fn yes(&self, sent: &Answer, person: &Value) -> String {
        self.provider.yes(&way_of(sent), person, self.now())
    }

    /// Signs in by the button on the sign-in page.
    pub(super) async fn sign_in(&self, browser: &Client, person: &Value) -> Answer {
        let sent = self.go(browser).await;
        come(browser, &self.yes(&sent, person)).await
    }

    /// Sent to the provider by the button on the sign-in page.
    pub(super) async fn go(&self, browser: &Client) -> Answer {
        browser
            .get("/sign-in?back=/boards")
            .await
            .button("Continue with Home")
            .press()
            .await
            .expect(200)
    }

    /// A new member who came by the provider and has no password.
    pub(super) async fn newcomer(&self, person: &Value) -> Client {
        let browser = self.world.guest();
        let arrival = self.sign_in(&browser, person).await.follow().await.expect(200);
        arrival.form("join").send().await.expect(303);
        self.world.run_jobs().await;
        browser
    }
}

/// Where the browser is sent.
pub(crate) fn way_of(sent: &Answer) -> String {
    let way =
        sent.header("refresh").strip_prefix("0; url=").expect("the browser is sent on").to_owned();
    assert!(sent.whole().hrefs().contains(&way), "a link leads there too");
    way
}

/// The browser comes back from another site.
pub(crate) async fn come(browser: &Client, address: &str) -> Answer {
    browser.ask(Method::GET, address).header("sec-fetch-site", "cross-site").send().await
}

/// Who is signed in, by the handle in the menu; nobody where it is a guest.
pub(super) async fn who(browser: &Client) -> Option<String> {
    let page = browser.get("/settings").await;
    (page.status == 200).then(|| page.form("/settings").value("name").to_owned())
}

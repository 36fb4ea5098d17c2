//! Second factors, set up as people do it.

use super::{
    PUBLIC, answer::Answer, authenticator::Authenticator, cast::PASSWORD, client::Client,
    world::World,
};
use serde_json::Value;
use time::Duration;
use totp_rs::{Builder, Secret, Totp};

/// The app on somebody's phone.
pub(crate) struct CodeApp(Totp);

impl CodeApp {
    /// Reads what the page shows.
    pub(crate) fn reading(page: &Answer) -> Self {
        let words = page.part(".factor-seed code").words().replace(' ', "");
        let secret = Secret::try_from_base32(&words).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// What it shows now.
    pub(crate) fn code(&self, world: &World) -> String {
        self.code_in(world, Duration::ZERO)
    }

    /// What it shows after a while.
    pub(crate) fn code_in(&self, world: &World, after: Duration) -> String {
        let at = world.app.now() + after;
        self.0.generate(u64::try_from(at.unix_timestamp()).unwrap()).to_string()
    }
}

impl World {
    /// A browser in which the password of this account was typed.
    pub(crate) async fn after_password(&self, handle: &str) -> Client {
        let client = self.guest();
        client.post("/sign-in", &[("login", handle), ("password", PASSWORD)]).await.expect(303);
        client
    }

    /// An account with an app, signed in; and its recovery codes.
    pub(crate) async fn with_app(&self, handle: &str) -> (Client, CodeApp, Vec<String>) {
        self.account(handle).await;
        let client = self.after_password(handle).await;
        let (app, codes) = client.set_up_app(self).await;
        (client, app, codes)
    }

    /// An account with a passkey, signed in; and its recovery codes.
    pub(crate) async fn with_passkey(&self, handle: &str) -> (Client, Authenticator, Vec<String>) {
        self.account(handle).await;
        let client = self.after_password(handle).await;
        let (phone, answer) = client.add_passkey("My phone").await;
        let codes = recovery_codes(&answer.expect(200));
        self.run_jobs().await;
        (client, phone, codes)
    }
}

impl Client {
    /// Sets up an app. The mail about it is sent.
    pub(crate) async fn set_up_app(&self, world: &World) -> (CodeApp, Vec<String>) {
        let page = self.get("/settings/factors/app").await.expect(200);
        let begun = page.form("/settings/factors/app").set("password", PASSWORD).send().await;
        let page = begun.expect(303).follow().await.expect(200);
        let app = CodeApp::reading(&page);
        let form = page.form("/settings/factors/app/confirm").set("code", &app.code(world));
        let codes = recovery_codes(&form.send().await);
        world.run_jobs().await;
        // The code that showed the app is spent.
        world.advance(Duration::seconds(30));
        (app, codes)
    }

    /// Makes a passkey and sends what the browser would send of it.
    pub(crate) async fn add_passkey(&self, name: &str) -> (Authenticator, Answer) {
        let (challenge, phone, credential) = self.made_passkey(name, PASSWORD).await;
        let fields = [("challenge", &challenge[..]), ("credential", &credential)];
        (phone, self.post("/settings/factors/passkeys/finish", &fields).await)
    }

    /// Makes a passkey; what the browser would send of it is not sent yet.
    pub(crate) async fn made_passkey(
        &self,
        name: &str,
        password: &str,
    ) -> (String, Authenticator, String) {
        let fields = [("name", name), ("password", password)];
        let page = self.post("/settings/factors/passkeys", &fields).await.expect(200);
        let asked = page.part("passkey-door").attr("data-make").unwrap().to_owned();
        let challenge =
            page.form("/settings/factors/passkeys/finish").value("challenge").to_owned();
        let (phone, credential) = Authenticator::make(&asked, PUBLIC);
        (challenge, phone, credential)
    }

    /// Has a passkey asked for; returns the challenge's name and what is asked.
    pub(crate) async fn asked_for_passkey(&self, at: &str) -> (String, String) {
        let answer = self.post(at, &[]).await.expect(200);
        let json: Value = serde_json::from_str(&answer.text).unwrap();
        let text = |key: &str| json[key].as_str().unwrap().to_owned();
        (text("challenge"), text("options"))
    }

    /// Shows a passkey at the sign-in page or the second step.
    pub(crate) async fn show_passkey(&self, at: &str, phone: &mut Authenticator) -> Answer {
        let (challenge, asked) = self.asked_for_passkey(&format!("{at}/ask")).await;
        let credential = phone.show(&asked);
        self.post(at, &[("challenge", &challenge), ("credential", &credential)]).await
    }

    /// Whether somebody is signed in here.
    pub(crate) async fn is_signed_in(&self) -> bool {
        self.get("/settings/factors").await.status == 200
    }
}

/// The recovery codes on the page that shows them once.
pub(crate) fn recovery_codes(page: &Answer) -> Vec<String> {
    page.texts(".recovery-codes code")
}

//! The session cookie, and who is asking.

use super::{asked::Asked, shell::Shell};
use crate::{
    access::{Admin, Staff},
    app::App,
    error::Error,
    kit::Secret,
    members::{
        Member, Viewer,
        session::{self, LIFETIME},
    },
    papers,
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use time::Duration;

/// Browsers refuse a `__Host-` cookie that did not come by https, or for another path or domain.
fn cookie_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-candor" } else { "candor" }
}

/// Where second factors are set up: where whoever owes one is sent.
pub(super) const ENROLMENT: &str = "/settings/factors";

/// Whether somebody who owes a second factor may ask for this: the texts of the community, where they set one
/// up, and to a provider and back, because those without a password show there that the account is theirs.
fn leads_to_factor(path: &str) -> bool {
    let between =
        |begin, end| path.strip_prefix(begin).is_some_and(|rest: &str| rest.ends_with(end));
    path.starts_with(ENROLMENT)
        || papers::is_text(path)
        || between("/settings/providers/", "/prove")
        || between("/sign-in/with/", "/back")
}

/// The same for a sign-in that waits for its second step.
fn step_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-candor-step" } else { "candor-step" }
}

/// The same for set-up.
fn pass_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-candor-set-up" } else { "candor-set-up" }
}

/// The same for somebody who waits to be let in.
fn waiting_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-candor-waiting" } else { "candor-waiting" }
}

/// So long a browser knows whose application it may show.
const WAITING: Duration = Duration::days(30);

/// The secret of a browser that may see where an application stands, not yet believed.
pub fn waiting_of(app: &App, headers: &HeaderMap) -> Option<Secret> {
    presented(headers, waiting_name(app))
}

/// The cookie by which a browser may see where an application stands. It begins no session.
pub fn waiting_cookie_for(app: &App, secret: &Secret) -> Cookie<'static> {
    build(app, waiting_name(app), secret.reveal(), WAITING)
}

/// Takes that one away again, where there is one.
pub fn without_waiting(app: &App, jar: CookieJar) -> CookieJar {
    match jar.get(waiting_name(app)) {
        Some(_) => jar.add(build(app, waiting_name(app), "", Duration::ZERO)),
        None => jar,
    }
}

/// The secret in the session cookie, not yet believed.
pub fn secret_of(app: &App, headers: &HeaderMap) -> Option<Secret> {
    presented(headers, cookie_name(app))
}

/// The secret of a sign-in that waits for its second step, not yet believed.
pub fn step_of(app: &App, headers: &HeaderMap) -> Option<Secret> {
    presented(headers, step_name(app))
}

fn presented(headers: &HeaderMap, name: &str) -> Option<Secret> {
    Some(Secret::presented(CookieJar::from_headers(headers).get(name)?.value()))
}

/// The cookie that keeps a browser signed in.
pub fn cookie_for(app: &App, secret: &Secret) -> Cookie<'static> {
    build(app, cookie_name(app), secret.reveal(), LIFETIME)
}

/// The cookie that binds a sign-in waiting for its second step to the browser that began it.
pub fn step_cookie_for(app: &App, secret: &Secret) -> Cookie<'static> {
    build(app, step_name(app), secret.reveal(), session::PENDING)
}

/// The secret of a browser that has shown the code of set-up, not yet believed.
pub fn set_up_pass_of(app: &App, headers: &HeaderMap) -> Option<Secret> {
    presented(headers, pass_name(app))
}

/// The cookie of a browser that has shown the code of set-up. Gone with the browser.
pub fn set_up_cookie_for(app: &App, secret: &Secret) -> Cookie<'static> {
    let mut cookie = build(app, pass_name(app), secret.reveal(), Duration::ZERO);
    cookie.set_max_age(None);
    cookie
}

/// Takes that one away again.
pub fn without_set_up(app: &App, jar: CookieJar) -> CookieJar {
    jar.add(build(app, pass_name(app), "", Duration::ZERO))
}

/// Takes the cookie of a second step away again, where there is one.
pub fn without_step(app: &App, jar: CookieJar) -> CookieJar {
    match jar.get(step_name(app)) {
        Some(_) => jar.add(build(app, step_name(app), "", Duration::ZERO)),
        None => jar,
    }
}

/// The cookie that takes it away again.
pub fn cookie_gone(app: &App) -> Cookie<'static> {
    build(app, cookie_name(app), "", Duration::ZERO)
}

fn build(app: &App, name: &'static str, value: &str, lasts: Duration) -> Cookie<'static> {
    Cookie::build((name, value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.https())
        .max_age(lasts)
        .build()
}

impl FromRequestParts<App> for Shell {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(asked) = Asked::from_request_parts(parts, app).await;
        let shell = Self::of(app, &asked).await?;
        // Everything that asks who is there comes by here, so nothing is forgotten.
        if shell.owes_second_factor && !leads_to_factor(&shell.path) {
            return Err(Error::SecondFactorFirst);
        }
        if shell.consent_due && papers::asks_before(&shell.path) {
            return Err(Error::ConsentFirst);
        }
        Ok(shell)
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(Shell::from_request_parts(parts, app).await?.viewer)
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Viewer::from_request_parts(parts, app).await?.0.ok_or(Error::SignInFirst)
    }
}

impl FromRequestParts<App> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let member = Member::from_request_parts(parts, app).await?;
        Self::proven(&member).ok_or(Error::NotFound)
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let member = Member::from_request_parts(parts, app).await?;
        Self::proven(&member).ok_or(Error::NotFound)
    }
}

//! The session cookie, and who is asking.

use super::{asked::Asked, shell::Shell};
use crate::{
    access::{Admin, Staff},
    app::App,
    error::Error,
    kit::Secret,
    members::{Member, Viewer, session::LIFETIME},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

/// Browsers refuse a `__Host-` cookie that did not come by https, or for another path or domain.
fn cookie_name(app: &App) -> &'static str {
    if app.config.https() { "__Host-candor" } else { "candor" }
}

/// The secret in the session cookie, not yet believed.
pub fn secret_of(app: &App, headers: &HeaderMap) -> Option<Secret> {
    let cookie = CookieJar::from_headers(headers).get(cookie_name(app))?.value().to_owned();
    Some(Secret::presented(cookie))
}

/// The cookie that keeps a browser signed in.
pub fn cookie_for(app: &App, secret: &Secret) -> Cookie<'static> {
    Cookie::build((cookie_name(app), secret.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.https())
        .max_age(LIFETIME)
        .build()
}

/// The cookie that takes it away again.
pub fn cookie_gone(app: &App) -> Cookie<'static> {
    Cookie::build((cookie_name(app), ""))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.https())
        .max_age(time::Duration::ZERO)
        .build()
}

impl FromRequestParts<App> for Shell {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(asked) = Asked::from_request_parts(parts, app).await;
        Self::of(app, &asked).await
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

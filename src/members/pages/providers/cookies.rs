//! Cookies of a browser that is on its way, or has arrived.

use crate::{
    app::App,
    kit::Secret,
    members::provider::{ARRIVAL, ROUND},
};
use axum::http::HeaderMap;
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use time::Duration;

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Round,
    Arrival,
}

impl Kind {
    fn name(self, app: &App) -> &'static str {
        match (self, app.config.https()) {
            (Self::Round, true) => "__Host-candor-round",
            (Self::Round, false) => "candor-round",
            (Self::Arrival, true) => "__Host-candor-arrival",
            (Self::Arrival, false) => "candor-arrival",
        }
    }

    fn lifetime(self) -> Duration {
        match self {
            Self::Round => ROUND,
            Self::Arrival => ARRIVAL,
        }
    }
}

pub(super) fn read(app: &App, headers: &HeaderMap, kind: Kind) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    // As long as ours are: another is no secret that was made here.
    let value = jar.get(kind.name(app)).map(Cookie::value).filter(|value| value.len() == 43)?;
    Some(Secret::presented(value))
}

/// Lax, because they come back by a link of another site.
pub(super) fn write(app: &App, kind: Kind, secret: &Secret) -> Cookie<'static> {
    build(app, kind, secret.reveal(), kind.lifetime())
}

pub(super) fn gone(app: &App, kind: Kind) -> Cookie<'static> {
    build(app, kind, "", Duration::ZERO)
}

fn build(app: &App, kind: Kind, value: &str, lasts: Duration) -> Cookie<'static> {
    Cookie::build((kind.name(app), value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.https())
        .max_age(lasts)
        .build()
}

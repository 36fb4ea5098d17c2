//! How pages look to a guest: a few words in a cookie.

use crate::members::Reading;
use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use axum_extra::extract::CookieJar;

const COOKIE: &str = "candor-reading";
const YEAR_SECS: u32 = 365 * 24 * 60 * 60;

/// Has the browser keep it.
pub fn keep_reading(mut response: Response, reading: Reading) -> Response {
    // No cookie may hold a space (RFC 6265 §4.1.1).
    let words = reading.to_string().replace(' ', ".");
    let cookie = format!("{COOKIE}={words}; Path=/; Max-Age={YEAR_SECS}; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the browser keeps.
pub(super) fn kept(headers: &HeaderMap) -> Reading {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|kept| Reading::read(&kept.value().replace('.', " "))).unwrap_or_default()
}

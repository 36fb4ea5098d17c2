//! One sentence that the next page says, after a deed: a key in a cookie that is read once.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

const COOKIE: &str = "candor-said";

/// 303 to `location`, which is where every deed ends. Letters that no address may hold (RFC 3986 §2.1),
/// such as those of a handle, are written in percent.
pub fn see_other(location: &str) -> Response {
    let location = percent_encoding::utf8_percent_encode(location, percent_encoding::CONTROLS);
    let value = HeaderValue::from_str(&location.to_string())
        .unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

/// 308: the address was never quite this one.
pub fn permanent(location: &str) -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location.to_owned())]).into_response()
}

/// 303 to `location`, where the page says the text of `key`.
pub fn see_other_saying(location: &str, key: &'static str) -> Response {
    let mut response = see_other(location);
    let cookie = format!("{COOKIE}={key}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the last deed said. Only our own keys, whatever the cookie holds.
pub(super) fn said(headers: &HeaderMap) -> Option<String> {
    let key = CookieJar::from_headers(headers).get(COOKIE)?.value().to_owned();
    let ours = key.starts_with("flash-") && crate::words::Language::default().has(&key);
    ours.then_some(key)
}

/// Middleware: a page that was drawn has said it.
pub async fn clear_flash(request: Request, next: Next) -> Response {
    let saying = said(request.headers()).is_some();
    let mut response = next.run(request).await;
    if saying && response.status() != StatusCode::SEE_OTHER && is_page(&response) {
        let gone = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&gone) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn is_page(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

pub(super) mod atom;
pub(super) mod sitemap;

use crate::{
    app::App,
    error::Result,
    web::{Document, Shell},
};
use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

/// What search engines need not read: it is for members, or is made anew for each who asks.
#[derive(Template)]
#[template(path = "feeds/robots.txt")]
struct ShowRobots {
    shell: Shell,
}

/// The rules for programs that read the site (RFC 9309).
pub(super) async fn robots(
    State(_): State<App>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    let text = ShowRobots { shell }.render()?;
    Document { media_type: "text/plain; charset=utf-8", text }.answer(&headers)
}

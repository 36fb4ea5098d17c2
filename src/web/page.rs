use crate::error::Error;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// A page to be drawn: `Ok(Page(ShowThread { … }))`.
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        draw(StatusCode::OK, &self.0)
    }
}

/// The same page once more, with what was typed and what is wrong with it: status 422.
pub fn unprocessable<T: Template>(page: &T) -> Response {
    draw(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Draws the whole page before anything is sent, so that a failure is a page of its own.
pub(super) fn draw<T: Template>(status: StatusCode, page: &T) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Error::from(error).into_response(),
    }
}

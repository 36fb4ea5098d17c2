//! Whether set-up is open, and the way to it.

use crate::{app::App, error::Result, members, web};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Middleware: as long as set-up is open, whatever is asked for leads there.
pub async fn lead(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.inhabited.is_closed() || stays(request.uri().path()) {
        return next.run(request).await;
    }
    match is_open(&app).await {
        Ok(true) => web::see_other("/set-up"),
        Ok(false) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// What is there from the first moment on.
fn stays(path: &str) -> bool {
    matches!(path, "/set-up" | "/set-up/code" | "/healthz" | "/readyz")
        || path.starts_with("/assets/")
}

/// Whether nobody is a member yet. Once somebody is, it is not asked again.
pub(super) async fn is_open(app: &App) -> Result<bool> {
    if app.inhabited.is_closed() {
        return Ok(false);
    }
    if members::anybody(&mut *app.db.acquire().await?).await? {
        app.inhabited.close();
        return Ok(false);
    }
    Ok(true)
}

use crate::app::App;
use axum::{extract::State, http::StatusCode};
use std::time::Duration;

/// The process runs.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Requests can be answered: the database answers and the server is not stopping.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    let asked = tokio::time::timeout(Duration::from_secs(1), async {
        let mut db = app.db.acquire().await?;
        super::store::answers(&mut db).await
    });
    match asked.await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

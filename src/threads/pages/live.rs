use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    threads::access,
    web::{Path, Shell, listen::until_shutdown},
};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::StreamExt;
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::BroadcastStream;

/// Says *that* the thread changed, never what: the page asks for that through the normal door.
pub(in crate::threads) async fn stream(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    let changes = BroadcastStream::new(app.hub.changes()).filter_map(move |change| async move {
        match change {
            Ok(thread) if thread == id => {
                Some(Ok::<_, Infallible>(Event::default().data("changed")))
            }
            Ok(_) => None,
            // Changes were missed: this thread's may have been among them.
            Err(_) => Some(Ok(Event::default().data("changed"))),
        }
    });
    let stream = until_shutdown(changes, app.stopping.clone());
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Ok(Sse::new(stream).keep_alive(alive).into_response())
}

use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    members::Viewer,
    realtime::News,
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
use futures_util::{StreamExt, future::ready};
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

/// What a piece of news is to one stream.
enum Told {
    Changed,
    Nothing,
    /// The viewer may see the thread no more.
    Over,
}

/// Says *that* the thread changed, never what: the page asks for that through the normal door. The stream
/// asks the door itself only when rights change, and ends where it is shut.
pub(in crate::threads) async fn stream(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    let stopping = app.stopping.clone();
    let changes = BroadcastStream::new(app.hub.changes())
        .then(move |news| told(app.clone(), shell.viewer.clone(), id, news))
        .take_while(|told| ready(!matches!(told, Told::Over)))
        .filter_map(|told| {
            let changed = matches!(told, Told::Changed);
            ready(changed.then(|| Ok::<_, Infallible>(Event::default().data("changed"))))
        });
    let stream = until_shutdown(changes, stopping);
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Ok(Sse::new(stream).keep_alive(alive).into_response())
}

async fn told(
    app: App,
    viewer: Viewer,
    id: ThreadId,
    news: Result<News, BroadcastStreamRecvError>,
) -> Told {
    match news {
        Ok(News::Thread(thread)) if thread == id => Told::Changed,
        Ok(News::Thread(_)) => Told::Nothing,
        Ok(News::Rights) if seen(&app, &viewer, id).await => Told::Nothing,
        // Changes were missed: this thread's may have been among them, or of rights.
        Err(_) if seen(&app, &viewer, id).await => Told::Changed,
        Ok(News::Rights) | Err(_) => Told::Over,
    }
}

async fn seen(app: &App, viewer: &Viewer, id: ThreadId) -> bool {
    match app.db.acquire().await {
        Ok(mut db) => access::readable(&mut db, viewer, id).await.is_ok(),
        Err(_) => false,
    }
}

use crate::{
    app::App,
    error::{Error, Result},
    kit::{Secret, ThreadId},
    limits,
    members::{Viewer, session},
    realtime::{News, Place},
    threads::access,
    web::{self, Path, Shell, Whence, listen::until_shutdown},
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use std::{
    convert::Infallible,
    time::{Duration, Instant},
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Streams that one member holds open at one time.
const OF_A_MEMBER: usize = 16;
/// Streams from one network, such as an office.
const FROM_A_NETWORK: usize = 64;

/// What a page that is open was let in by, and must still be.
#[derive(Clone)]
struct Door {
    app: App,
    viewer: Viewer,
    session: Option<Secret>,
    thread: ThreadId,
}

/// A page that is open, and what it is told.
struct Listener {
    door: Door,
    news: Receiver<News>,
    /// When it last began to ask the door.
    asked: Instant,
    _place: Place,
}

/// Says *that* the thread changed, never what: the page asks for that through the normal door. The stream
/// asks the door itself only when rights change, and ends where it is shut.
pub(in crate::threads) async fn stream(
    State(app): State<App>,
    shell: Shell,
    whence: Whence,
    headers: HeaderMap,
    Path(thread): Path<ThreadId>,
) -> Result<Response> {
    let place = place(&app, &shell.viewer, whence).ok_or(Error::Busy)?;
    // Before the door is asked, so that nothing is missed in between.
    let (news, asked) = (app.hub.changes(), Instant::now());
    let (session, viewer) = (web::secret_of(&app, &headers), shell.viewer);
    let stopping = app.stopping.clone();
    let door = Door { app, viewer, session, thread };
    if !door.is_open().await? {
        return Err(Error::NotFound);
    }
    let listener = Listener { door, news, asked, _place: place };
    let changes = stream::unfold(listener, |mut listener| async move {
        let changed = Ok::<_, Infallible>(Event::default().data("changed"));
        listener.changed().await.then_some((changed, listener))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(20));
    Ok(Sse::new(until_shutdown(changes, stopping)).keep_alive(alive).into_response())
}

/// Half of all connections may be streams; the others are for pages.
fn place(app: &App, viewer: &Viewer, whence: Whence) -> Option<Place> {
    let member = viewer.0.as_ref().map(|member| (limits::member(member.id), OF_A_MEMBER));
    let network = whence.0.map(|address| (limits::network(address), FROM_A_NETWORK));
    let most = app.config.max_connections as usize / 2;
    app.hub.place(most, member.into_iter().chain(network).collect())
}

impl Listener {
    /// Waits for the thread to change; false where the viewer may see it no more.
    async fn changed(&mut self) -> bool {
        loop {
            match self.news.recv().await {
                Ok(News::Thread(thread)) if thread == self.door.thread => return true,
                Ok(News::Rights(at)) if at > self.asked => {
                    // One deed wakes all of them, who need not ask in the same moment.
                    wait().await;
                    if !self.asks().await {
                        return false;
                    }
                }
                Ok(News::Member(member)) if self.door.viewer.is(member) => {
                    if !self.asks().await {
                        return false;
                    }
                }
                Ok(_) => {}
                // Changes were missed: this thread's may have been among them, or of rights.
                Err(RecvError::Lagged(_)) => {
                    wait().await;
                    return self.asks().await;
                }
                Err(RecvError::Closed) => return false,
            }
        }
    }

    /// Asks the door until the database answers, and says nothing meanwhile.
    async fn asks(&mut self) -> bool {
        loop {
            // Apart, so that it goes on where nobody reads the stream: with its turn it has a connection.
            let answer = tokio::spawn(self.door.clone().asked_in_turn()).await;
            match answer {
                Ok((asked, Ok(open))) => {
                    self.asked = asked;
                    return open;
                }
                Ok((_, Err(error))) => {
                    tracing::debug!(%error, "a stream could not ask its door, and will again")
                }
                Err(_) => return false,
            }
            wait().await;
        }
    }
}

impl Door {
    /// Waits for its turn; says since when it has asked.
    async fn asked_in_turn(self) -> (Instant, Result<bool>) {
        let _turn = self.app.hub.turn().await;
        (Instant::now(), self.is_open().await)
    }

    async fn is_open(&self) -> Result<bool> {
        let mut db = self.app.db.acquire().await?;
        if let (Some(member), Some(secret)) = (&self.viewer.0, &self.session)
            && !session::counts(&mut db, secret, member.id, self.app.now()).await?
        {
            return Ok(false);
        }
        match access::readable(&mut db, &self.viewer, self.thread).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A random while of up to two seconds.
async fn wait() {
    let millis = getrandom::u32().unwrap_or(1000) % 2000;
    tokio::time::sleep(Duration::from_millis(u64::from(millis))).await;
}

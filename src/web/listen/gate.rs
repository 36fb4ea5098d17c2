use super::{
    Limits,
    connection::{self, converse, turn_away},
    places::Places,
};
use axum::Router;
use hyper::server::conn::http1;
use std::{future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long connections are still let in after shutdown began: those that wait in the kernel's
/// queue would be reset when the listener closes, in the middle of their request.
const LAST_CALL: Duration = Duration::from_millis(50);

/// How many may be told at one time that there is no place; the others are dropped without a word.
const TURNED_AWAY_AT_ONCE: usize = 256;

/// Everything the connections of one listener share.
pub(super) struct Gate {
    pub(super) http: http1::Builder,
    pub(super) router: Router,
    pub(super) limits: Limits,
    pub(super) shutdown: CancellationToken,
    /// The drain is over: connections still there are dropped.
    pub(super) abandoned: CancellationToken,
    places: Arc<Places>,
    turned_away: Arc<Semaphore>,
    connections: TaskTracker,
}

/// Serves HTTP/1 on `listener` until `shutdown`, then lets requests under way and `deeds` finish for
/// at most [`Limits::drain`], and drops what is left.
///
/// Every request carries `ConnectInfo<SocketAddr>`: the peer, an IPv4 address written as such also
/// on an IPv6 listener. `deeds` is the tracker of [`Uncancelled`](crate::web::uncancelled::Uncancelled),
/// whose work outlives its connection; it is closed here.
///
/// # Errors
/// When the listener has no address. A failing `accept` is logged and tried again.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    deeds: TaskTracker,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "Listening on {address}");
    let gate = Arc::new(Gate {
        http: connection::http(&limits),
        router,
        places: Arc::new(Places::new(&limits)),
        limits,
        shutdown: shutdown.clone(),
        abandoned: CancellationToken::new(),
        turned_away: Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE)),
        connections: TaskTracker::new(),
    });
    gate.admit_until(&listener, shutdown.cancelled()).await;
    gate.admit_until(&listener, sleep(LAST_CALL)).await;
    drop(listener);
    gate.drain(&deeds).await;
    Ok(())
}

impl Gate {
    async fn admit_until(self: &Arc<Self>, listener: &TcpListener, end: impl Future<Output = ()>) {
        let mut end = pin!(end);
        let mut trouble = Trouble::default();
        loop {
            let accepted = tokio::select! {
                biased;
                () = end.as_mut() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    trouble = Trouble::default();
                    self.admit(stream, peer);
                }
                // The client left between knocking and entering.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => tokio::select! {
                    () = end.as_mut() => return,
                    () = sleep(trouble.pause(&error)) => {}
                },
            }
        }
    }

    fn admit(self: &Arc<Self>, stream: TcpStream, peer: SocketAddr) {
        let peer = SocketAddr::new(peer.ip().to_canonical(), peer.port());
        if let Some(place) = self.places.take(peer.ip()) {
            self.connections.spawn(converse(self.clone(), stream, peer, place));
        } else if let Ok(turn) = self.turned_away.clone().try_acquire_owned() {
            let gate = self.clone();
            self.connections.spawn(async move {
                turn_away(stream, &gate.limits).await;
                drop(turn);
            });
        }
    }

    async fn drain(&self, deeds: &TaskTracker) {
        let begun = Instant::now();
        self.connections.close();
        deeds.close();
        let finished = timeout(self.limits.drain, async {
            // In this order: a connection may still begin a deed.
            self.connections.wait().await;
            deeds.wait().await;
        });
        if finished.await.is_err() {
            let (connections, deeds) = (self.connections.len(), deeds.len());
            tracing::warn!(connections, deeds, "Shutdown did not wait for everything to finish");
        }
        self.abandoned.cancel();
        tracing::info!(drain.ms = begun.elapsed().as_millis() as u64, "Stopped listening");
    }
}

/// A run of failing `accept`s: no file descriptors, no memory.
#[derive(Default)]
struct Trouble {
    pause: Duration,
    logged: Option<Instant>,
}

impl Trouble {
    /// How long to wait before the next try. The socket stays readable while `accept` fails, so that
    /// without a pause the loop would take a whole core from those who could free a descriptor.
    fn pause(&mut self, error: &io::Error) -> Duration {
        if self.logged.is_none_or(|logged| logged.elapsed() > Duration::from_secs(10)) {
            self.logged = Some(Instant::now());
            tracing::error!(%error, "Connections cannot be accepted: {error}");
        }
        self.pause = (self.pause * 2).clamp(Duration::from_millis(10), Duration::from_secs(1));
        self.pause
    }
}

//! A gate with a router behind it, on a port of its own.

use axum::Router;
use candor::web::listen::{self, Limits};
use std::{
    io,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub(crate) struct Node {
    pub(crate) address: SocketAddr,
    pub(crate) shutdown: CancellationToken,
    served: JoinHandle<io::Result<()>>,
}

impl Node {
    pub(crate) async fn start(router: Router, limits: Limits) -> Self {
        Self::with_deeds(router, limits, TaskTracker::new(), CancellationToken::new()).await
    }

    pub(crate) async fn with_deeds(
        router: Router,
        limits: Limits,
        deeds: TaskTracker,
        shutdown: CancellationToken,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(listen::serve(listener, router, limits, deeds, shutdown.clone()));
        Self { address, shutdown, served }
    }

    /// Shuts down and says how long that took.
    pub(crate) async fn stop(self) -> Duration {
        let begun = Instant::now();
        self.shutdown.cancel();
        self.served.await.unwrap().unwrap();
        begun.elapsed()
    }
}

pub(crate) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

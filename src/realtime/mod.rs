//! Telling open pages that something changed, on every node.
//!
//! A stream says only *that* a thread changed; the page fetches what changed through the normal
//! door, so permission is asked once and in one place. One connection per node listens; a node that
//! loses it listens again, and pages that missed something learn of it with the next change.

mod store;

use crate::{database::Database, kit::ThreadId};
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

pub use store::{announce, announce_rights};

const CHANNEL: &str = "candor_threads";
/// What is said where no thread changed but who may see what.
const RIGHTS: &str = "rights";

/// What open pages are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// This thread changed.
    Thread(ThreadId),
    /// Somebody may see more or less than before; whoever listens asks the door again.
    Rights,
}

/// Who listens on this node.
#[derive(Debug, Clone)]
pub struct Hub(broadcast::Sender<News>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Hub {
    /// What changes from now on.
    pub fn changes(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }

    /// Listens to all nodes until `stop`.
    pub async fn listen(self, database: Database, stop: CancellationToken) {
        loop {
            let heard = tokio::select! {
                heard = self.listen_once(&database) => heard,
                () = stop.cancelled() => return,
            };
            if let Err(error) = heard {
                tracing::warn!(%error, "lost the line on which nodes tell each other; listening again");
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    async fn listen_once(&self, database: &Database) -> sqlx::Result<()> {
        // A connection of its own: listening would keep one of the pool's for ever.
        let pool = PgPoolOptions::new().max_connections(1).connect_with(database.options()).await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            let notice = listener.recv().await?;
            if notice.payload() == RIGHTS {
                let _ = self.0.send(News::Rights);
            }
            for thread in notice.payload().split(',').filter_map(|id| id.parse().ok()) {
                // Nobody listening is fine.
                let _ = self.0.send(News::Thread(thread));
            }
        }
    }
}

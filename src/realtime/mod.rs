//! Telling open pages that something changed, on every node.
//!
//! A stream says only *that* a thread changed; the page fetches what changed through the normal
//! door, so permission is asked once and in one place. One connection per node listens; a node that
//! loses it listens again, and pages that missed something learn of it with the next change. What was said of
//! rights is never missed: whoever listens again asks again.

mod places;
mod store;

use crate::{
    database::Database,
    kit::{MemberId, ThreadId},
};
use places::Places;
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast};
use tokio_util::sync::CancellationToken;

pub use places::Place;
pub use store::{announce, announce_member, announce_rights};

const CHANNEL: &str = "candor_threads";
/// What is said where no thread changed but who may see what.
const RIGHTS: &str = "rights";
/// What stands before the member of whom alone that is said.
const MEMBER: &str = "member ";

/// Streams that ask the database at one time whether they may go on: few, so that pages find a connection
/// while thousands of them ask.
const TURNS: usize = 4;

/// What open pages are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// This thread changed.
    Thread(ThreadId),
    /// Somebody may see more or less than before; whoever listens asks the door again, unless they have
    /// begun to after this was heard.
    Rights(Instant),
    /// This member may see more or less than before, or one of their sessions has ended.
    Member(MemberId),
}

/// Who listens on this node.
#[derive(Debug, Clone)]
pub struct Hub {
    news: broadcast::Sender<News>,
    places: Places,
    turns: Arc<Semaphore>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::channel(1024).0,
            places: Places::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }
}

impl Hub {
    /// What changes from now on.
    pub fn changes(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// A place for a stream of these holders, each with the most that they may have on this node; none where
    /// one of them has as many, or all together have `most`.
    pub fn place(&self, most: usize, holders: Vec<(String, usize)>) -> Option<Place> {
        self.places.take(most, holders)
    }

    /// The turn of a stream to ask the database, until it is dropped.
    pub async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.turns.clone().acquire_owned().await.ok()
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
            // What was said while nobody listened may have been about rights: at the start, and where the
            // connection was lost and is there again.
            self.tell(News::Rights(Instant::now()));
            while let Some(notice) = listener.try_recv().await? {
                self.hear(notice.payload());
            }
        }
    }

    fn hear(&self, payload: &str) {
        if payload == RIGHTS {
            self.tell(News::Rights(Instant::now()));
        } else if let Some(member) = payload.strip_prefix(MEMBER) {
            if let Ok(member) = member.parse() {
                self.tell(News::Member(member));
            }
        } else {
            for thread in payload.split(',').filter_map(|id| id.parse().ok()) {
                self.tell(News::Thread(thread));
            }
        }
    }

    /// Nobody listening is fine.
    fn tell(&self, news: News) {
        let _ = self.news.send(news);
    }
}

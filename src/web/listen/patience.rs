use super::Pace;
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep};

/// What is left of a [`Pace`] for one body or one connection.
pub(super) struct Patience {
    pace: Pace,
    waited: Duration,
    bytes: u64,
    wait: Option<Wait>,
}

struct Wait {
    since: Instant,
    end: Pin<Box<Sleep>>,
}

impl Patience {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, waited: Duration::ZERO, bytes: 0, wait: None }
    }

    /// To be called whenever the client keeps us waiting; ready when it has done so for too long.
    pub(super) fn poll_exhausted(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.left();
        let wait = self.wait.get_or_insert_with(|| Wait {
            since: Instant::now(),
            end: Box::pin(tokio::time::sleep(left)),
        });
        wait.end.as_mut().poll(cx)
    }

    /// To be called when the client has moved so many bytes: the wait is over.
    pub(super) fn moved(&mut self, bytes: usize) {
        if let Some(wait) = self.wait.take() {
            self.waited += wait.since.elapsed();
        }
        self.bytes += bytes as u64;
    }

    fn left(&self) -> Duration {
        let earned = Duration::from_secs(self.bytes / self.pace.bytes_per_second.max(1));
        (self.pace.total + earned).saturating_sub(self.waited).min(self.pace.idle)
    }
}

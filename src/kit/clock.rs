use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use time::{Duration, OffsetDateTime};

/// Where `now` comes from. Everything else takes the time as an argument, so that one deed has one
/// time, tests can stop the clock and importers can write the past.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved; microseconds since 1970.
    Stopped(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `time`.
    pub fn stopped_at(time: OffsetDateTime) -> Self {
        Self::Stopped(Arc::new(AtomicI64::new(micros(time))))
    }

    /// The time in UTC, cut to PostgreSQL's microseconds so that what is stored equals what was meant.
    pub fn now(&self) -> OffsetDateTime {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that reads the time"
            )]
            Self::System => from_micros(micros(OffsetDateTime::now_utc())),
            Self::Stopped(at) => from_micros(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a stopped clock on; the machine's clock is left alone.
    pub fn advance(&self, by: Duration) {
        if let Self::Stopped(at) = self {
            at.fetch_add(by.whole_microseconds() as i64, Ordering::SeqCst);
        }
    }
}

fn micros(time: OffsetDateTime) -> i64 {
    (time.unix_timestamp_nanos() / 1_000) as i64
}

fn from_micros(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

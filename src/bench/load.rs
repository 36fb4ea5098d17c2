//! So many clients at a time, each asking again as soon as it is answered.

use super::{client::Client, pages::Requests};
use anyhow::{Result, bail, ensure};
use hyper::StatusCode;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

/// Time that is not counted at the start: connections are made and caches filled.
const WARMING_UP: Duration = Duration::from_millis(700);

/// Whoever is sent away waits a little, as a person would.
const SENT_AWAY: Duration = Duration::from_millis(20);

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    pub(super) per_second: f64,
    /// Milliseconds, of those that were answered with what they asked for.
    pub(super) p50: f64,
    pub(super) p99: f64,
    /// The part of all requests that was told to come again later.
    pub(super) refused: f64,
}

#[derive(Default)]
struct Tally {
    microseconds: Vec<u32>,
    refused: u64,
}

/// Asks for so long.
pub(super) async fn run(
    address: SocketAddr,
    requests: &Requests,
    concurrency: usize,
    lasting: Duration,
) -> Result<Figures> {
    let numbers = Arc::new(AtomicU64::new(0));
    let begin = Instant::now() + WARMING_UP;
    let mut clients = JoinSet::new();
    for _ in 0..concurrency {
        let (requests, numbers) = (requests.clone(), Arc::clone(&numbers));
        clients.spawn(async move { ask(address, &requests, &numbers, begin, lasting).await });
    }
    let mut all = Tally::default();
    while let Some(tally) = clients.join_next().await {
        let tally = tally??;
        all.microseconds.extend(tally.microseconds);
        all.refused += tally.refused;
    }
    ensure!(!all.microseconds.is_empty(), "nothing was answered within {lasting:?}");
    Ok(all.figures(lasting))
}

async fn ask(
    address: SocketAddr,
    requests: &Requests,
    numbers: &AtomicU64,
    begin: Instant,
    lasting: Duration,
) -> Result<Tally> {
    let host = address.to_string();
    let mut client = Client::new(address);
    let mut tally = Tally::default();
    while begin.elapsed() < lasting {
        let request = requests.request(numbers.fetch_add(1, Ordering::Relaxed), &host);
        let path = request.uri().to_string();
        let asked = Instant::now();
        let answer = client.ask(request).await?;
        let took = asked.elapsed();
        let counts = asked >= begin;
        match answer.status {
            StatusCode::OK | StatusCode::SEE_OTHER if counts => {
                tally.microseconds.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
            }
            StatusCode::OK | StatusCode::SEE_OTHER => {}
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                tally.refused += u64::from(counts);
                sleep(SENT_AWAY).await;
            }
            status => {
                let said = String::from_utf8_lossy(&answer.body).into_owned();
                bail!("{path} was answered {status}: {}", said.get(..2_000).unwrap_or(&said));
            }
        }
    }
    Ok(tally)
}

impl Tally {
    fn figures(mut self, lasting: Duration) -> Figures {
        self.microseconds.sort_unstable();
        let answered = self.microseconds.len();
        Figures {
            per_second: answered as f64 / lasting.as_secs_f64(),
            p50: percentile(&self.microseconds, 0.50),
            p99: percentile(&self.microseconds, 0.99),
            refused: self.refused as f64 / (answered as u64 + self.refused) as f64,
        }
    }
}

/// By the nearest-rank method, in milliseconds; of something, sorted.
pub(super) fn percentile(sorted: &[u32], part: f64) -> f64 {
    let rank = (sorted.len() as f64 * part).ceil() as usize;
    f64::from(sorted[rank.clamp(1, sorted.len()) - 1]) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let hundred: Vec<u32> = (1..=100).map(|n| n * 1_000).collect();
        assert_eq!(percentile(&hundred, 0.50), 50.0);
        assert_eq!(percentile(&hundred, 0.99), 99.0);
        assert_eq!(percentile(&[7_000], 0.99), 7.0);
        assert_eq!(percentile(&[1_000, 2_000], 0.99), 2.0);
    }
}

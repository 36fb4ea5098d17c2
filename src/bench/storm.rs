//! A storm of sign-ins while others read.
//!
//! Both come at their own pace, however the server fares: a request is due at its time and its latency
//! counts from there, so that a server that stalls is asked no less.

use super::{
    client::Client,
    load::percentile,
    pages::{Requests, What, Who},
    store,
};
use crate::app::App;
use anyhow::{Result, bail, ensure};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, StatusCode, header};
use secrecy::SecretString;
use serde::Serialize;
use sqlx::PgConnection;
use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};
use url::form_urlencoded;

/// Of each kind, in a second.
const OFFERED: u32 = 50;

/// Measured so much longer than a page, because the slowest of a hundred is sought among so few.
const LONGER: u32 = 4;

/// The same for all who sign in here; the benchmark's database is nobody else's.
const PASSWORD: &str = "a password for the benchmark";

/// Members who sign in.
const MEMBERS: i64 = 64;

/// What a page's readers notice of it.
#[derive(Debug, Serialize)]
pub(super) struct Storm {
    offered_per_second: u32,
    /// Milliseconds of the thread page, read by guests, without and with sign-ins.
    calm: Paces,
    storm: Paces,
    /// In a second.
    admitted: f64,
    /// Told to come again, in a second.
    shed: f64,
    sign_in: Paces,
}

/// Milliseconds from when a request was due.
#[derive(Debug, Serialize)]
struct Paces {
    p50_ms: f64,
    p99_ms: f64,
}

/// Whoever signs in, and by which requests pages are read.
pub(super) struct Crowd {
    pages: Requests,
    handles: Vec<String>,
}

impl Crowd {
    /// Gives members a password they sign in with.
    pub(super) async fn gather(
        app: &App,
        db: &mut PgConnection,
        pages: &[super::pages::Page],
    ) -> Result<Self> {
        let read = pages.iter().find(|page| (page.what, page.who) == (What::Thread, Who::Guest));
        let Some(read) = read else { bail!("there is no thread to read") };
        let hash = app.hasher.hash(SecretString::from(PASSWORD)).await?;
        let members = store::writers(db, MEMBERS).await?;
        let handles = store::give_password(db, &members, &hash).await?;
        ensure!(!handles.is_empty(), "there is nobody to sign in");
        Ok(Self { pages: read.requests.clone(), handles })
    }

    fn sign_in(&self, number: u64, host: &str) -> Request<Full<Bytes>> {
        let handle = &self.handles[number as usize % self.handles.len()];
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("login", handle)
            .append_pair("password", PASSWORD)
            .finish();
        Request::builder()
            .method(Method::POST)
            .uri("/sign-in")
            .header(header::HOST, host)
            .header(header::ORIGIN, format!("http://{host}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(body))
            .expect("handles of the benchmark are ASCII")
    }
}

/// Reads alone, and then while members sign in.
pub(super) async fn measure(
    address: SocketAddr,
    crowd: &Arc<Crowd>,
    lasting: Duration,
) -> Result<Storm> {
    let lasting = lasting * LONGER;
    let read = |number, host: &str, crowd: &Crowd| crowd.pages.request(number, host);
    let sign_in = |number, host: &str, crowd: &Crowd| crowd.sign_in(number, host);
    // Connections are made, and caches filled.
    offer(address, crowd, Duration::from_secs(1), read).await?;
    let calm = offer(address, crowd, lasting, read).await?;
    let (storm, signed_in) = tokio::try_join!(
        offer(address, crowd, lasting, read),
        offer(address, crowd, lasting, sign_in),
    )?;
    ensure!(calm.shed + storm.shed == 0, "a reader was sent away");
    let seconds = lasting.as_secs_f64();
    Ok(Storm {
        offered_per_second: OFFERED,
        admitted: signed_in.microseconds.len() as f64 / seconds,
        shed: f64::from(signed_in.shed) / seconds,
        calm: calm.paces()?,
        storm: storm.paces()?,
        sign_in: signed_in.paces()?,
    })
}

#[derive(Default)]
struct Tally {
    microseconds: Vec<u32>,
    shed: u32,
}

impl Tally {
    fn paces(mut self) -> Result<Paces> {
        ensure!(!self.microseconds.is_empty(), "nothing was answered");
        self.microseconds.sort_unstable();
        let of = |part| percentile(&self.microseconds, part);
        Ok(Paces { p50_ms: of(0.50), p99_ms: of(0.99) })
    }
}

/// Sends requests when they are due, each over a connection that is free, and waits for all answers.
async fn offer(
    address: SocketAddr,
    crowd: &Arc<Crowd>,
    lasting: Duration,
    request: impl Fn(u64, &str, &Crowd) -> Request<Full<Bytes>>,
) -> Result<Tally> {
    let host = address.to_string();
    let free: Arc<Mutex<Vec<Client>>> = Arc::default();
    let mut answers = JoinSet::new();
    let begin = Instant::now();
    let requests = (lasting.as_secs_f64() * f64::from(OFFERED)) as u32;
    for number in 0..requests {
        let due = begin + Duration::from_secs(1) * number / OFFERED;
        sleep_until(due).await;
        let request = request(u64::from(number), &host, crowd);
        let free = Arc::clone(&free);
        answers.spawn(async move {
            let idle = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut client = idle.unwrap_or_else(|| Client::new(address));
            let answer = client.ask(request).await?;
            free.lock().unwrap_or_else(PoisonError::into_inner).push(client);
            Ok::<_, anyhow::Error>((answer.status, due.elapsed()))
        });
    }
    let mut tally = Tally::default();
    while let Some(answer) = answers.join_next().await {
        match answer?? {
            (StatusCode::OK | StatusCode::SEE_OTHER, took) => {
                tally.microseconds.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
            }
            (StatusCode::SERVICE_UNAVAILABLE, _) => tally.shed += 1,
            (status, _) => bail!("a request of the storm was answered {status}"),
        }
    }
    Ok(tally)
}

impl fmt::Display for Storm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Storm: {0} thread pages and {0} sign-ins offered in a second. Pages: p50 {1:.2} ms, p99 {2:.2} ms; \
             without sign-ins {3:.2} and {4:.2} ms; p99 {5:.2} times as long. Sign-ins: {6:.1} admitted in a second \
             (p50 {7:.0} ms, p99 {8:.0} ms), {9:.1} told to come again.",
            self.offered_per_second,
            self.storm.p50_ms,
            self.storm.p99_ms,
            self.calm.p50_ms,
            self.calm.p99_ms,
            self.storm.p99_ms / self.calm.p99_ms,
            self.admitted,
            self.sign_in.p50_ms,
            self.sign_in.p99_ms,
            self.shed,
        )
    }
}

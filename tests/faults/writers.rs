//! Clients that write: patient ones that send until they are answered, impatient ones that leave.

use crate::{
    browser::{Browser, Form},
    dice::Dice,
    ledger::Ledger,
};
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Where clients go and until when.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) nodes: Vec<SocketAddr>,
    pub(crate) threads: Vec<i64>,
    until: Instant,
    end: CancellationToken,
    /// Answers other than yes: try again, and broken off.
    pub(crate) troubles: Arc<AtomicU32>,
}

impl Field {
    pub(crate) fn new(nodes: Vec<SocketAddr>, threads: &[i64], lasting: Duration) -> Self {
        Self {
            ledger: Arc::default(),
            nodes,
            threads: threads.to_vec(),
            until: Instant::now() + lasting,
            end: CancellationToken::new(),
            troubles: Arc::default(),
        }
    }

    /// The same, which ends earlier when told.
    pub(crate) fn with_an_end(self) -> (Self, CancellationToken) {
        let end = self.end.clone();
        (self, end)
    }

    /// Whether it is neither over nor ended.
    pub(crate) fn goes_on(&self) -> bool {
        Instant::now() < self.until && !self.end.is_cancelled()
    }

    /// Fetches forms and sends replies, each by its one form until it is answered. One who
    /// `gives_up` leaves some in doubt.
    pub(crate) async fn patient(self, browser: Browser, seed: u64, gives_up: bool) {
        let mut dice = Dice::new(seed);
        let mut number = 0;
        while self.goes_on() {
            let thread = dice.one_of(&self.threads);
            let Ok(form) = browser.form(dice.one_of(&self.nodes), thread).await else {
                sleep(Duration::from_millis(50)).await;
                continue;
            };
            number += 1;
            let text = format!("{} has patience, {number}", browser.name);
            self.ledger.intend(&text);
            while !self.told(&text, browser.reply(dice.one_of(&self.nodes), &form, &text).await) {
                self.troubles.fetch_add(1, Ordering::Relaxed);
                if gives_up && dice.below(4) == 0 {
                    break;
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Whether the reply was acknowledged; anything but yes and "try again" is a fault of the server.
    pub(crate) fn told(&self, text: &str, answer: io::Result<crate::browser::Answer>) -> bool {
        match answer {
            Ok(answer) if answer.status == 303 => {
                self.ledger.acknowledge(text, answer.location.as_deref().unwrap_or_default());
                true
            }
            Ok(answer) if answer.status == 503 => false,
            Ok(answer) => panic!("{} to {text:?}: {}", answer.status, answer.body),
            Err(_) => false,
        }
    }

    /// Sends replies and hangs up at any moment.
    pub(crate) async fn impatient(self, browser: Browser, seed: u64) {
        let mut dice = Dice::new(seed);
        let mut number = 0;
        while self.goes_on() {
            number += 1;
            let thread = dice.one_of(&self.threads);
            let form =
                Form { action: format!("/t/{thread}/replies"), key: Uuid::now_v7().to_string() };
            let text = format!("{} has no patience, {number}", browser.name);
            self.ledger.intend(&text);
            let patience = dice.millis_below(200);
            let node = dice.one_of(&self.nodes);
            if let Ok(answer) = timeout(patience, browser.reply(node, &form, &text)).await {
                self.told(&text, answer);
            }
        }
    }

    /// Searches, which reads in a transaction, and hangs up at any moment.
    pub(crate) async fn impatient_reader(self, browser: Browser, seed: u64) {
        let mut dice = Dice::new(seed);
        while self.goes_on() {
            let node = dice.one_of(&self.nodes);
            let _ = timeout(dice.millis_below(120), browser.get(node, "/search?q=patience")).await;
        }
    }
}

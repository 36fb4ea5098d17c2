//! How much memory the processes of the benchmark hold, where the system tells (Linux).

use super::{server::Server, yardsticks::Nginx};
use crate::database::embedded::Embedded;
use serde::Serialize;
use std::fs;

/// Megabytes at the end of the run; absent where the system does not tell.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Memory {
    /// The most that the server held at any time (peak resident set).
    pub server: Option<f64>,
    /// PostgreSQL with all its processes: private memory, and the most that one of them shares.
    pub postgres: Option<f64>,
    /// nginx with all its processes, likewise.
    pub nginx: Option<f64>,
}

impl Memory {
    pub(super) fn of(server: &Server, postgres: &Embedded, nginx: Option<&Nginx>) -> Self {
        Self {
            server: server.process().and_then(peak),
            postgres: postgres.process().and_then(family).map(megabytes),
            nginx: nginx.and_then(Nginx::process).and_then(family).map(megabytes),
        }
    }
}

/// The most that a process held at any time, in megabytes.
pub(super) fn peak(process: u32) -> Option<f64> {
    kilobytes(&format!("/proc/{process}/status"), "VmHWM:").map(megabytes)
}

fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1_024.0
}

/// What a process and its children hold each for itself, and what they share, once.
fn family(parent: u32) -> Option<u64> {
    let own = held(parent)?;
    let children = format!("/proc/{parent}/task/{parent}/children");
    let children = fs::read_to_string(children).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|id| id.parse().ok());
    // One that has just ended holds nothing.
    let all = children.filter_map(held).fold(own, |all, one| Held {
        private: all.private + one.private,
        shared: all.shared.max(one.shared),
    });
    Some(all.private + all.shared)
}

/// Kilobytes of one process.
struct Held {
    private: u64,
    shared: u64,
}

fn held(process: u32) -> Option<Held> {
    let status = format!("/proc/{process}/status");
    Some(Held {
        private: kilobytes(&status, "RssAnon:")?,
        shared: kilobytes(&status, "RssShmem:")?,
    })
}

fn kilobytes(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

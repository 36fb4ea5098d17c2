//! The figures, as a table and as JSON.

use super::{
    asked::Seen,
    load::Figures,
    memory::Memory,
    pages::{Page, What, Who},
    storm::Storm,
};
use serde::Serialize;
use sqlx::PgConnection;
use std::fmt;

/// Everything that was measured in one run.
#[derive(Debug, Serialize)]
pub struct Report {
    pub(super) machine: Machine,
    pub(super) size: Size,
    /// How long each measurement lasted.
    pub(super) seconds: f64,
    pub(super) lines: Vec<Line>,
    pub(super) storm: Storm,
    /// In megabytes.
    pub(super) memory: Memory,
}

/// On what it was measured.
#[derive(Debug, Serialize)]
pub(super) struct Machine {
    pub(super) cores: usize,
    pub(super) postgres: String,
    pub(super) candor: &'static str,
}

/// How large the community is.
#[derive(Debug, Serialize)]
pub(super) struct Size {
    pub(super) posts: i64,
    pub(super) threads: i64,
    pub(super) members: i64,
    /// Of the database.
    pub(super) megabytes: i64,
}

/// One kind of request at one concurrency.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    what: What,
    who: Who,
    concurrency: usize,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    /// The part that was told to come again later.
    refused: f64,
    queries: f64,
    kilobytes: f64,
    nginx_per_second: Option<f64>,
    pgbench_per_second: Option<f64>,
}

impl Line {
    pub(super) fn new(
        page: &Page,
        concurrency: usize,
        ours: &Figures,
        seen: &Seen,
        nginx: Option<&Figures>,
        pgbench: Option<f64>,
    ) -> Self {
        Self {
            what: page.what,
            who: page.who,
            concurrency,
            per_second: ours.per_second,
            p50_ms: ours.p50,
            p99_ms: ours.p99,
            refused: ours.refused,
            queries: seen.queries(),
            kilobytes: seen.bytes() / 1_024.0,
            nginx_per_second: nginx.map(|figures| figures.per_second),
            pgbench_per_second: pgbench,
        }
    }
}

impl Report {
    /// The whole of it, for programs.
    ///
    /// # Errors
    /// None: all of it can be written as JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

const HEAD: &str = "\
| page | at a time | requests/s | p50 ms | p99 ms | refused | queries | kB | of nginx | of pgbench |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (size, machine) = (&self.size, &self.machine);
        writeln!(
            f,
            "{} posts in {} threads by {} members, {} MB; {}; PostgreSQL {}; Candor {}; {} s for each figure\n",
            size.posts,
            size.threads,
            size.members,
            size.megabytes,
            match machine.cores {
                1 => "1 core".to_owned(),
                cores => format!("{cores} cores"),
            },
            machine.postgres,
            machine.candor,
            self.seconds,
        )?;
        writeln!(f, "{HEAD}")?;
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        writeln!(f, "\n{}", self.storm)?;
        let memory = &self.memory;
        let megabytes = |of: Option<f64>| of.map_or("?".to_owned(), |of| format!("{of:.0} MB"));
        writeln!(
            f,
            "\nMemory: server {} at the most, PostgreSQL {}, nginx {}.",
            megabytes(memory.server),
            megabytes(memory.postgres),
            megabytes(memory.nginx)
        )
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |yardstick: Option<f64>| match yardstick {
            Some(theirs) => format!("{:.2} ({theirs:.0}/s)", self.per_second / theirs),
            None => String::new(),
        };
        write!(
            f,
            "| {}, {} | {} | {:.0} | {:.2} | {:.2} | {:.0} % | {:.1} | {:.1} | {} | {} |",
            self.what,
            self.who,
            self.concurrency,
            self.per_second,
            self.p50_ms,
            self.p99_ms,
            self.refused * 100.0,
            self.queries,
            self.kilobytes,
            share(self.nginx_per_second),
            share(self.pgbench_per_second),
        )
    }
}

impl Machine {
    pub(super) async fn of(db: &mut PgConnection) -> sqlx::Result<Self> {
        Ok(Self {
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            postgres: super::store::postgres_version(db).await?,
            candor: env!("CARGO_PKG_VERSION"),
        })
    }
}

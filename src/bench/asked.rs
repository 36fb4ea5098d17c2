//! What a page asks of the database, read from PostgreSQL's own log while nobody else asks anything.

use super::{client::Client, pages::Page, server::Server};
use crate::database::embedded::DATABASE;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, PgConnection};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// So many different requests of a kind are looked at, and stand for all of them.
const LOOKED_AT: usize = 40;

/// How long PostgreSQL may take to write its log.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the pool asks when a connection comes back, after the page was answered.
const POOL: &str = "transaction_timestamp() <> statement_timestamp()";

/// What a new connection asks once of each of our types.
const TYPES: &str = "pg_catalog.pg_type";

/// PostgreSQL settings for a log that can be read.
pub(super) fn logging() -> Vec<(String, String)> {
    [
        ("logging_collector", "on"),
        ("log_destination", "jsonlog"),
        ("log_directory", "log"),
        ("log_filename", "asked.log"),
        ("log_rotation_age", "0"),
        ("log_rotation_size", "0"),
        ("log_file_mode", "0644"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// The requests of one kind that were looked at.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What was answered, for each request.
    pub(super) bodies: Vec<bytes::Bytes>,
    /// What was asked of the database, for each request; with the values where `$1` stood.
    pub(super) statements: Vec<Vec<String>>,
}

impl Seen {
    /// Round trips to the database for one request, on the average.
    pub(super) fn queries(&self) -> f64 {
        let all: usize = self.statements.iter().map(Vec::len).sum();
        all as f64 / self.statements.len().max(1) as f64
    }

    /// Bytes of one page, on the average.
    pub(super) fn bytes(&self) -> f64 {
        let all: usize = self.bodies.iter().map(bytes::Bytes::len).sum();
        all as f64 / self.bodies.len().max(1) as f64
    }
}

/// Lets sessions that begin from now on log what they are asked, or no more.
pub(super) async fn log_statements(db: &mut PgConnection, all: bool) -> Result<()> {
    let value = if all { "all" } else { "none" };
    let sql = format!("alter role candor in database {DATABASE} set log_statement = '{value}'");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(db).await?;
    Ok(())
}

/// Asks for a page, again and again with other addresses and members, and reads what that asked.
pub(super) async fn of(
    page: &Page,
    server: &Server,
    data: &Path,
    db: &mut PgConnection,
) -> Result<Seen> {
    let mut log = Log::open(data.join("pg/data/log/asked.json"))?;
    let mut client = Client::new(server.address);
    let host = server.address.to_string();
    sqlx::raw_sql("set log_statement = 'all'").execute(&mut *db).await?;
    let mut seen = Seen::default();
    for number in 0..page.requests.different(LOOKED_AT) {
        // What is written once an hour is not what a page costs; the second look counts.
        if !page.writes() {
            client.ask(page.requests.request(number, &host)).await?;
        }
        log.up_to_now(db).await?;
        let answer = client.ask(page.requests.request(number, &host)).await?;
        let status = answer.status;
        ensure!(status.is_success() || status.is_redirection(), "{page} was answered {status}");
        seen.statements.push(log.up_to_now(db).await?);
        seen.bodies.push(answer.body);
    }
    sqlx::raw_sql("set log_statement = 'none'").execute(db).await?;
    Ok(seen)
}

/// PostgreSQL's log, read on from where it was read last.
struct Log {
    path: PathBuf,
    from: u64,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    application_name: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    detail: String,
}

impl Log {
    fn open(path: PathBuf) -> Result<Self> {
        let from = std::fs::metadata(&path)
            .with_context(|| format!("PostgreSQL keeps no log at {}", path.display()))?
            .len();
        Ok(Self { path, from })
    }

    /// The statements that servers sent since the last time.
    async fn up_to_now(&mut self, db: &mut PgConnection) -> Result<Vec<String>> {
        // What was logged before this sign stands before it.
        let sign = format!("select 'read up to {}'", Uuid::now_v7());
        sqlx::raw_sql(AssertSqlSafe(sign.as_str())).execute(db).await?;
        let began = Instant::now();
        loop {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(self.from))?;
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            if text.contains(&sign) && text.ends_with('\n') {
                self.from += text.len() as u64;
                return text.lines().filter_map(|line| statement(line).transpose()).collect();
            }
            ensure!(began.elapsed() < PATIENCE, "PostgreSQL does not write its log");
            sleep(Duration::from_millis(5)).await;
        }
    }
}

/// The statement that a line tells of, if a server of ours sent it for a page.
fn statement(line: &str) -> Result<Option<String>> {
    let entry: Entry = serde_json::from_str(line).context("PostgreSQL's log cannot be read")?;
    if entry.application_name != "candor" {
        return Ok(None);
    }
    let said = &entry.message;
    if [POOL, TYPES].iter().any(|aside| said.contains(aside)) {
        return Ok(None);
    }
    let executed = said.strip_prefix("execute ").and_then(|rest| rest.split_once(": "));
    let sql = match (executed, said.strip_prefix("statement: ")) {
        (Some((_, sql)), _) => with_values(sql, &entry.detail),
        (None, Some(sql)) => sql.to_owned(),
        (None, None) => return Ok(None),
    };
    Ok(Some(sql.trim().trim_end_matches(';').to_owned()))
}

/// The statement with its values in place of `$1`, `$2` …, as PostgreSQL quotes them in
/// `parameters: $1 = '5', $2 = NULL`.
fn with_values(sql: &str, detail: &str) -> String {
    let values = values(detail.split_once(": ").map_or("", |(_, rest)| rest));
    let mut whole = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find('$') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = rest[at + 1..at + 1 + digits].parse().unwrap_or(0);
        whole.push_str(&rest[..at]);
        match number.checked_sub(1).and_then(|index| values.get(index)) {
            Some(value) => whole.push_str(value),
            None => whole.push_str(&rest[at..at + 1 + digits]),
        }
        rest = &rest[at + 1 + digits..];
    }
    whole + rest
}

fn values(mut rest: &str) -> Vec<String> {
    let mut values = Vec::new();
    while let Some((_, value)) = rest.split_once(" = ") {
        let length = if value.starts_with('\'') {
            quoted(value)
        } else {
            value.find(", ").unwrap_or(value.len())
        };
        values.push(value[..length].to_owned());
        rest = &value[length..];
    }
    values
}

/// How long the quoted text at the start is, with its quotes; a quote inside is doubled.
fn quoted(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_numbers_stood() {
        let detail = "parameters: $1 = '5', $2 = NULL, $3 = 'it''s = $1, so'";
        let sql = "select $3, $1::bigint where $2 is null and $10 = '$'";
        let whole = "select 'it''s = $1, so', '5'::bigint where NULL is null and $10 = '$'";
        assert_eq!(with_values(sql, detail), whole);
    }

    #[test]
    fn only_what_a_page_asked_is_counted() {
        let line = |name: &str, message: &str| {
            serde_json::json!({ "application_name": name, "message": message }).to_string()
        };
        let asked = |name: &str, message: &str| statement(&line(name, message)).unwrap();
        assert_eq!(asked("candor", "execute sqlx_s_1: select 1"), Some("select 1".into()));
        assert_eq!(asked("candor", "statement: BEGIN"), Some("BEGIN".into()));
        assert_eq!(asked("candor", &format!("statement: select {POOL}")), None);
        assert_eq!(asked("candor", &format!("statement: select oid from {TYPES}")), None);
        assert_eq!(asked("psql", "statement: select 1"), None);
        assert_eq!(asked("candor", "connection received"), None);
    }
}

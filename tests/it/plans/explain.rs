//! What PostgreSQL says of each statement that it carried out.
//!
//! Its module `auto_explain` sends the plan of every statement as a notice over the connection that the
//! statement came by, so that plans need not be looked for in a log that other tests write as well.

use crate::harness::{Notices, World};

/// The settings of a connection that explains.
pub(super) const SETTINGS: [(&str, &str); 7] = [
    ("session_preload_libraries", "auto_explain"),
    ("auto_explain.log_level", "notice"),
    ("auto_explain.log_min_duration", "0"),
    ("auto_explain.log_analyze", "on"),
    ("auto_explain.log_timing", "off"),
    ("auto_explain.log_buffers", "on"),
    // What references and functions ask is asked for the request as well.
    ("auto_explain.log_nested_statements", "on"),
];

/// A statement as it was carried out.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The statement, on one line.
    pub(super) statement: String,
    /// Pages of tables and indexes that were looked at.
    pub(super) buffers: u64,
    /// What was read of tables and indexes.
    pub(super) scans: Vec<Scan>,
    /// As PostgreSQL wrote it.
    pub(super) text: String,
}

/// Rows that a node of a plan read.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    /// Of which table; where an index alone was read, of which index.
    pub(super) table: String,
    /// All that were looked at, also those that were thrown away.
    pub(super) rows: u64,
    /// Whether it went from one end of the table to the other.
    pub(super) whole: bool,
}

/// Hears the plans of what a community does.
#[derive(Clone, Default)]
pub(super) struct Plans(pub(super) Notices);

impl Plans {
    /// What was heard since this was asked last.
    pub(super) async fn take(&self, world: &World) -> Vec<Plan> {
        self.0.take(world).await.iter().filter_map(|notice| Plan::read(notice)).collect()
    }
}

impl Plan {
    /// Reads a notice; `None` where it holds no plan, or that of the question which every connection is
    /// asked when it is given back.
    fn read(notice: &str) -> Option<Self> {
        let (_, said) = notice.split_once("plan:\nQuery Text: ")?;
        let tree = said.lines().position(|line| line.contains("  (cost="))?;
        let lines: Vec<&str> = said.lines().collect();
        let statement = lines[..tree].join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        if statement.contains("transaction_timestamp()") {
            return None;
        }
        let tree = &lines[tree..];
        Some(Self { statement, buffers: buffers(tree), scans: scans(tree), text: tree.join("\n") })
    }
}

/// Those of a node hold those of all below it, and the first node is the highest.
fn buffers(tree: &[&str]) -> u64 {
    let first = tree.iter().find_map(|line| line.trim().strip_prefix("Buffers:"));
    let shared = first.and_then(|buffers| buffers.split(", ").next()).unwrap_or_default();
    number_after(shared, " hit=") + number_after(shared, " read=")
}

fn scans(tree: &[&str]) -> Vec<Scan> {
    let mut scans: Vec<Scan> = Vec::new();
    // Of the node whose lines are being read; nothing where it reads no table.
    let mut loops = 0;
    for line in tree {
        if let Some((node, figures)) = line.split_once("  (cost=") {
            loops = 0;
            if let Some(table) = table(node) {
                loops = number_after(figures, " loops=");
                let rows = number_after(figures, "(actual rows=") * loops;
                scans.push(Scan { table, rows, whole: node.contains("Seq Scan") && loops > 0 });
            }
        } else if let Some(scan) = scans.last_mut()
            && line.trim().starts_with("Rows Removed by")
        {
            // An average of all loops.
            scan.rows += number_after(line, ": ") * loops;
        }
    }
    scans
}

fn table(node: &str) -> Option<String> {
    let kinds = ["Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"];
    let (_, on) =
        node.split_once(" on ").filter(|_| kinds.iter().any(|kind| node.contains(kind)))?;
    on.split(' ').next().map(ToOwned::to_owned)
}

fn number_after(text: &str, sign: &str) -> u64 {
    let rest = text.split_once(sign).map_or("", |(_, rest)| rest);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

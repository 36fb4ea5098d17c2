//! What was odd about a file: rows skipped, and oddities of rows read all the same.

use super::Table;
use std::{collections::BTreeMap, fmt};

/// More names than this are no columns but a broken file.
const NAMES_KEPT: usize = 50;

/// A row that could not be read, where it stands, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub table: Table,
    /// The line it begins on, from 1, as editors and `sed` count.
    pub line: u64,
    /// Its id, if that much could be read.
    pub id: Option<i64>,
    pub reason: Reason,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.table, self.line)?;
        if let Some(id) = self.id {
            write!(f, " (id {id})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why a row was skipped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    #[error("the row is cut short")]
    CutShort,
    #[error("the row is longer than 64 MB")]
    TooLong,
    #[error("the row is not well-formed: {0}")]
    Malformed(String),
    #[error("an element <{0}> where rows of this table belong")]
    Unexpected(String),
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{0} is not a whole number")]
    NotANumber(&'static str),
    #[error("{0} is not a time")]
    NotATime(&'static str),
}

/// What one file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    pub rows_read: u64,
    pub rows_skipped: u64,
    /// Characters XML forbids, such as `&#x1F;`, left out of texts.
    pub characters_dropped: u64,
    /// Rows with bytes that are not UTF-8, which show as U+FFFD.
    pub rows_not_utf8: u64,
    /// Texts that are no XML comment and stand outside of any row.
    pub texts_between_rows: u64,
    /// Optional columns whose value was no number, time or flag, and counts as absent.
    pub values_unreadable: BTreeMap<&'static str, u64>,
    /// Columns neither read nor ignored by name: a newer dump knows something we do not.
    pub columns_unknown: BTreeMap<String, u64>,
    /// The file has no closing tag: the download or the unpacking broke off.
    pub breaks_off: bool,
}

impl Notes {
    pub(super) fn column_unknown(&mut self, name: &str) {
        if let Some(count) = self.columns_unknown.get_mut(name) {
            *count += 1;
        } else if self.columns_unknown.len() < NAMES_KEPT {
            self.columns_unknown.insert(name.to_owned(), 1);
        }
    }

    pub(super) fn value_unreadable(&mut self, name: &'static str) {
        *self.values_unreadable.entry(name).or_default() += 1;
    }

    /// The oddities in words, one each; empty for a clean file.
    pub fn oddities(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.breaks_off {
            said.push("the file breaks off before its closing tag".to_owned());
        }
        if self.characters_dropped > 0 {
            said.push(format!("{} forbidden characters left out", self.characters_dropped));
        }
        if self.rows_not_utf8 > 0 {
            said.push(format!("{} rows are not UTF-8", self.rows_not_utf8));
        }
        if self.texts_between_rows > 0 {
            said.push(format!("{} texts between rows, not read", self.texts_between_rows));
        }
        for (name, count) in &self.values_unreadable {
            said.push(format!("{name}: {count} values make no sense and count as absent"));
        }
        for (name, count) in &self.columns_unknown {
            said.push(format!("{name}: unknown column in {count} rows, not read"));
        }
        said
    }
}

//! The Markdown behind a post, from its history.

use super::{HistoryKind, HistoryRow, PostRow};
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};

/// Where the current text of one post stands in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// When title, body or tags last changed, as far as the history knows.
    pub changed: OffsetDateTime,
    body: (OffsetDateTime, i64),
}

impl Head {
    /// The history row whose text is the Markdown of the post.
    pub fn body_row(&self) -> i64 {
        self.body.1
    }

    /// Whether the history reaches up to the post's last edit; if not, the post's HTML is newer
    /// than any Markdown we have.
    pub fn is_current(&self, post: &PostRow) -> bool {
        // The two columns are written by different statements and may lie milliseconds apart.
        post.last_edited.is_none_or(|at| self.changed + Duration::SECOND >= at)
    }
}

/// The heads of all posts, gathered in one pass over the history.
///
/// Holds two places in time for each post and no text; measured, 200 MB at the peak for a million
/// posts. Without it, every post would be stored with converted HTML first and rewritten when its
/// history comes by.
#[derive(Debug, Clone, Default)]
pub struct Heads {
    posts: HashMap<i64, Known>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    changed: OffsetDateTime,
    body: Option<(OffsetDateTime, i64)>,
}

impl Heads {
    pub fn take_in(&mut self, row: &HistoryRow) {
        if !row.kind.is_text() {
            return;
        }
        let known =
            self.posts.entry(row.post).or_insert(Known { changed: row.created, body: None });
        known.changed = known.changed.max(row.created);
        if is_markdown(row) {
            known.body = known.body.max(Some(place(row)));
        }
    }

    /// None for a post whose history holds no body, which happens to redacted ones.
    pub fn of(&self, post: i64) -> Option<Head> {
        let known = self.posts.get(&post)?;
        Some(Head { changed: known.changed, body: known.body? })
    }
}

/// The Markdown a post has after these rows of its history, in whatever order they come.
pub fn latest_markdown(history: &[HistoryRow]) -> Option<&str> {
    let latest = history.iter().filter(|row| is_markdown(row)).max_by_key(|row| place(row))?;
    latest.text.as_deref()
}

fn is_markdown(row: &HistoryRow) -> bool {
    matches!(row.kind, HistoryKind::Body(_)) && row.text.is_some()
}

/// Ids grow with time except where sites were merged, so that time comes first.
fn place(row: &HistoryRow) -> (OffsetDateTime, i64) {
    (row.created, row.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::stackexchange::dump::Change;
    use time::macros::datetime;

    fn row(id: i64, kind: HistoryKind, minute: i64, text: Option<&str>) -> HistoryRow {
        HistoryRow {
            id,
            post: 7,
            kind,
            created: datetime!(2015-01-27 20:00 UTC) + Duration::minutes(minute),
            revision: None,
            author: None,
            author_name: None,
            comment: None,
            text: text.map(str::to_owned),
            license: None,
        }
    }

    #[test]
    fn the_latest_body_is_the_source_even_after_a_rollback_and_a_new_title() {
        let history = [
            row(4, HistoryKind::Body(Change::Rollback), 9, Some("first *again*")),
            row(1, HistoryKind::Body(Change::Initial), 0, Some("first")),
            row(2, HistoryKind::Title(Change::Initial), 0, Some("title")),
            row(3, HistoryKind::Body(Change::Edit), 5, Some("second")),
            row(5, HistoryKind::Title(Change::Edit), 12, Some("other title")),
            row(6, HistoryKind::Closed, 20, Some("{}")),
            row(7, HistoryKind::Body(Change::Edit), 21, None),
        ];
        let mut heads = Heads::default();
        history.iter().for_each(|row| heads.take_in(row));

        assert_eq!(latest_markdown(&history), Some("first *again*"));
        assert_eq!(heads.of(7).map(|head| head.body_row()), Some(4));
        assert_eq!(heads.of(7).unwrap().changed, history[6].created);
        assert_eq!(heads.of(8), None);
        assert_eq!(latest_markdown(&history[5..]), None);
    }
}

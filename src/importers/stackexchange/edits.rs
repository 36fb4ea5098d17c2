//! The texts a post had, from its history.

use super::{
    dump::{HistoryKind, HistoryRow, PostRow, html_to_markdown},
    people::People,
    text,
};
use crate::{kit::MemberId, posts::past::Version};
use anyhow::Result;
use time::{Duration, OffsetDateTime};

/// The text of a post and how it came to be.
pub(super) struct Text {
    pub(super) source: String,
    /// What stood there before, from the first.
    pub(super) earlier: Vec<Version>,
    /// When the text that stands was written, where it was not the first, and by whom.
    pub(super) edited: Option<(OffsetDateTime, Option<MemberId>)>,
}

/// `current` says that the history reaches up to the last edit; otherwise the text is made of the
/// HTML, and everything in the history is earlier.
pub(super) fn text_of(
    post: &PostRow,
    history: Vec<HistoryRow>,
    current: bool,
    people: &People,
) -> Result<Text> {
    let mut earlier = versions(history, people)?;
    if current && let Some(now) = earlier.pop() {
        // The history of a migrated post may begin with an edit.
        let later = !earlier.is_empty() || now.written_at > post.created + Duration::SECOND;
        let edited = later.then_some((now.written_at, Some(now.written_by)));
        return Ok(Text { source: now.source, earlier, edited });
    }
    let source = text::of_post(&html_to_markdown(&post.body_html)?);
    let editor = people.known(post.last_editor, post.last_editor_name.as_deref());
    let last = earlier.last().map(|version| (version.written_at, Some(version.written_by)));
    Ok(Text { source, edited: post.last_edited.map(|at| (at, editor)).or(last), earlier })
}

/// All texts in the order in which they were written. What changed nothing that we keep, such as tags,
/// is no version.
fn versions(mut history: Vec<HistoryRow>, people: &People) -> Result<Vec<Version>> {
    history.sort_by_key(|row| (row.created, row.id));
    let mut versions: Vec<Version> = Vec::new();
    let (mut title, mut body): (Option<String>, Option<String>) = (None, None);
    let one_edit = |a: &HistoryRow, b: &HistoryRow| match (&a.revision, &b.revision) {
        (Some(a), Some(b)) => a == b,
        _ => a.created == b.created,
    };
    for edit in history.chunk_by(one_edit) {
        for row in edit {
            match row.kind {
                HistoryKind::Title(_) => title = row.text.as_deref().map(title_line).or(title),
                HistoryKind::Body(_) => body = row.text.as_deref().map(text::of_post).or(body),
                _ => {}
            }
        }
        let Some(source) = &body else { continue };
        let first = &edit[0];
        let same =
            versions.last().is_some_and(|last| last.source == *source && last.title == title);
        if !same {
            versions.push(Version {
                title: title.clone(),
                source: source.clone(),
                written_at: first.created,
                written_by: people.author(first.author, first.author_name.as_deref())?,
            });
        }
    }
    Ok(versions)
}

/// A title is one line.
pub(super) fn title_line(title: &str) -> String {
    crate::threads::forms::title_line(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::stackexchange::dump::Change;
    use time::macros::datetime;

    fn row(id: i64, edit: &str, kind: HistoryKind, text: &str) -> HistoryRow {
        HistoryRow {
            id,
            post: 7,
            kind,
            created: datetime!(2015-01-27 20:00 UTC) + Duration::minutes(id),
            revision: Some(edit.to_owned()),
            author: None,
            author_name: Some("ada".to_owned()),
            comment: None,
            text: Some(text.to_owned()),
            license: None,
        }
    }

    #[test]
    fn every_edit_of_title_or_body_is_a_version() {
        let people = People::with_name("ada", 3);
        let history = vec![
            row(5, "c", HistoryKind::Title(Change::Edit), "New  title"),
            row(1, "a", HistoryKind::Title(Change::Initial), "Title"),
            row(2, "a", HistoryKind::Body(Change::Initial), "First"),
            row(3, "b", HistoryKind::Tags(Change::Edit), "<x>"),
            row(4, "b2", HistoryKind::Body(Change::Edit), "First "),
            row(6, "d", HistoryKind::Body(Change::Edit), "Second"),
        ];

        let versions = versions(history, &people).unwrap();

        let seen: Vec<_> = versions
            .iter()
            .map(|version| (version.title.as_deref().unwrap(), version.source.as_str()))
            .collect();
        assert_eq!(seen, [("Title", "First"), ("New title", "First"), ("New title", "Second")]);
        assert_eq!(versions[2].written_by, MemberId(3));
    }
}

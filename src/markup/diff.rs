use super::LONGEST_SOURCE;
use similar::{Algorithm, DiffOp, capture_diff_slices, utils::diff_unicode_words};
use std::ops::Range;

/// Unchanged lines shown on both sides of a change.
const CONTEXT: usize = 2;
/// Lines longer than this, in bytes, are replaced as a whole instead of word by word.
const LONGEST_LINE: usize = 16 * 1024;

/// One line of the difference between two versions of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// The same before and after.
    Same(String),
    /// Written, taken away, or written anew in part.
    Changed(Vec<DiffSpan>),
    /// So many unchanged lines are not shown.
    Skipped(usize),
}

/// A stretch of a changed line; drawn bare, in `<del>` and in `<ins>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffSpan {
    /// In both versions.
    Same(String),
    /// In the old version only.
    Gone(String),
    /// In the new version only.
    New(String),
}

/// What became of `old`. Empty where nothing changed.
///
/// Lines that were edited are compared word by word and shown once, old words before new ones, as
/// prose is read; runs of unchanged lines are folded. Texts no post may have, longer than
/// [`LONGEST_SOURCE`], are not compared.
pub fn diff(old: &str, new: &str) -> Vec<DiffLine> {
    if old.len().max(new.len()) > LONGEST_SOURCE && old != new {
        return old.lines().map(gone).chain(new.lines().map(written)).collect();
    }
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    // This variant of Myers gives up on the shortest answer before it becomes expensive.
    let changes = capture_diff_slices(Algorithm::Myers, &old, &new);
    if changes.iter().all(|change| matches!(change, DiffOp::Equal { .. })) {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        match change {
            DiffOp::Equal { .. } => {
                let same = &old[change.old_range()];
                unchanged(same, index == 0, index + 1 == changes.len(), &mut lines);
            }
            _ => changed(&old, change.old_range(), &new, change.new_range(), &mut lines),
        }
    }
    lines
}

fn unchanged(same: &[&str], is_first: bool, is_last: bool, lines: &mut Vec<DiffLine>) {
    let head = if is_first { 0 } else { CONTEXT.min(same.len()) };
    let tail = if is_last { 0 } else { CONTEXT.min(same.len() - head) };
    let skipped = same.len() - head - tail;
    let line = |line: &&str| DiffLine::Same((*line).to_owned());
    lines.extend(same[..head].iter().map(line));
    // A fold takes a line itself: folding a single line would save nothing.
    match skipped {
        0 => {}
        1 => lines.push(line(&same[head])),
        _ => lines.push(DiffLine::Skipped(skipped)),
    }
    lines.extend(same[same.len() - tail..].iter().map(line));
}

/// Lines are paired in their order; a pair with little in common is two lines.
fn changed(
    old: &[&str],
    from: Range<usize>,
    new: &[&str],
    to: Range<usize>,
    lines: &mut Vec<DiffLine>,
) {
    let (old, new) = (&old[from], &new[to]);
    for index in 0..old.len().max(new.len()) {
        match (old.get(index), new.get(index)) {
            (Some(old), Some(new)) => match words(old, new) {
                Some(spans) => lines.push(DiffLine::Changed(spans)),
                None => lines.extend([gone(old), written(new)]),
            },
            (Some(old), None) => lines.push(gone(old)),
            (None, Some(new)) => lines.push(written(new)),
            (None, None) => {}
        }
    }
}

fn gone(line: &str) -> DiffLine {
    DiffLine::Changed(vec![DiffSpan::Gone(line.to_owned())])
}

fn written(line: &str) -> DiffLine {
    DiffLine::Changed(vec![DiffSpan::New(line.to_owned())])
}

/// The words of an edited line, or nothing where less than a third of it stayed.
fn words(old: &str, new: &str) -> Option<Vec<DiffSpan>> {
    if old.len().max(new.len()) > LONGEST_LINE {
        return None;
    }
    let changes = diff_unicode_words(Algorithm::Myers, old, new);
    let mut kept = 0;
    let mut spans: Vec<DiffSpan> = Vec::new();
    for (tag, text) in changes {
        let text = text.to_owned();
        spans.push(match tag {
            similar::ChangeTag::Equal => {
                kept += text.trim().len();
                DiffSpan::Same(text)
            }
            similar::ChangeTag::Delete => DiffSpan::Gone(text),
            similar::ChangeTag::Insert => DiffSpan::New(text),
        });
    }
    (kept * 3 >= old.trim().len().max(new.trim().len())).then_some(spans)
}

#[cfg(test)]
mod tests {
    use super::{DiffLine::*, *};
    use proptest::prelude::*;

    fn spans(line: &DiffLine) -> &[DiffSpan] {
        if let Changed(spans) = line { spans } else { &[] }
    }

    #[test]
    fn an_edited_line_shows_its_words() {
        let lines = diff("The old printer jams.", "The new printer jams.");
        let same = |text: &str| DiffSpan::Same(text.into());
        let expected = [
            same("The "),
            DiffSpan::Gone("old".into()),
            DiffSpan::New("new".into()),
            same(" printer jams."),
        ];
        assert_eq!(lines.len(), 1);
        assert_eq!(spans(&lines[0]), expected);
    }

    #[test]
    fn lines_with_little_in_common_are_two() {
        let lines = diff("One thing entirely.", "Nothing of it stayed here");
        assert_eq!(lines.len(), 2);
        assert!(matches!(spans(&lines[0]), [DiffSpan::Gone(_)]));
        assert!(matches!(spans(&lines[1]), [DiffSpan::New(_)]));
    }

    #[test]
    fn unchanged_lines_are_folded() {
        let old: Vec<String> = (1..=9).map(|number| number.to_string()).collect();
        let mut new = old.clone();
        new.push("ten".into());
        let lines = diff(&old.join("\n"), &new.join("\n"));
        assert_eq!(lines[..3], [Skipped(7), Same("8".into()), Same("9".into())]);
        assert_eq!(lines.len(), 4);
        assert_eq!(diff("a\nb", "a\nb"), []);
    }

    proptest! {
        #[test]
        fn either_version_can_be_read_from_it(
            old in "([ab] ?){0,6}(\n([ab] ?){0,6}){0,9}", new in "([ab] ?){0,6}(\n([ab] ?){0,6}){0,9}",
        ) {
            let lines = diff(&old, &new);
            let count = |version: fn(&DiffSpan) -> bool| lines.iter().map(|line| match line {
                Same(_) => 1,
                Skipped(count) => *count,
                Changed(spans) => usize::from(spans.iter().any(version)),
            }).sum::<usize>();
            if !lines.is_empty() {
                let with_words = |text: &str| text.lines().filter(|line| !line.is_empty()).count();
                prop_assert!(count(|span| !matches!(span, DiffSpan::New(_))) >= with_words(&old));
                prop_assert!(count(|span| !matches!(span, DiffSpan::Gone(_))) >= with_words(&new));
            }
        }
    }
}

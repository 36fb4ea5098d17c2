use crate::markup::{Html, plain_text};

/// Stand before and after a marked word. Private to Unicode's users; taken out of every text before
/// it is sent, so that what comes back between them was put there by the database.
pub(super) const START: char = '\u{e000}';
pub(super) const STOP: char = '\u{e001}';

/// A piece of a text, marked where it is what somebody looked for. Escaped by the template like any
/// other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) marked: bool,
}

/// The words of a post on one line, without the signs that plain text has for quotes and lists.
pub(super) fn words(html: &Html) -> String {
    let text = unmarked(&plain_text(html, ""));
    let words = text.split_whitespace().filter(|word| !matches!(*word, ">" | "-" | ">>"));
    words.collect::<Vec<_>>().join(" ")
}

/// A text without our two signs.
pub(super) fn unmarked(text: &str) -> String {
    text.replace([START, STOP], "")
}

/// What the database marked, as pieces.
pub(super) fn spans(text: &str) -> Vec<Span> {
    // The database marks the parts of `Wi-Fi` one by one; it is one word.
    let text = text.replace(&format!("{STOP}-{START}"), "-");
    let mut spans = Vec::new();
    let mut marked = false;
    for piece in text.split_inclusive([START, STOP]) {
        let words = piece.trim_end_matches([START, STOP]);
        if !words.is_empty() {
            spans.push(Span { text: words.to_owned(), marked });
        }
        marked = match piece.chars().next_back() {
            Some(START) => true,
            Some(STOP) => false,
            _ => marked,
        };
    }
    spans
}

/// The same for a part of a longer text, with `…` where something was left out.
pub(super) fn part(text: &str, whole: &str) -> Vec<Span> {
    let mut spans = spans(text);
    let bare: String = spans.iter().map(|span| span.text.as_str()).collect();
    let ellipsis = || Span { text: "…".to_owned(), marked: false };
    let (bare, whole) = (bare.trim(), whole.trim());
    if !whole.starts_with(bare) {
        spans.insert(0, ellipsis());
    }
    if !whole.ends_with(bare) {
        spans.push(ellipsis());
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(spans: &[Span]) -> String {
        let piece = |span: &Span| {
            if span.marked { format!("[{}]", span.text) } else { span.text.clone() }
        };
        spans.iter().map(piece).collect()
    }

    #[test]
    fn marked_words_are_pieces_of_their_own() {
        let text = "My \u{e000}Hub\u{e001} <b>drops</b> \u{e000}Wi-Fi\u{e001}";
        assert_eq!(shown(&spans(text)), "My [Hub] <b>drops</b> [Wi-Fi]");
        assert_eq!(shown(&spans("\u{e000}Wi\u{e001}-\u{e000}Fi\u{e001} off")), "[Wi-Fi] off");
        assert_eq!(spans(""), vec![]);
    }

    #[test]
    fn what_was_left_out_is_shown() {
        assert_eq!(shown(&part("my \u{e000}hub\u{e001}", "Since then my hub drops")), "…my [hub]…");
        assert_eq!(shown(&part("my \u{e000}hub\u{e001}", "my hub")), "my [hub]");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(text: String) {
            let bare: String = spans(&text).into_iter().map(|span| span.text).collect();
            prop_assert_eq!(bare, unmarked(&text));
        }
    }
}

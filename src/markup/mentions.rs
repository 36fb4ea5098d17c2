use crate::kit::handle_problem;

/// Mentions that count in one post; further ones stay plain text, so that a post cannot call the
/// whole community together.
pub(super) const MOST_MENTIONS: usize = 20;

/// A stretch of text, and whether it is a mention with its `@`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Mention { text: &'a str, handle: &'a str },
}

/// Cuts `text` at its mentions. `before` is the character that stands before it on the same line.
pub(super) fn pieces(text: &str, before: Option<char>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('@') {
        let previous = text[..at].chars().next_back().or(before);
        if at < start || previous.is_some_and(joins_words) {
            continue;
        }
        let Some(handle) = handle_at(&text[at + 1..]) else { continue };
        let end = at + 1 + handle.len();
        if at > start {
            pieces.push(Piece::Text(&text[start..at]));
        }
        pieces.push(Piece::Mention { text: &text[at..end], handle });
        start = end;
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// What before an `@` makes it part of something else: an address, a path, another `@`.
fn joins_words(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '/' | '.' | '_' | '-' | '+' | '\\' | '=')
}

/// The handle `text` begins with. Joiners at its end are punctuation. `@scope/package` and
/// `@ada@elsewhere.example` speak of something else.
fn handle_at(text: &str) -> Option<&str> {
    let joiner = |c: char| matches!(c, '-' | '_' | '.');
    let mut end = 0;
    let mut letters = 0;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
            letters = end;
        } else if joiner(c) && at == letters && letters > 0 {
            end = at + 1;
        } else {
            break;
        }
    }
    let handle = text[..end].trim_end_matches(joiner);
    let goes_on = text[handle.len()..].starts_with(['/', '@']);
    (!goes_on && handle_problem(handle).is_none()).then_some(handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handles(text: &str) -> Vec<&str> {
        let mention = |piece| match piece {
            Piece::Mention { handle, .. } => Some(handle),
            Piece::Text(_) => None,
        };
        pieces(text, None).into_iter().filter_map(mention).collect()
    }

    #[test]
    fn mentions_stand_at_the_start_of_words() {
        assert_eq!(handles("@ada, (@bob) and @Дарья-2!"), ["ada", "bob", "Дарья-2"]);
        assert_eq!(handles("Ask @ada.lind. Or @max_3… @eve--n"), ["ada.lind", "max_3", "eve"]);
        assert_eq!(handles("mail ada@example.com x@@ada @ab @ 日本@ada"), Vec::<&str>::new());
        assert_eq!(handles("@types/node @ada@mastodon.example @-ada"), Vec::<&str>::new());
        assert_eq!(handles(&format!("@{}", "a".repeat(31))), Vec::<&str>::new());
    }

    #[test]
    fn cutting_loses_nothing() {
        let text = "Hi @ada, @x and @bob.";
        let text_of = |piece: &Piece<'_>| match piece {
            Piece::Text(text) | Piece::Mention { text, .. } => (*text).to_owned(),
        };
        assert_eq!(pieces(text, None).iter().map(text_of).collect::<String>(), text);
        assert_eq!(pieces("@ada", Some('x')), [Piece::Text("@ada")]);
    }
}

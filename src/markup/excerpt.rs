use super::{
    Html,
    pieces::{Piece, Pieces, value},
};
use unicode_segmentation::UnicodeSegmentation;

/// The first words of a post as one line of plain text, at most `max_chars` characters long with
/// the `…` that ends it where more follows. Quotes, code, footnotes and what spoilers hide are left
/// out; empty where nothing else was said.
pub fn excerpt(html: &Html, max_chars: usize) -> String {
    let mut words = String::new();
    let mut left_out: usize = 0;
    for piece in Pieces::of(html.as_str()) {
        match piece {
            // Void elements have no end that could be waited for.
            Piece::Open { tag: "br" | "hr" | "img" | "input", .. } => words.push(' '),
            Piece::Open { tag, attributes } => {
                left_out += usize::from(left_out > 0 || is_left_out(tag, attributes));
                if is_block(tag) {
                    words.push(' ');
                }
            }
            Piece::Close(_) if left_out > 0 => left_out -= 1,
            Piece::Close(tag) if is_block(tag) => words.push(' '),
            Piece::Close(_) => {}
            Piece::Text(text) if left_out == 0 => words.push_str(&text),
            Piece::Text(_) => {}
        }
        // Four bytes are the longest character: beyond this, more than enough was read.
        if words.len() > 8 * max_chars.saturating_add(16) && left_out == 0 {
            words = one_line(&words);
            if words.chars().count() > max_chars {
                break;
            }
        }
    }
    shortened(&one_line(&words), max_chars)
}

/// The address of the first picture of a post.
pub fn first_picture(html: &Html) -> Option<String> {
    Pieces::of(html.as_str()).find_map(|piece| match piece {
        Piece::Open { tag: "img", attributes } => value(attributes, "src").map(Into::into),
        _ => None,
    })
}

fn is_left_out(tag: &str, attributes: &str) -> bool {
    let class = value(attributes, "class");
    match tag {
        "figure" | "blockquote" | "pre" => true,
        "section" | "sup" | "span" => {
            matches!(class.as_deref(), Some("footnotes" | "footnote" | "spoiler"))
        }
        _ => false,
    }
}

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "li" | "h3" | "h4" | "h5" | "h6" | "td" | "th" | "div" | "summary" | "details"
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` cut between words, or within the first one where it alone is too long.
fn shortened(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let room = max_chars.saturating_sub(1);
    let fitting = |pieces: &mut dyn Iterator<Item = &str>| {
        let mut used = 0;
        let fits = |piece: &&str| {
            used += piece.chars().count();
            used <= room
        };
        pieces.take_while(fits).collect::<String>()
    };
    let words = fitting(&mut text.split_word_bounds());
    let words = words
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '('));
    match words {
        "" if room == 0 => String::new(),
        "" => fitting(&mut text.graphemes(true)) + "…",
        words => format!("{words}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str, max_chars: usize) -> String {
        excerpt(&Html::trusted(html.to_owned()), max_chars)
    }

    #[test]
    fn quotes_code_notes_and_spoilers_are_left_out() {
        let html = "<figure class=\"quote\"><figcaption>@ada</figcaption><blockquote><p>No</p></blockquote></figure>\
            <blockquote>No</blockquote><p>Yes<sup class=\"footnote\"><a>1</a></sup> &amp; <span class=\"spoiler\">n<br>o</span>more<br>here</p>\
            <pre>no</pre><ul><li>one</li><li>two</li></ul><section class=\"footnotes\"><p>no</p></section>";
        assert_eq!(of(html, 99), "Yes & more here one two");
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(of("<p>The printer, it jams.</p>", 23), "The printer, it jams.");
        assert_eq!(of("<p>The printer, it jams.</p>", 14), "The printer…");
        assert_eq!(of("<p>Donaudampfschiff</p>", 5), "Dona…");
        assert_eq!(of("<p>印刷機が動きません</p>", 5).chars().count(), 5);
        assert_eq!(of("<p>words</p>", 0), "");
    }
}

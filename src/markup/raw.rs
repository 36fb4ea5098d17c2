/// A stretch of HTML that somebody typed by hand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words, with their entities as they were.
    Text(&'a str),
    /// An opening tag.
    Open(Tag<'a>),
    /// A closing tag.
    Close(Tag<'a>),
}

/// A tag as it was typed and what it seems to say. Nothing of it is ever copied to the page as it
/// stands: what is known is written anew, what is not is shown as text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) typed: &'a str,
    pub(super) name: String,
    attributes: Vec<(String, &'a str)>,
}

impl Tag<'_> {
    /// The value of an attribute, with the entities that addresses and names need.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&"))
    }
}

/// What a tag typed by hand is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Kept, without attributes.
    Phrase(&'static str),
    /// A line break.
    Break,
    Link,
    Picture,
    Details,
    Summary,
    /// Structure that Markdown has its own signs for: parts paragraphs, is not kept.
    Parting,
    /// Says nothing; its words stay.
    Silent,
    /// Shown as typed, because it is likelier a `<placeholder>` than HTML.
    Unknown,
}

const PHRASES: [&str; 24] = [
    "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "strong", "sub", "sup", "u", "var", "strike",
];

/// Judges a tag by its name.
pub(super) fn kind(name: &str) -> Kind {
    match name {
        "strike" => Kind::Phrase("s"),
        "br" => Kind::Break,
        "a" => Kind::Link,
        "img" => Kind::Picture,
        "details" => Kind::Details,
        "summary" => Kind::Summary,
        "span" | "font" | "tt" | "big" | "picture" => Kind::Silent,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
        | "div" | "dl" | "dt" | "figcaption" | "figure" | "footer" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "header" | "hr" | "html" | "li" | "main" | "nav" | "ol" | "p" | "pre"
        | "section" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" | "ul" => {
            Kind::Parting
        }
        _ => PHRASES
            .iter()
            .find(|known| **known == name)
            .map_or(Kind::Unknown, |known| Kind::Phrase(known)),
    }
}

/// Cuts typed HTML into words and tags; comments and declarations are dropped. Each byte is looked
/// at once: where something is never closed, all of the rest is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text_from = 0;
    let mut from = 0;
    while let Some(at) = html[from..].find('<').map(|offset| from + offset) {
        let rest = &html[at..];
        let (token, length) = if let Some(length) = remark(rest) {
            (None, length)
        } else if starts_tag(rest) {
            let Some(length) = tag_length(rest) else { break };
            (Some(tag(&rest[..length])), length)
        } else {
            from = at + 1;
            continue;
        };
        if at > text_from {
            tokens.push(Token::Text(&html[text_from..at]));
        }
        tokens.extend(token);
        text_from = at + length;
        from = text_from;
    }
    if text_from < html.len() {
        tokens.push(Token::Text(&html[text_from..]));
    }
    tokens
}

/// The length of the comment or declaration `html` begins with.
fn remark(html: &str) -> Option<usize> {
    let (opening, closing) = match html {
        _ if html.starts_with("<!-->") => return Some(5),
        _ if html.starts_with("<!--->") => return Some(6),
        _ if html.starts_with("<!--") => ("<!--", "-->"),
        _ if html.starts_with("<![CDATA[") => ("<![CDATA[", "]]>"),
        _ if html.starts_with("<?") => ("<?", "?>"),
        _ if html.starts_with("<!") => ("<!", ">"),
        _ => return None,
    };
    let end = html[opening.len()..].find(closing).map(|at| opening.len() + at + closing.len());
    Some(end.unwrap_or(html.len()))
}

fn starts_tag(html: &str) -> bool {
    let name = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Where the tag at the start of `html` ends, minding quotation marks.
fn tag_length(html: &str) -> Option<usize> {
    let mut quoted = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quoted, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quoted = Some(byte),
            (Some(mark), _) if mark == byte => quoted = None,
            _ => {}
        }
    }
    None
}

fn tag(typed: &str) -> Token<'_> {
    let inner = typed.trim_start_matches('<').trim_end_matches('>');
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
    let name = inner[..name_end].to_ascii_lowercase();
    // Attributes are read for the few tags that keep any, so that no tag can be made costly.
    let wanted = matches!(name.as_str(), "a" | "img" | "abbr" | "details") && !closing;
    let attributes = if wanted { attributes(&inner[name_end..]) } else { Vec::new() };
    let tag = Tag { typed, name, attributes };
    if closing { Token::Close(tag) } else { Token::Open(tag) }
}

/// Attributes one tag may have before the rest is overlooked.
const MOST_ATTRIBUTES: usize = 20;

fn attributes(mut rest: &str) -> Vec<(String, &str)> {
    let mut attributes = Vec::new();
    let separates = |c: char| c.is_ascii_whitespace() || c == '/';
    while attributes.len() < MOST_ATTRIBUTES {
        rest = rest.trim_start_matches(separates);
        if rest.is_empty() {
            break;
        }
        // An attribute's name may begin with an equals sign, so the first character never ends it.
        let mut ends = rest.char_indices().skip(1).filter(|(_, c)| separates(*c) || *c == '=');
        let (name, after) = rest.split_at(ends.next().map_or(rest.len(), |(at, _)| at));
        let after_space = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (value, after) = match after_space.strip_prefix('=') {
            Some(value) => value_at(value.trim_start_matches(|c: char| c.is_ascii_whitespace())),
            None => ("", after),
        };
        attributes.push((name.to_ascii_lowercase(), value));
        rest = after;
    }
    attributes
}

/// The attribute value `text` begins with, and what follows it.
fn value_at(text: &str) -> (&str, &str) {
    for mark in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(mark) {
            return quoted.split_once(mark).unwrap_or((quoted, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let tokens_of = tokens;
        let tokens = tokens("a<!-- <b> --><IMG src='/files/1' alt=\"a > b\"/>x</kbd >1 < 2");
        let [
            Token::Text("a"),
            Token::Open(image),
            Token::Text("x"),
            Token::Close(kbd),
            Token::Text("1 < 2"),
        ] = tokens.as_slice()
        else {
            panic!("{tokens:?}")
        };
        assert_eq!(image.name, "img");
        assert_eq!(image.attribute("src").as_deref(), Some("/files/1"));
        assert_eq!(image.attribute("alt").as_deref(), Some("a > b"));
        assert_eq!(kbd.name, "kbd");
        let [Token::Open(odd)] = &tokens_of("<a 日 =x=1 href=/y>")[..] else { panic!() };
        assert_eq!(odd.attribute("href").as_deref(), Some("/y"));
    }

    #[test]
    fn what_is_never_closed_is_text() {
        assert_eq!(tokens("<a href=\"x"), [Token::Text("<a href=\"x")]);
        assert_eq!(tokens("<!-- x"), []);
    }

    proptest! {
        #[test]
        fn anything_can_be_read(html in "[<>/!a-c \"'=é-]{0,60}") {
            let _ = tokens(&html);
        }
    }
}

use std::borrow::Cow;

/// A stretch of HTML that this module has made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(Cow<'a, str>),
    Open { tag: &'a str, attributes: &'a str },
    Close(&'a str),
}

/// Reads HTML of our own making, whose form is known: always balanced, attributes in double
/// quotation marks, five entities. For HTML of others there is the sanitiser's parser.
pub(super) struct Pieces<'a>(&'a str);

impl<'a> Pieces<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self(html)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let Some(inner) = self.0.strip_prefix('<') else {
            let end = self.0.find('<').unwrap_or(self.0.len());
            let (text, rest) = self.0.split_at(end);
            self.0 = rest;
            return (!text.is_empty()).then(|| Piece::Text(decoded(text)));
        };
        let end = tag_end(inner);
        let tag = &inner[..end];
        self.0 = inner.get(end + 1..).unwrap_or_default();
        Some(match tag.strip_prefix('/') {
            Some(tag) => Piece::Close(tag),
            None => {
                let (tag, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                Piece::Open { tag, attributes }
            }
        })
    }
}

fn tag_end(tag: &str) -> usize {
    let mut in_value = false;
    let mut ends = |byte| match byte {
        b'"' => {
            in_value = !in_value;
            false
        }
        byte => byte == b'>' && !in_value,
    };
    tag.bytes().position(&mut ends).unwrap_or(tag.len())
}

/// An attribute's value.
pub(super) fn value<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    while let Some((found, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        if found.trim() == name {
            return Some(decoded(value));
        }
        rest = after;
    }
    None
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Cow::Owned(text.replace("&nbsp;", "\u{a0}").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_of_ours_is_read_back() {
        let mut pieces = Pieces::of("a &amp;lt;<a href=\"/x?a=1&amp;b\" title=\"a > b\">b</a><br>");
        assert_eq!(pieces.next(), Some(Piece::Text("a &lt;".into())));
        let Some(Piece::Open { tag: "a", attributes }) = pieces.next() else { panic!() };
        assert_eq!(value(attributes, "title").as_deref(), Some("a > b"));
        assert_eq!(value(attributes, "href").as_deref(), Some("/x?a=1&b"));
        assert_eq!(pieces.next(), Some(Piece::Text("b".into())));
        assert_eq!(pieces.next(), Some(Piece::Close("a")));
        assert_eq!(pieces.next(), Some(Piece::Open { tag: "br", attributes: "" }));
        assert_eq!(pieces.next(), None);
    }
}

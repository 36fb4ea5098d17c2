use std::sync::LazyLock;
use url::Url;

/// Where a link may lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// A place on this site; the path where it is one from the root.
    Here(Option<String>),
    /// A place elsewhere on the web, in full.
    Elsewhere(String),
    /// Somebody's mailbox.
    Mailbox,
}

/// Stands for this site, whose name drawing does not know. `.invalid` is nobody's, by RFC 2606.
static HERE: LazyLock<Url> =
    LazyLock::new(|| Url::parse("https://here.invalid/page").expect("a fixed address is one"));

/// Where `typed` leads, read the way browsers read it; nothing where it leads to no place a post
/// may link to (`javascript:`, `data:`, `file:`).
pub(super) fn address(typed: &str) -> Option<Address> {
    if typed.is_empty() {
        return None;
    }
    let url = HERE.join(typed).ok()?;
    match url.scheme() {
        "mailto" => Some(Address::Mailbox),
        "http" | "https" if url.host() == HERE.host() => {
            let path = typed.starts_with('/').then(|| url[url::Position::BeforePath..].to_owned());
            Some(Address::Here(path))
        }
        "http" | "https" => Some(Address::Elsewhere(url.into())),
        _ => None,
    }
}

/// The number of a file somebody uploaded here, the only pictures posts show. Written in one way only, so that
/// [`uploads`](super::uploads) finds it without reading Markdown.
pub(super) fn upload(typed: &str) -> Option<i64> {
    let number = typed.strip_prefix("/files/")?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_read_them() {
        let elsewhere = |url: &str| Some(Address::Elsewhere(url.to_owned()));
        let path = |path: &str| Some(Address::Here(Some(path.to_owned())));
        for (typed, expected) in [
            ("https://example.com/a b", elsewhere("https://example.com/a%20b")),
            ("//example.com", elsewhere("https://example.com/")),
            ("/\\example.com", elsewhere("https://example.com/")),
            ("/\t/example.com", elsewhere("https://example.com/")),
            ("/t/7?page=2#p3", path("/t/7?page=2#p3")),
            ("chapter", Some(Address::Here(None))),
            ("mailto:ada@example.com", Some(Address::Mailbox)),
            ("javascript:alert(1)", None),
            (" java\tscript:alert(1)", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(address(typed), expected, "{typed}");
        }
    }

    #[test]
    fn only_uploads_are_shown_as_pictures() {
        assert_eq!(upload("/files/7"), Some(7));
        for other in [
            "/files/",
            "/files/7/cat.png",
            "/files/99999999999999999999",
            "/files/../logout",
            "/files/%2e%2e/logout",
            "//x/files/a",
            "https://x/files/a",
            "files/a",
        ] {
            assert_eq!(upload(other), None, "{other}");
        }
    }
}

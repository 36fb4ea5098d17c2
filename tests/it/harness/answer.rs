use super::{
    client::Client,
    form::{self, Form},
    outline,
};
use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode, header},
};
use scraper::{ElementRef, Html, Selector};

/// What came back, with the browser that asked for it.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) text: String,
    /// The same as it came.
    pub(crate) bytes: Vec<u8>,
    /// The path that was asked for.
    pub(crate) path: String,
    client: Client,
    page: Html,
}

/// A part of a page: whatever lies in one element.
pub(crate) struct Part<'a> {
    answer: &'a Answer,
    root: ElementRef<'a>,
}

impl Answer {
    pub(super) async fn read(client: Client, path: String, response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("the body arrives");
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let picture = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"image/"));
        let text = match String::from_utf8(body.to_vec()) {
            Ok(text) => text,
            Err(_) if picture => String::new(),
            Err(error) => panic!("everything but pictures is UTF-8 here: {error}"),
        };
        let page = Html::parse_document(&text);
        Self {
            status: parts.status,
            headers: parts.headers,
            text,
            bytes: body.to_vec(),
            path,
            client,
            page,
        }
    }

    /// A header's value; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// The answer itself, after a look at its status.
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} answered\n{}", self.path, self.words());
        self
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "{} {}\n{}", self.path, self.status, self.words());
        self.header(header::LOCATION.as_str())
    }

    /// Goes where a redirect leads.
    pub(crate) async fn follow(&self) -> Self {
        self.client.get(self.location()).await
    }

    /// The whole page.
    pub(crate) fn whole(&self) -> Part<'_> {
        Part { answer: self, root: self.page.root_element() }
    }

    /// The one element that `css` names: `answer.part("#p2").button("Kudos")`.
    pub(crate) fn part(&self, css: &str) -> Part<'_> {
        let found: Vec<_> = self.page.select(&selector(css)).collect();
        assert_eq!(found.len(), 1, "{} should hold one {css}\n{}", self.path, self.text);
        Part { answer: self, root: found[0] }
    }

    /// See [`Part::form`].
    pub(crate) fn form(&self, which: &str) -> Form {
        self.whole().form(which)
    }

    /// See [`Part::button`].
    pub(crate) fn button(&self, words: &str) -> Form {
        self.whole().button(words)
    }

    /// See [`Part::link`].
    pub(crate) fn link(&self, words: &str) -> String {
        self.whole().link(words)
    }

    /// See [`Part::texts`].
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        self.whole().texts(css)
    }

    /// The words on the page, without markup.
    pub(crate) fn words(&self) -> String {
        let body = self.page.select(&selector("body")).next();
        body.map_or_else(|| self.text.clone(), outline::words)
    }

    /// What the page says to be wrong with a field, beside that field.
    pub(crate) fn problem(&self, field: &str) -> Option<String> {
        self.texts(&format!("[id='{field}-problem']")).pop()
    }

    /// The page as somebody meets it who does not see it: landmarks, headings, links, buttons, fields
    /// with their labels. For snapshots.
    pub(crate) fn outline(&self) -> String {
        self.whole().outline()
    }
}

impl Part<'_> {
    /// A form as it was drawn, with everything prefilled: by its id, its name or label, its address,
    /// or the words on one of its buttons.
    pub(crate) fn form(&self, which: &str) -> Form {
        form::find_form(&self.answer.client, &self.answer.page, self.root, &self.answer.path, which)
    }

    /// The form that the button with these words sends, as that button sends it.
    pub(crate) fn button(&self, words: &str) -> Form {
        form::find_button(
            &self.answer.client,
            &self.answer.page,
            self.root,
            &self.answer.path,
            words,
        )
    }

    /// Where the link with these words leads.
    pub(crate) fn link(&self, words: &str) -> String {
        let links: Vec<_> = self.root.select(&selector("a[href]")).collect();
        let found = links.iter().find(|link| outline::name_of(**link) == words);
        let found = found.unwrap_or_else(|| {
            let all: Vec<_> = links.iter().map(|link| outline::name_of(*link)).collect();
            panic!("no link {words:?} on {}, only {all:?}", self.answer.path)
        });
        found.attr("href").unwrap_or_default().to_owned()
    }

    /// Where all links lead, in their order.
    pub(crate) fn hrefs(&self) -> Vec<String> {
        let links = selector("a[href]");
        let hrefs = self.root.select(&links).filter_map(|link| link.attr("href"));
        hrefs.map(ToOwned::to_owned).collect()
    }

    /// The words in each element that `css` names.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        self.root.select(&selector(css)).map(outline::words).collect()
    }

    /// These attributes of each element that `css` names.
    pub(crate) fn attributes(&self, css: &str, names: &[&str]) -> Vec<Vec<String>> {
        let of = |element: ElementRef<'_>| {
            names.iter().map(|name| element.attr(name).unwrap_or_default().to_owned()).collect()
        };
        self.root.select(&selector(css)).map(of).collect()
    }

    /// An attribute of the element itself.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.root.attr(name)
    }

    /// See [`Answer::outline`].
    pub(crate) fn outline(&self) -> String {
        outline::of(self.answer.page.root_element(), self.root)
    }

    /// The words in it.
    pub(crate) fn words(&self) -> String {
        outline::words(self.root)
    }
}

pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

use super::{
    TooMuch,
    addresses::{Address, address, upload},
    blocks::footnote_place,
    draw::{Drawing, address_attribute, attribute},
    mentions::{MOST_MENTIONS, Piece, pieces},
    raw::{self, Kind, Tag, Token},
};
use comrak::{
    Node,
    nodes::{NodeFootnoteReference, NodeValue},
};

/// For whom a member links to, we do not vouch.
const UNVOUCHED: &str = " rel=\"nofollow ugc noopener\"";

impl Drawing<'_> {
    pub(super) fn enter_inline(
        &mut self,
        node: Node<'_>,
        value: &NodeValue,
    ) -> Result<bool, TooMuch> {
        match value {
            NodeValue::Text(text) => self.text(text)?,
            // As people expect from forums and mail: a new line is a new line.
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                self.before = None;
                self.write("<br>\n")?;
            }
            NodeValue::Code(code) => {
                self.open("code", "")?;
                self.write_text(&code.literal)?;
            }
            NodeValue::HtmlInline(literal) => self.typed_inline(literal)?,
            NodeValue::Emph => self.open("em", "")?,
            NodeValue::Strong => self.open("strong", "")?,
            NodeValue::Strikethrough => self.open("del", "")?,
            NodeValue::SpoileredText => self.spoiler()?,
            NodeValue::Link(link) => self.link(&link.url, &link.title)?,
            NodeValue::Image(image) => {
                self.picture(&image.url, &node.collect_text(), &image.title)?;
                return Ok(false);
            }
            NodeValue::FootnoteReference(reference) => self.footnote_reference(reference)?,
            NodeValue::ShortCode(code) => self.write_text(&code.emoji)?,
            // Nothing else is switched on, or it has only children to show.
            _ => {}
        }
        Ok(true)
    }

    fn text(&mut self, text: &str) -> Result<(), TooMuch> {
        let before = self.before;
        self.before = text.chars().next_back();
        // Notes may stem from a quote, the parser does not say.
        if ["a", "code", "blockquote", "section"].iter().any(|tag| self.is_in(tag)) {
            return self.write_text(text);
        }
        for piece in pieces(text, before) {
            match piece {
                Piece::Text(text) => self.write_text(text)?,
                Piece::Mention { text, handle } => self.mention(text, handle)?,
            }
        }
        Ok(())
    }

    fn mention(&mut self, text: &str, handle: &str) -> Result<(), TooMuch> {
        let folded = handle.to_lowercase();
        let is_noted = self.drawn.mentions.iter().any(|noted| noted.to_lowercase() == folded);
        if !is_noted && self.drawn.mentions.len() == MOST_MENTIONS {
            return self.write_text(text);
        }
        if !is_noted {
            self.drawn.mentions.push(handle.to_owned());
        }
        if !(self.context.knows)(handle) {
            return self.write_text(text);
        }
        let open = self.open.len();
        let href = address_attribute("href", &format!("/m/{handle}"));
        self.open("a", &format!("{href} class=\"mention\""))?;
        self.write_text(text)?;
        self.close_to(open)
    }

    /// Focus uncovers it, without a script.
    fn spoiler(&mut self) -> Result<(), TooMuch> {
        let focus = if self.is_in("a") { "" } else { " tabindex=\"0\"" };
        self.open("span", &format!(" class=\"spoiler\"{focus}"))
    }

    /// Opens a link, or nothing where a post may not link there or a link is open already.
    fn link(&mut self, url: &str, title: &str) -> Result<(), TooMuch> {
        let Some(address) = address(url).filter(|_| !self.is_in("a")) else { return Ok(()) };
        let rel = match &address {
            Address::Elsewhere(url) => {
                self.note_link(url);
                UNVOUCHED
            }
            Address::Here(path) => {
                path.iter().for_each(|path| self.note_link(path));
                ""
            }
            Address::Mailbox => "",
        };
        let class = match self.attached(url) {
            Some((_, attached)) if attached.sizes.is_none() => " class=\"file\"",
            _ => "",
        };
        self.open("a", &format!("{}{class}{}{rel}", address_attribute("href", url), titled(title)))
    }

    /// An upload is shown; a picture elsewhere would make every reader's browser call there, so it
    /// becomes a link.
    fn picture(&mut self, url: &str, alt: &str, title: &str) -> Result<(), TooMuch> {
        if self.shown(url, alt, &titled(title))? {
            return Ok(());
        }
        let text = if alt.trim().is_empty() { url } else { alt };
        let open = self.open.len();
        // Not this author's to show here: whoever may see it follows the link.
        if upload(url).is_some() {
            self.link(url, title)?;
        }
        if let Some(Address::Elsewhere(full)) = address(url) {
            self.note_link(&full);
            match self.is_in("a") {
                true => self.open("span", " class=\"external-image\"")?,
                false => {
                    let href = address_attribute("href", url);
                    self.open(
                        "a",
                        &format!("{href}{} class=\"external-image\"{UNVOUCHED}", titled(title)),
                    )?;
                }
            }
        }
        self.write_text(text)?;
        self.close_to(open)
    }

    fn footnote_reference(&mut self, reference: &NodeFootnoteReference) -> Result<(), TooMuch> {
        self.open("sup", " class=\"footnote\"")?;
        if !self.is_in("a") {
            let href = address_attribute(
                "href",
                &format!("#{}", self.id(&format!("fn-{}", reference.ix))),
            );
            let place = footnote_place(reference.ix as usize, reference.ref_num);
            let id = attribute("id", &self.id(&place));
            self.open("a", &format!("{href}{id}"))?;
        }
        self.write(&reference.ix.to_string())
    }

    /// A tag typed within a line.
    fn typed_inline(&mut self, literal: &str) -> Result<(), TooMuch> {
        for token in raw::tokens(literal) {
            match token {
                Token::Text(text) => self.write_text(text)?,
                Token::Open(tag) => match raw::kind(&tag.name) {
                    Kind::Details | Kind::Summary | Kind::Parting | Kind::Silent => {}
                    kind => self.typed_phrase(kind, &tag)?,
                },
                Token::Close(tag) => self.typed_close(&tag)?,
            }
        }
        Ok(())
    }

    /// A tag of a kind that may stand in a line.
    pub(super) fn typed_phrase(&mut self, kind: Kind, tag: &Tag<'_>) -> Result<(), TooMuch> {
        let attribute_of = |name| tag.attribute(name).unwrap_or_default();
        match kind {
            Kind::Phrase("abbr") => self.open("abbr", &titled(&attribute_of("title"))),
            Kind::Phrase(name) => self.open(name, ""),
            Kind::Break => self.write("<br>\n"),
            Kind::Link => self.link(&attribute_of("href"), &attribute_of("title")),
            Kind::Picture => {
                self.picture(&attribute_of("src"), &attribute_of("alt"), &attribute_of("title"))
            }
            _ => self.write_text(tag.typed),
        }
    }

    /// Closes the nearest such element, unless it was not opened by hand beside this tag.
    pub(super) fn typed_close(&mut self, tag: &Tag<'_>) -> Result<(), TooMuch> {
        let name = match raw::kind(&tag.name) {
            Kind::Phrase(name) => name,
            Kind::Link => "a",
            Kind::Unknown => return self.write_text(tag.typed),
            _ => return Ok(()),
        };
        match self.open.iter().rposition(|open| *open == name) {
            Some(at) if at >= self.floor => self.close_to(at),
            _ => Ok(()),
        }
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { attribute("title", title) }
}

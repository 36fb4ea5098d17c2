use super::{
    TooMuch,
    draw::Drawing,
    raw::{self, Kind, Tag, Token},
};

impl Drawing<'_> {
    /// A block of HTML typed by hand: `<details>` and its summary are kept and may hold the Markdown
    /// that follows; other words become paragraphs.
    pub(super) fn typed_block(&mut self, literal: &str) -> Result<(), TooMuch> {
        for token in raw::tokens(literal) {
            match token {
                Token::Text(text) if text.trim().is_empty() && !self.in_typed_words() => {}
                Token::Text(text) => {
                    self.begin_typed_words()?;
                    self.write(&typed_text(text))?;
                }
                Token::Open(tag) => self.typed_opening(&tag)?,
                Token::Close(tag) => match raw::kind(&tag.name) {
                    Kind::Details => self.close_typed("details")?,
                    Kind::Summary => self.close_typed("summary")?,
                    Kind::Parting => self.end_typed_words()?,
                    Kind::Unknown => {
                        self.begin_typed_words()?;
                        self.write_text(tag.typed)?;
                    }
                    _ => self.typed_close(&tag)?,
                },
            }
        }
        self.end_typed_words()?;
        self.close_typed("summary")?;
        self.end_line()
    }

    fn typed_opening(&mut self, tag: &Tag<'_>) -> Result<(), TooMuch> {
        match raw::kind(&tag.name) {
            Kind::Details => {
                self.end_typed_words()?;
                let open = tag.attribute("open").map_or("", |_| " open=\"\"");
                self.open("details", open)
            }
            Kind::Summary => {
                self.end_typed_words()?;
                if self.open.last() == Some(&"details") { self.open("summary", "") } else { Ok(()) }
            }
            Kind::Parting => self.end_typed_words(),
            Kind::Silent => Ok(()),
            kind => {
                self.begin_typed_words()?;
                self.typed_phrase(kind, tag)
            }
        }
    }

    /// The paragraph or summary that words typed now belong to.
    fn typed_words_at(&self) -> Option<usize> {
        let above = self.open.get(self.floor..)?;
        above.iter().position(|open| matches!(*open, "p" | "summary")).map(|at| self.floor + at)
    }

    fn in_typed_words(&self) -> bool {
        self.typed_words_at().is_some()
    }

    fn begin_typed_words(&mut self) -> Result<(), TooMuch> {
        if self.in_typed_words() { Ok(()) } else { self.open("p", "") }
    }

    fn end_typed_words(&mut self) -> Result<(), TooMuch> {
        match self.typed_words_at() {
            Some(at) if self.open[at] == "p" => self.close_to(at),
            _ => Ok(()),
        }
    }

    fn close_typed(&mut self, tag: &str) -> Result<(), TooMuch> {
        match self.open.iter().rposition(|open| *open == tag) {
            Some(at) if at >= self.floor => self.close_to(at),
            _ => Ok(()),
        }
    }
}

/// Words between tags, whose entities mean what they meant; only what could begin a tag is escaped.
fn typed_text(text: &str) -> String {
    text.replace('<', "&lt;").replace('>', "&gt;")
}

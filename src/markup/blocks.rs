use super::{
    TooMuch, code,
    draw::{Drawing, Purpose, address_attribute, attribute},
    quotes,
};
use comrak::{
    Node,
    nodes::{ListType, NodeCodeBlock, NodeFootnoteDefinition, NodeList, NodeValue},
};

/// Posts stand under a page's title and a heading of their own.
const HEADINGS: [&str; 6] = ["h3", "h4", "h5", "h6", "h6", "h6"];

impl Drawing<'_> {
    /// Opens what `node` is the first to share with the siblings after it; their parent closes it.
    pub(super) fn begin_group(&mut self, node: Node<'_>) -> Result<(), TooMuch> {
        match &node.data().value {
            NodeValue::FootnoteDefinition(note) if is_placed(node, note) => self.begin_footnotes(),
            NodeValue::TableRow(false) if self.open.last() == Some(&"table") => {
                self.open("tbody", "")
            }
            _ => Ok(()),
        }
    }

    /// Draws what stands before a node's children; says whether these are to be drawn.
    pub(super) fn enter(&mut self, node: Node<'_>) -> Result<bool, TooMuch> {
        match &node.data().value {
            NodeValue::BlockQuote => self.block_quote(node)?,
            NodeValue::List(list) => self.list(list)?,
            NodeValue::Item(_) => self.open("li", "")?,
            NodeValue::TaskItem(task) => self.task(node, task.symbol.is_some())?,
            NodeValue::Paragraph => self.paragraph(node)?,
            NodeValue::Heading(heading) => {
                let level = usize::from(heading.level.clamp(1, 6)) - 1;
                self.open(HEADINGS[level], "")?;
            }
            NodeValue::ThematicBreak => self.write("<hr>")?,
            NodeValue::CodeBlock(block) => self.code_block(block)?,
            NodeValue::HtmlBlock(block) => self.typed_block(&block.literal)?,
            NodeValue::FootnoteDefinition(note) if is_placed(node, note) => self.footnote()?,
            NodeValue::FootnoteDefinition(_) => return Ok(false),
            NodeValue::Table(table) => self.table(&table.alignments)?,
            NodeValue::TableRow(heading) => self.table_row(*heading)?,
            NodeValue::TableCell => self.table_cell()?,
            inline => return self.enter_inline(node, inline),
        }
        Ok(true)
    }

    /// Draws what stands after a node's children; its elements are closed by [`Drawing::close_to`].
    pub(super) fn leave(&mut self, node: Node<'_>) -> Result<(), TooMuch> {
        match &node.data().value {
            // The way back stands at the end of the note's last paragraph where there is one.
            NodeValue::Paragraph if node.next_sibling().is_none() => {
                let Some(parent) = node.parent() else { return Ok(()) };
                if let NodeValue::FootnoteDefinition(note) = &parent.data().value {
                    self.ways_back(note)?;
                }
            }
            NodeValue::FootnoteDefinition(note) if is_placed(node, note) => self.ways_back(note)?,
            NodeValue::Link(link) if self.open.last() == Some(&"a") => {
                self.end_of_link(&link.url, node.first_child().is_none())?;
            }
            _ => {}
        }
        Ok(())
    }

    /// A quote of a post is a figure whose caption is its author's handle, linked to that post.
    fn block_quote(&mut self, node: Node<'_>) -> Result<(), TooMuch> {
        let Some(quote) = quotes::take_attribution(node) else {
            return self.open("blockquote", "");
        };
        self.open("figure", " class=\"quote\"")?;
        let inside = self.open.len();
        self.open("figcaption", " class=\"quote__by\"")?;
        if let Some(thread) = self.context.thread {
            self.open("a", &format!(" href=\"/t/{thread}/p/{}\"", quote.position))?;
        }
        self.write_text(&format!("@{}", quote.handle))?;
        self.close_to(inside)?;
        if !self.is_in("blockquote") && !self.drawn.quotes.contains(&quote) {
            self.drawn.quotes.push(quote);
        }
        self.open("blockquote", "")
    }

    fn list(&mut self, list: &NodeList) -> Result<(), TooMuch> {
        let class = if list.is_task_list { " class=\"tasks\"" } else { "" };
        match list.list_type {
            ListType::Bullet => self.open("ul", class),
            ListType::Ordered if list.start == 1 => self.open("ol", class),
            ListType::Ordered => self.open("ol", &format!("{class} start=\"{}\"", list.start)),
        }
    }

    /// The box is drawn by the first paragraph, whose words label it.
    fn task(&mut self, node: Node<'_>, done: bool) -> Result<(), TooMuch> {
        self.open("li", " class=\"task\"")?;
        let has_words = node
            .first_child()
            .is_some_and(|child| matches!(child.data().value, NodeValue::Paragraph));
        if has_words { Ok(()) } else { self.task_box(done) }
    }

    fn task_box(&mut self, done: bool) -> Result<(), TooMuch> {
        self.write("<input type=\"checkbox\" disabled=\"\"")?;
        self.write(if done { " checked=\"\"> " } else { "> " })
    }

    fn paragraph(&mut self, node: Node<'_>) -> Result<(), TooMuch> {
        let Some(parent) = node.parent() else { return self.open("p", "") };
        let is_tight = parent
            .parent()
            .is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight));
        if !is_tight {
            self.open("p", if self.is_gallery(node) { " class=\"gallery\"" } else { "" })?;
        }
        match &parent.data().value {
            NodeValue::TaskItem(task) if node.previous_sibling().is_none() => {
                self.open("label", "")?;
                self.task_box(task.symbol.is_some())
            }
            _ => Ok(()),
        }
    }

    /// Can be scrolled by keyboard, as long lines do not wrap.
    fn code_block(&mut self, block: &NodeCodeBlock) -> Result<(), TooMuch> {
        self.open("pre", " tabindex=\"0\"")?;
        self.open("code", "")?;
        match self.purpose {
            Purpose::Page { .. } => {
                let html = code::colored(&block.info, &block.literal);
                self.write(&html)
            }
            Purpose::Mentions => Ok(()),
        }
    }

    /// The parser puts notes last, in the order they are referred to.
    fn begin_footnotes(&mut self) -> Result<(), TooMuch> {
        if self.footnotes > 0 {
            return Ok(());
        }
        // What was opened by hand must not swallow them.
        self.close_to(self.floor)?;
        self.open("section", " class=\"footnotes\"")?;
        self.open("ol", "")
    }

    fn footnote(&mut self) -> Result<(), TooMuch> {
        self.footnotes += 1;
        let id = attribute("id", &self.id(&format!("fn-{}", self.footnotes)));
        self.open("li", &id)
    }

    fn ways_back(&mut self, note: &NodeFootnoteDefinition) -> Result<(), TooMuch> {
        if self.returned == self.footnotes {
            return Ok(());
        }
        self.returned = self.footnotes;
        for reference in 1..=note.total_references {
            let place = self.id(&footnote_place(self.footnotes, reference));
            let open = self.open.len();
            self.write(" ")?;
            let href = address_attribute("href", &format!("#{place}"));
            self.open("a", &format!("{href} class=\"footnote-back\""))?;
            self.write("↩")?;
            self.close_to(open)?;
        }
        Ok(())
    }
}

/// Whether the parser has put the note among those at the end. It leaves second notes of a name,
/// to which nothing refers, where they were typed; they are not shown.
fn is_placed(node: Node<'_>, note: &NodeFootnoteDefinition) -> bool {
    let is_last =
        node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Document));
    is_last && note.total_references > 0
}

/// The id of a place that refers to a note.
pub(super) fn footnote_place(note: usize, reference: u32) -> String {
    match reference {
        1 => format!("fnref-{note}"),
        _ => format!("fnref-{note}-{reference}"),
    }
}

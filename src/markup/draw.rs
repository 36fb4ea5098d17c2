use super::{Context, Quote, TooMuch};
use comrak::{
    Node,
    html::escape_href,
    nodes::{NodeValue, TableAlignment},
};
use std::collections::HashSet;

/// Elements that may stand inside one another.
pub(super) const DEEPEST_ELEMENTS: usize = 100;

/// HTML may have this many bytes for each byte of source…
const GROWTH: usize = 8;
/// …beyond these, which let short posts have long markup.
const ALLOWANCE: usize = 64 * 1024;

/// What a drawing is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be shown.
    Page {
        /// Bytes of source, against which growth is measured.
        source_length: usize,
    },
    /// To learn who is mentioned; code stays uncolored.
    Mentions,
}

/// What came of a drawing.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) html: String,
    pub(super) mentions: Vec<String>,
    pub(super) quotes: Vec<Quote>,
    pub(super) links: Vec<String>,
    pub(super) attachments: Vec<i64>,
}

/// A page being drawn from a tree. Every tag passes through [`Drawing::open`], and every closing
/// tag follows from it, so that what is drawn is always well-formed and its depth is known.
pub(super) struct Drawing<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) purpose: Purpose,
    pub(super) drawn: Drawn,
    /// Elements open now, outermost first.
    pub(super) open: Vec<&'static str>,
    /// How many of them surround the children now drawn: tags typed by hand cannot close these.
    pub(super) floor: usize,
    /// The last character of the line so far, which decides whether an `@` begins a word.
    pub(super) before: Option<char>,
    pub(super) columns: Vec<TableAlignment>,
    pub(super) cell: usize,
    pub(super) footnotes: usize,
    pub(super) returned: usize,
    seen_links: HashSet<String>,
    limit: usize,
}

enum Step<'n> {
    Enter(Node<'n>),
    Leave { node: Node<'n>, open: usize, floor: usize },
}

/// Draws the tree under `root`.
pub(super) fn draw(
    root: Node<'_>,
    context: &Context<'_>,
    purpose: Purpose,
) -> Result<Drawn, TooMuch> {
    let limit = match purpose {
        Purpose::Page { source_length } => source_length * GROWTH + ALLOWANCE,
        Purpose::Mentions => usize::MAX,
    };
    let mut drawing = Drawing {
        context,
        purpose,
        drawn: Drawn::default(),
        open: Vec::new(),
        floor: 0,
        before: None,
        columns: Vec::new(),
        cell: 0,
        footnotes: 0,
        returned: 0,
        seen_links: HashSet::new(),
        limit,
    };
    drawing.walk(root)?;
    Ok(drawing.drawn)
}

impl Drawing<'_> {
    /// With a stack of its own, because the tree may be deeper than the thread's.
    fn walk(&mut self, root: Node<'_>) -> Result<(), TooMuch> {
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node) => {
                    self.begin_group(node)?;
                    let (open, floor) = (self.open.len(), self.floor);
                    let has_inside = self.enter(node)?;
                    // Elements opened by hand stay open until their parent is left.
                    if matches!(
                        node.data().value,
                        NodeValue::HtmlInline(_) | NodeValue::HtmlBlock(_)
                    ) {
                        continue;
                    }
                    steps.push(Step::Leave { node, open, floor });
                    if has_inside {
                        self.floor = self.open.len();
                        steps.extend(node.reverse_children().map(Step::Enter));
                    }
                }
                Step::Leave { node, open, floor } => {
                    self.leave(node)?;
                    self.close_to(open)?;
                    self.floor = floor;
                    if node.data().value.block() {
                        self.before = None;
                        self.end_line()?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes markup of our own.
    pub(super) fn write(&mut self, html: &str) -> Result<(), TooMuch> {
        self.drawn.html.push_str(html);
        if self.drawn.html.len() > self.limit { Err(TooMuch::TooLarge) } else { Ok(()) }
    }

    /// Begins a new line of source, for people who read it.
    pub(super) fn end_line(&mut self) -> Result<(), TooMuch> {
        if self.drawn.html.ends_with('\n') { Ok(()) } else { self.write("\n") }
    }

    /// Writes words of the author.
    pub(super) fn write_text(&mut self, text: &str) -> Result<(), TooMuch> {
        self.write(&escaped(text))
    }

    /// Opens an element; `attributes` come from [`attribute`], with a space before each.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &str) -> Result<(), TooMuch> {
        if self.open.len() >= DEEPEST_ELEMENTS {
            return Err(TooMuch::TooDeep);
        }
        self.open.push(tag);
        self.write("<")?;
        self.write(tag)?;
        self.write(attributes)?;
        self.write(">")
    }

    /// Closes elements until `count` are open.
    pub(super) fn close_to(&mut self, count: usize) -> Result<(), TooMuch> {
        while self.open.len() > count {
            if let Some(tag) = self.open.pop() {
                self.write("</")?;
                self.write(tag)?;
                self.write(">")?;
            }
        }
        Ok(())
    }

    /// Whether what is drawn now stands in such an element.
    pub(super) fn is_in(&self, tag: &str) -> bool {
        self.open.contains(&tag)
    }

    /// `id` for this post only.
    pub(super) fn id(&self, id: &str) -> String {
        let fits = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-';
        self.context.prefix.chars().filter(fits).chain(id.chars()).collect()
    }

    /// Notes where the post links to.
    pub(super) fn note_link(&mut self, link: &str) {
        if self.seen_links.insert(link.to_owned()) {
            self.drawn.links.push(link.to_owned());
        }
    }
}

/// `text` with everything escaped that could be markup between tags. Quotation marks are not, as
/// each entity costs the sanitiser a microsecond.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
    html
}

/// ` name="value"`.
pub(super) fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{}\"", escaped(value).replace('"', "&quot;"))
}

/// ` name="value"` where the value is an address, percent-encoded as needed.
pub(super) fn address_attribute(name: &str, address: &str) -> String {
    let mut value = String::new();
    // Writing to a String cannot fail; what is not written leads nowhere, which is safe.
    let _ = escape_href(&mut value, address, false);
    format!(" {name}=\"{value}\"")
}

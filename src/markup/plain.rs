use super::{
    Html,
    pieces::{Piece, Pieces, value},
};

/// A post as plain text, for the text part of mails: quotes with `>`, lists with `-`, links with
/// their addresses. `site` is the site's own address without a closing slash, which paths need.
pub fn plain_text(html: &Html, site: &str) -> String {
    let mut text = Plain { site, ..Plain::default() };
    for piece in Pieces::of(html.as_str()) {
        match piece {
            Piece::Text(words) => text.words(&words),
            Piece::Open { tag, attributes } => text.open(tag, attributes),
            Piece::Close(tag) => text.close(tag),
        }
    }
    text.end_line();
    text.done.trim_end().to_owned()
}

#[derive(Default)]
struct Plain<'a> {
    site: &'a str,
    done: String,
    line: String,
    /// What every line begins with: quotes and lists around it.
    margin: Vec<&'static str>,
    /// The mark of the list item whose first line is to come.
    mark: Option<String>,
    /// Lists around, and the next number of those that have numbers.
    lists: Vec<Option<u64>>,
    /// Where the links around lead, and where in the line their words begin.
    links: Vec<(String, usize)>,
    follows_caption: bool,
    /// Spoilers among the spans around.
    spans: Vec<bool>,
    in_code: bool,
    /// Whether nothing stands yet in the innermost quote or item.
    is_fresh: bool,
    /// A blank line is wanted before the next one, in so many of the margins.
    gap: Option<usize>,
}

impl Plain<'_> {
    fn words(&mut self, words: &str) {
        if self.in_code {
            for line in words.split_inclusive('\n') {
                self.line.push_str(line.trim_end_matches('\n'));
                if line.ends_with('\n') {
                    self.put_line();
                }
            }
            return;
        }
        for word in words.split_inclusive(char::is_whitespace) {
            let blank = word.ends_with(char::is_whitespace);
            self.line.push_str(word.trim_end());
            if blank && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    fn open(&mut self, tag: &str, attributes: &str) {
        match tag {
            "br" => self.end_line(),
            "hr" => {
                self.gap();
                self.line.push_str("---");
                self.gap();
            }
            "p" | "h3" | "h4" | "h5" | "h6" | "figure" | "section" | "details" => self.gap(),
            "figcaption" | "summary" | "tr" => self.end_line(),
            "blockquote" if self.follows_caption => {
                self.follows_caption = false;
                self.begin("> ");
            }
            "blockquote" => {
                self.gap();
                self.begin("> ");
            }
            "pre" => {
                self.gap();
                self.begin("    ");
                self.in_code = true;
            }
            "ul" | "ol" => {
                self.gap_unless_in_list();
                let start =
                    value(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((tag == "ol").then_some(start));
            }
            "li" => self.item(),
            "td" | "th" if !self.line.is_empty() => {
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str(" | ");
            }
            "input" => {
                let done = attributes.contains("checked");
                self.line.push_str(if done { "[x] " } else { "[ ] " });
            }
            "img" => {
                let alt = value(attributes, "alt").unwrap_or_default();
                // Within a link its address is enough.
                if self.links.is_empty() {
                    let source = value(attributes, "src").unwrap_or_default();
                    self.line.push_str(&format!("{alt} <{}>", self.in_full(&source)));
                } else {
                    self.line.push_str(&alt);
                }
            }
            "a" => {
                let href = value(attributes, "href").unwrap_or_default();
                self.links.push((self.in_full(&href), self.line.len()));
            }
            "span" => {
                let is_spoiler = value(attributes, "class").as_deref() == Some("spoiler");
                self.spoiler(is_spoiler);
                self.spans.push(is_spoiler);
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "p" | "h3" | "h4" | "h5" | "h6" | "table" | "figure" | "details" => self.gap(),
            "summary" | "tr" => self.end_line(),
            "figcaption" => {
                self.end_line();
                self.follows_caption = true;
            }
            "blockquote" | "pre" => {
                self.end_line();
                self.in_code = false;
                self.margin.pop();
                self.is_fresh = false;
                self.gap();
            }
            "ul" | "ol" => {
                self.lists.pop();
                self.gap_unless_in_list();
            }
            "li" => {
                self.end_line();
                self.mark = None;
                self.margin.pop();
            }
            "a" => self.end_link(),
            "span" => {
                let was_spoiler = self.spans.pop().unwrap_or_default();
                self.spoiler(was_spoiler);
            }
            _ => {}
        }
    }

    fn item(&mut self) {
        self.end_line();
        self.mark = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        });
        self.begin("  ");
    }

    fn begin(&mut self, margin: &'static str) {
        self.margin.push(margin);
        self.is_fresh = true;
    }

    /// The address follows the words unless they are the address; places in this post have none.
    fn end_link(&mut self) {
        let Some((address, from)) = self.links.pop() else { return };
        let words = self.line.get(from..).unwrap_or_default().trim();
        let says_it = address.is_empty()
            || address == words
            || address.strip_prefix("mailto:") == Some(words)
            || words.starts_with('@');
        if !says_it {
            self.line.push_str(&format!(" <{address}>"));
        }
    }

    fn in_full(&self, address: &str) -> String {
        match address {
            _ if address.starts_with('#') => String::new(),
            _ if address.starts_with('/') && !address.starts_with("//") => {
                format!("{}{address}", self.site)
            }
            _ => address.to_owned(),
        }
    }

    fn spoiler(&mut self, is_spoiler: bool) {
        if is_spoiler {
            self.line.push_str("||");
        }
    }

    fn gap_unless_in_list(&mut self) {
        self.end_line();
        if self.lists.is_empty() {
            self.gap();
        }
    }

    fn gap(&mut self) {
        self.end_line();
        if !self.is_fresh {
            let margins = self.margin.len();
            self.gap = Some(self.gap.map_or(margins, |wanted| wanted.min(margins)));
        }
    }

    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.put_line();
        }
        self.line.clear();
    }

    fn put_line(&mut self) {
        if let Some(margins) = self.gap.take().filter(|_| !self.done.is_empty()) {
            let margin = self.margins(margins);
            self.done.push_str(margin.trim_end());
            self.done.push('\n');
        }
        self.is_fresh = false;
        match self.mark.take() {
            Some(mark) => {
                let around = self.margins(self.margin.len().saturating_sub(1));
                self.done.push_str(&around);
                self.done.push_str(&mark);
            }
            None => {
                let margin = self.margins(self.margin.len());
                self.done.push_str(if self.line.is_empty() { margin.trim_end() } else { &margin });
            }
        }
        self.done.push_str(self.line.trim_end());
        self.done.push('\n');
        self.line.clear();
    }

    fn margins(&self, count: usize) -> String {
        self.margin.iter().take(count).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Attached, Context, render};

    fn of(source: &str) -> String {
        let picture = |_| {
            Some(Attached {
                sizes: Some([(4, 3), (4, 3), (4, 3)]),
                moving: false,
                name: "cat.png".to_owned(),
                label: "PNG",
                bytes: 100,
            })
        };
        let context = Context { thread: Some(7), attached: &picture, ..Context::default() };
        plain_text(&render(source, &context).unwrap().html, "https://ours.example")
    }

    #[test]
    fn mail_reads_like_mail() {
        let source = "Hi *all*\nsecond line\n\n> [quote=ada, post=3]\n> quoted\n>\n> more\n\n- one\n  - two\n\n3. three\n4. four\n\n```\nlet x;\n\n  y\n```\n\nSee [it](/t/7) or https://x.example/a, ||boo||";
        let text = "Hi all\nsecond line\n\n@ada\n> quoted\n>\n> more\n\n- one\n  - two\n\n3. three\n4. four\n\n    let x;\n\n      y\n\nSee it <https://ours.example/t/7> or https://x.example/a, ||boo||";
        assert_eq!(of(source), text);
    }

    #[test]
    fn loose_lists_tables_pictures_and_tasks_are_kept() {
        assert_eq!(of("- a\n\n- b\n\n  c"), "- a\n\n- b\n\n  c");
        assert_eq!(of("|a|b|\n|-|-|\n|1|2|"), "a | b\n1 | 2");
        assert_eq!(of("- [x] did\n- [ ] do"), "- [x] did\n- [ ] do");
        assert_eq!(of("![cat](/files/1)"), "cat <https://ours.example/files/1>");
        assert_eq!(of("> - a\n>\n>   > b"), "> - a\n>\n>   > b");
    }
}

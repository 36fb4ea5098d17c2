//! Colors for code.
//!
//! A small lexer of our own: comments, strings, numbers, keywords, names. Grammars of editors were
//! tried and refused (syntect 5.3 with two-face 0.5, 2 cores, release): they are regular
//! expressions with backtracking, and 8 kB of spaces took 5 s as SCSS, 8 kB of brackets 13 s as
//! `SystemVerilog`, ordinary TypeScript 15 ms per kB. This one looks at each character a few times,
//! whatever is thrown at it, and misjudges a corner of some language now and then.

mod languages;
mod lexer;
mod markup;

use super::draw::escaped;
use languages::{Form, language};
use lexer::Lexer;

/// Longest block in bytes that is colored.
const LONGEST_COLORED: usize = 50 * 1024;

/// Ordinary code grows sixfold at most.
const MOST_GROWTH: usize = 7;

/// The classes of colored code, all a style sheet must know.
pub const COLORS: [&str; 12] = [
    "hl-attribute",
    "hl-comment",
    "hl-constant",
    "hl-deleted",
    "hl-function",
    "hl-inserted",
    "hl-keyword",
    "hl-meta",
    "hl-number",
    "hl-string",
    "hl-tag",
    "hl-type",
];

/// `code` as HTML: flat spans with one class each where `info`, the words after the fence, begins
/// with a language we know.
pub(super) fn colored(info: &str, code: &str) -> String {
    let name = info.split([' ', '\t', ',', '{', ':']).next().unwrap_or_default();
    let Some(language) = language(name).filter(|_| code.len() <= LONGEST_COLORED) else {
        return escaped(code);
    };
    let mut colors = Colors::default();
    match language.form {
        Form::Markup => markup::color(code, &mut colors),
        Form::Changes => changes(code, &mut colors),
        _ => Lexer::new(language, code).color(&mut colors),
    }
    let html = colors.finish();
    // A few bytes of dense signs must not cost a post the limit on its growth.
    if html.len() > code.len() * MOST_GROWTH + 4096 { escaped(code) } else { html }
}

/// A patch, line by line.
fn changes(code: &str, colors: &mut Colors) {
    for line in code.split_inclusive('\n') {
        let color = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] | [b'@', b'@', ..] => "hl-meta",
            [b'+', ..] => "hl-inserted",
            [b'-', ..] => "hl-deleted",
            [b'd' | b'i', ..] => "hl-meta",
            _ => "",
        };
        colors.put(color, line);
    }
}

/// HTML with neighbors of one color in one span.
#[derive(Default)]
struct Colors {
    html: String,
    current: &'static str,
}

impl Colors {
    fn put(&mut self, color: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        // Blanks between words of a color keep it, which halves the spans.
        if color != self.current && !text.trim().is_empty() {
            self.end();
            if !color.is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push_str(color);
                self.html.push_str("\">");
            }
            self.current = color;
        }
        self.html.push_str(&escaped(text));
    }

    fn end(&mut self) {
        if !self.current.is_empty() {
            self.html.push_str("</span>");
        }
        self.current = "";
    }

    fn finish(mut self) -> String {
        self.end();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn code_is_colored_by_a_few_classes() {
        for (language, code, parts) in [
            (
                "rust,no_run",
                "// Hi\nlet x: Vec<&'a str> = f(\"a\\\"b\", '\"', 42);",
                &[
                    "comment\">// Hi\n",
                    "keyword\">let",
                    "type\">Vec",
                    "function\">f",
                    "string\">\"a\\\"b\"",
                    "number\">42",
                ][..],
            ),
            (
                "py",
                "@a\ndef f(x):\n  '''a\n  b''' # c",
                &["meta\">@a", "keyword\">def", "string\">'''a\n  b'''", "comment\"># c"],
            ),
            (
                "json",
                "{\"a\": [\"b\", null, -1.5e3]}",
                &["attribute\">\"a\"", "string\">\"b\"", "constant\">null", "number\">1.5e3"],
            ),
            (
                "yaml",
                "- key: \"v\" # c\n  other-key: 1",
                &["attribute\">key", "string\">\"v\"", "attribute\">other-key", "number\">1"],
            ),
            (
                "html",
                "<!-- x --><a href=\"/x\">b &amp;</a>",
                &[
                    "comment\">&lt;!-- x --&gt;",
                    "tag\">a",
                    "attribute\">href",
                    "string\">\"/x\"",
                    "constant\">&amp;amp;",
                ],
            ),
            (
                "sh",
                "for f in $HOME; do # c\n  echo '$x#'\ndone",
                &["keyword\">for", "constant\">$HOME", "comment\"># c", "string\">'$x#'"],
            ),
            (
                "SQL",
                "select 'it''s' FROM t -- c",
                &["keyword\">select", "keyword\">FROM", "comment\">-- c"],
            ),
            ("diff", "@@ -1 +1 @@\n-a\n+b\n c", &["meta\">@@", "deleted\">-a", "inserted\">+b"]),
            (
                "css",
                "a:hover { margin-left: 2px; color: #fff } /* c */",
                &["attribute\">margin-left", "number\">2px", "number\">#fff", "comment\">/* c */"],
            ),
        ] {
            let html = colored(language, code);
            for part in parts {
                assert!(html.contains(&format!("<span class=\"hl-{part}")), "{part} in {html}");
            }
        }
    }

    #[test]
    fn lifetimes_are_no_strings() {
        assert!(!colored("rust", "fn f<'a>(x: &'a str) {}").contains("hl-string"));
    }

    #[test]
    fn what_is_never_closed_colors_the_rest() {
        assert_eq!(colored("rust", "/* a\nb"), "<span class=\"hl-comment\">/* a\nb</span>");
        assert_eq!(colored("js", "'a\nb"), "<span class=\"hl-string\">'a\n</span>b");
    }

    #[test]
    fn unknown_languages_stay_plain() {
        assert_eq!(colored("klingon", "let x < 1"), "let x &lt; 1");
        assert_eq!(colored("", "let x"), "let x");
        assert_eq!(colored("rust", &"1 ".repeat(LONGEST_COLORED)), "1 ".repeat(LONGEST_COLORED));
    }

    proptest! {
        #[test]
        fn coloring_changes_no_character(
            language in proptest::sample::select(&["rust", "html", "yaml", "css", "py", "sh", "diff", "json", "js"][..]),
            code in "[a-cA1é<>&;:=/*#'\"`\\\\$@{} \n.-]{0,80}",
        ) {
            let html = colored(language, &code);
            let opened = html.matches("<span").count();
            let text = COLORS.iter().fold(html.replace("</span>", ""), |html, color| {
                html.replace(&format!("<span class=\"{color}\">"), "")
            });
            prop_assert_eq!(html.matches("</span>").count(), opened);
            prop_assert_eq!(text, escaped(&code));
        }
    }
}

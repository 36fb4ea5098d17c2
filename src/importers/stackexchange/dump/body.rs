//! The dump's HTML turned into Markdown, where there is no Markdown behind it.

use htmd::{
    Element, HtmlToMarkdown, Node,
    element_handler::{HandlerResult, Handlers},
    options::{BrStyle, BulletListMarker, LinkStyle, Options},
};
use std::{io, rc::Rc, sync::LazyLock};

/// The converter descends once per level of nesting; a debug build's stack holds thousands.
const DEEPEST: usize = 200;

/// Meaningful in posts (10³ is not 103) and without a spelling in Markdown: they stay HTML.
const KEPT: [&str; 3] = ["sup", "sub", "kbd"];

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let options = Options {
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        link_style: LinkStyle::InlinedPreferAutolinks,
        preformatted_code: true,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(vec!["script", "style"])
        .add_handler(KEPT.to_vec(), kept)
        .add_handler(vec!["del", "s", "strike"], struck)
        .build()
});

/// Markdown that shows what the HTML of a post or a profile shows.
///
/// HTML nested beyond reason loses its form and keeps its words. Two things come out differently: a
/// paragraph that began with `1)` becomes a list, and a written-out `&lt;` shows as `<`.
pub fn html_to_markdown(html: &str) -> io::Result<String> {
    let tree = CONVERTER.html_to_tree(html)?;
    if is_too_deep(&tree) {
        return Ok(words(&tree));
    }
    Ok(CONVERTER.tree_to_markdown(&tree))
}

fn kept(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let inside = handlers.walk_children(element.node).content;
    Some(format!("<{0}>{inside}</{0}>", element.tag).into())
}

fn struck(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let inside = handlers.walk_children(element.node).content;
    let marked = if inside.trim().is_empty() { inside } else { format!("~~{inside}~~") };
    Some(marked.into())
}

fn is_too_deep(tree: &Rc<Node>) -> bool {
    let mut level = vec![Rc::clone(tree)];
    for _ in 0..DEEPEST {
        level = level.iter().flat_map(|node| node.children.borrow().clone()).collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// The leaves of a tree in order, without recursion.
fn words(tree: &Rc<Node>) -> String {
    let mut ahead = vec![Rc::clone(tree)];
    let mut words = String::new();
    while let Some(node) = ahead.pop() {
        let children = node.children.borrow();
        if children.is_empty() {
            words.push_str(&CONVERTER.tree_to_markdown(&node));
        }
        ahead.extend(children.iter().rev().cloned());
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(html: &str, markdown: &str) {
        assert_eq!(html_to_markdown(html).unwrap(), markdown);
    }

    #[test]
    fn what_posts_are_made_of_becomes_markdown() {
        becomes("<p>a <strong>b</strong> <em>c</em></p>\n\n<p>d<br>e</p>", "a **b** *c*\n\nd\\\ne");
        becomes(
            "<p>10<sup>3</sup>, <kbd>Ctrl</kbd>, <strike>no</strike></p>",
            "10<sup>3</sup>, <kbd>Ctrl</kbd>, ~~no~~",
        );
        becomes("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b");
        becomes("<pre><code>let a = 1 &lt; 2;\n</code></pre>", "```\nlet a = 1 < 2;\n```");
        becomes("<blockquote>\n  <p>a</p>\n</blockquote>", "> a");
        becomes("<p><a href=\"http://a.b/c\" rel=\"nofollow\">d</a></p>", "[d](http://a.b/c)");
        becomes("", "");
    }

    #[test]
    fn what_looks_like_markdown_but_was_text_stays_text() {
        becomes("<p>1. a * b * c &lt;script&gt;</p>", "1\\. a \\* b \\* c \\<script>");
        becomes("<script>alert(1)</script><p>a</p>", "a");
    }

    #[test]
    fn html_nested_beyond_reason_keeps_its_words() {
        let deep = format!("{}deep <b>down</b>", "<div>".repeat(3_000));
        becomes(&deep, "deep down");
    }
}

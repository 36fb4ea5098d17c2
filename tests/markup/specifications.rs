use crate::{corpus, safety::drawn_safely};
use scraper::{ElementRef, Html, Node};

/// Sections about HTML typed by hand, most of which we deliberately do not keep.
const ABOUT_HTML: [&str; 5] = [
    "HTML blocks",
    "Raw HTML",
    "HTML tag filter",
    "Disallowed Raw HTML (extension)",
    "Embedded HTML",
];

/// HTML as an outline without what we draw otherwise on purpose: line breaks kept, pictures
/// elsewhere as links, wrappers, classes, colors.
fn outline(html: &str) -> String {
    let tree = Html::parse_fragment(html);
    let mut text = String::new();
    describe_children(tree.root_element(), &mut text);
    // White space means nothing, neither between blocks nor where a line was broken.
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" <", "<").replace("> ", ">")
}

fn describe_children(parent: ElementRef<'_>, text: &mut String) {
    for node in parent.children() {
        if let Node::Text(words) = node.value() {
            text.push_str(&words.replace('<', "‹").replace('>', "›"));
        }
        ElementRef::wrap(node).into_iter().for_each(|element| describe(element, text));
    }
}

fn describe(element: ElementRef<'_>, text: &mut String) {
    let attribute = |name| element.value().attr(name).unwrap_or_default();
    let tag = match element.value().name() {
        "br" => return text.push(' '),
        "img" => {
            return text.push_str(if attribute("alt").is_empty() {
                attribute("src")
            } else {
                attribute("alt")
            });
        }
        "a" if attribute("href").is_empty() || attribute("class") == "external-image" => "",
        "a" if !["", "http", "https", "mailto"].contains(&scheme(attribute("href"))) => "",
        "div" | "span" | "label" => "",
        tag => tag,
    };
    let shown = match tag {
        "" => String::new(),
        "a" => format!("<a {} {}>", attribute("href"), attribute("title")),
        "ol" => format!("<ol {}>", attribute("start")),
        tag => format!("<{tag}>"),
    };
    text.push_str(&shown);
    describe_children(element, text);
    if !tag.is_empty() {
        text.push_str(&format!("</{tag}>"));
    }
}

/// Headings two levels down, as below a page's and a post's own.
fn lowered(html: &str) -> String {
    let lower = |html: String, level: usize| {
        html.replace(&format!("h{level}>"), &format!("h{}>", (level + 2).min(6)))
    };
    (1..=4).rev().fold(html.replace("h5>", "h6>"), lower)
}

fn scheme(address: &str) -> &str {
    address
        .split_once(':')
        .map_or("", |(scheme, _)| if scheme.contains(['/', '?', '#']) { "" } else { scheme })
}

/// Draws every example; counts those drawn as the specification does.
fn agreeing(file: &str) -> Option<(usize, usize, Vec<String>)> {
    let examples: Vec<serde_json::Value> =
        serde_json::from_str(&corpus(file)?).expect("a corpus is JSON");
    let mut differing = Vec::new();
    let mut agreed = 0;
    for example in &examples {
        let field = |name: &str| example[name].as_str().unwrap_or_default().replace('→', "\t");
        let (source, expected) = (field("markdown"), field("html"));
        let drawn = drawn_safely(&source).expect("no example is too much");
        let (drawn, expected) = (outline(drawn.as_str()), outline(&lowered(&expected)));
        if drawn == expected {
            agreed += 1;
        } else if !ABOUT_HTML.contains(&field("section").as_str()) {
            differing.push(format!(
                "{}: {source:?}\n  spec  {expected}\n  drawn {drawn}",
                field("section")
            ));
        }
    }
    Some((agreed, examples.len(), differing))
}

fn assert_agrees(file: &str, at_least: usize, differing_outside_html: usize) {
    let Some((agreed, all, differing)) = agreeing(file) else { return };
    let report = format!(
        "{agreed} of {all} agree with {file}; others, apart from HTML:\n{}",
        differing.join("\n")
    );
    println!("{report}");
    assert!(agreed >= at_least, "{report}");
    assert!(differing.len() <= differing_outside_html, "{report}");
}

#[test]
fn examples_of_commonmark_are_drawn_as_specified() {
    // The 17 hold tags typed by hand, or addresses that we make links without being asked.
    assert_agrees("commonmark/spec-0.31.2.json", 595, 17);
}

#[test]
fn examples_of_githubs_dialect_are_drawn_as_specified() {
    assert_agrees("gfm/spec.json", 614, 17);
    // Ours begin ids otherwise, and `||` is a spoiler where theirs is two empty cells' border.
    assert_agrees("gfm/extensions.json", 22, 5);
}

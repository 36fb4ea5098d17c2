use candor::markup::{
    ALLOWED_CLASSES, ALLOWED_TAGS, COLORS, Context, Html, TooMuch, excerpt, is_clean, plain_text,
    render,
};
use scraper::{Node, node::Element};
use url::Url;

/// What must never be in a post, whoever edits the allow-list.
const NEVER: [&str; 22] = [
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "link",
    "meta",
    "base",
    "template",
    "textarea",
    "select",
    "noscript",
    "title",
    "xmp",
    "plaintext",
    "video",
    "audio",
    "frameset",
];

/// Draws with everything a caller may switch on, and asserts every promise about the result.
pub(crate) fn drawn_safely(source: &str) -> Result<Html, TooMuch> {
    let context =
        Context { knows: &|_| true, thread: Some(7), prefix: "p41-", ..Context::default() };
    let rendered = render(source, &context)?;
    let html = rendered.html;
    assert_safe(html.as_str(), source);
    assert!(rendered.mentions.len() <= 20);
    for link in rendered.links {
        assert!(link.starts_with('/') || link.starts_with("http"), "link {link} from {source:?}");
    }
    assert!(excerpt(&html, 100).chars().count() <= 100, "{source:?}");
    plain_text(&html, "https://ours.example");
    Ok(html)
}

fn assert_safe(html: &str, source: &str) {
    assert!(is_clean(html), "not stable under the allow-list: {html:?} from {source:?}");
    let tree = scraper::Html::parse_fragment(html);
    let mut stack: Vec<_> = tree.root_element().children().map(|node| (node, 1)).collect();
    while let Some((node, depth)) = stack.pop() {
        assert!(depth <= 101, "too deep, from {source:?}");
        match node.value() {
            Node::Element(element) => assert_safe_element(element, source),
            Node::Text(_) => {}
            other => panic!("{other:?} in {html:?} from {source:?}"),
        }
        stack.extend(node.children().map(|child| (child, depth + 1)));
    }
}

fn assert_safe_element(element: &Element, origin: &str) {
    let tag = element.name();
    assert!(ALLOWED_TAGS.contains(&tag) && !NEVER.contains(&tag), "<{tag}> from {origin:?}");
    for (name, value) in element.attrs() {
        let is_fine = match (tag, name) {
            ("a", "href") => is_safe_address(value, element),
            ("img", "src") => value.starts_with("/files/"),
            ("a" | "li", "id") => value.starts_with("p41-"),
            (_, "class") => value.split_whitespace().all(|class| {
                let known = ALLOWED_CLASSES.iter().find(|(known, _)| *known == tag);
                known.is_some_and(|(_, classes)| classes.contains(&class))
                    || tag == "span" && COLORS.contains(&class)
            }),
            ("a" | "abbr" | "img", "title") | ("img", "alt" | "loading" | "decoding") => true,
            ("input", "type") => value == "checkbox",
            ("input", "disabled" | "checked") | ("details", "open") => value.is_empty(),
            ("ol", "start") => value.parse::<u64>().is_ok(),
            ("pre" | "div" | "span", "tabindex") => value == "0",
            ("a", "rel") => value == "nofollow ugc noopener",
            _ => false,
        };
        assert!(is_fine, "<{tag} {name}={value:?}> from {origin:?}");
    }
    if tag == "input" {
        assert!(element.attr("disabled").is_some() && element.attr("type").is_some(), "{origin:?}");
    }
}

/// Leads to the web or to a mailbox; and says it is unvouched for where it leads elsewhere.
fn is_safe_address(address: &str, element: &Element) -> bool {
    let here = Url::parse("https://here.example/page").expect("an address");
    let Ok(url) = here.join(address) else { return false };
    let is_elsewhere = url.scheme() != "mailto" && url.host() != here.host();
    ["http", "https", "mailto"].contains(&url.scheme())
        && (!is_elsewhere || element.attr("rel").is_some())
}

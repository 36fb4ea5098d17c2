use ammonia::Builder;
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{
    attached::{SIZES, is_list_of_ours, is_number},
    code::COLORS,
};

/// Every element a post may hold.
///
/// Never `style`, `svg` or `math`: both advisories of 2026 against the sanitiser came by them.
pub const ALLOWED_TAGS: [&str; 52] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "details",
    "dfn",
    "div",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// Every class a post may carry, by element, besides the [`COLORS`] of code on `span`.
pub const ALLOWED_CLASSES: [(&str, &[&str]); 13] = [
    ("a", &["mention", "external-image", "footnote-back", "picture", "picture--moving", "file"]),
    ("div", &["table"]),
    ("figcaption", &["quote__by"]),
    ("figure", &["quote"]),
    ("li", &["task"]),
    ("ol", &["tasks"]),
    ("p", &["gallery"]),
    ("section", &["footnotes"]),
    ("span", &["spoiler", "external-image", "file__facts"]),
    ("sup", &["footnote"]),
    ("td", &["center", "right"]),
    ("th", &["center", "right"]),
    ("ul", &["tasks"]),
];

const ATTRIBUTES: [(&str, &[&str]); 7] = [
    ("a", &["href", "title", "id"]),
    ("abbr", &["title"]),
    ("details", &["open"]),
    ("img", &["src", "srcset", "width", "height", "alt", "title"]),
    ("input", &["disabled", "checked"]),
    ("li", &["id"]),
    ("ol", &["start"]),
];

/// Attributes that may say one thing only.
const FIXED: [(&str, &str, &str); 8] = [
    ("a", "rel", "nofollow ugc noopener"),
    ("div", "tabindex", "0"),
    ("img", "decoding", "async"),
    ("img", "loading", "lazy"),
    ("img", "sizes", SIZES),
    ("input", "type", "checkbox"),
    ("pre", "tabindex", "0"),
    ("span", "tabindex", "0"),
];

static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut classes: HashMap<_, HashSet<_>> = ALLOWED_CLASSES
        .iter()
        .map(|(tag, classes)| (*tag, classes.iter().copied().collect()))
        .collect();
    classes.entry("span").or_default().extend(COLORS);
    let mut fixed: HashMap<_, HashMap<_, HashSet<_>>> = HashMap::new();
    for (tag, attribute, value) in FIXED {
        fixed.entry(tag).or_default().entry(attribute).or_default().insert(value);
    }
    let mut allowed = Builder::empty();
    allowed
        .tags(HashSet::from(ALLOWED_TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(
            ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect(),
        )
        .tag_attribute_values(fixed)
        .generic_attributes(HashSet::new())
        .allowed_classes(classes)
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .attribute_filter(|tag, attribute, value| {
            let fits = match (tag, attribute) {
                ("img", "srcset") => is_list_of_ours(value),
                ("img", "src") => value.starts_with("/files/"),
                ("img", "width" | "height") => is_number(value),
                _ => true,
            };
            fits.then(|| value.into())
        })
        // The drawing says which links we do not vouch for.
        .link_rel(None);
    allowed
});

/// Leaves of `html` what posts may hold. Its work grows with the square of the depth: only what
/// `draw` has bounded may come here.
pub(super) fn clean(html: &str) -> String {
    ALLOWED.clean(html).to_string()
}

/// Whether the allow-list would leave `html` as it is: a check for what an importer or a backup
/// brings, and for tests.
pub fn is_clean(html: &str) -> bool {
    clean(html) == html
}

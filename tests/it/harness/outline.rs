//! What a page says to somebody who does not see it.

use scraper::{ElementRef, Node};

/// The words in an element that are read aloud, on one line.
pub(super) fn words(element: ElementRef<'_>) -> String {
    let mut all = String::new();
    gather(element, &mut all);
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: ElementRef<'_>, all: &mut String) {
    for child in element.children() {
        if let Node::Text(text) = child.value() {
            all.push_str(text);
        } else if let Some(child) = ElementRef::wrap(child)
            && !silent(child)
        {
            // Words of two blocks do not run together; those of two spans do.
            let block = !matches!(
                child.value().name(),
                "a" | "b" | "em" | "i" | "span" | "strong" | "code" | "time"
            );
            all.push_str(if block { " " } else { "" });
            gather(child, all);
            all.push_str(if block { " " } else { "" });
        }
    }
}

fn silent(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "script" | "style" | "template" | "head" | "svg")
        || element.attr("aria-hidden") == Some("true")
        || element.attr("hidden").is_some()
}

/// The accessible name of a link, button or landmark.
pub(super) fn name_of(element: ElementRef<'_>) -> String {
    element.attr("aria-label").map_or_else(|| words(element), ToOwned::to_owned)
}

/// The outline of everything in an element: one line for each thing, indented by what it lies in. Labels
/// may lie elsewhere on the page, whose `root` is given.
pub(super) fn of(root: ElementRef<'_>, element: ElementRef<'_>) -> String {
    let mut lines = Vec::new();
    walk(root, element, 0, &mut lines);
    lines.join("\n")
}

fn walk(root: ElementRef<'_>, element: ElementRef<'_>, depth: usize, lines: &mut Vec<String>) {
    let line = describe(root, element);
    let below = if let Some(line) = &line {
        lines.push(format!("{}{}", "  ".repeat(depth), line.text));
        depth + 1
    } else {
        depth
    };
    if line.is_none_or(|line| line.opens) {
        for child in element.children().filter_map(ElementRef::wrap).filter(|child| !silent(*child))
        {
            walk(root, child, below, lines);
        }
    }
}

struct Line {
    text: String,
    /// What lies in it is told as well.
    opens: bool,
}

fn describe(root: ElementRef<'_>, element: ElementRef<'_>) -> Option<Line> {
    let closed = |text: String| Some(Line { text, opens: false });
    let open = |text: String| Some(Line { text, opens: true });
    let named = |role: &str| match element.attr("aria-label") {
        Some(label) => format!("{role} {label:?}"),
        None => role.to_owned(),
    };
    let current = match element.attr("aria-current") {
        Some(current) => format!(" (current {current})"),
        None => String::new(),
    };
    let name = element.value().name();
    match (name, element.attr("role")) {
        (_, Some("alert" | "status")) => {
            closed(format!("{} {:?}", element.attr("role")?, words(element)))
        }
        ("header", _) => open("banner".into()),
        ("footer", _) => open("contentinfo".into()),
        ("main" | "aside", _) => open(named(name)),
        ("nav", _) => open(named("navigation")),
        ("section" | "article", _) if element.attr("aria-label").is_some() => open(named(name)),
        ("article" | "details" | "dialog", _) => open(named(name)),
        ("summary", _) => closed(format!("summary {:?}", name_of(element))),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
            closed(format!("heading {} {:?}", &name[1..], words(element)))
        }
        ("form", _) => {
            let method = element.attr("method").unwrap_or("get").to_uppercase();
            let role = element.attr("role").unwrap_or("form");
            open(format!("{role} {method} {}", element.attr("action").unwrap_or("(here)")))
        }
        ("fieldset", _) => open(format!("group {:?}", legend(element))),
        ("a", _) if element.attr("href").is_some() => {
            let href = element.attr("href")?;
            closed(format!("link {:?} {href}{current}", name_of(element)))
        }
        ("button", _) => {
            let action =
                element.attr("formaction").map(|at| format!(" → {at}")).unwrap_or_default();
            let disabled = if element.attr("disabled").is_some() { " (disabled)" } else { "" };
            closed(format!("button {:?}{action}{disabled}", name_of(element)))
        }
        ("input" | "select" | "textarea", _) => closed(field(root, element)),
        ("img", _) => closed(format!("image {:?}", element.attr("alt").unwrap_or_default())),
        ("table", _) => open(named("table")),
        _ => None,
    }
}

fn legend(element: ElementRef<'_>) -> String {
    let mut children = element.children().filter_map(ElementRef::wrap);
    children.find(|child| child.value().name() == "legend").map(words).unwrap_or_default()
}

fn field(root: ElementRef<'_>, element: ElementRef<'_>) -> String {
    let kind = match element.value().name() {
        "input" => element.attr("type").unwrap_or("text"),
        other => other,
    };
    let name = element.attr("name").unwrap_or("(unnamed)");
    if kind == "hidden" {
        return format!("hidden {name}");
    }
    let required = if element.attr("required").is_some() { " (required)" } else { "" };
    let checked = if element.attr("checked").is_some() { " (checked)" } else { "" };
    let bad = if element.attr("aria-invalid") == Some("true") { " (invalid)" } else { "" };
    let told: String = element
        .attr("aria-describedby")
        .into_iter()
        .flat_map(str::split_whitespace)
        .filter_map(|id| by_id(root, id))
        .map(|help| format!(" – {:?}", words(help)))
        .collect();
    format!("{kind} {:?} {name}{required}{checked}{bad}{told}", label(root, element))
}

/// What a field is called.
pub(super) fn label(root: ElementRef<'_>, field: ElementRef<'_>) -> String {
    if let Some(label) = field.attr("aria-label") {
        return label.to_owned();
    }
    let around = || {
        field.ancestors().filter_map(ElementRef::wrap).find(|above| above.value().name() == "label")
    };
    let labels = || {
        root.descendants()
            .filter_map(ElementRef::wrap)
            .filter(|label| label.value().name() == "label")
    };
    let id = field.attr("id");
    let pointing = labels().find(|label| id.is_some() && label.attr("for") == id);
    pointing.or_else(around).map(words).unwrap_or_default()
}

fn by_id<'a>(root: ElementRef<'a>, id: &str) -> Option<ElementRef<'a>> {
    root.descendants().filter_map(ElementRef::wrap).find(|element| element.attr("id") == Some(id))
}

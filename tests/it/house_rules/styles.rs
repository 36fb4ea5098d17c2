//! What stylesheets may say, so that pages can be mirrored and enlarged.

use super::{assert_none, files};

/// Where a physical side is meant: code is written from left to right in every language, and these are the
/// same from both sides.
const JUSTIFIED: [&str; 3] = [
    // The words in it stand as far from the edge as those above; its buttons do not.
    "padding: var(--space-8) var(--space-12) var(--space-12) var(--space-16); & > .composer__help",
    "direction: ltr; text-align: left;",
    "linear-gradient(to right, transparent, var(--color-sunken) 2rem, var(--color-sunken) calc(100% - 2rem), transparent)",
];

/// Whether a declaration names a physical side where there is a logical one.
fn is_physical(name: &str, value: &str) -> bool {
    let sided = |property: &str| {
        let of_box = ["margin-", "padding-", "border-", "scroll-margin-", "scroll-padding-"];
        let side = of_box.iter().find_map(|group| property.strip_prefix(group)).unwrap_or(property);
        matches!(side.split('-').next(), Some("left" | "right"))
    };
    let sides: Vec<&str> = value.split_whitespace().collect();
    let lopsided = matches!(name, "padding" | "margin" | "inset" | "border-width")
        && !value.contains("calc(")
        && sides.len() == 4
        && sides[1] != sides[3];
    let turned =
        matches!(name, "text-align" | "float" | "clear") && matches!(value, "left" | "right");
    sided(name) || lopsided || turned || value.contains("to right") || value.contains("to left")
}

/// The declarations of a line.
fn declarations(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split([';', '{', '}']).filter_map(|part| {
        let (name, value) = part.split_once(':')?;
        let name = name.trim();
        let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        (plain && !name.is_empty()).then_some((name, value.trim()))
    })
}

#[test]
fn every_side_turns_with_the_direction_of_the_script() {
    let mut broken = Vec::new();
    let mut unused: Vec<&str> = JUSTIFIED.to_vec();
    for file in files("static/css", &["css"]) {
        for (number, line) in file.lines() {
            let mut line = line.to_owned();
            for reason in JUSTIFIED {
                if line.contains(reason) {
                    line = line.replace(reason, "");
                    unused.retain(|other| *other != reason);
                }
            }
            let physical = declarations(&line).filter(|(name, value)| is_physical(name, value));
            broken.extend(
                physical.map(|(name, value)| format!("{}:{number}: {name}: {value}", file.path)),
            );
        }
    }

    assert_none(&broken, "Say start and end: a page in Arabic begins on the other side.");
    assert!(unused.is_empty(), "justified, but not there: {unused:?}");
}

#[test]
fn letters_grow_with_what_the_browser_is_set_to() {
    let mut broken = Vec::new();
    // Paper is measured in points.
    let on_screens = files("static/css", &["css"]).into_iter();
    for file in on_screens.filter(|file| !file.path.ends_with("print.css")) {
        for (number, line) in file.lines() {
            let fixed = |(name, value): &(&str, &str)| {
                let of_letters = matches!(*name, "font-size" | "font" | "line-height")
                    || name.starts_with("--text-")
                    || name.starts_with("--space-");
                let measures = value.split([' ', '(', ',', '/']);
                of_letters
                    && measures.into_iter().any(|part| part.ends_with("px") || part.ends_with("pt"))
            };
            let fixed = declarations(line).filter(fixed);
            broken.extend(
                fixed.map(|(name, value)| format!("{}:{number}: {name}: {value}", file.path)),
            );
        }
    }

    assert_none(&broken, "Letters and space are measured in rem or em.");
}

#[test]
fn the_rules_of_this_file_find_what_they_are_for() {
    for bad in [
        "margin-left: 1px",
        "left: 0",
        "padding: 0 1px 0 2px",
        "text-align: right",
        "border-left-color: red",
    ] {
        let found = declarations(bad).any(|(name, value)| is_physical(name, value));
        assert!(found, "{bad}");
    }
    for good in [
        "margin-inline-start: 1px",
        "padding: 0 1px 0 1px",
        "text-align: start",
        "inset-block-end: 0",
    ] {
        let found = declarations(good).any(|(name, value)| is_physical(name, value));
        assert!(!found, "{good}");
    }
}

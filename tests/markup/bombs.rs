use crate::safety::drawn_safely;
use candor::markup::{Context, LONGEST_SOURCE, Rendered, TooMuch, diff, render};
use std::time::{Duration, Instant};

/// Without optimisation, on a busy machine. In release each takes a hundredth of this; without the
/// limits some take half a minute.
const PATIENCE: Duration = Duration::from_secs(4);

fn filled(unit: &str, length: usize) -> String {
    unit.chars().cycle().take(length).collect()
}

fn in_time(source: &str) -> Result<Rendered, TooMuch> {
    let start = Instant::now();
    let drawn = render(source, &Context::default());
    assert!(
        start.elapsed() < PATIENCE,
        "{:?} for {}",
        start.elapsed(),
        &source[..source.len().min(40)]
    );
    drawn
}

/// Draws a bomb in time; gives the length of its HTML.
fn drawn_in_time(source: &str) -> Result<usize, TooMuch> {
    in_time(source).and_then(|_| drawn_safely(source)).map(|html| html.as_str().len())
}

#[test]
fn nesting_is_refused_before_it_costs() {
    for source in [
        filled("> ", 32 * 1024),
        (1..100).map(|depth| "> ".repeat(depth) + "a\n").collect(),
        (0..100).map(|depth| " ".repeat(depth * 2) + "- a\n").collect(),
        filled("<details>\n\n", LONGEST_SOURCE),
        format!("x {}", filled("<b>", 60_000)),
        format!("{}x{}", "**a ".repeat(200), "b**".repeat(200)),
    ] {
        assert_eq!(drawn_in_time(&source), Err(TooMuch::TooDeep), "{}", &source[..40]);
    }
}

#[test]
fn length_is_refused_before_it_costs() {
    assert!(matches!(drawn_in_time(&"[".repeat(1 << 20)), Err(TooMuch::TooLong { .. })));
    let wide_table =
        format!("{}\n{}\n{}", "|a".repeat(500), "|-".repeat(500), "|b\n".repeat(20_000));
    assert_eq!(drawn_in_time(&wide_table), Err(TooMuch::TooLarge));
    let references = format!("{}\n\n[^1]: x", "[^1]".repeat(16_000));
    assert_eq!(drawn_in_time(&references), Err(TooMuch::TooLarge));
}

#[test]
fn other_bombs_are_drawn_in_time_and_stay_small() {
    let attributes: String = (0..5000).map(|number| format!(" a{number}=1")).collect();
    let row = format!("{}|\n", "|a".repeat(100));
    for source in [
        filled("<div>", LONGEST_SOURCE),
        filled("<div>\n\n", LONGEST_SOURCE),
        filled("[", LONGEST_SOURCE),
        filled("![", LONGEST_SOURCE),
        format!("{row}{}|\n{}", "|-".repeat(100), row.repeat(98)),
        format!("x <b{attributes}>y</b>"),
        format!("<a{attributes}>y</a>"),
        filled("*a **a ", LONGEST_SOURCE),
        filled("_a*b", LONGEST_SOURCE),
        filled("<a ", LONGEST_SOURCE),
        format!("<div>\n{}", filled("<a ", 65_000)),
        filled("<!--", LONGEST_SOURCE),
        filled("<p><b a=1><i>x", LONGEST_SOURCE),
        filled("x <b><i><u><kbd>\n\n", LONGEST_SOURCE),
        filled("@ada ", LONGEST_SOURCE),
        filled("http://a.b ", LONGEST_SOURCE),
        filled("||a|| ", LONGEST_SOURCE),
        (0..2500).map(|number| format!("[^{number}]\n\n[^{number}]: x\n\n")).collect(),
        "`".to_owned() + &(1..350).map(|length| "`".repeat(length) + " ").collect::<String>(),
        "\u{0}".repeat(LONGEST_SOURCE),
    ] {
        let length = drawn_in_time(&source).unwrap();
        assert!(length <= source.len() * 9 + 64 * 1024, "{length} for {}", &source[..40]);
    }
}

#[test]
fn code_is_colored_in_time() {
    for language in ["rust", "html", "css", "yaml", "sh", "json"] {
        for unit in [
            "(", " ", "a", "\"\"", "1..", "${", "#[", "/*", "'", "\\", "<", "&", "@", "a<b ",
            "a: ", "-",
        ] {
            in_time(&format!("```{language}\n{}\n```", filled(unit, 10_000))).unwrap();
        }
    }
}

#[test]
fn versions_are_compared_in_time() {
    for (old, new) in [
        (filled("a\nb\nc\n", LONGEST_SOURCE), filled("c\nb\na\n", LONGEST_SOURCE)),
        (
            (0..9000).map(|n| format!("a{n}\n")).collect(),
            (0..9000).map(|n| format!("b{n}\n")).collect(),
        ),
        (filled("word other ", 16_000), filled("other thing word ", 16_000)),
        ("a\n".repeat(1 << 20), "b\n".repeat(1 << 20)),
    ] {
        let start = Instant::now();
        assert!(!diff(&old, &new).is_empty());
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    }
}

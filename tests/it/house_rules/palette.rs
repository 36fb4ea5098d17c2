//! Whether the colors of `static/css/tokens.css` can be told apart, in both palettes, by the formula of
//! WCAG 2.

use super::{assert_none, files};
use std::collections::BTreeMap;

/// Lightness, chroma and hue, as in `oklch(0.45 0.078 222)`.
type Oklch = [f64; 3];

/// Text needs this much, WCAG 2.2 AA.
const TEXT: f64 = 4.5;
/// Edges of controls need this much.
const EDGE: f64 = 3.0;

const INKS: [&str; 10] = [
    "ink",
    "ink-soft",
    "ink-faint",
    "link",
    "accent",
    "accent-strong",
    "staff",
    "solved",
    "waiting",
    "danger",
];
const GROUNDS: [&str; 3] = ["canvas", "surface", "sunken"];
const TINTED: [&str; 5] = ["accent", "staff", "solved", "waiting", "danger"];

/// What stands on what, and how much of a difference it needs.
fn pairs() -> Vec<(String, String, f64)> {
    let mut pairs = Vec::new();
    let mut add =
        |on: &str, ground: &str, least| pairs.push((on.to_owned(), ground.to_owned(), least));
    for ground in GROUNDS {
        INKS.iter().for_each(|ink| add(ink, ground, TEXT));
        add("control-edge", ground, EDGE);
    }
    for tint in TINTED {
        let ground = format!("{tint}-soft");
        add(tint, &ground, TEXT);
        ["ink", "ink-soft", "ink-faint", "link"].iter().for_each(|ink| add(ink, &ground, TEXT));
    }
    add("on-accent", "accent", TEXT);
    add("on-accent", "accent-strong", TEXT);
    add("ink", "mark", TEXT);
    add("canvas", "staff", TEXT);
    add("surface", "solved", TEXT);
    add("surface", "danger", TEXT);
    pairs
}

#[test]
fn every_color_can_be_read_on_its_ground() {
    let tokens = tokens();
    let meanings = meanings(&tokens);
    let mut broken = Vec::new();
    for (name, block) in palettes(&tokens) {
        let palette = colors(block);
        let color = |meaning: &str| -> Oklch {
            let name = meanings.get(meaning).unwrap_or_else(|| panic!("no --color-{meaning}"));
            *palette.get(name).unwrap_or_else(|| panic!("no --palette-{name}"))
        };
        for (on, ground, least) in pairs() {
            let contrast = contrast(color(&on), color(&ground));
            if contrast < least {
                broken.push(format!("{name}: {on} on {ground} is {contrast:.2}, needs {least}"));
            }
        }
    }

    assert_none(&broken, "Everybody can read everything.");
}

#[test]
fn initials_can_be_read_on_every_tint() {
    let tokens = tokens();
    let tones =
        files("static/css", &["css"]).into_iter().find(|file| file.path.ends_with("tones.css"));
    let hues = hues(&tones.expect("there are tints").text);
    let mut broken = Vec::new();
    for (name, block) in palettes(&tokens) {
        let (ground, ink) = (numbers(block, "--tone-ground:"), numbers(block, "--tone-ink:"));
        for hue in &hues {
            let contrast = contrast([ink[0], ink[1], *hue], [ground[0], ground[1], *hue]);
            if contrast < TEXT {
                broken.push(format!("{name}: the tint of hue {hue} is {contrast:.2}"));
            }
        }
    }

    assert_eq!(hues.len(), 8, "eight tints, as the boards and members have");
    assert_none(&broken, "Everybody can read everything.");
}

#[test]
fn the_dark_palette_is_the_same_by_the_systems_wish_and_by_the_members() {
    let tokens = tokens();
    let [light, dark, wished] = palettes(&tokens).map(|(_, block)| colors(block));

    assert_eq!(dark, wished);
    assert!(light.keys().eq(dark.keys()), "both palettes name the same colors");
}

fn tokens() -> String {
    let all = files("static/css", &["css"]);
    all.into_iter().find(|file| file.path.ends_with("tokens.css")).expect("there are tokens").text
}

/// The three blocks that name palette colors.
fn palettes(tokens: &str) -> [(&'static str, &str); 3] {
    let block = |start: &str| {
        let at = tokens.find(start).unwrap_or_else(|| panic!("no {start}"));
        tokens[at..].split('}').next().unwrap_or_default()
    };
    [
        ("light", block(":root {")),
        ("dark", block(":root:not([data-theme=\"light\"]) {")),
        ("dark, wished", block("\n  [data-theme=\"dark\"] {")),
    ]
}

fn colors(block: &str) -> BTreeMap<String, Oklch> {
    let lines = block.lines().filter_map(|line| line.trim().strip_prefix("--palette-"));
    let color = |line: &str| {
        let (name, value) = line.split_once(": oklch(")?;
        Some((name.to_owned(), three(value.split(')').next()?)))
    };
    lines.filter_map(color).collect()
}

/// Which palette color each `--color-…` is.
fn meanings(tokens: &str) -> BTreeMap<String, String> {
    let lines = tokens.lines().filter_map(|line| line.trim().strip_prefix("--color-"));
    let meaning = |line: &str| {
        let (name, value) = line.split_once(": var(--palette-")?;
        Some((name.to_owned(), value.split(')').next()?.to_owned()))
    };
    lines.filter_map(meaning).collect()
}

fn hues(tones: &str) -> Vec<f64> {
    let values = tones.match_indices("--tone-hue:").map(|(at, name)| &tones[at + name.len()..]);
    values.filter_map(|value| value.split(';').next()?.trim().parse().ok()).collect()
}

fn numbers(block: &str, name: &str) -> [f64; 2] {
    let at = block.find(name).unwrap_or_else(|| panic!("no {name}")) + name.len();
    let mut values = block[at..].split(';').next().unwrap_or_default().split_whitespace();
    [0, 1].map(|_| values.next().and_then(|value| value.parse().ok()).expect("two numbers"))
}

fn three(values: &str) -> Oklch {
    let mut values = values.split_whitespace();
    [0, 1, 2].map(|_| values.next().and_then(|value| value.parse().ok()).expect("three numbers"))
}

fn contrast(one: Oklch, other: Oklch) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// As a screen of eight bits shows it.
fn luminance(color: Oklch) -> f64 {
    let [red, green, blue] = linear(color).map(|light| {
        let light = light.clamp(0.0, 1.0);
        let encoded = if light <= 0.003_130_8 {
            12.92 * light
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        };
        let shown = (encoded * 255.0).round() / 255.0;
        if shown <= 0.040_45 { shown / 12.92 } else { ((shown + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Linear sRGB: Björn Ottosson, "A perceptual color space for image processing".
fn linear([lightness, chroma, hue]: Oklch) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

#[test]
fn the_formula_knows_black_on_white() {
    assert!((contrast([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]) - 21.0).abs() < 0.01);
}

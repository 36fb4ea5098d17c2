//! Which module may look at which. The order of the `pub mod` lines in `src/lib.rs` is the order in
//! which modules may know each other. Every room has two storeys: its *core* uses only rooms above
//! it in that list; its *upper* files (deeds, pages, what it hears, its list of routes) may use any
//! room's core and are entered by nobody else. The *edges*, which have no core, call every room's
//! deeds.

use super::{SourceFile, assert_none, files};
use std::collections::{BTreeMap, BTreeSet};

/// They come in from outside and call every room's deeds, as pages do.
const EDGES: [&str; 10] = [
    "importers",
    "exporters",
    "demo",
    "command",
    "doctor",
    "admin",
    "set_up",
    "bench",
    "discourse_api",
    "serve",
];

/// They tie the rooms together: which event wakes whom, which address leads where.
const KNOTS: [&str; 3] = ["reactions", "router", "chores"];

/// A file's place in the house. What a browser sends (`forms.rs`) and what a mail says (`mails.rs`) are faces
/// of a room, and so upper; other rooms may use its forms.
#[derive(Debug, Clone)]
struct Place {
    room: String,
    upper: bool,
}

fn place_of(path: &str) -> Option<Place> {
    let mut parts = path.strip_prefix("src/")?.split('/');
    let room = parts.next()?.trim_end_matches(".rs").to_owned();
    let storey = parts.next().map(|part| part.trim_end_matches(".rs"));
    let upper = matches!(
        storey,
        Some("actions" | "pages" | "api" | "reactions" | "views" | "forms" | "mails" | "mod")
    );
    Some(Place { room, upper })
}

/// Names that a room lets out of its upper files, such as `pub use actions::{lock, pin}`.
fn deeds_of(room_door: &SourceFile) -> BTreeSet<String> {
    let text = code_of(&room_door.text);
    let mut deeds = BTreeSet::new();
    for part in text.split("use ").skip(1) {
        let statement = part.split(';').next().unwrap_or_default();
        let storey = statement.split("::").next().unwrap_or_default().trim();
        if matches!(storey, "actions" | "pages" | "api" | "reactions" | "views") {
            deeds.extend(paths_in(statement).into_iter().filter_map(|path| path.last().cloned()));
        }
    }
    deeds
}

#[test]
fn rooms_look_only_up_the_list() {
    let order = order();
    let mut broken = Vec::new();
    for file in files("src", &["rs"]) {
        let Some(from) = place_of(&file.path) else { continue };
        let Some(own) = order.get(&from.room) else { continue };
        if from.upper || EDGES.contains(&from.room.as_str()) {
            continue;
        }
        for path in crate_paths(&file.text) {
            let below = order.get(&path[0]).is_some_and(|position| position > own);
            if below {
                broken.push(format!("{}: crate::{}", file.path, path.join("::")));
            }
        }
    }

    assert_none(&broken, "A core file uses its own room and those listed above it in lib.rs.");
}

#[test]
fn nobody_enters_another_rooms_upper_floor() {
    let (order, all) = (order(), files("src", &["rs"]));
    let doors: BTreeMap<String, BTreeSet<String>> = all
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs") && file.path.matches('/').count() == 2)
        .filter_map(|file| Some((place_of(&file.path)?.room, deeds_of(file))))
        .collect();
    let mut broken = Vec::new();
    for file in &all {
        let Some(from) = place_of(&file.path) else { continue };
        let free = EDGES.contains(&from.room.as_str()) || KNOTS.contains(&from.room.as_str());
        if free || !order.contains_key(&from.room) {
            continue;
        }
        let page = from.upper && file.path.contains("/pages");
        for path in crate_paths(&file.text).iter().filter(|path| path[0] != from.room) {
            let Some(name) = path.get(1) else { continue };
            let floor = matches!(name.as_str(), "actions" | "pages" | "api" | "views");
            // A page may offer another room's deed; a deed or a core may not call one.
            let deed = !page && doors.get(&path[0]).is_some_and(|deeds| deeds.contains(name));
            if floor || deed {
                broken.push(format!("{}: crate::{}", file.path, path.join("::")));
            }
        }
    }

    assert_none(
        &broken,
        "What two deeds share sinks into a noun file; another room's deeds are for pages and edges.",
    );
}

#[test]
fn the_lowest_modules_do_no_input_or_output() {
    let mut broken = Vec::new();
    for file in files("src/kit", &["rs"]).iter().chain(&files("src/markup", &["rs"])) {
        let code = code_of(&file.text);
        for word in ["sqlx::query", "std::fs", "tokio::", "std::net", "axum::"] {
            if code.contains(word) {
                broken.push(format!("{}: {word}", file.path));
            }
        }
    }

    assert_none(&broken, "kit and markup are pure.");
}

/// Every module of the crate with its position in `src/lib.rs`.
fn order() -> BTreeMap<String, usize> {
    let lib = files("src", &["rs"]).into_iter().find(|file| file.path == "src/lib.rs");
    let text = lib.expect("there is a library").text;
    let modules = text.lines().filter_map(|line| {
        line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';')
    });
    modules.enumerate().map(|(at, name)| (name.to_owned(), at)).collect()
}

/// Every path that begins with `crate::`, groups taken apart: `crate::{a::b, c}` is `a::b` and `c`.
fn crate_paths(text: &str) -> Vec<Vec<String>> {
    let code = code_of(text);
    let found = code.match_indices("crate::").map(|(at, start)| &code[at + start.len()..]);
    found.flat_map(paths_in).filter(|path| !path.is_empty()).collect()
}

/// The paths at the beginning of `code`.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let code = code.trim_start();
    if let Some(group) = code.strip_prefix('{') {
        return split_group(group).into_iter().flat_map(paths_in).collect();
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    if name.is_empty() {
        return Vec::new();
    }
    let below = rest.strip_prefix("::").map(paths_in).unwrap_or_default();
    if below.is_empty() {
        return vec![vec![name.to_owned()]];
    }
    let longer = |path: Vec<String>| [vec![name.to_owned()], path].concat();
    below.into_iter().map(longer).collect()
}

/// What stands between the commas of a group whose brace has been opened.
fn split_group(group: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut pieces) = (1, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                pieces.push(&group[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            pieces.push(&group[begin..at]);
            break;
        }
    }
    pieces
}

/// Without comments and without the file's unit tests, which may know more.
fn code_of(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn paths_are_read_out_of_groups() {
    let code = "use crate::{\n    app::App,\n    kit::{MemberId, ids::{A, B}},\n};\nfn f() { crate::web::sprite() }";
    let paths: Vec<_> = crate_paths(code).iter().map(|path| path.join("::")).collect();

    assert_eq!(paths, ["app::App", "kit::MemberId", "kit::ids::A", "kit::ids::B", "web::sprite"]);
}

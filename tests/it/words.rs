//! Every text that pages, mails and errors ask for is there, with the gaps they fill; and none is there
//! that nothing asks for.

use candor::{kit::Arg, words::Language};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Keys put together at run time: how they begin, how they end, and where that is done.
const PUT_TOGETHER: &[(&str, &[&str], &str)] = &[
    ("mail-confirm", &["-subject", "-greeting", "-body", "-button", "-footer"], "members/mails.rs"),
    ("mail-known", &["-subject", "-greeting", "-body", "-footer"], "members/mails.rs"),
    ("mail-reset", &["-subject", "-greeting", "-body", "-button", "-footer"], "members/mails.rs"),
    ("mail-change", &["-subject", "-greeting", "-body", "-button", "-footer"], "members/mails.rs"),
    ("mail-change-known", &["-subject", "-greeting", "-body", "-footer"], "members/mails.rs"),
    (
        "mail-address-wanted",
        &["-subject", "-greeting", "-body", "-button", "-footer"],
        "members/mails.rs",
    ),
    (
        "mail-address-changed",
        &["-subject", "-greeting", "-body", "-button", "-footer"],
        "members/mails.rs",
    ),
    (
        "mail-provider-linked",
        &["-subject", "-greeting", "-body", "-button", "-footer"],
        "members/mails.rs",
    ),
    (
        "mail-provider-unlinked",
        &["-subject", "-greeting", "-body", "-button", "-footer"],
        "members/mails.rs",
    ),
    (
        "mail-password-changed",
        &["-subject", "-greeting", "-body", "-button", "-footer"],
        "members/mails.rs",
    ),
    ("mail-app-added", LETTER, "members/mails.rs"),
    ("mail-app-removed", LETTER, "members/mails.rs"),
    ("mail-passkey-added", LETTER, "members/mails.rs"),
    ("mail-passkey-removed", LETTER, "members/mails.rs"),
    ("mail-passkey-copied", LETTER, "members/mails.rs"),
    ("mail-codes-made", LETTER, "members/mails.rs"),
    ("mail-code-used", LETTER, "members/mails.rs"),
    ("mail-factors-taken", LETTER, "members/mails.rs"),
    ("mail-closed", LETTER, "members/mails.rs"),
    ("mail-invited", LETTER, "invitations/mails.rs"),
    ("mail-invited-known", LETTER, "invitations/mails.rs"),
    ("mail-application", LETTER, "applications/mails.rs"),
    ("mail-slow-way", LETTER, "applications/mails.rs"),
    ("mail-approved", LETTER, "applications/mails.rs"),
    ("mail-declined", &["-subject", "-greeting", "-body", "-footer"], "applications/mails.rs"),
    ("mail-copy-asked", LETTER, "privacy/mails.rs"),
    ("mail-copy-ready", LETTER, "privacy/mails.rs"),
];

/// The parts of a mail that has a button.
const LETTER: &[&str] = &["-subject", "-greeting", "-body", "-button", "-footer"];

/// Literals in the code that look like keys and are none.
const NO_KEYS: &[&str] = &["me-too", "me-toos", "second-factors", "set-up"];

/// Calls whose first argument is a key.
const CALLS: &[&str] =
    &[".t(", ".t1(", ".t2(", ".text(", ".text_with(", ".pieces(", "Message::with("];

/// A text of the source language.
struct Text {
    file: PathBuf,
    body: String,
}

/// A file that asks for texts.
struct Source {
    path: PathBuf,
    text: String,
}

/// A literal that looks like a key, in its place.
struct Literal<'a> {
    key: &'a str,
    before: &'a str,
    after: &'a str,
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let texts = texts();
    let known = |key: &str| texts.contains_key(key);
    let beginnings: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('-').next()).collect();
    let mut missing = BTreeSet::new();

    for source in sources() {
        for literal in literals(&source.text) {
            let hyphens = literal.key.contains('-');
            let begins_so = literal.key.split('-').next().is_some_and(|it| beginnings.contains(it));
            let in_code = source.path.extension().is_some_and(|extension| extension == "rs");
            let no_key = NO_KEYS.contains(&literal.key)
                || PUT_TOGETHER.iter().any(|(start, ..)| *start == literal.key);
            let looks_so = in_code && hyphens && begins_so && !no_key;
            if (looks_so || is_asked_for(&literal)) && !known(literal.key) {
                missing.insert(format!("{} in {}", literal.key, source.path.display()));
            }
        }
    }
    for (key, place) in put_together() {
        if !known(&key) {
            missing.insert(format!("{key} in {place}"));
        }
    }

    assert!(missing.is_empty(), "texts missing from locales/en: {missing:#?}");
}

#[test]
fn every_text_is_asked_for() {
    let sources = sources();
    let mut asked: BTreeSet<String> = put_together().into_iter().map(|(key, _)| key).collect();
    for source in &sources {
        asked.extend(literals(&source.text).map(|literal| literal.key.to_owned()));
    }

    let unused: Vec<String> = texts()
        .into_iter()
        .filter(|(key, _)| !asked.contains(key))
        .map(|(key, text)| format!("{key} in {}", text.file.display()))
        .collect();

    assert!(unused.is_empty(), "texts that nothing asks for: {unused:#?}");
}

#[test]
fn every_gap_of_a_text_is_filled() {
    let texts = texts();
    let mut open = BTreeSet::new();

    for source in sources() {
        for literal in literals(&source.text).filter(is_asked_for) {
            let Some(text) = texts.get(literal.key) else { continue };
            let plain = [".t(", ".text("].iter().any(|call| literal.before.ends_with(call));
            for gap in gaps(&text.body) {
                if plain || !source.text.contains(&format!("\"{gap}\"")) {
                    open.insert(format!("${gap} of {} in {}", literal.key, source.path.display()));
                }
            }
        }
    }

    assert!(open.is_empty(), "gaps that are not filled: {open:#?}");
}

#[test]
fn every_text_can_be_read() {
    let read = |key: &str, text: &Text| {
        let gaps = gaps(&text.body).into_iter();
        let filled: Vec<_> = gaps.map(|gap| (&*gap.to_owned().leak(), Arg::Number(2))).collect();
        let said = Language::default().text_with(key, &filled);
        said != key && !said.contains(['{', '$'])
    };

    let texts = texts();
    let unread: Vec<_> = texts.iter().filter(|(key, text)| !read(key, text)).collect();

    let unread: Vec<_> = unread.into_iter().map(|(key, _)| key).collect();
    assert!(unread.is_empty(), "not Fluent: {unread:?}");
}

/// Whether the code hands this literal on as a key.
fn is_asked_for(literal: &Literal<'_>) -> bool {
    let called = CALLS.iter().any(|call| literal.before.ends_with(call));
    let message = literal.key.contains('-') && literal.after.starts_with(".into()");
    let flash = literal.key.starts_with("flash-");
    called || message || flash || is_problem(literal) || is_label(literal)
}

/// `problems.add("field", "key")`.
fn is_problem(literal: &Literal<'_>) -> bool {
    let Some(before) = literal.before.strip_suffix(',') else { return false };
    before.rsplit_once("problems").is_some_and(|(_, call)| {
        let call: String = call.split_whitespace().collect();
        call.starts_with(".add(\"") && call.matches('"').count() == 2 && call.ends_with('"')
    })
}

/// `ui::field(shell, problems, "name", "label", "help", …)` in a template.
fn is_label(literal: &Literal<'_>) -> bool {
    let Some((_, arguments)) = literal.before.rsplit_once("ui::field(") else { return false };
    !arguments.contains(')') && matches!(arguments.matches('"').count(), 2 | 4)
}

fn put_together() -> Vec<(String, &'static str)> {
    let all = |(start, ends, place): &(&str, &[&str], &'static str)| {
        ends.iter().map(|end| (format!("{start}{end}"), *place)).collect::<Vec<_>>()
    };
    PUT_TOGETHER.iter().flat_map(all).collect()
}

/// All texts of the source language; each key once.
fn texts() -> BTreeMap<String, Text> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    for file in files("locales/en", "ftl") {
        let mut current = None;
        for line in read(&file).lines() {
            if line.starts_with('#') {
                continue;
            }
            if let Some((key, body)) = line.split_once(" =").filter(|(key, _)| is_key(key)) {
                let text = Text { file: file.clone(), body: body.to_owned() };
                let twice = texts.insert(key.to_owned(), text);
                assert!(twice.is_none(), "{key} stands twice, once in {}", file.display());
                current = Some(key.to_owned());
            } else if let Some(text) = current.as_ref().and_then(|key| texts.get_mut(key)) {
                text.body.push_str(line);
            }
        }
    }
    texts
}

/// The gaps in a text.
fn gaps(body: &str) -> BTreeSet<&str> {
    body.split('$')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
        .collect()
}

/// Everything that asks for texts: the code without its tests, and the templates.
fn sources() -> Vec<Source> {
    let code = files("src", "rs").into_iter().map(|path| {
        let text = read(&path);
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        Source { path, text }
    });
    let templates = files("templates", "html").into_iter().map(|path| {
        let text = read(&path);
        Source { path, text }
    });
    code.chain(templates).collect()
}

/// Everything in quotation marks that is shaped like a key.
fn literals(text: &str) -> impl Iterator<Item = Literal<'_>> {
    text.match_indices('"').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let key = &rest[..rest.find('"')?];
        let before = text[..at].trim_end();
        is_key(key).then(|| Literal { key, before, after: &rest[key.len() + 1..] })
    })
}

fn is_key(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(part)
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("a file of the project").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the project")
}

//! Stack Exchange's Markdown made ours.

use super::dump::with_definitions_apart;
use crate::{kit::slug, markup::LONGEST_SOURCE, posts::writing::tidy, threads::tags::tag_url};

/// Longest tag, in characters.
const LONGEST_TAG: usize = 30;

/// The source of a question or an answer.
pub(super) fn of_post(markdown: &str) -> String {
    tidy(&outside_code(&with_definitions_apart(markdown), linked_tags))
}

/// The source of a comment. Comments know emphasis, code and links, and neither blocks nor HTML, so
/// what looks like those is text.
pub(super) fn of_comment(text: &str) -> String {
    let inline = outside_code(text, |words| linked_tags(&bracket_escaped(words)));
    let lines: Vec<String> = inline.lines().map(|line| unblocked(line.trim_start())).collect();
    tidy(&lines.join("\n"))
}

/// A text shown as it is, letter by letter; what is too long for any post is cut.
pub(super) fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let room = LONGEST_SOURCE.saturating_sub(2 * fence.len() + 2);
    let cut = &text[..text.floor_char_boundary(room)];
    format!("{fence}\n{cut}\n{fence}")
}

/// The name of a tag in addresses: `c++` is `c-plus-plus`, `.net` is `dot-net`. None where it has no
/// letter that an address can hold.
pub(super) fn tag(name: &str) -> Option<String> {
    let spelled = name.replace('+', "-plus").replace('#', "-sharp");
    let spelled = spelled.strip_prefix('.').map_or(spelled.clone(), |rest| format!("dot-{rest}"));
    let mut tag = slug(&spelled);
    tag.truncate(LONGEST_TAG);
    Some(tag.trim_end_matches('-').to_owned()).filter(|tag| !tag.is_empty())
}

/// `[tag:espresso]` as a link to our list of that tag, `[meta-tag:bug]` as a word.
fn linked_tags(text: &str) -> String {
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, meta, after)) = next_tag(rest) {
        linked.push_str(before);
        match tag(name).filter(|_| !meta) {
            Some(tag) => linked.push_str(&format!("[{name}]({})", tag_url(&tag))),
            None => linked.push_str(name),
        }
        rest = after;
    }
    linked + rest
}

fn next_tag(text: &str) -> Option<(&str, &str, bool, &str)> {
    let ours = text.find("[tag:").map(|at| (at, "[tag:".len(), false));
    let meta = text.find("[meta-tag:").map(|at| (at, "[meta-tag:".len(), true));
    let (at, length, meta) = [ours, meta].into_iter().flatten().min()?;
    let (name, after) = text[at + length..].split_once(']')?;
    let plain = !name.is_empty() && !name.contains(['[', '(', ' ', '\n', '`']);
    plain.then_some((&text[..at], name, meta, after))
}

/// Changes a text, but nothing in fenced blocks, indented lines and code spans.
fn outside_code(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches(' ');
        let is_fence =
            start.starts_with("```") && !start[3..].contains('`') || start.starts_with("~~~");
        fenced ^= is_fence;
        if fenced || is_fence || line.starts_with("    ") || line.starts_with('\t') {
            changed.push_str(line);
        } else {
            outside_spans(line, &change, &mut changed);
        }
    }
    changed
}

/// A code span ends at as many backticks as it began with; backticks that nothing ends are text.
fn outside_spans(line: &str, change: &impl Fn(&str) -> String, changed: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let ticks = rest[at..].bytes().take_while(|byte| *byte == b'`').count();
        let inside = at + ticks;
        let Some(end) = span_end(&rest[inside..], ticks) else { break };
        changed.push_str(&change(&rest[..at]));
        changed.push_str(&rest[at..inside + end]);
        rest = &rest[inside + end..];
    }
    changed.push_str(&change(rest));
}

fn span_end(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('`')?;
        let found = text[at..].bytes().take_while(|byte| *byte == b'`').count();
        at += found;
        if found == ticks {
            return Some(at);
        }
    }
}

/// `<i>` typed in a comment shows as typed; `<http://…>` stays a link.
fn bracket_escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        if c == '<' && !words[at + 1..].starts_with("http") && !escaped.ends_with('\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A line that would begin a heading, list, quote, rule or definition, begun with a backslash.
fn unblocked(line: &str) -> String {
    let Some(first) = line.chars().next() else { return String::new() };
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let all_same = line.trim_end().chars().all(|c| c == first || c == ' ');
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) && spaced(&line[digits + 1..]) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let begins = match first {
        '#' | '>' => true,
        '-' | '+' | '*' => spaced(&line[1..]) || (all_same && line.len() > 1),
        '=' | '_' | '~' => all_same || line.starts_with("~~~"),
        '[' => line.find("]:").is_some(),
        _ => false,
    };
    if begins { format!("\\{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_in_texts_become_links_except_in_code() {
        assert_eq!(
            of_post(
                "Use [tag:c++], not `[tag:c]`.\n\n```\n[tag:d]\n```\n[meta-tag:bug] [tag:кофе]"
            ),
            "Use [c++](/tags/c-plus-plus), not `[tag:c]`.\n\n```\n[tag:d]\n```\nbug кофе"
        );
        for same in ["[tag:a b]", "[tag:", "a `` ` [tag:x] `` b", "    [tag:x]", "[tag]: x"] {
            assert_eq!(outside_code(same, linked_tags), same);
        }
        assert_eq!(outside_code("an ` alone [tag:x]", linked_tags), "an ` alone [x](/tags/x)");
    }

    #[test]
    fn comments_have_no_blocks_and_no_html() {
        for (typed, source) in [
            ("*a* **b** `<i>` [c](http://d)", "*a* **b** `<i>` [c](http://d)"),
            ("abc <i> & <http://x.y>", "abc \\<i> & <http://x.y>"),
            ("# no\n> no\n- no\n1. no\n+1 yes", "\\# no\n\\> no\n\\- no\n1\\. no\n+1 yes"),
            ("    four\n---\n===\n[1]: http://x", "four\n\\---\n\\===\n\\[1]: http://x"),
            ("2019 was\n3.5 bar\n-", "2019 was\n3.5 bar\n\\-"),
        ] {
            assert_eq!(of_comment(typed), source);
        }
    }

    #[test]
    fn a_fence_is_longer_than_any_in_its_text() {
        assert_eq!(fenced("a"), "```\na\n```");
        assert_eq!(fenced("a ```` b"), "`````\na ```` b\n`````");
        assert!(fenced(&"ö".repeat(LONGEST_SOURCE)).len() <= LONGEST_SOURCE);
    }

    #[test]
    fn tags_have_names_that_addresses_can_hold() {
        for (theirs, ours) in [
            ("espresso", Some("espresso")),
            ("c#", Some("c-sharp")),
            (".net", Some("dot-net")),
            ("node.js", Some("node-js")),
            ("кофе", None),
        ] {
            assert_eq!(tag(theirs).as_deref(), ours);
        }
    }
}

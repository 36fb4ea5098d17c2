use super::source;
use crate::kit::handle_problem;
use comrak::{Arena, Node, nodes::NodeValue};

/// Whose words a block quote repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The author's handle as typed.
    pub handle: String,
    /// The quoted post's position in the thread.
    pub position: i32,
}

/// The source that quotes `text`, with room below to answer. Quotes inside it are left out, so that
/// a conversation does not carry all of itself along. Nobody is named who has left.
pub fn quote(handle: Option<&str>, position: i32, text: &str) -> String {
    // The blank line keeps a first line of dashes from making a heading of the attribution.
    let named = |handle| format!("> [quote={handle}, post={position}]\n>\n");
    let mut source = handle.map(named).unwrap_or_default();
    for line in own_words(text).trim().lines() {
        source.push_str(if line.is_empty() { ">" } else { "> " });
        source.push_str(line);
        source.push('\n');
    }
    source.push('\n');
    source
}

/// `text` without its block quotes, or all of it where nothing else is there.
fn own_words(text: &str) -> String {
    let arena = Arena::new();
    let Ok(root) = source::parse(&arena, text) else { return text.to_owned() };
    let quoted: Vec<_> = root
        .children()
        .filter(|node| matches!(node.data().value, NodeValue::BlockQuote))
        .map(|node| node.data().sourcepos.start.line..=node.data().sourcepos.end.line)
        .collect();
    let own = |number: usize| !quoted.iter().any(|lines| lines.contains(&number));
    let words: Vec<&str> = text
        .lines()
        .enumerate()
        .filter(|(index, _)| own(index + 1))
        .map(|(_, line)| line)
        .collect();
    let words = words.join("\n");
    if words.trim().is_empty() { text.to_owned() } else { words }
}

/// Whom a block quote repeats, when its first line says so; that line is then taken out of the
/// tree.
pub(super) fn take_attribution(block_quote: Node<'_>) -> Option<Quote> {
    let paragraph = block_quote.first_child()?;
    if !matches!(paragraph.data().value, NodeValue::Paragraph) {
        return None;
    }
    let ends_line =
        |node: &Node<'_>| matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak);
    // An attribution is one text, or a few where the handle looks like an address.
    let line: Vec<_> = paragraph.children().take_while(|node| !ends_line(node)).take(9).collect();
    let text: String = line.iter().map(|node| node.collect_text()).collect();
    // Quoted text may define a reference of this very name, which makes it a link.
    let is_link = matches!(&line[..], [node] if matches!(node.data().value, NodeValue::Link(_)));
    let quote = if is_link { attribution(&format!("[{text}]")) } else { attribution(text.trim()) }?;
    let break_after = line.last().and_then(|node| node.next_sibling());
    line.into_iter().chain(break_after).for_each(|node| node.detach());
    if paragraph.first_child().is_none() {
        paragraph.detach();
    }
    Some(quote)
}

/// Reads `[quote=ada, post=3]`.
fn attribution(line: &str) -> Option<Quote> {
    let inner = line.strip_prefix("[quote=")?.strip_suffix(']')?;
    let (handle, position) = inner.split_once(',')?;
    let handle = handle.trim();
    let position =
        position.trim().strip_prefix("post=")?.parse().ok().filter(|number| *number > 0)?;
    handle_problem(handle).is_none().then(|| Quote { handle: handle.to_owned(), position })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_names_a_handle_and_a_position() {
        let ada = Some(Quote { handle: "ada".into(), position: 3 });
        assert_eq!(attribution("[quote=ada, post=3]"), ada);
        assert_eq!(attribution("[quote=ada,post=3]"), ada);
        for other in
            ["[quote=ada]", "[quote=a b, post=3]", "[quote=ada, post=0]", "[quote=ada, post=x]"]
        {
            assert_eq!(attribution(other), None, "{other}");
        }
    }

    #[test]
    fn quoting_leaves_quotes_inside_out() {
        let text = "> [quote=bob, post=1]\n> Before\n\nMine\n\n```\n> code\n```";
        assert_eq!(
            quote(Some("ada"), 2, text),
            "> [quote=ada, post=2]\n>\n> Mine\n>\n> ```\n> > code\n> ```\n\n"
        );
        assert_eq!(quote(Some("ada"), 2, "> only"), "> [quote=ada, post=2]\n>\n> > only\n\n");
    }
}

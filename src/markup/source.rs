use comrak::{Arena, Node, Options, nodes::NodeValue, try_parse_document};
use std::cell::Cell;

/// Longest source in bytes.
pub const LONGEST_SOURCE: usize = 64 * 1024;

/// Quotes and list items that may stand inside one another.
const DEEPEST_BLOCKS: usize = 16;

/// Times the parser may report 256 steps; a post of 64 kB with a node every other byte takes 400.
const MOST_STEPS: u32 = 2_000;

/// Why a source is refused. All limits are checked before the sanitiser runs, whose work grows
/// with the square of the depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More bytes than [`LONGEST_SOURCE`].
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Quotes, lists or emphasis stand inside one another too often.
    #[error("the text is nested too deeply")]
    TooDeep,
    /// The HTML would be far larger than its source.
    #[error("the text would become too large a page")]
    TooLarge,
}

/// Reads `source` into the arena's tree, or refuses it.
pub(super) fn parse<'a>(arena: &'a Arena<'a>, source: &str) -> Result<Node<'a>, TooMuch> {
    if source.len() > LONGEST_SOURCE {
        return Err(TooMuch::TooLong { limit: LONGEST_SOURCE });
    }
    let reports = Cell::new(0);
    let enough = || {
        reports.set(reports.get() + 1);
        reports.get() > MOST_STEPS
    };
    let root =
        try_parse_document(arena, source, &options(), &enough).map_err(|_| TooMuch::TooLarge)?;
    if deepest_block(root) > DEEPEST_BLOCKS { Err(TooMuch::TooDeep) } else { Ok(root) }
}

/// CommonMark with what people know from GitHub and chats: tables, task lists, strike-through, bare
/// addresses, footnotes, `:tada:` and `||spoilers||`.
fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.shortcodes = true;
    extension.spoiler = true;
    // Without it emphasis fails beside Chinese, Japanese and Korean punctuation.
    extension.cjk_friendly_emphasis = true;
    options
}

fn deepest_block(root: Node<'_>) -> usize {
    let mut deepest = 0;
    let mut stack = vec![(root, 0)];
    while let Some((node, depth)) = stack.pop() {
        let value = &node.data().value;
        let here = depth + usize::from(holds_blocks(value));
        deepest = deepest.max(here);
        if value.block() {
            stack.extend(node.children().map(|child| (child, here)));
        }
    }
    deepest
}

fn holds_blocks(value: &NodeValue) -> bool {
    use NodeValue::{BlockQuote, FootnoteDefinition, Item, TaskItem};
    matches!(value, BlockQuote | Item(_) | TaskItem(_) | FootnoteDefinition(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(source: &str) -> Result<(), TooMuch> {
        parse(&Arena::new(), source).map(|_| ())
    }

    #[test]
    fn a_source_is_bounded_in_length_and_in_nested_blocks() {
        assert_eq!(judged(&"a".repeat(LONGEST_SOURCE)), Ok(()));
        assert!(matches!(judged(&"a".repeat(LONGEST_SOURCE + 1)), Err(TooMuch::TooLong { .. })));
        assert_eq!(judged(&(">".repeat(16) + "a")), Ok(()));
        assert_eq!(judged(&(">".repeat(17) + "a")), Err(TooMuch::TooDeep));
        assert_eq!(judged(&("- ".repeat(17) + "a")), Err(TooMuch::TooDeep));
    }
}

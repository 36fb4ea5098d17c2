use super::Language;
use crate::kit::Arg;

/// Set around what fills a gap; private to this file (Unicode's private use area), and gone from
/// what it returns.
const OPEN: char = '\u{f0000}';
const CLOSE: char = '\u{f0001}';

/// A stretch of a text: our words, or what fills one of its gaps. So a page can set a name in bold or
/// make it a link, and translators still see one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The name of the gap; none for the words between.
    pub gap: Option<&'static str>,
    /// What is read.
    pub words: String,
}

impl Piece {
    /// Whether it fills this gap.
    pub fn fills(&self, gap: &str) -> bool {
        self.gap == Some(gap)
    }
}

impl Language {
    /// The text of `key` cut at its gaps. Numbers stay part of the words.
    pub fn pieces(self, key: &str, args: &[(&'static str, Arg)]) -> Vec<Piece> {
        let names: Vec<&'static str> = args.iter().map(|(name, _)| *name).collect();
        let marked: Vec<(&'static str, Arg)> = args
            .iter()
            .enumerate()
            .map(|(index, (name, arg))| match arg {
                Arg::Text(text) => (*name, Arg::Text(format!("{OPEN}{index}{OPEN}{text}{CLOSE}"))),
                Arg::Number(number) => (*name, Arg::Number(*number)),
            })
            .collect();
        cut(&self.text_with(key, &marked), &names)
    }
}

fn cut(text: &str, names: &[&'static str]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let Some((index, after)) = after.split_once(OPEN) else { break };
        let Some((words, after)) = after.split_once(CLOSE) else { break };
        let gap = index.parse().ok().and_then(|index: usize| names.get(index)).copied();
        pieces.push(Piece { gap: None, words: before.to_owned() });
        pieces.push(Piece { gap, words: words.to_owned() });
        rest = after;
    }
    pieces.push(Piece { gap: None, words: rest.to_owned() });
    pieces.retain(|piece| !piece.words.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_gaps() {
        let marked = format!("{OPEN}0{OPEN}Ada{CLOSE} replied in {OPEN}1{OPEN}It <b>jams{CLOSE}");
        let pieces = cut(&marked, &["actor", "title"]);
        let said: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
        assert_eq!(said, "Ada replied in It <b>jams");
        assert!(pieces[0].fills("actor") && pieces[2].fills("title") && pieces[1].gap.is_none());
    }
}

//! A text cut into words, each with the character it begins at.

use super::{LONGEST, Wrong};
use crate::kit::Message;

/// A word of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A metric, `and`, `true`.
    Name(String),
    /// In thousandths.
    Number(i64),
    /// `90d`.
    Days(u32),
    /// `"help"`.
    Text(String),
    /// `>=`, `(`, `+`.
    Sign(&'static str),
    /// Where the text ends.
    End,
}

/// Two characters before one, so that `>=` is not taken for `>`.
const SIGNS: [&str; 15] =
    [">=", "<=", "!=", "==", ">", "<", "=", "(", ")", ",", "+", "-", "*", "/", "≥"];

/// Highest number, in whole.
const HIGHEST: i64 = 1_000_000_000_000;

pub(super) fn words(text: &str) -> Result<Vec<(Word, usize)>, Wrong> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > LONGEST {
        let message = Message::with("formula-too-long", "most", LONGEST as i64);
        return Err(Wrong { at: LONGEST, message });
    }
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = characters.get(at).copied() {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let rest = characters.get(at..).unwrap_or_default();
        let (word, length) = if first.is_ascii_digit() {
            number(rest, at)?
        } else if first.is_ascii_alphabetic() || first == '_' {
            let name: String = run(rest, |c| c.is_ascii_alphanumeric() || *c == '_');
            let length = name.len();
            (Word::Name(name.to_ascii_lowercase()), length)
        } else if matches!(first, '"' | '\'' | '“' | '”') {
            quoted(rest, at)?
        } else {
            sign(rest, at)?
        };
        words.push((word, at));
        at += length;
    }
    words.push((Word::End, characters.len()));
    Ok(words)
}

fn run(characters: &[char], of: impl Fn(&char) -> bool) -> String {
    characters.iter().copied().take_while(|c| of(c)).collect()
}

/// `500`, `0.5` or `90d`.
fn number(rest: &[char], at: usize) -> Result<(Word, usize), Wrong> {
    let wrong = || Wrong { at, message: "formula-number-wrong".into() };
    let whole = run(rest, char::is_ascii_digit);
    let mut length = whole.len();
    let value: i64 = whole.parse().ok().filter(|value| *value <= HIGHEST).ok_or_else(wrong)?;
    let after = |length: usize| rest.get(length).copied();
    let ends = |length: usize| {
        !after(length).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    };
    if after(length) == Some('d') && ends(length + 1) {
        let days = u32::try_from(value).map_err(|_| wrong())?;
        return Ok((Word::Days(days), length + 1));
    }
    let mut thousandths = value * 1_000;
    if after(length) == Some('.') {
        let digits = run(rest.get(length + 1..).unwrap_or_default(), char::is_ascii_digit);
        if digits.is_empty() || digits.len() > 3 {
            return Err(wrong());
        }
        length += 1 + digits.len();
        thousandths += format!("{digits:0<3}").parse::<i64>().map_err(|_| wrong())?;
    }
    if ends(length) { Ok((Word::Number(thousandths), length)) } else { Err(wrong()) }
}

fn quoted(rest: &[char], at: usize) -> Result<(Word, usize), Wrong> {
    let inside = rest.get(1..).unwrap_or_default();
    let closes = |c: &char| matches!(c, '"' | '\'' | '“' | '”');
    match inside.iter().position(closes) {
        Some(length) => {
            let text = inside.iter().take(length).collect();
            Ok((Word::Text(text), length + 2))
        }
        None => Err(Wrong { at, message: "formula-quote-open".into() }),
    }
}

fn sign(rest: &[char], at: usize) -> Result<(Word, usize), Wrong> {
    let found = SIGNS
        .into_iter()
        .find(|sign| sign.chars().eq(rest.iter().copied().take(sign.chars().count())));
    match found {
        Some("≥") => Ok((Word::Sign(">="), 1)),
        Some("==") => Ok((Word::Sign("="), 2)),
        Some(sign) => Ok((Word::Sign(sign), sign.len())),
        None => {
            let stray = rest.first().copied().unwrap_or_default();
            let message = Message::with("formula-stray-character", "word", stray.to_string());
            Err(Wrong { at, message })
        }
    }
}

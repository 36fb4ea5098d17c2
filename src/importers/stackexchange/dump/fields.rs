//! The attributes of one row, asked for by name and type.

use super::{Notes, Reason};
use std::borrow::Cow;
use time::{
    Date, OffsetDateTime, PrimitiveDateTime, Time, format_description::BorrowedFormatItem,
    macros::format_description,
};

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const MOMENT: &[BorrowedFormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond digits:1+]]]"
);

/// The columns of a row as the file spells them.
///
/// `…_if` asks for what may be absent; what is there but makes no sense is noted and counts as
/// absent, because a broken view count is no reason to lose a question.
pub struct Fields<'a> {
    columns: Vec<(&'a str, Cow<'a, str>, Asked)>,
    notes: &'a mut Notes,
}

#[derive(PartialEq, Clone, Copy)]
enum Asked {
    No,
    Yes,
}

impl<'a> Fields<'a> {
    pub(super) fn new(columns: Vec<(&'a str, Cow<'a, str>)>, notes: &'a mut Notes) -> Self {
        let columns = columns.into_iter().map(|(name, raw)| (name, raw, Asked::No)).collect();
        Self { columns, notes }
    }

    /// A text as it stands, line ends as `\n`.
    pub fn text_if(&mut self, name: &'static str) -> Option<String> {
        let column = self.columns.iter_mut().find(|column| column.0 == name)?;
        column.2 = Asked::Yes;
        Some(decoded(&column.1, &mut self.notes.characters_dropped))
    }

    /// A text that means nothing when empty.
    pub fn words_if(&mut self, name: &'static str) -> Option<String> {
        self.text_if(name).filter(|text| !text.trim().is_empty())
    }

    pub fn words(&mut self, name: &'static str) -> Result<String, Reason> {
        self.words_if(name).ok_or(Reason::Missing(name))
    }

    pub fn number(&mut self, name: &'static str) -> Result<i64, Reason> {
        let words = self.words(name)?;
        words.trim().parse().map_err(|_| Reason::NotANumber(name))
    }

    pub fn number_if(&mut self, name: &'static str) -> Option<i64> {
        let read = self.number(name);
        self.or_noted(name, read)
    }

    pub fn time(&mut self, name: &'static str) -> Result<OffsetDateTime, Reason> {
        let words = self.words(name)?;
        moment(&words).ok_or(Reason::NotATime(name))
    }

    pub fn time_if(&mut self, name: &'static str) -> Option<OffsetDateTime> {
        let read = self.time(name);
        self.or_noted(name, read)
    }

    pub fn flag_if(&mut self, name: &'static str) -> Option<bool> {
        match self.words_if(name)?.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => {
                self.notes.value_unreadable(name);
                None
            }
        }
    }

    fn or_noted<T>(&mut self, name: &'static str, read: Result<T, Reason>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(Reason::Missing(_)) => None,
            Err(_) => {
                self.notes.value_unreadable(name);
                None
            }
        }
    }

    /// Notes the columns nobody asked for, except those ignored on purpose.
    pub(super) fn note_the_rest(self, ignored: &[&str]) {
        for (name, _, asked) in self.columns {
            if asked == Asked::No && !ignored.contains(&name) {
                self.notes.column_unknown(name);
            }
        }
    }
}

/// The names in `<a><b>`, as older dumps write tags, or in `|a|b|`, as the newest do.
pub fn tag_names(text: &str) -> Vec<String> {
    let names = text.split(['<', '>', '|']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// `2008-07-31T21:42:52.667`, always UTC; a day alone is its midnight.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    let text = text.strip_suffix('Z').unwrap_or(text);
    let moment = match PrimitiveDateTime::parse(text, MOMENT) {
        Ok(moment) => moment,
        Err(_) => PrimitiveDateTime::new(Date::parse(text, DAY).ok()?, Time::MIDNIGHT),
    };
    Some(moment.assume_utc())
}

/// Resolves entities, makes every line end `\n`, and leaves out, counting, what XML forbids: no
/// page could show it, and PostgreSQL refuses U+0000.
fn decoded(raw: &str, dropped: &mut u64) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut after_return = false;
    let mut rest = raw;
    loop {
        let plain = rest.bytes().position(needs_a_look).unwrap_or(rest.len());
        text.push_str(&rest[..plain]);
        rest = &rest[plain..];
        after_return &= plain == 0;
        let Some((character, length)) = first(rest) else { return text };
        rest = &rest[length..];
        match character {
            Some('\n') if after_return => {}
            Some('\r') => text.push('\n'),
            Some(allowed) if is_allowed(allowed) => text.push(allowed),
            _ => *dropped += 1,
        }
        after_return = character == Some('\r');
    }
}

/// Whether a byte may begin an entity, a line end or something forbidden; U+FFFE and U+FFFF begin
/// with 0xEF.
fn needs_a_look(byte: u8) -> bool {
    byte < b' ' || byte == b'&' || byte == 0xEF
}

/// The character a text begins with, an entity counting as one, and its length in bytes; no
/// character where the entity names none. An `&` that begins no entity stands for itself.
fn first(text: &str) -> Option<(Option<char>, usize)> {
    let plain = text.chars().next()?;
    if plain != '&' {
        return Some((Some(plain), plain.len_utf8()));
    }
    let end = text.bytes().take(12).position(|byte| byte == b';');
    let Some(end) = end else { return Some((Some('&'), 1)) };
    let character = match &text[1..end] {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        other => match number(other) {
            Some(number) => char::from_u32(number),
            None => return Some((Some('&'), 1)),
        },
    };
    Some((character, end + 1))
}

/// `#10` or `#xA`; numbers too large for a character stay too large.
fn number(entity: &str) -> Option<u32> {
    let digits = entity.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// XML 1.0's `Char`.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn text(raw: &str) -> (String, u64) {
        let mut dropped = 0;
        (decoded(raw, &mut dropped), dropped)
    }

    #[test]
    fn entities_become_characters_and_forbidden_ones_are_dropped_and_counted() {
        assert_eq!(text("a &lt;p&gt; &amp;amp; &#233;&#xE9;"), ("a <p> &amp; éé".into(), 0));
        assert_eq!(text("a&#x1F;b&#0;c&#xD800;d&#x110000;e&#xFFFF;\u{8}"), ("abcde".into(), 6));
        assert_eq!(text("R&D; AT&T &nbsp; &#zz; &"), ("R&D; AT&T &nbsp; &#zz; &".into(), 0));
        assert_eq!(text("&é;&&&#x1F600;"), ("&é;&&😀".into(), 0));
    }

    #[test]
    fn every_line_end_becomes_one_newline() {
        assert_eq!(text("a&#xD;&#xA;b\r\nc&#xA;d&#xD;e&#xD;&#xD;f").0, "a\nb\nc\nd\ne\n\nf");
    }

    #[test]
    fn times_are_read_with_and_without_fraction() {
        let at = datetime!(2008-07-31 21:42:52.667 UTC);
        assert_eq!(moment("2008-07-31T21:42:52.667"), Some(at));
        assert_eq!(moment("2008-07-31T21:42:52"), Some(datetime!(2008-07-31 21:42:52 UTC)));
        assert_eq!(moment("2008-07-31T21:42:52.6670000Z"), Some(at));
        assert_eq!(moment("2008-07-31"), Some(datetime!(2008-07-31 0:00 UTC)));
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn tags_are_read_in_both_spellings() {
        assert_eq!(tag_names("<c++><.net>"), ["c++", ".net"]);
        assert_eq!(tag_names("|c++|.net|"), ["c++", ".net"]);
        assert!(tag_names("").is_empty());
    }
}

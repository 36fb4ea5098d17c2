use super::{
    Colors,
    languages::{Form, Language},
};

/// Colors one block of code from left to right. Whatever is looked for is looked for once: what is
/// not closed colors the rest of its line or of the block, so that all of it takes linear time.
pub(super) struct Lexer<'a> {
    language: &'a Language,
    code: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(language: &'a Language, code: &'a str) -> Self {
        Self { language, code, at: 0 }
    }

    pub(super) fn color(mut self, colors: &mut Colors) {
        let mut begins_line = true;
        let mut after_word = false;
        while let Some(c) = self.rest().chars().next() {
            let key = if begins_line { self.key() } else { 0 };
            let (length, color) = match self.comment().or_else(|| self.string()) {
                _ if key > 0 => (key, "hl-attribute"),
                Some(found) if !(after_word && found.1 == "hl-comment" && c == '#') => found,
                _ => self.word(c, after_word),
            };
            let text = &self.rest()[..length];
            begins_line = text.ends_with('\n')
                || begins_line && text.trim_matches(['-', ' ', '\t']).is_empty();
            after_word =
                color.is_empty() && text.ends_with(|c: char| c.is_alphanumeric() || c == '$');
            self.at += length;
            colors.put(color, text);
        }
    }

    fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    /// The rest of the line without its end.
    fn line(&self) -> &'a str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    fn comment(&self) -> Option<(usize, &'static str)> {
        let rest = self.rest();
        if let Some((open, close)) = self.language.block
            && let Some(inner) = rest.strip_prefix(open)
        {
            let length = inner.find(close).map_or(rest.len(), |end| open.len() + end + close.len());
            return Some((length, "hl-comment"));
        }
        // `//` in an address, `#` in `a#b`, `$#` or a color begin none.
        let before = self.code[..self.at].chars().next_back();
        let stands_free =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, ';' | '{' | '}' | ')' | ','));
        let begins = stands_free && self.language.line.iter().any(|mark| rest.starts_with(mark));
        begins.then(|| (self.line().len(), "hl-comment"))
    }

    fn string(&self) -> Option<(usize, &'static str)> {
        let rest = self.rest();
        if self.language.form == Form::Lifetimes && rest.starts_with('\'') {
            return character(rest).map(|length| (length, "hl-string"));
        }
        let (mark, may_wrap) =
            self.language.strings.iter().find(|(mark, _)| rest.starts_with(mark))?;
        let mut escaped = false;
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate().skip(mark.len()) {
            if byte == b'\n' && !may_wrap {
                end = at;
                break;
            } else if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if rest.as_bytes()[at..].starts_with(mark.as_bytes()) {
                end = at + mark.len();
                break;
            }
        }
        let is_key = self.language.form == Form::Objects
            && rest[end..].trim_start_matches([' ', '\t']).starts_with(':');
        Some((end, if is_key { "hl-attribute" } else { "hl-string" }))
    }

    /// The length of the key the line begins with, or 0.
    fn key(&self) -> usize {
        let mark = match self.language.form {
            Form::Colon => ':',
            Form::Equals => '=',
            _ => return 0,
        };
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        let rest = self.rest();
        // A dash may be a list's, which is no key.
        if !rest.starts_with(|c: char| fits(c) && c != '-') {
            return 0;
        }
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        if rest[end..].trim_start_matches(' ').starts_with(mark) { end } else { 0 }
    }

    /// A name, a number, or one other character.
    fn word(&self, first: char, after_word: bool) -> (usize, &'static str) {
        let rest = self.rest();
        let joins = |c: char| {
            c.is_alphanumeric() || c == '_' || c == '-' && self.language.form == Form::Style
        };
        let span = |from: usize, fits: &dyn Fn(char) -> bool| {
            rest[from..].find(|c| !fits(c)).map_or(rest.len(), |end| from + end)
        };
        match first {
            '0'..='9' if !after_word => {
                let bytes = rest.as_bytes();
                // Two dots are a range, which ends the number.
                let fits = |at: &usize| {
                    let dots = bytes[*at] == b'.' && bytes.get(at + 1) == Some(&b'.');
                    bytes[*at].is_ascii_alphanumeric()
                        || matches!(bytes[*at], b'_' | b'%' | b'.') && !dots
                };
                ((1..rest.len()).take_while(fits).count() + 1, "hl-number")
            }
            '#' if self.language.form == Form::Style => {
                let end = span(1, &|c| c.is_ascii_alphanumeric() || c == '-');
                let is_color = rest[1..end].bytes().all(|byte| byte.is_ascii_hexdigit()) && end > 3;
                (end, if is_color { "hl-number" } else { "" })
            }
            '$' if self.language.form == Form::Shell => {
                let end = match rest[1..].starts_with('{') {
                    true => rest.find(['}', '\n']).map_or(rest.len(), |end| end + 1),
                    false => span(1, &joins),
                };
                (end, "hl-constant")
            }
            '@' if !after_word => match span(1, &|c| joins(c) || c == '.') {
                1 => (1, ""),
                end => (end, "hl-meta"),
            },
            '#' if rest.starts_with("#[")
                || rest.starts_with("#!")
                || rest.starts_with("#include") =>
            {
                (self.line().len(), "hl-meta")
            }
            c if c.is_alphabetic() || c == '_' => {
                let end = span(0, &joins);
                (end, self.name_color(&rest[..end], &rest[end..]))
            }
            c => (c.len_utf8(), ""),
        }
    }

    fn name_color(&self, name: &str, after: &str) -> &'static str {
        let language = self.language;
        let is_keyword = match language.form {
            Form::Query => language.keywords.contains(name.to_ascii_lowercase().as_str()),
            _ => language.keywords.contains(name),
        };
        let is_program = matches!(language.form, Form::Program | Form::Lifetimes);
        match name {
            _ if is_keyword => "hl-keyword",
            "true" | "false" | "null" | "None" | "True" | "False" | "nil" | "undefined" => {
                "hl-constant"
            }
            _ if language.form == Form::Style => {
                let is_property = after.starts_with(": ") || after.starts_with(":\n");
                if is_property { "hl-attribute" } else { "" }
            }
            _ if !is_program => "",
            _ if after.starts_with('(') || after.starts_with("!(") => "hl-function",
            _ if !name.starts_with(char::is_uppercase) => "",
            _ if name.len() > 1 && !name.contains(char::is_lowercase) => "hl-constant",
            _ => "hl-type",
        }
    }
}

/// The length of the character literal `text` begins with, which a lifetime is not.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return inner
            .get(..12.min(inner.len()))
            .unwrap_or_default()
            .get(2..)?
            .find('\'')
            .map(|end| end + 4);
    }
    let (end, closing) = chars.next()?;
    (closing == '\'').then_some(end + 2)
}

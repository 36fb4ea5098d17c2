use crate::kit::{Message, one_line};
use serde_json::{Value, json};

/// What forms say of a switch.
pub(super) const ON: &str = "yes";
pub(super) const OFF: &str = "no";

/// What can be said of a setting, and so how its field is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A line with so many letters.
    Line {
        /// 0 where it may be left empty.
        least: usize,
        /// The longest.
        most: usize,
    },
    /// Lines, which may be left empty.
    Text {
        /// The most letters.
        most: usize,
    },
    /// A whole number.
    Number {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// Yes or no.
    Switch,
    /// One of several.
    Choice(&'static [Choice]),
    /// A color.
    Color,
}

/// One of several things that can be said.
#[derive(Debug)]
pub struct Choice {
    /// In forms and in the column.
    pub value: &'static str,
    /// What it is called: the key of a text.
    pub title: &'static str,
    /// What it does: the key of a text.
    pub means: &'static str,
}

impl Kind {
    /// What was typed, as the column takes it.
    pub(super) fn check(self, typed: &str) -> Result<Value, Message> {
        match self {
            Self::Line { least, most } => {
                let line = one_line(typed);
                match line.chars().count() {
                    length if length > most => Err(too_long(most)),
                    length if length < least => Err("setting-missing".into()),
                    _ => Ok(json!(line)),
                }
            }
            Self::Text { most } => {
                let text = typed.replace("\r\n", "\n").replace('\0', "");
                let text = text.trim();
                if text.chars().count() > most { Err(too_long(most)) } else { Ok(json!(text)) }
            }
            Self::Number { least, most } => {
                let number = typed.trim().parse().ok();
                number.filter(|number| (least..=most).contains(number)).map_or_else(
                    || {
                        let args = vec![("least", least.into()), ("most", most.into())];
                        Err(Message { key: "setting-no-number", args })
                    },
                    |number: i64| Ok(json!(number)),
                )
            }
            Self::Switch => match typed {
                ON => Ok(json!(true)),
                OFF => Ok(json!(false)),
                _ => Err("setting-not-chosen".into()),
            },
            Self::Choice(choices) => {
                let known = choices.iter().any(|choice| choice.value == typed);
                if known { Ok(json!(typed)) } else { Err("setting-not-chosen".into()) }
            }
            Self::Color => {
                let color = typed.trim().to_lowercase();
                let digits = color.strip_prefix('#').unwrap_or_default();
                let six = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                if six { Ok(json!(color)) } else { Err("setting-no-color".into()) }
            }
        }
    }
}

fn too_long(most: usize) -> Message {
    Message::with("setting-too-long", "most", most as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: &[Choice] = &[
        Choice { value: "open", title: "", means: "" },
        Choice { value: "closed", title: "", means: "" },
    ];

    #[test]
    fn what_can_be_said_is_taken_as_the_column_wants_it() {
        let line = Kind::Line { least: 1, most: 5 };
        assert_eq!(line.check(" a\u{200b}  b "), Ok(json!("a b")));
        assert_eq!(Kind::Text { most: 9 }.check("a\r\n\r\nb\n"), Ok(json!("a\n\nb")));
        assert_eq!(Kind::Number { least: 1, most: 9 }.check(" 9 "), Ok(json!(9)));
        assert_eq!(Kind::Switch.check("yes"), Ok(json!(true)));
        assert_eq!(Kind::Switch.check("no"), Ok(json!(false)));
        assert_eq!(Kind::Choice(CHOICES).check("closed"), Ok(json!("closed")));
        assert_eq!(Kind::Color.check("#A0B1c2"), Ok(json!("#a0b1c2")));
    }

    #[test]
    fn what_cannot_be_said_is_refused() {
        let wrong = |kind: Kind, typed: &str| kind.check(typed).expect_err(typed).key;
        let line = Kind::Line { least: 1, most: 5 };
        assert_eq!(wrong(line, " \u{200b} "), "setting-missing");
        assert_eq!(wrong(line, "abcdef"), "setting-too-long");
        assert_eq!(wrong(Kind::Text { most: 2 }, "abc"), "setting-too-long");
        for typed in ["", "x", "0", "10", "1.5"] {
            assert_eq!(wrong(Kind::Number { least: 1, most: 9 }, typed), "setting-no-number");
        }
        assert_eq!(wrong(Kind::Switch, "maybe"), "setting-not-chosen");
        assert_eq!(wrong(Kind::Choice(CHOICES), "Open"), "setting-not-chosen");
        for typed in ["", "red", "#fff", "#1234567", "#12345g", "105f74"] {
            assert_eq!(wrong(Kind::Color, typed), "setting-no-color");
        }
    }
}

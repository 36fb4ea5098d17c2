use serde::Serialize;
use std::fmt;

/// HTML that is safe to put into a page, and the one type templates may mark `|safe`.
///
/// Only this module makes it. It can also be read from the database, which takes on trust that a
/// column of this type is filled from [`render`](fn@super::render) alone: so it is written through
/// [`Html::as_str`] beside [`RENDERER`](super::RENDERER), and never from a form or an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    pub(super) fn trusted(html: String) -> Self {
        Self(html)
    }

    /// The text to store, or to hand to a program that speaks HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many words a reader meets.
    pub fn words(&self) -> usize {
        let (mut words, mut in_tag, mut in_word) = (0, false, false);
        for c in self.0.chars() {
            let between = in_tag || c == '<' || c.is_whitespace();
            words += usize::from(!between && !in_word);
            // Tags do not part words: a word may be half bold.
            in_word = !between || in_word && !c.is_whitespace();
            in_tag = c == '<' || in_tag && c != '>';
        }
        words
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

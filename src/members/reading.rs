use serde::Deserialize;
use std::fmt;

/// How pages look to somebody: a member's is kept with the account, a guest's in their browser. Written as
/// words, which are also what `<html data-reading>` says to the stylesheet and the scripts, so that a page
/// comes from the server as it stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// How large letters are, and with them everything that is measured by them.
    pub size: Size,
    /// Whether more is to stand on a page.
    pub compact: bool,
    /// Whether long lines of code are broken rather than scrolled.
    pub wrap: bool,
    /// Whether single letters do nothing: whoever speaks to their computer types by accident (WCAG 2.1.4).
    pub keyless: bool,
}

/// How large letters are, beside what the browser is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// Fifteen for sixteen.
    Small,
    /// As the browser is set.
    #[default]
    Usual,
    /// An eighth more.
    Large,
    /// A quarter more.
    Largest,
}

impl Size {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Small, Self::Usual, Self::Large, Self::Largest];

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Usual => "usual",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }
}

impl Reading {
    /// What these words say; those that nobody knows (of a newer server, or typed by hand) say nothing.
    pub fn read(words: &str) -> Self {
        let mut reading = Self::default();
        for word in words.split(' ') {
            match word {
                "compact" => reading.compact = true,
                "wrap" => reading.wrap = true,
                "keyless" => reading.keyless = true,
                other => {
                    let size = Size::ALL.into_iter().find(|size| size.name() == other);
                    reading.size = size.unwrap_or(reading.size);
                }
            }
        }
        reading
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.size.name())?;
        for (chosen, word) in
            [(self.compact, " compact"), (self.wrap, " wrap"), (self.keyless, " keyless")]
        {
            f.write_str(if chosen { word } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Size};

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let reading = Reading { size: Size::Large, compact: true, wrap: true, keyless: true };
        assert_eq!(Reading::read(&reading.to_string()), reading);
        assert_eq!(Reading::read("<script> enormous"), Reading::default());
        assert_eq!(Reading::read("large unheard-of compact").to_string(), "large compact");
    }
}

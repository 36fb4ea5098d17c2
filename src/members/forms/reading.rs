use crate::members::{Reading, Size};
use serde::Deserialize;

/// How somebody wants pages to look.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct ReadingForm {
    size: Size,
    density: Density,
    /// Ticked: long lines of code are broken.
    #[serde(default)]
    wrap: Option<String>,
    /// Ticked: single letters are shortcuts.
    #[serde(default)]
    keys: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Density {
    Airy,
    Compact,
}

impl ReadingForm {
    pub(in crate::members) fn reading(&self) -> Reading {
        Reading {
            size: self.size,
            compact: self.density == Density::Compact,
            wrap: self.wrap.is_some(),
            keyless: self.keys.is_none(),
        }
    }
}

use crate::kit::Problems;
use secrecy::SecretString;
use serde::Deserialize;

/// Longest password there is.
const LONGEST: usize = 128;

/// Who asks for a copy of everything.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CopyForm {
    #[serde(default)]
    pub(super) password: String,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl CopyForm {
    /// The password, which members who have none leave out.
    pub(super) fn password(&self) -> SecretString {
        SecretString::from(self.password.chars().take(LONGEST).collect::<String>())
    }
}

use crate::kit::{Message, Problems};
use serde::Deserialize;

/// Longest reason, in characters.
const LONGEST: usize = 500;

/// Why a moderator acts; public.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonForm {
    #[serde(default)]
    pub(crate) reason: String,
    #[serde(skip)]
    pub(crate) problems: Problems,
}

impl ReasonForm {
    /// The reason, on one line.
    pub(crate) fn check(&mut self) -> Option<String> {
        let reason = self.check_optional();
        if self.reason.is_empty() {
            self.problems.add("reason", "reason-missing");
        }
        reason.filter(|reason| !reason.is_empty())
    }

    /// The same where none need be given.
    pub(crate) fn check_optional(&mut self) -> Option<String> {
        self.reason = self.reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.reason.chars().count() > LONGEST {
            self.problems.add("reason", Message::with("reason-too-long", "most", LONGEST as i64));
        }
        self.problems.none().then(|| self.reason.clone())
    }
}

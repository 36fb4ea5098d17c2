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
        check_reason(&mut self.reason, &mut self.problems)
    }

    /// The same where none need be given.
    pub(crate) fn check_optional(&mut self) -> Option<String> {
        tidy(&mut self.reason, &mut self.problems);
        self.problems.none().then(|| self.reason.clone())
    }
}

/// The reason, on one line, where a form asks for more beside it.
pub(crate) fn check_reason(reason: &mut String, problems: &mut Problems) -> Option<String> {
    tidy(reason, problems);
    if reason.is_empty() {
        problems.add("reason", "reason-missing");
    }
    problems.of("reason").is_none().then(|| reason.clone())
}

fn tidy(reason: &mut String, problems: &mut Problems) {
    *reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > LONGEST {
        problems.add("reason", Message::with("reason-too-long", "most", LONGEST as i64));
    }
}

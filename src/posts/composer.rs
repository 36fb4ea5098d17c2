//! Where a text is written: what the one composer needs to know of the form it stands in.

use crate::{
    drafts::Draft,
    kit::{DraftId, ThreadId},
};
use time::OffsetDateTime;

/// The draft that a form began with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Begun {
    pub(crate) id: DraftId,
    pub(crate) saved_at: OffsetDateTime,
}

impl Begun {
    /// The form begins with this draft.
    pub(crate) fn with(draft: &Draft) -> Self {
        Self { id: draft.id, saved_at: draft.saved_at }
    }

    pub(crate) fn discard_url(&self) -> String {
        format!("/drafts/{}/discard?here=true", self.id)
    }
}

/// The composer of one form; all words are keys of texts.
#[derive(Debug)]
pub(crate) struct Composer {
    /// What the text is for, as drafts know it.
    pub(crate) place: String,
    /// The thread it is to stand in.
    pub(crate) thread: Option<ThreadId>,
    pub(crate) label: &'static str,
    pub(crate) placeholder: &'static str,
    pub(crate) help: &'static str,
    /// What was put below the text that was there, or into an empty form.
    pub(crate) quote: String,
    /// What the form is sent by, where the composer has the button.
    pub(crate) send: Option<(&'static str, &'static str)>,
    /// Where one goes who gives up.
    pub(crate) cancel: Option<String>,
    /// Where files are sent to without scripts, where there may be any.
    pub(crate) attach: Option<String>,
    pub(crate) tall: bool,
}

/// A button above the text, for whoever has scripts.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// The letter that does the same with Ctrl.
    pub(crate) key: &'static str,
    pub(crate) icon: &'static str,
    /// The key of its name.
    pub(crate) words: &'static str,
}

const fn tool(
    name: &'static str,
    key: &'static str,
    icon: &'static str,
    words: &'static str,
) -> Tool {
    Tool { name, key, icon, words }
}

/// All of them, in their order.
pub(crate) const TOOLS: &[Tool] = &[
    tool("bold", "b", "bold", "tool-bold"),
    tool("italic", "i", "italic", "tool-italic"),
    tool("link", "k", "link", "tool-link"),
    tool("quote", "q", "quote", "tool-quote"),
    tool("code", "e", "code", "tool-code"),
    tool("list", "l", "list", "tool-list"),
    tool("numbers", "", "list-ordered", "tool-numbers"),
    tool("preview", "p", "eye", "tool-preview"),
];

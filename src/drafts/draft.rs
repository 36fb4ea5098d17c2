use crate::{
    form_keys::FormKey,
    kit::{DraftId, PostId, ThreadId},
};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// What a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A thread not yet begun, in the form with this key: one may write several.
    New(FormKey),
    /// A reply.
    Reply(ThreadId, FormKey),
    /// Another text for a post.
    Edit(PostId),
}

impl Place {
    /// As the form says it.
    pub(super) fn read(name: &str, key: Option<FormKey>) -> Option<Self> {
        match (name.split_once('/'), key) {
            (None, Some(key)) if name == "ask" => Some(Self::New(key)),
            (Some(("t", id)), Some(key)) => Some(Self::Reply(id.parse().ok()?, key)),
            (Some(("p", id)), None) => Some(Self::Edit(id.parse().ok()?)),
            _ => None,
        }
    }

    /// As the table says it, of which a member has one of each.
    pub(super) fn name(self) -> String {
        match self {
            Self::New(key) => format!("ask/{key}"),
            Self::Reply(thread, _) => format!("t/{thread}"),
            Self::Edit(post) => format!("p/{post}"),
        }
    }

    /// The key of the form that is sent once.
    pub(super) fn key(self) -> Option<FormKey> {
        match self {
            Self::New(key) | Self::Reply(_, key) => Some(key),
            Self::Edit(_) => None,
        }
    }

    /// The same with a key of its own.
    pub(super) fn anew(self) -> Self {
        match self {
            Self::New(_) => Self::New(FormKey::fresh()),
            Self::Reply(thread, _) => Self::Reply(thread, FormKey::fresh()),
            Self::Edit(post) => Self::Edit(post),
        }
    }
}

/// A text that its author has not sent yet.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Draft {
    pub(crate) id: DraftId,
    /// Where it replies.
    #[serde(default)]
    pub(crate) thread_id: Option<ThreadId>,
    /// What it changes.
    #[serde(default)]
    pub(crate) post_id: Option<PostId>,
    pub(crate) form_key: Option<FormKey>,
    /// The name in addresses of the board that is chosen, as it was typed.
    pub(crate) board: String,
    pub(crate) title: String,
    pub(crate) tags: String,
    pub(crate) body: String,
    pub(crate) reply_to: Option<i32>,
    pub(crate) version: Uuid,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) saved_at: OffsetDateTime,
}

/// A text as a composer saves it.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) board: String,
    pub(super) title: String,
    pub(super) tags: String,
    pub(super) body: String,
    pub(super) reply_to: Option<i32>,
}

impl Text {
    pub(super) fn is_empty(&self) -> bool {
        [&self.title, &self.tags, &self.body].iter().all(|part| part.trim().is_empty())
    }

    /// Whether nothing would be lost if the other stood for it.
    pub(super) fn says(&self, draft: &Draft) -> bool {
        self.title == draft.title && self.tags == draft.tags && self.body == draft.body
    }
}

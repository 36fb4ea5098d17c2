use super::{
    actions::{Edit, NewReply},
    composer::Begun,
    post::Post,
    writing,
};
use crate::{
    drafts::Draft,
    form_keys::{self, FormKey, Sent},
    kit::{MemberId, Problems, ThreadId},
    moderation::check_reason,
    threads::{
        Thread,
        forms::{check_title, title_line},
        tags,
    },
};
use serde::Deserialize;

/// What a member types to reply.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyForm {
    #[serde(default)]
    pub(crate) body: String,
    /// The position it answers.
    #[serde(default)]
    pub(crate) reply_to: Option<i32>,
    pub(crate) form_key: FormKey,
    /// Names of files that were chosen and not attached.
    #[serde(default)]
    pub(crate) files: Vec<String>,
    /// `preview` to see it first.
    #[serde(default)]
    pub(crate) deed: String,
    /// The version of the draft that it goes on from.
    #[serde(default)]
    pub(crate) draft: String,
    #[serde(skip)]
    pub(crate) begun: Option<Begun>,
    /// What a quote put below what was there.
    #[serde(skip)]
    pub(crate) quote: String,
    #[serde(skip)]
    pub(crate) problems: Problems,
}

impl ReplyForm {
    /// An empty one, or one that goes on with a draft; a quote stands below what was written.
    pub(crate) fn begun_with(reply_to: Option<i32>, quote: String, draft: Option<&Draft>) -> Self {
        let body = match draft {
            None => quote.clone(),
            Some(draft) if draft.body.contains(quote.trim()) => draft.body.clone(),
            Some(draft) => format!("{}\n\n{quote}", draft.body.trim_end()),
        };
        Self {
            body,
            quote,
            reply_to: reply_to.or(draft.and_then(|draft| draft.reply_to)),
            form_key: draft.and_then(|draft| draft.form_key).unwrap_or_else(FormKey::fresh),
            files: Vec::new(),
            deed: String::new(),
            draft: draft.map(|draft| draft.version.to_string()).unwrap_or_default(),
            begun: draft.map(Begun::with),
            problems: Problems::default(),
        }
    }

    pub(crate) fn check(&mut self) -> Option<NewReply> {
        self.body = writing::tidy(&self.body);
        writing::check_body(&self.body, &mut self.problems);
        writing::check_files(&self.files, &mut self.problems);
        self.problems.none().then(|| NewReply {
            body: self.body.clone(),
            reply_to: self.reply_to,
            key: Some(self.form_key),
        })
    }
}

/// What a member changes in a post.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditForm {
    /// Of an opening post alone.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// The thread's tags; of an opening post alone.
    #[serde(default)]
    pub(super) tags: Option<String>,
    #[serde(default)]
    pub(super) body: String,
    /// Why, of whoever changes another's words; public.
    #[serde(default)]
    pub(super) reason: String,
    /// Names of files that were chosen and not attached.
    #[serde(default)]
    pub(super) files: Vec<String>,
    /// `preview` to see it first.
    #[serde(default)]
    pub(super) deed: String,
    /// The version of the draft that it goes on from.
    #[serde(default)]
    pub(super) draft: String,
    #[serde(skip)]
    pub(super) begun: Option<Begun>,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl EditForm {
    pub(super) fn from(thread: &Thread, post: &Post) -> Self {
        let opening = (post.position == 1).then_some(thread);
        let title = opening.map(|thread| thread.title.clone());
        let tags = opening.map(|thread| thread.tags.join(", "));
        Self { title, tags, body: post.source.clone(), ..Self::default() }
    }

    /// Goes on with a draft, unless it is what stands there.
    pub(super) fn go_on(&mut self, draft: Draft) {
        if draft.body.trim_end() == self.body
            && self.title.as_ref().is_none_or(|title| *title == draft.title)
            && self.tags.as_ref().is_none_or(|tags| draft.tags.is_empty() || *tags == draft.tags)
        {
            return;
        }
        self.begun = Some(Begun::with(&draft));
        self.draft = draft.version.to_string();
        self.title = self.title.take().map(|_| draft.title);
        // One that was kept before tags could be changed has none.
        self.tags =
            self.tags.take().map(|tags| if draft.tags.is_empty() { tags } else { draft.tags });
        self.body = draft.body;
    }

    pub(super) fn check(&mut self) -> Option<Edit> {
        self.body = writing::tidy(&self.body);
        self.title = self.title.as_deref().map(title_line);
        if let Some(title) = &self.title {
            check_title(title, &mut self.problems);
        }
        let tags = self.tags.as_deref().map(|tags| tags::check(tags, &mut self.problems));
        writing::check_body(&self.body, &mut self.problems);
        writing::check_files(&self.files, &mut self.problems);
        self.problems.none().then(|| Edit {
            body: self.body.clone(),
            title: self.title.clone(),
            tags,
            draft: self.draft.parse().ok(),
            reason: None,
        })
    }

    /// The same where the words are another's.
    pub(super) fn check_with_reason(&mut self) -> Option<Edit> {
        let edit = self.check();
        let reason = check_reason(&mut self.reason, &mut self.problems)?;
        Some(Edit { reason: Some(reason), ..edit? })
    }
}

/// The form of a reply, told from another by all that is in it.
pub(crate) fn sent(
    member: MemberId,
    key: FormKey,
    thread: ThreadId,
    body: &str,
    reply_to: Option<i32>,
) -> Sent {
    let to = reply_to.map(|position| position.to_string()).unwrap_or_default();
    Sent::new(member, form_keys::REPLY, key, &[&thread.to_string(), body, &to])
}

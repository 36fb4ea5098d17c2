use super::{
    actions::{Edit, NewReply},
    post::Post,
    writing,
};
use crate::{
    form_keys::FormKey,
    kit::Problems,
    moderation::check_reason,
    threads::{
        Thread,
        forms::{check_title, title_line},
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
    #[serde(skip)]
    pub(crate) problems: Problems,
}

impl ReplyForm {
    /// An empty one, or one that begins with a quote.
    pub(crate) fn fresh(reply_to: Option<i32>, body: String) -> Self {
        Self {
            body,
            reply_to,
            form_key: FormKey::fresh(),
            files: Vec::new(),
            deed: String::new(),
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
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl EditForm {
    pub(super) fn from(thread: &Thread, post: &Post) -> Self {
        let title = (post.position == 1).then(|| thread.title.clone());
        Self { title, body: post.source.clone(), ..Self::default() }
    }

    pub(super) fn check(&mut self) -> Option<Edit> {
        self.body = writing::tidy(&self.body);
        self.title = self.title.as_deref().map(title_line);
        if let Some(title) = &self.title {
            check_title(title, &mut self.problems);
        }
        writing::check_body(&self.body, &mut self.problems);
        writing::check_files(&self.files, &mut self.problems);
        self.problems.none().then(|| Edit {
            body: self.body.clone(),
            title: self.title.clone(),
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

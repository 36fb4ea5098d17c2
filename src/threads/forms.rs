use super::{actions::NewThread, tags};
use crate::{
    drafts::Draft,
    form_keys::{self, FormKey, Sent},
    kit::{MemberId, Message, Problems},
    posts::{composer::Begun, writing},
};
use serde::Deserialize;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// Shortest title, in characters: less names nothing.
const SHORTEST_TITLE: usize = 8;

/// What a member types to begin a thread.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThreadForm {
    #[serde(default)]
    pub(super) board: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) tags: String,
    pub(super) form_key: FormKey,
    /// `seen` where similar threads were shown.
    #[serde(default)]
    pub(super) similar: String,
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

impl ThreadForm {
    pub(super) fn fresh(board: String) -> Self {
        Self {
            board,
            title: String::new(),
            body: String::new(),
            tags: String::new(),
            form_key: FormKey::fresh(),
            similar: String::new(),
            files: Vec::new(),
            deed: String::new(),
            draft: String::new(),
            begun: None,
            problems: Problems::default(),
        }
    }

    /// Goes on with a draft.
    pub(super) fn go_on(&mut self, draft: Draft) {
        self.begun = Some(Begun::with(&draft));
        self.draft = draft.version.to_string();
        self.form_key = draft.form_key.unwrap_or(self.form_key);
        self.board = draft.board;
        self.title = draft.title;
        self.body = draft.body;
        self.tags = draft.tags;
    }

    pub(super) fn check(&mut self) -> Option<NewThread> {
        self.title = title_line(&self.title);
        self.body = writing::tidy(&self.body);
        if self.board.is_empty() {
            self.problems.add("board", "thread-board-missing");
        }
        check_title(&self.title, &mut self.problems);
        writing::check_body(&self.body, &mut self.problems);
        writing::check_files(&self.files, &mut self.problems);
        let tags = tags::check(&self.tags, &mut self.problems);
        self.problems.none().then(|| NewThread {
            board: self.board.clone(),
            title: self.title.clone(),
            body: self.body.clone(),
            tags,
            key: Some(self.form_key),
        })
    }
}

/// A title is one line.
pub(crate) fn title_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "")
}

/// Judges a title; what is wrong stands beside `title`.
pub(crate) fn check_title(title: &str, problems: &mut Problems) {
    let length = title.chars().count();
    if length == 0 {
        problems.add("title", "thread-title-missing");
    } else if length < SHORTEST_TITLE {
        problems
            .add("title", Message::with("thread-title-too-short", "least", SHORTEST_TITLE as i64));
    } else if length > LONGEST_TITLE {
        problems.add("title", Message::with("thread-title-too-long", "most", LONGEST_TITLE as i64));
    }
}

/// The form of a new thread with its board, title and text, told from another by all of it.
pub(crate) fn sent(member: MemberId, key: FormKey, words: [&str; 3], tags: &[String]) -> Sent {
    let [board, title, body] = words;
    Sent::new(member, form_keys::THREAD, key, &[board, title, body, &tags.join(",")])
}

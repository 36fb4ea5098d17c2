//! Threads read from their places in the dump, ready to be drawn.

use super::{
    dump::{CommentRow, Heads, HistoryRow, OpenError, PostRow, Shelf},
    edits::{Text, text_of, title_line},
    people::People,
    plan::{PostPlan, ThreadPlan},
    text,
};
use crate::kit::MemberId;
use anyhow::Result;
use std::{path::Path, sync::Arc};
use time::OffsetDateTime;

/// A thread as it was there.
pub(super) struct ThreadDraft {
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    /// In the order in which they will stand: the question first, then by time.
    pub(super) posts: Vec<PostDraft>,
    pub(super) solution: Option<Solution>,
}

/// A question, an answer or a comment.
pub(super) struct PostDraft {
    pub(super) id: i64,
    /// What it is in `imported`: a `post` or a `comment`.
    pub(super) kind: &'static str,
    pub(super) author: MemberId,
    pub(super) at: OffsetDateTime,
    pub(super) text: Text,
    /// Which of the thread's posts it comments on.
    pub(super) comments_on: Option<usize>,
    /// Votes and when they were given.
    pub(super) ups: Vec<(i64, OffsetDateTime)>,
}

/// The answer that was accepted.
pub(super) struct Solution {
    /// Which of the thread's posts.
    pub(super) post: usize,
    /// The asker, if anybody knows who that was.
    pub(super) by: Option<MemberId>,
    pub(super) at: OffsetDateTime,
}

/// The three files that hold texts.
pub(super) struct Texts {
    posts: Shelf<PostRow>,
    comments: Option<Shelf<CommentRow>>,
    history: Option<Shelf<HistoryRow>>,
    heads: Arc<Heads>,
    people: People,
}

impl Texts {
    pub(super) fn open(folder: &Path, heads: Arc<Heads>, people: People) -> Result<Self> {
        Ok(Self {
            posts: Shelf::open(folder)?,
            comments: present(Shelf::open(folder))?,
            history: present(Shelf::open(folder))?,
            heads,
            people,
        })
    }

    /// Reads a thread.
    pub(super) fn thread(&mut self, plan: &ThreadPlan) -> Result<ThreadDraft> {
        let question = self.posts.row(plan.question.place)?;
        let mut drafts = Vec::with_capacity(plan.length());
        for post in plan.posts() {
            drafts.push(((post.created, 0, post.id), None, self.post(post)?));
        }
        // The question is first whatever the clocks said.
        drafts[0].0.0 = OffsetDateTime::UNIX_EPOCH;
        self.comments(plan, &mut drafts)?;
        drafts.sort_by_key(|draft| draft.0);
        let place = |id: i64| {
            drafts.iter().position(|(_, _, draft)| draft.kind == "post" && draft.id == id)
        };
        let commented: Vec<_> = drafts.iter().map(|(_, on, _)| on.and_then(place)).collect();
        let solution = plan.solution().and_then(|answer| {
            Some(Solution {
                post: place(answer.id)?,
                by: self.people.known(question.owner, question.owner_name.as_deref()),
                at: answer.accepted_on.map_or(answer.created, |day| day.max(answer.created)),
            })
        });
        let mut posts: Vec<PostDraft> = drafts.into_iter().map(|(.., draft)| draft).collect();
        for (post, on) in posts.iter_mut().zip(commented) {
            post.comments_on = on;
        }
        let title = question.title.as_deref().map(title_line).filter(|title| !title.is_empty());
        let mut tags: Vec<String> =
            question.tags.iter().filter_map(|name| text::tag(name)).collect();
        tags.sort();
        tags.dedup();
        Ok(ThreadDraft {
            title: title.unwrap_or_else(|| format!("Question {}", question.id)),
            tags,
            posts,
            solution,
        })
    }

    fn post(&mut self, plan: &PostPlan) -> Result<PostDraft> {
        let row = self.posts.row(plan.place)?;
        let mut history = Vec::with_capacity(plan.history.len());
        if let Some(shelf) = &mut self.history {
            for text in &plan.history {
                history.push(shelf.row(*text)?);
            }
        }
        let current = self.heads.of(plan.id).is_some_and(|head| head.is_current(&row));
        // Of votes the day is known, which may have begun before the post was there.
        let given =
            |day: Option<OffsetDateTime>| day.map_or(row.created, |day| day.max(row.created));
        Ok(PostDraft {
            id: row.id,
            kind: "post",
            author: self.people.author(row.owner, row.owner_name.as_deref())?,
            at: row.created,
            comments_on: None,
            ups: plan.ups.iter().map(|(id, day)| (*id, given(*day))).collect(),
            text: text_of(&row, history, current, &self.people)?,
        })
    }

    /// A comment never stands before what it comments on.
    fn comments(&mut self, plan: &ThreadPlan, drafts: &mut Vec<Placed>) -> Result<()> {
        let Some(shelf) = &mut self.comments else { return Ok(()) };
        for comment in &plan.comments {
            let on = plan.posts().find(|post| post.id == comment.post);
            let after = on.map_or(comment.created, |post| post.created);
            let row = shelf.row(comment.place)?;
            let text =
                Text { source: text::of_comment(&row.text), earlier: Vec::new(), edited: None };
            let draft = PostDraft {
                id: row.id,
                kind: "comment",
                author: self.people.author(row.author, row.author_name.as_deref())?,
                at: row.created,
                comments_on: None,
                ups: Vec::new(),
                text,
            };
            drafts.push(((row.created.max(after), 1, row.id), Some(comment.post), draft));
        }
        Ok(())
    }
}

/// Where a draft stands in its thread, what it comments on, and the draft.
type Placed = ((OffsetDateTime, u8, i64), Option<i64>, PostDraft);

/// Older dumps lack some files.
fn present<T>(opened: Result<T, OpenError>) -> Result<Option<T>, OpenError> {
    match opened {
        Ok(shelf) => Ok(Some(shelf)),
        Err(OpenError::Absent(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

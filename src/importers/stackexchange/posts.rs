//! Questions, answers and comments, and which hang on which.

use super::{
    dump::{CommentRow, PostKind, PostRow, Table},
    plan::{CommentPlan, PostPlan, Reading, ThreadPlan, each},
    report::Report,
};
use anyhow::Result;
use std::collections::{HashMap, HashSet};

impl Reading<'_> {
    /// Gathers questions and answers; returns the ids of posts of other kinds.
    pub(super) fn posts(&mut self, report: &mut Report) -> Result<HashSet<i64>> {
        let mut others = HashSet::new();
        let mut nameless = Vec::new();
        let mut tally = each(self.folder, self.bars, |row: PostRow, place, tally| {
            match row.kind {
                PostKind::Question | PostKind::Answer => {}
                kind => {
                    others.insert(row.id);
                    tally.skip(match kind {
                        PostKind::TagExcerpt | PostKind::TagWiki => "tags have no descriptions yet",
                        _ => "neither question nor answer",
                    });
                    return Ok(());
                }
            }
            if self.posts.contains_key(&row.id) {
                tally.skip("its id stands there twice");
                return Ok(());
            }
            if row.owner.is_none_or(|owner| !self.people.has(owner)) {
                nameless.push((row.id, row.owner_name, row.created));
            }
            let answers = row.kind == PostKind::Answer;
            let plan = PostPlan {
                id: row.id,
                created: row.created,
                place,
                // An answer without a question hangs on nothing that exists.
                parent: answers.then(|| row.parent.unwrap_or(i64::MIN)),
                accepted: row.accepted_answer.filter(|_| !answers),
                history: Vec::new(),
                ups: Vec::new(),
                acceptances: 0,
                accepted_on: None,
            };
            self.posts.insert(row.id, plan);
            Ok(())
        })?;
        let questions: HashSet<i64> =
            self.posts.values().filter(|post| post.parent.is_none()).map(|post| post.id).collect();
        let gathered = self.posts.len();
        self.posts.retain(|_, post| post.parent.is_none_or(|parent| questions.contains(&parent)));
        tally.skip_many("its question is not in the dump", (gathered - self.posts.len()) as u64);
        for (id, name, at) in nameless {
            if self.posts.contains_key(&id) {
                self.note_author(None, name.as_deref(), at);
            }
        }
        report.tables.insert(Table::Posts, tally);
        Ok(others)
    }

    /// Gathers the comments of each post.
    pub(super) fn comments(
        &mut self,
        report: &mut Report,
    ) -> Result<HashMap<i64, Vec<CommentPlan>>> {
        let mut comments: HashMap<i64, Vec<CommentPlan>> = HashMap::new();
        let mut seen = HashSet::new();
        let tally = each(self.folder, self.bars, |row: CommentRow, place, tally| {
            if !self.posts.contains_key(&row.post) {
                tally.skip("on a post that is not stored");
            } else if row.text.trim().is_empty() {
                tally.skip("without a text");
            } else if !seen.insert(row.id) {
                tally.skip("its id stands there twice");
            } else {
                self.note_author(row.author, row.author_name.as_deref(), row.created);
                let plan = CommentPlan { id: row.id, post: row.post, created: row.created, place };
                comments.entry(row.post).or_default().push(plan);
            }
            Ok(())
        })?;
        report.tables.insert(Table::Comments, tally);
        Ok(comments)
    }
}

/// Puts the threads together, in the order in which they were begun.
pub(super) fn threads(
    posts: HashMap<i64, PostPlan>,
    comments: &mut HashMap<i64, Vec<CommentPlan>>,
) -> Vec<ThreadPlan> {
    let (questions, answers): (Vec<_>, Vec<_>) =
        posts.into_values().partition(|post| post.parent.is_none());
    let mut of: HashMap<i64, Vec<PostPlan>> = HashMap::new();
    for answer in answers {
        of.entry(answer.parent.unwrap_or_default()).or_default().push(answer);
    }
    let mut threads: Vec<ThreadPlan> = Vec::with_capacity(questions.len());
    for question in questions {
        let mut answers = of.remove(&question.id).unwrap_or_default();
        answers.sort_by_key(|answer| (answer.created, answer.id));
        let mut thread = ThreadPlan { question, answers, comments: Vec::new() };
        let ids: Vec<i64> = thread.posts().map(|post| post.id).collect();
        thread.comments =
            ids.iter().flat_map(|id| comments.remove(id).unwrap_or_default()).collect();
        threads.push(thread);
    }
    threads.sort_by_key(|thread| (thread.question.created, thread.question.id));
    threads
}

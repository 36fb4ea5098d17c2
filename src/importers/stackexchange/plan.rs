//! What belongs to what: all files read once, keeping ids, times and places, and no texts.

use super::{
    Bars, Import,
    dump::{BadgeRow, Heads, HistoryKind, HistoryRow, OpenError, Place, Row, Rows, Table},
    people::{People, name_line},
    posts,
    report::{Report, Tally},
};
use crate::importers::imported::{self, Known};
use anyhow::Result;
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};
use time::OffsetDateTime;

/// The threads to be written, and who is needed for them.
pub(super) struct Plan {
    /// In the order in which they were begun.
    pub(super) threads: Vec<ThreadPlan>,
    /// Those that are here already.
    pub(super) present: Vec<ThreadPlan>,
    /// Authors of whom only a name is left, and when each is first heard of; the empty name for those
    /// of whom nothing is.
    pub(super) names: BTreeMap<String, OffsetDateTime>,
    pub(super) heads: Arc<Heads>,
}

/// A question with everything that hangs on it.
pub(super) struct ThreadPlan {
    pub(super) question: PostPlan,
    pub(super) answers: Vec<PostPlan>,
    pub(super) comments: Vec<CommentPlan>,
}

/// A question or an answer.
pub(super) struct PostPlan {
    pub(super) id: i64,
    pub(super) created: OffsetDateTime,
    pub(super) place: Place,
    /// The question an answer belongs to.
    pub(super) parent: Option<i64>,
    /// The answer a question accepted.
    pub(super) accepted: Option<i64>,
    /// Its earlier and present texts.
    pub(super) history: Vec<Place>,
    /// Up-votes with their days.
    pub(super) ups: Vec<(i64, Option<OffsetDateTime>)>,
    /// Votes that accepted it, and the day of the last.
    pub(super) acceptances: u64,
    pub(super) accepted_on: Option<OffsetDateTime>,
}

/// A comment.
pub(super) struct CommentPlan {
    pub(super) id: i64,
    pub(super) post: i64,
    pub(super) created: OffsetDateTime,
    pub(super) place: Place,
}

/// What is known while the files are read.
pub(super) struct Reading<'a> {
    pub(super) folder: &'a Path,
    pub(super) bars: &'a Bars,
    pub(super) people: &'a People,
    pub(super) posts: HashMap<i64, PostPlan>,
    pub(super) names: BTreeMap<String, OffsetDateTime>,
}

/// What came with an earlier run.
#[derive(Default)]
struct Before {
    posts: Known,
    comments: Known,
}

impl Plan {
    /// The up-votes of every post that is or will be here.
    pub(super) fn up_votes(&self) -> HashMap<i64, i64> {
        let threads = self.threads.iter().chain(&self.present);
        threads.flat_map(ThreadPlan::posts).map(|post| (post.id, post.ups.len() as i64)).collect()
    }
}

impl ThreadPlan {
    /// The question and its answers.
    pub(super) fn posts(&self) -> impl Iterator<Item = &PostPlan> {
        std::iter::once(&self.question).chain(&self.answers)
    }

    /// Posts as we count them: comments are posts too.
    pub(super) fn length(&self) -> usize {
        1 + self.answers.len() + self.comments.len()
    }

    /// The answer that was accepted, if it is there.
    pub(super) fn solution(&self) -> Option<&PostPlan> {
        self.answers.iter().find(|answer| Some(answer.id) == self.question.accepted)
    }

    /// How many rows of each table it holds.
    pub(super) fn rows(&self) -> [(Table, u64); 4] {
        let ups: usize = self.posts().map(|post| post.ups.len()).sum();
        let history: usize = self.posts().map(|post| post.history.len()).sum();
        let accepting = self.solution().map_or(0, |answer| answer.acceptances);
        [
            (Table::Posts, 1 + self.answers.len() as u64),
            (Table::Comments, self.comments.len() as u64),
            (Table::Votes, ups as u64 + accepting),
            (Table::PostHistory, history as u64),
        ]
    }
}

impl Reading<'_> {
    /// Notes an author who may be needed by name.
    pub(super) fn note_author(
        &mut self,
        user: Option<i64>,
        name: Option<&str>,
        at: OffsetDateTime,
    ) {
        if user.is_some_and(|user| self.people.has(user)) {
            return;
        }
        let first = self.names.entry(name.map(name_line).unwrap_or_default()).or_insert(at);
        *first = at.min(*first);
    }
}

/// Reads every row of one table, counting; a table that is missing has none.
pub(super) fn each<T: Row>(
    folder: &Path,
    bars: &Bars,
    mut take: impl FnMut(T, Place, &mut Tally) -> Result<()>,
) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut rows = match Rows::<T>::open(folder) {
        Err(OpenError::Absent(_)) => {
            tally.notes.push("no such file".to_owned());
            return Ok(tally);
        }
        opened => opened?,
    };
    let bar = bars.bar(T::TABLE.name(), rows.bytes_total());
    while let Some(row) = rows.next() {
        tally.read += 1;
        if tally.read.is_multiple_of(1_000) {
            bar.set_position(rows.bytes_read());
        }
        match row? {
            Ok(row) => take(row, rows.place(), &mut tally)?,
            Err(skipped) => tally.skip(skipped.reason.to_string()),
        }
    }
    tally.note(rows.notes());
    bar.finish_and_clear();
    Ok(tally)
}

/// Reads the dump.
pub(super) async fn read(import: &mut Import<'_>, people: &People) -> Result<Plan> {
    let mut db = import.app.db.acquire().await?;
    let before = Before {
        posts: imported::of_kind(&mut db, &import.source, "post").await?,
        comments: imported::of_kind(&mut db, &import.source, "comment").await?,
    };
    drop(db);
    let (folder, bars, people) = (import.folder.clone(), import.bars.clone(), people.clone());
    let mut report = std::mem::take(&mut import.report);
    let read = tokio::task::spawn_blocking(move || {
        let reading = Reading {
            folder: &folder,
            bars: &bars,
            people: &people,
            posts: HashMap::new(),
            names: BTreeMap::new(),
        };
        reading.all(&before, &mut report).map(|plan| (plan, report))
    });
    let (plan, report) = read.await??;
    import.report = report;
    Ok(plan)
}

impl Reading<'_> {
    fn all(mut self, before: &Before, report: &mut Report) -> Result<Plan> {
        let others = self.posts(report)?;
        let mut comments = self.comments(report)?;
        self.votes(&others, report)?;
        let heads = self.history(report)?;
        let badges = each(self.folder, self.bars, |_: BadgeRow, _, tally| {
            tally.skip("no badges yet");
            Ok(())
        })?;
        report.tables.insert(Table::Badges, badges);
        let threads = posts::threads(std::mem::take(&mut self.posts), &mut comments);
        let (present, threads) =
            threads.into_iter().partition(|thread| before.posts.contains_key(&thread.question.id));
        let mut plan = Plan { threads, present, names: self.names, heads: Arc::new(heads) };
        for thread in &mut plan.present {
            set_apart(thread, before, report);
        }
        Ok(plan)
    }

    /// Texts of posts that are stored become their source and its earlier versions.
    fn history(&mut self, report: &mut Report) -> Result<Heads> {
        let mut heads = Heads::default();
        let tally = each(self.folder, self.bars, |row: HistoryRow, place, tally| {
            let Some(post) = self.posts.get_mut(&row.post) else {
                tally.skip("of a post that is not stored");
                return Ok(());
            };
            heads.take_in(&row);
            match row.kind {
                HistoryKind::Title(_) | HistoryKind::Body(_) => {
                    post.history.push(place);
                    self.note_author(row.author, row.author_name.as_deref(), row.created);
                }
                HistoryKind::Tags(_) => tally.skip("earlier tags are not kept"),
                HistoryKind::Closed | HistoryKind::Reopened => {
                    tally.skip("closed questions stay open here");
                }
                _ => tally.skip("no change of a text"),
            }
            Ok(())
        })?;
        report.tables.insert(Table::PostHistory, tally);
        Ok(heads)
    }
}

/// A thread that is here already is left alone; what a newer dump adds to it is left out, and said.
fn set_apart(thread: &mut ThreadPlan, before: &Before, report: &mut Report) {
    let all = thread.rows();
    thread.answers.retain(|answer| before.posts.contains_key(&answer.id));
    thread.comments.retain(|comment| before.comments.contains_key(&comment.id));
    for ((table, here), (_, all)) in thread.rows().into_iter().zip(all) {
        report.of(table).already += here;
        report.of(table).skip_many("came after its question was imported", all - here);
    }
    count_solution(thread, report);
}

/// Counts an accepted answer among those the report accounts for.
pub(super) fn count_solution(thread: &ThreadPlan, report: &mut Report) {
    report.accepted += u64::from(thread.solution().is_some());
}

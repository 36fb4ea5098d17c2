//! Batch after batch: while one is written, the next is read and drawn.

use super::{
    Import,
    drafts::{PostDraft, Texts, ThreadDraft},
    people::People,
    plan::{Plan, ThreadPlan, count_solution},
    text,
    write::{self, Writer},
};
use crate::{
    app::App,
    error::Error,
    kit::{BoardId, PostId, ThreadId},
    posts::{
        self,
        writing::{self, Prepared},
    },
    threads,
};
use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Posts in one transaction, more or less: threads are not cut.
const AT_ONCE: usize = 200;
/// Texts drawn at the same time.
const DRAWN_AT_ONCE: usize = 2;

/// Threads ready to be written.
pub(super) struct Batch {
    pub(super) plans: Vec<ThreadPlan>,
    pub(super) threads: Vec<Ready>,
    /// Texts that are shown as typed.
    shown_as_typed: u64,
}

/// A thread whose texts are drawn.
pub(super) struct Ready {
    pub(super) id: ThreadId,
    pub(super) draft: ThreadDraft,
    /// One for each of its posts.
    pub(super) texts: Vec<Prepared>,
}

/// Brings the threads.
pub(super) async fn bring(
    import: &mut Import<'_>,
    plan: Plan,
    people: &People,
    board: BoardId,
) -> Result<()> {
    // Counted anew from the database at the end: see `proof`.
    for thread in &plan.threads {
        count_solution(thread, &mut import.report);
    }
    let texts = Texts::open(&import.folder, Arc::clone(&plan.heads), people.clone())?;
    let texts = Arc::new(Mutex::new(texts));
    let app = import.app;
    let bar = import.bars.bar("Storing", plan.threads.iter().map(|one| one.length() as u64).sum());
    let mut writer = Writer::new(&import.source, board);
    let mut batches = batches(plan.threads).into_iter();
    let mut ready = prepare(app, &texts, batches.next()).await?;
    while let Some(batch) = ready {
        let (wrote, next) = tokio::try_join!(
            write::write(app, &mut writer, &batch),
            prepare(app, &texts, batches.next()),
        )?;
        import.report.changes += wrote;
        import.report.shown_as_typed += batch.shown_as_typed;
        for plan in &batch.plans {
            bar.inc(plan.length() as u64);
            for (table, rows) in plan.rows() {
                import.report.of(table).stored += rows;
            }
        }
        ready = next;
    }
    bar.finish_and_clear();
    Ok(())
}

fn batches(threads: Vec<ThreadPlan>) -> Vec<Vec<ThreadPlan>> {
    let mut batches = Vec::new();
    let (mut batch, mut posts) = (Vec::new(), 0);
    for thread in threads {
        posts += thread.length();
        batch.push(thread);
        if posts >= AT_ONCE {
            batches.push(std::mem::take(&mut batch));
            posts = 0;
        }
    }
    batches.push(batch);
    batches.retain(|batch| !batch.is_empty());
    batches
}

/// Reads a batch, takes its ids and draws its texts, before any row is held.
async fn prepare(
    app: &App,
    texts: &Arc<Mutex<Texts>>,
    plans: Option<Vec<ThreadPlan>>,
) -> Result<Option<Batch>> {
    let Some(plans) = plans else { return Ok(None) };
    let texts = Arc::clone(texts);
    let read = tokio::task::spawn_blocking(move || {
        let mut texts = texts.lock().expect("whoever panicked has ended the import");
        let drafts: Result<Vec<_>> = plans.iter().map(|plan| texts.thread(plan)).collect();
        drafts.map(|drafts| (plans, drafts))
    });
    let (plans, drafts) = read.await??;
    let length = drafts.iter().map(|draft| draft.posts.len()).sum();
    let mut db = app.db.acquire().await?;
    let thread_ids = threads::store::next_ids(&mut db, drafts.len()).await?;
    let post_ids = posts::store::next_ids(&mut db, length).await?;
    drop(db);
    let owned = drafts.iter().zip(&thread_ids).flat_map(|(draft, thread)| {
        draft.posts.iter().map(|post: &PostDraft| (post.text.source.clone(), *thread))
    });
    let wanted: Vec<_> = post_ids.into_iter().zip(owned).collect();
    let drawn =
        stream::iter(wanted).map(|(id, (source, thread))| draw(app.clone(), id, source, thread));
    let drawn: Vec<(Prepared, u64)> = drawn.buffered(DRAWN_AT_ONCE).try_collect().await?;
    let shown_as_typed = drawn.iter().map(|(_, typed)| typed).sum();
    let mut drawn = drawn.into_iter().map(|(text, _)| text);
    let threads = drafts.into_iter().zip(thread_ids).map(|(draft, id)| {
        let texts = drawn.by_ref().take(draft.posts.len()).collect();
        Ready { id, draft, texts }
    });
    let threads = threads.collect();
    Ok(Some(Batch { plans, threads, shown_as_typed }))
}

/// Draws a text, letter by letter where it is too intricate; and says how many were.
async fn draw(app: App, id: PostId, source: String, thread: ThreadId) -> Result<(Prepared, u64)> {
    if let Some(text) = drawn(&app, id, &source, thread).await? {
        return Ok((text, 0));
    }
    let text = drawn(&app, id, &text::fenced(&source), thread).await?;
    Ok((text.context("even plain text is too intricate")?, 1))
}

async fn drawn(app: &App, id: PostId, source: &str, thread: ThreadId) -> Result<Option<Prepared>> {
    loop {
        match writing::draw(app, None, id, source, Some(thread)).await {
            Ok(drawn) => return Ok(drawn.ok()),
            // A server in the same process draws as well; history can wait.
            Err(Error::Busy) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(error) => return Err(error.into()),
        }
    }
}

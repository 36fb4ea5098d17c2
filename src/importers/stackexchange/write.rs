//! One batch of threads, written in one transaction through the rooms' cores.

use super::{
    drafts::PostDraft,
    threads::{Batch, Ready},
};
use crate::{
    app::App,
    importers::imported,
    kit::{BoardId, MemberId, PostId},
    members::{self, Member},
    outbox::Actor,
    posts::{
        past::{self, Past},
        post::{self, Author},
    },
    reputation::past::{self as earned, Earnings, PastKudos},
    solutions::acceptance,
    threads::{
        self, Thread,
        thread::{self, Opening},
    },
};
use anyhow::{Context, Result};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What all batches share.
pub(super) struct Writer {
    source: String,
    board: BoardId,
    members: HashMap<MemberId, Member>,
}

/// What a batch gathers, to be written together at its end.
#[derive(Default)]
struct Gathered {
    pasts: Vec<Past>,
    earnings: Earnings,
    posts: Vec<(i64, i64)>,
    comments: Vec<(i64, i64)>,
    votes: Vec<(i64, i64)>,
    solutions: u64,
}

impl Writer {
    pub(super) fn new(source: &str, board: BoardId) -> Self {
        Self { source: source.to_owned(), board, members: HashMap::new() }
    }

    async fn member(&mut self, db: &mut PgConnection, id: MemberId) -> Result<Member> {
        if let Some(member) = self.members.get(&id) {
            return Ok(member.clone());
        }
        let member = members::by_id(db, id).await?.context("an imported member is gone")?;
        self.members.insert(id, member.clone());
        Ok(member)
    }
}

/// Writes a batch; returns how many rows came of it.
pub(super) async fn write(app: &App, writer: &mut Writer, batch: &Batch) -> Result<u64> {
    let mut gathered = Gathered::default();
    let mut tx = app.db.begin().await?;
    for ready in &batch.threads {
        thread(&mut tx, writer, ready, &mut gathered).await?;
    }
    past::keep(&mut tx, &gathered.pasts).await?;
    gathered.earnings.enter(&mut tx).await?;
    let source = &writer.source;
    let mut changes = gathered.solutions;
    for (kind, came) in
        [("post", &gathered.posts), ("comment", &gathered.comments), ("vote", &gathered.votes)]
    {
        imported::keep(&mut tx, source, kind, came).await?;
        changes += came.len() as u64;
    }
    changes += gathered.pasts.iter().map(|past| past.versions.len() as u64).sum::<u64>();
    tx.commit().await?;
    Ok(changes)
}

async fn thread(
    db: &mut PgConnection,
    writer: &mut Writer,
    ready: &Ready,
    gathered: &mut Gathered,
) -> Result<()> {
    let Ready { id, draft, texts } = ready;
    let question = &draft.posts[0];
    let asker = writer.member(db, question.author).await?;
    let opening = Opening {
        id: *id,
        board: writer.board,
        author: asker.id,
        title: &draft.title,
        tags: &draft.tags,
        post: texts[0].id,
    };
    thread::begin(db, &opening, question.at).await?;
    let mut thread = threads::access::held(db, &asker, *id)
        .await
        .context("members may not see the board of this import")?;
    for (post, text) in draft.posts.iter().zip(texts) {
        let member = writer.member(db, post.author).await?;
        let author = Author { member: &member, actor: Actor::IMPORT };
        let reply_to = post.comments_on.map(|on| texts[on].id);
        let position = post::publish(db, &thread, &author, text, reply_to, post.at).await?;
        thread.last_position = position;
        gathered.earnings.post(member.id, thread.board_id, text.id, position, post.at);
        with_past(db, writer, &thread, (post, text.id, position), gathered).await?;
    }
    if let Some(solution) = &draft.solution {
        let author = draft.posts[solution.post].author;
        let post = texts[solution.post].id;
        let (by, at) = (solution.by, solution.at);
        let acceptance = acceptance::note(db, &thread, post, by, Actor::IMPORT, at).await?;
        gathered.earnings.solution(author, by, thread.board_id, acceptance, at);
        gathered.solutions += 1;
    }
    Ok(())
}

/// What happened to a post since it was written: kudos now, edits with those of the whole batch.
async fn with_past(
    db: &mut PgConnection,
    writer: &Writer,
    thread: &Thread,
    (post, id, position): (&PostDraft, PostId, i32),
    gathered: &mut Gathered,
) -> Result<()> {
    let cause = |vote: i64| format!("{}:vote:{vote}", writer.source);
    let given: Vec<_> = post.ups.iter().map(|(vote, at)| (cause(*vote), *at)).collect();
    let kudos = PastKudos {
        post: id,
        opens: (position == 1).then_some(thread.id),
        author: post.author,
        board: thread.board_id,
        given: &given,
    };
    let ids = earned::give(db, &mut gathered.earnings, &kudos).await?;
    gathered.votes.extend(post.ups.iter().map(|(vote, _)| *vote).zip(ids));
    match post.kind {
        "comment" => gathered.comments.push((post.id, id.0)),
        _ => gathered.posts.push((post.id, id.0)),
    }
    if let Some((edited_at, edited_by)) = post.text.edited {
        let versions = post.text.earlier.clone();
        gathered.pasts.push(Past { post: id, thread: thread.id, versions, edited_at, edited_by });
    }
    Ok(())
}

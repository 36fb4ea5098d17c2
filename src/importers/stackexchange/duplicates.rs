//! Questions that were closed as duplicates are joined to their originals.

use super::{
    Import,
    dump::{LinkKind, LinkRow, Table},
    plan, votes,
};
use crate::{
    importers::imported,
    kit::{PostId, ThreadId},
    outbox::{self, Actor, Event},
    posts,
    threads::{
        access,
        duplicates::{self, Joined},
    },
};
use anyhow::Result;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A duplicate and its original, as the dump numbers them, and since when.
type Link = (i64, i64, Option<OffsetDateTime>);

/// Joins one at a time, each in a transaction of its own: what is joined already stays as it is.
pub(super) async fn bring(import: &mut Import<'_>) -> Result<()> {
    let known =
        imported::of_kind(&mut *import.app.db.acquire().await?, &import.source, "post").await?;
    let (folder, bars) = (import.folder.clone(), import.bars.clone());
    let read = tokio::task::spawn_blocking(move || {
        let mut links: Vec<Link> = Vec::new();
        let tally = plan::each(&folder, &bars, |row: LinkRow, _, tally| {
            match row.kind {
                LinkKind::Duplicate => links.push((row.post, row.target, row.created)),
                kind => tally.skip(votes::link(kind)),
            }
            Ok(())
        })?;
        anyhow::Ok((tally, links))
    });
    let (mut tally, mut links) = read.await??;
    links.sort_by_key(|&(post, target, created)| (created, post, target));
    for (post, target, created) in links {
        let (Some(&post), Some(&target)) = (known.get(&post), known.get(&target)) else {
            tally.skip("a duplicate of or by what is not here");
            continue;
        };
        let now = created.unwrap_or_else(|| import.app.now());
        let mut tx = import.app.db.begin().await?;
        match join(&mut tx, PostId(post), PostId(target), now).await? {
            Some(Joined::To(_)) => {
                tx.commit().await?;
                tally.stored += 1;
                import.report.changes += 1;
            }
            Some(Joined::Already) => tally.already += 1,
            Some(Joined::Round) | None => tally.skip("a duplicate that leads back to itself"),
        }
    }
    import.report.tables.insert(Table::PostLinks, tally);
    Ok(())
}

async fn join(
    db: &mut PgConnection,
    post: PostId,
    target: PostId,
    now: OffsetDateTime,
) -> Result<Option<Joined>> {
    duplicates::hold(db).await?;
    let (Some(thread), Some(named)) = (thread_of(db, post).await?, thread_of(db, target).await?)
    else {
        return Ok(None);
    };
    if thread == named {
        return Ok(None);
    }
    let Some(thread) = access::whole(db, thread).await? else { return Ok(None) };
    let joined = duplicates::join(db, &thread, named, None, now).await?;
    if let Joined::To(original) = joined {
        let event = Event::ThreadJoined { thread: thread.id, original };
        outbox::record(db, Actor::IMPORT, &event, now).await?;
    }
    Ok(Some(joined))
}

async fn thread_of(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<ThreadId>> {
    Ok(posts::store::by_id(db, post).await?.map(|post| post.thread_id))
}

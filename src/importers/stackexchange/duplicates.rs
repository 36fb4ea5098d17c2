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
    solutions::confirmation,
    threads::{
        access,
        duplicates::{self, Joined},
    },
};
use anyhow::Result;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A link from a duplicate to its original, as the dump numbers them, and since when.
struct Link {
    id: i64,
    post: i64,
    target: i64,
    created: Option<OffsetDateTime>,
}

/// What they are called among what has come.
const KIND: &str = "duplicate";

/// Joins one at a time, each in a transaction of its own. What came with an earlier run stays as it is, also where
/// people parted it since, and so does what they joined themselves.
pub(super) async fn bring(import: &mut Import<'_>) -> Result<()> {
    let mut db = import.app.db.acquire().await?;
    let known = imported::of_kind(&mut db, &import.source, "post").await?;
    let came = imported::of_kind(&mut db, &import.source, KIND).await?;
    drop(db);
    let (folder, bars) = (import.folder.clone(), import.bars.clone());
    let read = tokio::task::spawn_blocking(move || {
        let mut links: Vec<Link> = Vec::new();
        let tally = plan::each(&folder, &bars, |row: LinkRow, _, tally| {
            match row.kind {
                LinkKind::Duplicate => {
                    let (id, post, target, created) = (row.id, row.post, row.target, row.created);
                    links.push(Link { id, post, target, created });
                }
                kind => tally.skip(votes::link(kind)),
            }
            Ok(())
        })?;
        anyhow::Ok((tally, links))
    });
    let (mut tally, mut links) = read.await??;
    links.sort_by_key(|link| (link.created, link.post, link.target));
    for link in links {
        let (Some(&post), Some(&target)) = (known.get(&link.post), known.get(&link.target)) else {
            tally.skip("a duplicate of or by what is not here");
            continue;
        };
        if came.contains_key(&link.id) {
            tally.already += 1;
            continue;
        }
        let now = link.created.unwrap_or_else(|| import.app.now());
        let mut tx = import.app.db.begin().await?;
        match join(&mut tx, PostId(post), PostId(target), now).await? {
            Some(Joined::Done(_)) => {
                imported::keep(&mut tx, &import.source, KIND, &[(link.id, post)]).await?;
                tx.commit().await?;
                tally.stored += 1;
                import.report.changes += 1;
            }
            Some(Joined::Already) => {
                imported::keep(&mut tx, &import.source, KIND, &[(link.id, post)]).await?;
                tx.commit().await?;
                tally.already += 1;
            }
            Some(Joined::Round) => tally.skip("a duplicate that leads back to itself"),
            Some(Joined::Unfit | Joined::Narrower) | None => {
                tally.skip("a duplicate of what cannot be read here");
            }
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
    let end = duplicates::end_of(db, named).await?;
    if thread == named || thread == end {
        return Ok(Some(Joined::Round));
    }
    access::hold_two(db, thread, end).await?;
    let (Some(thread), Some(original)) =
        (access::whole(db, thread).await?, access::whole(db, end).await?)
    else {
        return Ok(None);
    };
    let joined = duplicates::join(db, &thread, (named, &original), None, now).await?;
    if let Joined::Done(lost) = &joined {
        let event = Event::ThreadJoined { thread: thread.id, original: original.id };
        outbox::record(db, Actor::IMPORT, &event, now).await?;
        confirmation::forget(db, &[(&thread, lost)], now).await?;
    }
    Ok(Some(joined))
}

async fn thread_of(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<ThreadId>> {
    Ok(posts::store::by_id(db, post).await?.map(|post| post.thread_id))
}

//! What was earned before a community moved in: entries with their own times, and ranks that are
//! settled once, when all entries are in, because they come thread by thread and not in the order
//! in which they were earned.

use super::{
    awards::{self, Earned},
    ladder,
    ledger::{self, Entry},
    points::PointTable,
    store,
};
use crate::{
    kit::{BoardId, MemberId, PostId, ThreadId},
    outbox::{self, Actor, Event},
    posts, threads,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Entries of long ago, gathered to be entered together.
#[derive(Default)]
pub(crate) struct Earnings {
    earned: Vec<(Earned, OffsetDateTime)>,
    /// What earns nothing and is counted all the same.
    counted: Vec<(Entry, OffsetDateTime)>,
}

impl Earnings {
    /// A post was written.
    pub(crate) fn post(
        &mut self,
        author: MemberId,
        board: BoardId,
        post: PostId,
        position: i32,
        at: OffsetDateTime,
    ) {
        self.earned.push((Earned::post(author, board, post, position), at));
    }

    /// A reply was accepted by somebody; by its own author it earns nothing.
    pub(crate) fn solution(
        &mut self,
        author: MemberId,
        by: Option<MemberId>,
        board: BoardId,
        acceptance: i64,
        at: OffsetDateTime,
    ) {
        match awards::for_solution(author, by, board, acceptance) {
            Ok(earned) => self.earned.push((earned, at)),
            Err(own) => self.counted.push((own, at)),
        }
    }

    /// Enters everything by the table of points in force; what was entered before is left out.
    pub(crate) async fn enter(self, db: &mut PgConnection) -> sqlx::Result<()> {
        let table = PointTable::current(db).await?;
        let mut dated = self.counted;
        for (earned, at) in self.earned {
            dated.extend(awards::for_past(&earned, &table).into_iter().map(|entry| (entry, at)));
        }
        let (entries, times): (Vec<_>, Vec<_>) = dated.into_iter().unzip();
        ledger::append_past(db, &entries, &times).await
    }
}

/// Thanks that a post got elsewhere, from people nobody named.
pub(crate) struct PastKudos<'a> {
    pub(crate) post: PostId,
    /// The thread whose opening post it is.
    pub(crate) opens: Option<ThreadId>,
    pub(crate) author: MemberId,
    pub(crate) board: BoardId,
    /// What each was, as the ledger's cause, and when it was given.
    pub(crate) given: &'a [(String, OffsetDateTime)],
}

/// Stores kudos without givers: the rows, both counts, what they earned, and the events. Returns the
/// ids of the rows. Who was thanked by name gives and takes back in `actions.rs` instead.
pub(crate) async fn give(
    db: &mut PgConnection,
    earnings: &mut Earnings,
    kudos: &PastKudos<'_>,
) -> sqlx::Result<Vec<i64>> {
    if kudos.given.is_empty() {
        return Ok(Vec::new());
    }
    let times: Vec<OffsetDateTime> = kudos.given.iter().map(|(_, at)| *at).collect();
    let ids = store::insert_giverless(db, kudos.post, &times).await?;
    let count = i32::try_from(ids.len()).unwrap_or(i32::MAX);
    if let Some(thread) = kudos.opens {
        threads::store::add_kudos(db, thread, count).await?;
    }
    posts::store::add_kudos(db, kudos.post, count, 0).await?;
    for (cause, at) in kudos.given {
        let thanks = Earned::kudos(kudos.author, None, kudos.board, cause);
        earnings.earned.push((thanks, *at));
    }
    let event = Event::KudosGiven { post: kudos.post, giver: None };
    let events: Vec<_> = times.iter().map(|at| (event.clone(), *at)).collect();
    outbox::record_settled(db, Actor::IMPORT, &events).await?;
    Ok(ids)
}

/// Gives members the rank that they have earned, since the last time the ledger has of them; returns how
/// many changed. Nobody is told: they came to it elsewhere.
pub(crate) async fn settle_ranks(
    db: &mut PgConnection,
    members: &[i64],
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let members: Vec<MemberId> = members.iter().copied().map(MemberId).collect();
    ledger::hold(db, &members).await?;
    let changed = ladder::settle_past(db, &members, now).await?;
    ledger::confer_held(db, &members, now).await?;
    Ok(changed)
}

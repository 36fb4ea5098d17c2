//! What is earned by what: the public rules.

use super::{
    ledger::{self, Entry},
    metric::Counter,
    points::{DIVERSITY, Deed, PointTable, SoFar},
    store,
};
use crate::kit::{BoardId, MemberId, PostId};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime, UtcOffset};

/// Something that earns its doer something.
#[derive(Debug, Clone)]
pub(super) struct Earned {
    pub(super) member: MemberId,
    pub(super) deed: Deed,
    pub(super) board: BoardId,
    /// Whom it came from, where it came from somebody.
    pub(super) from: Option<MemberId>,
    pub(super) cause: String,
}

impl Earned {
    pub(super) fn post(author: MemberId, board: BoardId, post: PostId, position: i32) -> Self {
        let deed = if position == 1 { Deed::Thread } else { Deed::Reply };
        Self { member: author, deed, board, from: None, cause: format!("post:{post}") }
    }

    pub(super) fn kudos(
        author: MemberId,
        giver: Option<MemberId>,
        board: BoardId,
        cause: &str,
    ) -> Self {
        let cause = cause.to_owned();
        Self { member: author, deed: Deed::Kudos, board, from: giver, cause }
    }

    /// The entries, with so many thousandths of a point.
    pub(super) fn entries(&self, thousandths: i64) -> Vec<Entry> {
        let counter = match self.deed {
            Deed::Solution => Counter::Solutions,
            Deed::Kudos => Counter::KudosReceived,
            Deed::Reply => Counter::Replies,
            Deed::Thread => Counter::Threads,
        };
        let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
        let exempt = if self.deed == Deed::Solution { whole } else { 0 };
        let entry = |counter, delta| Entry {
            member: self.member,
            counter,
            board: Some(self.board),
            // Points come from a deed, not from a person.
            other: self.from.filter(|_| !is_points(counter)),
            delta,
            cause: self.cause.clone(),
            counts_on: None,
        };
        [
            (counter, 1),
            (Counter::Points, whole),
            (Counter::PointThousandths, rest),
            (Counter::ExemptPoints, exempt),
        ]
        .into_iter()
        .filter(|(_, delta)| *delta != 0)
        .map(|(counter, delta)| entry(counter, delta))
        .collect()
    }
}

fn is_points(counter: Counter) -> bool {
    matches!(counter, Counter::Points | Counter::PointThousandths | Counter::ExemptPoints)
}

/// A post was written.
pub(crate) async fn post_written(
    db: &mut PgConnection,
    author: MemberId,
    board: BoardId,
    post: PostId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    award(db, &Earned::post(author, board, post, position), Vec::new(), now).await
}

/// A post went out of sight by `deed`, which names that one time it did.
pub(crate) async fn post_withdrawn(
    db: &mut PgConnection,
    post: PostId,
    deed: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    undo(db, &format!("post:{post}"), &format!("post:{post}:{deed}"), now).await
}

/// A moderator took a post away by `deed`, which names that one time they did. It counts as a reversal
/// until it is put back by [`post_restored`].
pub(crate) async fn post_removed(
    db: &mut PgConnection,
    author: MemberId,
    board: BoardId,
    post: PostId,
    deed: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let cause = format!("post:{post}:{deed}");
    let mut entries = negative(db, &format!("post:{post}"), &cause).await?;
    entries.push(Entry {
        member: author,
        counter: Counter::Reversals,
        board: Some(board),
        other: None,
        delta: 1,
        cause,
        counts_on: None,
    });
    ledger::append(db, &entries, now).await
}

/// A removed post came back: what the removal took is given back.
pub(crate) async fn post_restored(
    db: &mut PgConnection,
    post: PostId,
    removal: &str,
    deed: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    undo(db, &format!("post:{post}:{removal}"), &format!("post:{post}:{deed}"), now).await
}

/// A reply was accepted by somebody; by its own author it is counted apart and earns nothing.
pub(crate) async fn solution_accepted(
    db: &mut PgConnection,
    author: MemberId,
    by: Option<MemberId>,
    board: BoardId,
    acceptance: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    match for_solution(author, by, board, acceptance) {
        Ok(earned) => award(db, &earned, Vec::new(), now).await,
        Err(own) => ledger::append(db, &[own], now).await,
    }
}

/// What an acceptance is to the author of the reply: earned, or else what one accepted of oneself.
pub(super) fn for_solution(
    author: MemberId,
    by: Option<MemberId>,
    board: BoardId,
    acceptance: i64,
) -> Result<Earned, Entry> {
    let cause = format!("acceptance:{acceptance}");
    if by != Some(author) {
        return Ok(Earned { member: author, deed: Deed::Solution, board, from: by, cause });
    }
    Err(Entry {
        member: author,
        counter: Counter::OwnSolutions,
        board: Some(board),
        other: None,
        delta: 1,
        cause,
        counts_on: None,
    })
}

/// Kudos were given.
pub(super) async fn kudos_given(
    db: &mut PgConnection,
    author: MemberId,
    giver: MemberId,
    board: BoardId,
    kudos: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let cause = format!("kudos:{kudos}");
    let given = Entry {
        member: giver,
        counter: Counter::KudosGiven,
        board: Some(board),
        other: None,
        delta: 1,
        cause: cause.clone(),
        counts_on: None,
    };
    award(db, &Earned::kudos(author, Some(giver), board, &cause), vec![given], now).await
}

/// Enters what a deed earns by the table and the two rules, and what else it counts for.
async fn award(
    db: &mut PgConnection,
    earned: &Earned,
    mut entries: Vec<Entry>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let mut members: Vec<MemberId> = entries.iter().map(|entry| entry.member).collect();
    members.push(earned.member);
    // Held before it is read what they earned so far, so that two deeds at once cannot both fill the day.
    store::hold(db, &members).await?;
    let today = day(now);
    let giver = earned.from.filter(|_| earned.deed == Deed::Kudos);
    let grounds =
        store::points::grounds(db, earned.member, giver, today, today - DIVERSITY).await?;
    let so_far = SoFar { today: grounds.today, thanked: grounds.thanked };
    let thousandths = grounds.table().earned(earned.deed, so_far);
    entries.extend(earned.entries(thousandths));
    ledger::append_held(db, &entries, now).await
}

/// What was earned elsewhere and long ago earns by the table alone.
pub(super) fn for_past(earned: &Earned, table: &PointTable) -> Vec<Entry> {
    earned.entries(table.worth(earned.deed))
}

/// Appends the negative of exactly what `cause` earned. It goes from the day that had it.
pub(crate) async fn undo(
    db: &mut PgConnection,
    cause: &str,
    undoing: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entries = negative(db, cause, undoing).await?;
    ledger::append(db, &entries, now).await
}

async fn negative(db: &mut PgConnection, cause: &str, undoing: &str) -> sqlx::Result<Vec<Entry>> {
    let earned = store::earned_by(db, cause).await?;
    let entry = |entered: store::Entered| {
        Some(Entry {
            member: entered.member_id,
            counter: Counter::named(&entered.metric)?,
            board: entered.board_id.map(BoardId),
            other: entered.other_id.map(MemberId),
            delta: -entered.delta,
            cause: undoing.to_owned(),
            counts_on: Some(entered.counts_on),
        })
    };
    Ok(earned.into_iter().filter_map(entry).collect())
}

/// The day that a moment belongs to.
pub(crate) fn day(now: OffsetDateTime) -> Date {
    now.to_offset(UtcOffset::UTC).date()
}

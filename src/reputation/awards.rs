//! What is earned by what: the public rules.

use super::{
    ledger::{self, Entry},
    metric::Counter,
    points::{DIVERSITY, Deed, PointTable, SoFar, WEIGHT},
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
    /// What kudos weigh, in thousandths.
    pub(super) weight: i64,
}

impl Earned {
    pub(super) fn post(author: MemberId, board: BoardId, post: PostId, position: i32) -> Self {
        let deed = if position == 1 { Deed::Thread } else { Deed::Reply };
        let cause = format!("post:{post}");
        Self { member: author, deed, board, from: None, cause, weight: WEIGHT }
    }

    pub(super) fn kudos(
        author: MemberId,
        giver: Option<MemberId>,
        board: BoardId,
        cause: &str,
    ) -> Self {
        let cause = cause.to_owned();
        Self { member: author, deed: Deed::Kudos, board, from: giver, cause, weight: WEIGHT }
    }

    /// The entries, with so many thousandths of a point.
    pub(super) fn entries(&self, thousandths: i64) -> Vec<Entry> {
        let counter = match self.deed {
            Deed::Solution => Counter::Solutions,
            Deed::Confirmation => Counter::Confirmations,
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
            other: self.from.filter(|_| !counter.is_amount()),
            delta,
            cause: self.cause.clone(),
            counts_on: None,
        };
        [
            (counter, 1),
            (Counter::Points, whole),
            (Counter::PointThousandths, rest),
            (Counter::ExemptPoints, exempt),
            (Counter::KudosExtra, self.weight - WEIGHT),
        ]
        .into_iter()
        .filter(|(_, delta)| *delta != 0)
        .map(|(counter, delta)| entry(counter, delta))
        .collect()
    }
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
        let deed = Deed::Solution;
        return Ok(Earned { member: author, deed, board, from: by, cause, weight: WEIGHT });
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

/// Somebody else with the same problem said that a reply, accepted as a solution, solved it; `number` names that one
/// time they did.
pub(crate) async fn solution_confirmed(
    db: &mut PgConnection,
    author: MemberId,
    by: MemberId,
    board: BoardId,
    number: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let earned = Earned {
        member: author,
        deed: Deed::Confirmation,
        board,
        from: Some(by),
        cause: confirmation(number),
        weight: WEIGHT,
    };
    award(db, &earned, Vec::new(), now).await
}

/// The cause of what a confirmation earned.
pub(crate) fn confirmation(number: i64) -> String {
    format!("confirmation:{number}")
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
    let weight = giver.map_or(WEIGHT, |_| grounds.weight);
    let so_far = SoFar { today: grounds.today, thanked: grounds.thanked, weight };
    let thousandths = grounds.table().earned(earned.deed, so_far);
    if let Some(giver) = giver.filter(|_| weight != WEIGHT) {
        entries.push(Entry {
            member: giver,
            counter: Counter::KudosGivenExtra,
            board: Some(earned.board),
            other: None,
            delta: weight - WEIGHT,
            cause: earned.cause.clone(),
            counts_on: None,
        });
    }
    entries.extend(Earned { weight, ..earned.clone() }.entries(thousandths));
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

/// The same for several causes at once, each by an undoing of its own.
pub(crate) async fn undo_all(
    db: &mut PgConnection,
    causes: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let earned = store::earned_by(db, causes).await?;
    let undone = |entered: store::Entered| {
        let undoing = format!("{}:undone", entered.cause);
        undone(entered, &undoing)
    };
    let entries: Vec<Entry> = earned.into_iter().filter_map(undone).collect();
    ledger::append(db, &entries, now).await
}

async fn negative(db: &mut PgConnection, cause: &str, undoing: &str) -> sqlx::Result<Vec<Entry>> {
    let earned = store::earned_by(db, &[cause.to_owned()]).await?;
    Ok(earned.into_iter().filter_map(|entered| undone(entered, undoing)).collect())
}

fn undone(entered: store::Entered, undoing: &str) -> Option<Entry> {
    Some(Entry {
        member: entered.member_id,
        counter: Counter::named(&entered.metric)?,
        board: entered.board_id.map(BoardId),
        other: entered.other_id.map(MemberId),
        delta: -entered.delta,
        cause: undoing.to_owned(),
        counts_on: Some(entered.counts_on),
    })
}

/// The day that a moment belongs to.
pub(crate) fn day(now: OffsetDateTime) -> Date {
    now.to_offset(UtcOffset::UTC).date()
}

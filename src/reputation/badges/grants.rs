//! Who has earned a badge already: everybody is looked at, some members at a time, and how far that has come can be
//! seen meanwhile.

use super::{Rules, Telling, settle, store::grants as rows};
use crate::{
    jobs::schedule::AT_ONCE,
    kit::MemberId,
    reputation::{awards::day, facts, ladder::Ladder, store},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How often it is looked whether there is somebody to look at.
pub(crate) const EVERY: Duration = Duration::MINUTE;

/// A look at everybody.
pub(crate) struct Grant {
    pub(super) id: i64,
    pub(super) badge_id: Option<i64>,
    pub(super) after_id: i64,
    pub(super) last_id: i64,
    /// Who got the badge so far.
    pub(crate) given: i64,
    /// When it was over.
    pub(crate) ended_at: Option<OffsetDateTime>,
}

impl Grant {
    /// How much of it is done, in a hundred.
    pub(crate) fn percent(&self) -> i64 {
        match self.ended_at {
            Some(_) => 100,
            None => (self.after_id * 100 / self.last_id.max(1)).clamp(0, 99),
        }
    }
}

/// Looks at the next members; returns how many they were. Run twice, it changes nothing. For one badge each is told
/// by a line; for all at once nobody is, because twenty lines are no joy.
///
/// # Errors
/// Those of the database.
pub(crate) async fn go_on(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    let grant = rows::next(db).await?;
    let Some(grant) = grant else { return Ok(0) };
    let members = store::facts::members_after(db, grant.after_id, AT_ONCE).await?;
    store::hold(db, &members).await?;
    let given = look_at(db, &grant, &members, now).await?;
    let last = members.last().map(|member| member.0);
    let ended = (members.len() as u64) < AT_ONCE.unsigned_abs();
    let done = Grant {
        after_id: last.unwrap_or(grant.after_id),
        given: grant.given + given as i64,
        ended_at: ended.then_some(now),
        ..grant
    };
    rows::set(db, &done).await?;
    Ok(members.len() as u64)
}

async fn look_at(
    db: &mut PgConnection,
    grant: &Grant,
    members: &[MemberId],
    now: OffsetDateTime,
) -> sqlx::Result<usize> {
    let rules = Rules::load(db, grant.badge_id).await?;
    let mut asked = Ladder::of(Vec::new());
    rules.ask(&mut asked);
    let subjects = facts::of(db, members, &asked.reads, &asked.deeds, day(now)).await?;
    let telling = if grant.badge_id.is_some() { Telling::Told } else { Telling::Untold };
    settle(db, &rules, &asked, &subjects, telling, now).await
}

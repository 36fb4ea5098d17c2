//! Asking the asker whether one of the replies solved it: once after three days and once after ten, where
//! a reply helped somebody and none was accepted.

mod store;

use crate::{
    kit::ThreadId,
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

pub(crate) use store::note_answer;

/// After so long for the first time.
const FIRST: Duration = Duration::days(3);
/// After so long for the second.
const SECOND: Duration = Duration::days(10);
/// Nobody is asked about what is older than this.
const OLDEST: Duration = Duration::days(30);

/// How often it is looked whom to ask.
pub(crate) const EVERY: Duration = Duration::HOUR;

/// Asks those who are due, at most so many; returns how many. Run twice, it asks nobody twice.
///
/// # Errors
/// Those of the database.
pub(crate) async fn ask(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let times = store::Times {
        oldest: now - OLDEST,
        first: now - FIRST,
        second: now - SECOND,
        between: now - (SECOND - FIRST),
    };
    let asked: Vec<ThreadId> = store::ask(db, times, now, most).await?;
    for thread in &asked {
        let event = Event::AskerAsked { thread: *thread };
        outbox::record(db, Actor::System("solutions"), &event, now).await?;
    }
    Ok(asked.len() as u64)
}

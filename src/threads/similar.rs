//! Threads like the one that somebody is about to begin, by the words of its title.
//!
//! Of each word the youngest threads of each board are looked at, so that a rare word finds old threads
//! and a common one costs no more than that. A thread is similar that shares half of the words. Those with
//! a solution come first.

mod store;

use super::{Thread, ThreadLine, lists};
use sqlx::PgConnection;

/// Fewest characters of a title that are looked for.
const SHORTEST: usize = 4;
/// Longest title that is looked at, in characters: longer ones are refused anyway.
const LONGEST: usize = 200;
/// Threads that are shown.
const MOST: i64 = 5;

/// The threads most like this title, of those that the viewer may see.
///
/// # Errors
/// Those of the database.
pub(crate) async fn to(
    db: &mut PgConnection,
    viewer: Option<i64>,
    title: &str,
) -> sqlx::Result<Vec<ThreadLine>> {
    find(db, viewer, title, None).await
}

/// The questions most like this one, of those to which it may be joined.
///
/// # Errors
/// Those of the database.
pub(crate) async fn to_question(
    db: &mut PgConnection,
    viewer: Option<i64>,
    question: &Thread,
) -> sqlx::Result<Vec<ThreadLine>> {
    find(db, viewer, &question.title, Some(question)).await
}

async fn find(
    db: &mut PgConnection,
    viewer: Option<i64>,
    title: &str,
    question: Option<&Thread>,
) -> sqlx::Result<Vec<ThreadLine>> {
    let title: String = title.replace('\0', "").chars().take(LONGEST).collect();
    if title.trim().chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let ids = store::like(db, viewer, &title, question, MOST).await?;
    lists::lines(db, viewer, &ids).await
}

//! Puzzles that were solved and used.

use crate::members::puzzle::Solved;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Uses a puzzle up. One of any number of simultaneous uses gets it.
pub(in crate::members) async fn spend(
    db: &mut PgConnection,
    solved: &Solved,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into spent_puzzles (mark, expires_at) values ($1, $2) on conflict do nothing",
        solved.mark,
        solved.expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a puzzle was used: asked before anything dear is done for whoever brings it.
pub(in crate::members) async fn is_spent(
    db: &mut PgConnection,
    solved: &Solved,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from spent_puzzles where mark = $1) as "spent!""#,
        solved.mark,
    )
    .fetch_one(db)
    .await
}

/// Forgets up to `most` that are too old to be used again; returns how many.
pub(crate) async fn forget_old(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from spent_puzzles
        where mark in (
            select mark
            from spent_puzzles
            where expires_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        now,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

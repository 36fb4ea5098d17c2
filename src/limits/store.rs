use sqlx::PgConnection;
use time::OffsetDateTime;

/// Takes a place if one is free, and says whether it was. `most` is how many seconds ahead of now the
/// places may be taken.
pub(super) async fn take(
    db: &mut PgConnection,
    subject: &str,
    seconds_each: f64,
    most: f64,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into rate_limits as held (subject, free_at)
        values ($1, $2::timestamptz + make_interval(secs => $3))
        on conflict (subject) do update
        set free_at = greatest(held.free_at, $2) + make_interval(secs => $3)
        where greatest(held.free_at, $2) + make_interval(secs => $3) <= $2 + make_interval(secs => $4)
        "#,
        subject,
        now,
        seconds_each,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When all places of this subject are back.
pub(super) async fn free_at(
    db: &mut PgConnection,
    subject: &str,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!("select free_at from rate_limits where subject = $1", subject)
        .fetch_optional(db)
        .await
}

/// Forgets up to `most` subjects that have all their places back; returns how many.
pub(crate) async fn forget_free(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from rate_limits
        where subject in (
            select subject
            from rate_limits
            where free_at <= $1
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

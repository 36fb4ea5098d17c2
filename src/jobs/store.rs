use crate::kit::JobId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A job that is due.
pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) name: String,
    pub(super) payload: serde_json::Value,
    pub(super) failures: i32,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    name: &str,
    payload: serde_json::Value,
    key: Option<&str>,
    run_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into jobs (name, payload, key, run_at, enqueued_at)
        values ($1, $2, $3, $4, $4)
        on conflict (key) where gave_up_at is null and key is not null do nothing
        "#,
        name,
        payload,
        key,
        run_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The next job that is due, locked for this transaction.
pub(super) async fn claim(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Option<Job>> {
    sqlx::query_as!(
        Job,
        r#"
        select id, name, payload, failures
        from jobs
        where run_at <= $1
            and gave_up_at is null
        order by run_at, id
        limit 1
        for update skip locked
        "#,
        now,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn done(db: &mut PgConnection, id: JobId) -> sqlx::Result<()> {
    sqlx::query!("delete from jobs where id = $1", id.0).execute(db).await?;
    Ok(())
}

pub(super) async fn failed(
    db: &mut PgConnection,
    id: JobId,
    error: &str,
    run_at: OffsetDateTime,
    gave_up_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update jobs
        set failures = failures + 1, last_error = $2, run_at = $3, gave_up_at = $4
        where id = $1
        "#,
        id.0,
        error,
        run_at,
        gave_up_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Jobs that wait to be run, now or later.
///
/// # Errors
/// Those of the database.
pub async fn waiting(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from jobs where gave_up_at is null"#)
        .fetch_one(db)
        .await
}

/// Names and last errors of jobs that failed: given up, or waiting to be tried again.
///
/// # Errors
/// Those of the database.
pub async fn gave_up(db: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select name || ': ' || coalesce(last_error, '') as "line!"
        from jobs
        where failures > 0
        order by id
        limit 100
        "#,
    )
    .fetch_all(db)
    .await
}

/// Makes a chore's row if there is none; never done until now.
pub(super) async fn know_chore(db: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into chores (name, done_at) values ($1, '-infinity') on conflict do nothing",
        name
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Holds a chore's row until the transaction ends; false where it was done after `before` or another
/// node is at it.
pub(super) async fn claim_chore(
    db: &mut PgConnection,
    name: &str,
    before: OffsetDateTime,
) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        r#"
        select name
        from chores
        where name = $1
            and done_at <= $2
        for update skip locked
        "#,
        name,
        before,
    )
    .fetch_optional(db)
    .await?;
    Ok(claimed.is_some())
}

/// Notes that a chore is done.
pub(super) async fn chore_done(
    db: &mut PgConnection,
    name: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update chores set done_at = $2 where name = $1", name, now).execute(db).await?;
    Ok(())
}

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    token_hash: &[u8],
    member: MemberId,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into sessions (token_hash, member_id, started_at, seen_at, expires_at)
        values ($1, $2, $3, $3, $4)
        "#,
        token_hash,
        member.0,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::members) async fn delete(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where token_hash = $1", token_hash).execute(db).await?;
    Ok(())
}

pub(in crate::members) async fn delete_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where member_id = $1", member.0).execute(db).await?;
    Ok(())
}

/// Takes away up to `most` sessions that have ended; returns how many.
pub(crate) async fn forget_ended(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from sessions
        where token_hash in (
            select token_hash
            from sessions
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

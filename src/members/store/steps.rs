//! Sign-ins that wait for their second step.

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    token_hash: &[u8],
    member: MemberId,
    proof: &str,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into pending_sign_ins (token_hash, member_id, proof, begun_at, expires_at)
        values ($1, $2, $3, $4, $5)
        "#,
        token_hash,
        member.0,
        proof,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody who has shown who they are and owes the second factor.
pub(in crate::members) struct Pending {
    pub(in crate::members) member_id: MemberId,
    pub(in crate::members) proof: String,
}

/// Who waits under this secret, if so few attempts were made.
pub(in crate::members) async fn pending(
    db: &mut PgConnection,
    token_hash: &[u8],
    attempts: i32,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Pending>> {
    sqlx::query_as!(
        Pending,
        r#"
        select member_id, proof
        from pending_sign_ins
        where token_hash = $1
            and attempts < $2
            and expires_at > $3
        "#,
        token_hash,
        attempts,
        now,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::members) async fn count_attempt(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update pending_sign_ins set attempts = attempts + 1 where token_hash = $1",
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::members) async fn delete(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("delete from pending_sign_ins where token_hash = $1", token_hash)
        .execute(db)
        .await?;
    Ok(())
}

pub(in crate::members) async fn delete_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from pending_sign_ins where member_id = $1", member.0).execute(db).await?;
    Ok(())
}

/// Takes away up to `most` that wait no more; returns how many.
pub(crate) async fn forget_late(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from pending_sign_ins
        where token_hash in (
            select token_hash
            from pending_sign_ins
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

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    token_hash: &[u8],
    member: MemberId,
    purpose: &str,
    email: &str,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into member_tokens (token_hash, member_id, purpose, email, sent_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        token_hash,
        member.0,
        purpose,
        email,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::members) struct Proof {
    pub(in crate::members) member_id: MemberId,
    pub(in crate::members) email: String,
}

/// The link, if it can still be used.
pub(in crate::members) async fn usable(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Proof>> {
    sqlx::query_as!(
        Proof,
        r#"
        select member_id, email
        from member_tokens
        where token_hash = $1
            and purpose = $2
            and used_at is null
            and expires_at > $3
        "#,
        token_hash,
        purpose,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Uses the link up. One of any number of simultaneous uses gets it.
pub(in crate::members) async fn spend(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Proof>> {
    sqlx::query_as!(
        Proof,
        r#"
        update member_tokens
        set used_at = $3
        where token_hash = $1
            and purpose = $2
            and used_at is null
            and expires_at > $3
        returning member_id, email
        "#,
        token_hash,
        purpose,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Makes all other links of a member worthless.
pub(in crate::members) async fn void_all(
    db: &mut PgConnection,
    member: MemberId,
    purpose: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update member_tokens
        set used_at = $3
        where member_id = $1
            and purpose = $2
            and used_at is null
        "#,
        member.0,
        purpose,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away up to `most` links that can no longer be used; returns how many.
pub(crate) async fn forget_worthless(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from member_tokens
        where token_hash in (
            select token_hash
            from member_tokens
            where expires_at <= $1
                or used_at is not null
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

/// Takes away all links of a member.
pub(in crate::members) async fn forget_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from member_tokens where member_id = $1", member.0).execute(db).await?;
    Ok(())
}

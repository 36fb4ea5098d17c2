use crate::{kit::MemberId, members::device::Device};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a new session is made of.
pub(in crate::members) struct NewRow<'a> {
    pub(in crate::members) token_hash: &'a [u8],
    pub(in crate::members) member: MemberId,
    pub(in crate::members) device: Device,
    pub(in crate::members) expires_at: OffsetDateTime,
}

pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    new: NewRow<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into sessions (token_hash, member_id, browser, system, started_at, seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $5, $6)
        "#,
        new.token_hash,
        new.member.0,
        new.device.browser,
        new.device.system,
        now,
        new.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes how a session began.
pub(in crate::members) async fn note_way(
    db: &mut PgConnection,
    token_hash: &[u8],
    proof: &str,
    factor: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set proof = $2, factor = $3 where token_hash = $1",
        token_hash,
        proof,
        factor,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session as its member sees it, and those who run the community.
pub(crate) struct Session {
    /// What it is ended by: made of the hash of the token, and nothing can be made of it.
    pub(crate) id: String,
    pub(crate) browser: Option<String>,
    pub(crate) system: Option<String>,
    pub(crate) started_at: OffsetDateTime,
    pub(crate) seen_at: OffsetDateTime,
    pub(crate) proof: Option<String>,
    pub(crate) factor: Option<String>,
    /// Whether it is the one that asks.
    pub(crate) this: bool,
}

/// The sessions of a member that still count, this one first and then the last seen.
pub(crate) async fn of_member(
    db: &mut PgConnection,
    member: MemberId,
    this: Option<&[u8]>,
    now: OffsetDateTime,
    seen_after: OffsetDateTime,
) -> sqlx::Result<Vec<Session>> {
    sqlx::query_as!(
        Session,
        r#"
        select
            encode(substring(sha256(token_hash) for 12), 'hex') as "id!",
            browser,
            system,
            started_at,
            seen_at,
            proof,
            factor,
            (token_hash is not distinct from $2) as "this!"
        from sessions
        where member_id = $1
            and expires_at > $3
            and seen_at > $4
        order by (token_hash is not distinct from $2) desc, seen_at desc, started_at desc
        limit 100
        "#,
        member.0,
        this,
        now,
        seen_after,
    )
    .fetch_all(db)
    .await
}

/// Whether this is a session of the member that has neither ended nor been forgotten.
pub(in crate::members) async fn counts(
    db: &mut PgConnection,
    token_hash: &[u8],
    member: MemberId,
    now: OffsetDateTime,
    seen_after: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from sessions
            where token_hash = $1
                and member_id = $2
                and expires_at > $3
                and seen_at > $4
        ) as "counts!"
        "#,
        token_hash,
        member.0,
        now,
        seen_after,
    )
    .fetch_one(db)
    .await
}

/// Ends the session that [`Session::id`] names, if it is this member's; says whether it was.
pub(in crate::members) async fn delete_named(
    db: &mut PgConnection,
    member: MemberId,
    id: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        delete from sessions
        where member_id = $1
            and encode(substring(sha256(token_hash) for 12), 'hex') = $2
        "#,
        member.0,
        id,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::members) async fn delete_others(
    db: &mut PgConnection,
    member: MemberId,
    but: Option<&[u8]>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sessions where member_id = $1 and token_hash is distinct from $2",
        member.0,
        but,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose it was, if there was one.
pub(in crate::members) async fn delete(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"delete from sessions where token_hash = $1 returning member_id as "member_id: MemberId""#,
        token_hash,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::members) async fn delete_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from sessions where member_id = $1", member.0).execute(db).await?;
    Ok(done.rows_affected())
}

/// How many sessions of a member there are.
pub(in crate::members) async fn count(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from sessions where member_id = $1"#,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// Takes away up to `most` sessions that have ended, by their age or because they were not seen since
/// `seen_after`; returns how many.
pub(crate) async fn forget_ended(
    db: &mut PgConnection,
    now: OffsetDateTime,
    seen_after: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from sessions
        where token_hash in (
            select token_hash
            from sessions
            where expires_at <= $1
                or seen_at <= $2
            limit $3
            for update skip locked
        )
        "#,
        now,
        seen_after,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Whether whoever uses the session showed who they are after `since`. That it began shows nothing where a
/// provider let them through: it may not have asked them anything.
pub(in crate::members) async fn proved_after(
    db: &mut PgConnection,
    token_hash: &[u8],
    since: OffsetDateTime,
) -> sqlx::Result<bool> {
    let proved_at = sqlx::query_scalar!(
        r#"
        select case
            when proof = 'provider' and factor is null then proved_at
            else greatest(started_at, proved_at)
        end as "proved_at"
        from sessions
        where token_hash = $1
        "#,
        token_hash,
    )
    .fetch_optional(db)
    .await?
    .flatten();
    Ok(proved_at.is_some_and(|proved_at| proved_at > since))
}

/// Whether this is a session of the member.
pub(in crate::members) async fn is_of(
    db: &mut PgConnection,
    member: MemberId,
    token_hash: &[u8],
) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select member_id from sessions where token_hash = $1 and member_id = $2",
        token_hash,
        member.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Notes that whoever uses the session of this member has shown who they are.
pub(in crate::members) async fn prove(
    db: &mut PgConnection,
    member: MemberId,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set proved_at = $3 where token_hash = $1 and member_id = $2",
        token_hash,
        member.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that whoever uses the session of this member has shown again who they are, and gives it another secret;
/// false where there is none.
pub(in crate::members) async fn renew(
    db: &mut PgConnection,
    member: MemberId,
    token_hash: &[u8],
    fresh_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update sessions
        set token_hash = $3, proved_at = $4
        where token_hash = $1
            and member_id = $2
        "#,
        token_hash,
        member.0,
        fresh_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

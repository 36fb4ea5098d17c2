use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps the account as it is until the transaction ends. Whoever begins a session, or gives or takes a
/// factor, or erases the account, holds it first, so that these come one after another. False where the
/// account is erased, and nobody's any more.
pub(crate) async fn hold(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    let held = sqlx::query_scalar!(
        r#"select erased_at is null as "held!" from members where id = $1 for no key update"#,
        member.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(held.unwrap_or(false))
}

/// The second factors that a member has.
#[derive(Debug, Clone)]
pub(in crate::members) struct Held {
    /// Since when an app's codes count.
    pub(in crate::members) app: Option<OffsetDateTime>,
    pub(in crate::members) passkeys: i64,
    /// Recovery codes that were not used yet.
    pub(in crate::members) codes: i64,
}

impl Held {
    /// How many there are; recovery codes only stand in for them.
    pub(in crate::members) fn count(&self) -> i64 {
        i64::from(self.app.is_some()) + self.passkeys
    }
}

pub(in crate::members) async fn held(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Held> {
    sqlx::query_as!(
        Held,
        r#"
        select
            (select confirmed_at from totp_seeds where member_id = $1) as app,
            (select count(*) from passkeys where member_id = $1) as "passkeys!",
            (
                select count(*)
                from recovery_codes
                where member_id = $1
                    and used_at is null
            ) as "codes!"
        "#,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// Begins with a seed in a session, in place of one that no code has confirmed. False where one is in force.
pub(in crate::members) async fn begin_seed(
    db: &mut PgConnection,
    member: MemberId,
    sealed: &[u8],
    session: Option<&[u8]>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into totp_seeds (member_id, seed, begun_at, begun_in)
        values ($1, $2, $3, $4)
        on conflict (member_id) do update
        set seed = excluded.seed, begun_at = excluded.begun_at, begun_in = excluded.begun_in
        where totp_seeds.confirmed_at is null
        "#,
        member.0,
        sealed,
        now,
        session,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The sealed seed that was begun in this session after `begun_after` and that no code has confirmed.
pub(in crate::members) async fn begun_seed(
    db: &mut PgConnection,
    member: MemberId,
    session: Option<&[u8]>,
    begun_after: OffsetDateTime,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        r#"
        select seed
        from totp_seeds
        where member_id = $1
            and confirmed_at is null
            and begun_at > $2
            and begun_in = $3
        "#,
        member.0,
        begun_after,
        session,
    )
    .fetch_optional(db)
    .await
}

/// The sealed seed in force.
pub(in crate::members) async fn seed(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select seed from totp_seeds where member_id = $1 and confirmed_at is not null",
        member.0,
    )
    .fetch_optional(db)
    .await
}

/// Puts the begun seed in force, if it still is this one, with the step of the code that showed it.
pub(in crate::members) async fn confirm_seed(
    db: &mut PgConnection,
    member: MemberId,
    sealed: &[u8],
    step: i64,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update totp_seeds
        set confirmed_at = $4, last_step = $3, begun_in = null
        where member_id = $1
            and seed = $2
            and confirmed_at is null
        "#,
        member.0,
        sealed,
        step,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses up the code of a step and those before it; false where it was used up already.
pub(in crate::members) async fn spend_step(
    db: &mut PgConnection,
    member: MemberId,
    step: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update totp_seeds
        set last_step = $2
        where member_id = $1
            and last_step < $2
            and confirmed_at is not null
        "#,
        member.0,
        step,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes away the seed that no code has confirmed.
pub(in crate::members) async fn delete_begun(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from totp_seeds where member_id = $1 and confirmed_at is null", member.0)
        .execute(db)
        .await?;
    Ok(())
}

pub(in crate::members) async fn delete_seed(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from totp_seeds where member_id = $1", member.0).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Puts these recovery codes in place of all others.
pub(in crate::members) async fn replace_codes(
    db: &mut PgConnection,
    member: MemberId,
    hashes: &[Vec<u8>],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    delete_codes(db, member).await?;
    sqlx::query!(
        r#"
        insert into recovery_codes (member_id, code_hash, made_at)
        select $1, code.hash, $3
        from unnest($2::bytea[]) as code (hash)
        "#,
        member.0,
        hashes,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Uses up a recovery code. One of any number of simultaneous uses gets it.
pub(in crate::members) async fn spend_code(
    db: &mut PgConnection,
    member: MemberId,
    hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update recovery_codes
        set used_at = $3
        where member_id = $1
            and code_hash = $2
            and used_at is null
        "#,
        member.0,
        hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::members) async fn delete_codes(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from recovery_codes where member_id = $1", member.0).execute(db).await?;
    Ok(())
}

/// Takes away up to `most` seeds begun before `begun_before` that no code confirmed; returns how many.
pub(crate) async fn forget_begun(
    db: &mut PgConnection,
    begun_before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from totp_seeds
        where member_id in (
            select member_id
            from totp_seeds
            where confirmed_at is null
                and begun_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        begun_before,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

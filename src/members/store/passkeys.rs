use crate::kit::{MemberId, PasskeyId};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What passkeys know this member by: what they always knew them by, else `fresh`, from now on.
pub(in crate::members) async fn user(
    db: &mut PgConnection,
    member: MemberId,
    fresh: Uuid,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        r#"
        update members
        set passkey_user = coalesce(passkey_user, $2)
        where id = $1
        returning passkey_user as "user!"
        "#,
        member.0,
        fresh,
    )
    .fetch_one(db)
    .await
}

/// A passkey as its member sees it.
pub(in crate::members) struct PasskeyLine {
    pub(in crate::members) id: PasskeyId,
    pub(in crate::members) name: String,
    pub(in crate::members) added_at: OffsetDateTime,
    pub(in crate::members) used_at: Option<OffsetDateTime>,
}

impl PasskeyLine {
    /// Where it is renamed and removed.
    pub(in crate::members) fn url(&self) -> String {
        format!("/settings/factors/passkeys/{}", self.id)
    }
}

pub(in crate::members) async fn of_member(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<PasskeyLine>> {
    sqlx::query_as!(
        PasskeyLine,
        r#"
        select id, name, added_at, used_at
        from passkeys
        where member_id = $1
        order by id
        "#,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// What the library wrote down of each of a member's passkeys.
pub(in crate::members) async fn credentials(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<Value>> {
    sqlx::query_scalar!(
        "select credential from passkeys where member_id = $1 order by id",
        member.0
    )
    .fetch_all(db)
    .await
}

/// A passkey that somebody shows.
pub(in crate::members) struct Shown {
    pub(in crate::members) id: PasskeyId,
    pub(in crate::members) member_id: MemberId,
    pub(in crate::members) user: Option<Uuid>,
    pub(in crate::members) credential: Value,
}

/// The passkey that its authenticator calls so.
pub(in crate::members) async fn shown(
    db: &mut PgConnection,
    credential_id: &[u8],
) -> sqlx::Result<Option<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"
        select
            passkeys.id,
            passkeys.member_id,
            members.passkey_user as "user",
            passkeys.credential
        from passkeys
        join members on members.id = passkeys.member_id
        where passkeys.credential_id = $1
        "#,
        credential_id,
    )
    .fetch_optional(db)
    .await
}

/// False where somebody has it already.
pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    member: MemberId,
    credential_id: &[u8],
    name: &str,
    credential: &Value,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into passkeys (member_id, credential_id, name, credential, added_at)
        values ($1, $2, $3, $4, $5)
        on conflict (credential_id) do nothing
        "#,
        member.0,
        credential_id,
        name,
        credential,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes a use, with the counter that came with it.
pub(in crate::members) async fn used(
    db: &mut PgConnection,
    id: PasskeyId,
    credential: &Value,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update passkeys set credential = $2, used_at = $3 where id = $1",
        id.0,
        credential,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// False where the member has no such passkey.
pub(in crate::members) async fn rename(
    db: &mut PgConnection,
    member: MemberId,
    id: PasskeyId,
    name: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update passkeys set name = $3 where member_id = $1 and id = $2",
        member.0,
        id.0,
        name,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False where the member has no such passkey.
pub(in crate::members) async fn delete(
    db: &mut PgConnection,
    member: MemberId,
    id: PasskeyId,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("delete from passkeys where member_id = $1 and id = $2", member.0, id.0)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::members) async fn delete_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("delete from passkeys where member_id = $1", member.0).execute(db).await?;
    Ok(done.rows_affected())
}

pub(in crate::members) async fn ask(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: &str,
    member: Option<MemberId>,
    state: &Value,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into passkey_challenges (token_hash, purpose, member_id, state, expires_at)
        values ($1, $2, $3, $4, $5)
        "#,
        token_hash,
        purpose,
        member.map(|member| member.0),
        state,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the challenge, which nobody can answer once more.
pub(in crate::members) async fn answer(
    db: &mut PgConnection,
    token_hash: &[u8],
    purpose: &str,
    member: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        r#"
        delete from passkey_challenges
        where token_hash = $1
            and purpose = $2
            and member_id is not distinct from $3
            and expires_at > $4
        returning state
        "#,
        token_hash,
        purpose,
        member.map(|member| member.0),
        now,
    )
    .fetch_optional(db)
    .await
}

/// Takes away what was asked of a member's passkeys and not answered yet.
pub(in crate::members) async fn delete_asked(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from passkey_challenges where member_id = $1", member.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Takes away up to `most` challenges that nobody can answer any more; returns how many.
pub(crate) async fn forget_unanswered(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from passkey_challenges
        where token_hash in (
            select token_hash
            from passkey_challenges
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

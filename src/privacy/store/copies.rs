use crate::{kit::MemberId, storage::Hash};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The copy that a member asked for last.
pub(in crate::privacy) struct Copy {
    pub(in crate::privacy) asked_at: OffsetDateTime,
    /// None while it is being made.
    pub(in crate::privacy) ready_at: Option<OffsetDateTime>,
    pub(in crate::privacy) expires_at: OffsetDateTime,
    pub(in crate::privacy) bytes: i64,
}

pub(in crate::privacy) async fn of_member(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Copy>> {
    sqlx::query_as!(
        Copy,
        r#"
        select asked_at, ready_at, expires_at, bytes
        from copies
        where member_id = $1
            and expires_at > $2
        "#,
        member.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Begins a copy in place of the one before.
pub(in crate::privacy) async fn begin(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("delete from copies where member_id = $1", member.0).execute(&mut *db).await?;
    sqlx::query!(
        "insert into copies (member_id, asked_at, expires_at) values ($1, $2, $3)",
        member.0,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Holds a copy that is to be made; false where there is none, or it is made already.
pub(in crate::privacy) async fn hold_unmade(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<bool> {
    let held = sqlx::query!(
        "select member_id from copies where member_id = $1 and ready_at is null for update",
        member.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(held.is_some())
}

pub(in crate::privacy) async fn add_part(
    db: &mut PgConnection,
    member: MemberId,
    number: i32,
    bytes: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into copy_parts (member_id, number, bytes) values ($1, $2, $3)",
        member.0,
        number,
        bytes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds what lies in the store under this name.
pub(in crate::privacy) async fn add_content(
    db: &mut PgConnection,
    member: MemberId,
    number: i32,
    content: Hash,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into copy_parts (member_id, number, bytes, content) values ($1, $2, '', $3)",
        member.0,
        number,
        content.as_bytes(),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::privacy) async fn set_ready(
    db: &mut PgConnection,
    member: MemberId,
    bytes: i64,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update copies set ready_at = $2, bytes = $3, expires_at = $4 where member_id = $1",
        member.0,
        now,
        bytes,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A piece of a copy.
pub(in crate::privacy) struct Part {
    pub(in crate::privacy) bytes: Vec<u8>,
    content: Option<Vec<u8>>,
    length: Option<i64>,
}

impl Part {
    /// The content of the store that stands here, and how long it is.
    pub(in crate::privacy) fn content(&self) -> Option<(Hash, u64)> {
        let hash = Hash::from_bytes(self.content.as_deref()?)?;
        Some((hash, u64::try_from(self.length?).ok()?))
    }
}

/// One piece of the copy that was ready at this time. A copy made meanwhile is another.
pub(in crate::privacy) async fn part(
    db: &mut PgConnection,
    member: MemberId,
    ready_at: OffsetDateTime,
    number: i32,
) -> sqlx::Result<Option<Part>> {
    sqlx::query_as!(
        Part,
        r#"
        select copy_parts.bytes, copy_parts.content, blobs.bytes as "length?"
        from copy_parts
        join copies on copies.member_id = copy_parts.member_id
        left join blobs on blobs.hash = copy_parts.content
        where copy_parts.member_id = $1
            and copies.ready_at = $2
            and copy_parts.number = $3
        "#,
        member.0,
        ready_at,
        number,
    )
    .fetch_optional(db)
    .await
}

/// Takes away up to `most` copies that are too old; returns how many.
pub(crate) async fn forget_old(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from copies
        where member_id in (
            select member_id
            from copies
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

/// Whom a mail about a copy goes to.
pub(in crate::privacy) struct Addressee {
    pub(in crate::privacy) handle: String,
    pub(in crate::privacy) name: String,
    pub(in crate::privacy) email: String,
}

/// The member, where they proved an address.
pub(in crate::privacy) async fn addressee(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Option<Addressee>> {
    sqlx::query_as!(
        Addressee,
        r#"
        select handle, name, email as "email!"
        from members
        where id = $1
            and email is not null
            and email_confirmed_at is not null
        "#,
        member.0,
    )
    .fetch_optional(db)
    .await
}

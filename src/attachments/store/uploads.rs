use crate::{
    attachments::upload::Upload,
    kit::{AttachmentId, MemberId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Lets one upload of a member begin after the other.
pub(in crate::attachments) async fn hold_member(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("select id from members where id = $1 for no key update", member.0)
        .fetch_optional(db)
        .await?;
    Ok(())
}

/// Bytes of all a member has uploaded or is uploading.
pub(in crate::attachments) async fn taken(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select (
            coalesce((select sum(bytes) from attachments where member_id = $1), 0)
            + coalesce((select sum(bytes) from uploads where member_id = $1 and attachment_id is null), 0)
        )::bigint as "bytes!"
        "#,
        member.0,
    )
    .fetch_one(db)
    .await
}

pub(in crate::attachments) async fn insert_upload(
    db: &mut PgConnection,
    id: Uuid,
    member: MemberId,
    name: &str,
    bytes: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into uploads (id, member_id, name, bytes, touched_at) values ($1, $2, $3, $4, $5)",
        id,
        member.0,
        name,
        bytes,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::attachments) async fn upload(
    db: &mut PgConnection,
    id: Uuid,
    member: MemberId,
) -> sqlx::Result<Option<Upload>> {
    sqlx::query_as!(
        Upload,
        r#"
        select
            id,
            member_id as "member_id: MemberId",
            name,
            bytes,
            received,
            attachment_id as "attachment_id: AttachmentId"
        from uploads
        where id = $1
            and member_id = $2
        "#,
        id,
        member.0,
    )
    .fetch_optional(db)
    .await
}

/// The same, held until the transaction ends.
pub(in crate::attachments) async fn hold_upload(
    db: &mut PgConnection,
    id: Uuid,
    member: MemberId,
) -> sqlx::Result<Option<Upload>> {
    sqlx::query_as!(
        Upload,
        r#"
        select
            id,
            member_id as "member_id: MemberId",
            name,
            bytes,
            received,
            attachment_id as "attachment_id: AttachmentId"
        from uploads
        where id = $1
            and member_id = $2
        for update
        "#,
        id,
        member.0,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::attachments) async fn note_received(
    db: &mut PgConnection,
    id: Uuid,
    received: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update uploads set received = $2, touched_at = $3 where id = $1",
        id,
        received,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that an upload is all here, and how long it is.
pub(in crate::attachments) async fn note_measured(
    db: &mut PgConnection,
    id: Uuid,
    bytes: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update uploads set bytes = $2, received = $2, touched_at = $3 where id = $1",
        id,
        bytes,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes what became of an upload: whoever lost the answer asks again.
pub(in crate::attachments) async fn became(
    db: &mut PgConnection,
    id: Uuid,
    attachment: AttachmentId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update uploads set attachment_id = $2, touched_at = $3 where id = $1",
        id,
        attachment.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::attachments) async fn forget_upload(
    db: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<()> {
    sqlx::query!("delete from uploads where id = $1", id).execute(db).await?;
    Ok(())
}

/// Forgets up to `most` uploads that were last touched before; returns them.
pub(in crate::attachments) async fn forget_uploads(
    db: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"
        delete from uploads
        where id in (
            select id
            from uploads
            where touched_at < $1
            limit $2
            for update skip locked
        )
        returning id
        "#,
        before,
        most,
    )
    .fetch_all(db)
    .await
}

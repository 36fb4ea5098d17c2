//! SQL of this room.

mod contents;
mod uploads;

use super::{
    attachment::{Attachment, Kind},
    content::Kept,
    upload::Upload,
};
use crate::kit::{AttachmentId, MemberId, PostId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub use contents::{Content, contents};
pub(super) use contents::{expect, forget_contents, forget_unused, is_any_due, may_remove, need};
pub(super) use uploads::{
    became, forget_upload, forget_uploads, hold_member, hold_upload, insert_upload, note_measured,
    note_received, taken, upload,
};

/// Whether there is a board on which this member may upload.
pub(super) async fn may_upload(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from rights_of($1) where uploads) as "may!""#,
        member.0,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn attachment(
    db: &mut PgConnection,
    id: AttachmentId,
) -> sqlx::Result<Option<Attachment>> {
    sqlx::query_as!(
        Attachment,
        r#"
        select id, kind as "kind: Kind", name, media_type, bytes, width, height
        from attachments
        where id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Writes an attachment that no post shows yet; the same once more is the one that is there.
pub(super) async fn insert(
    db: &mut PgConnection,
    upload: &Upload,
    kind: Kind,
    kept: &Kept,
    now: OffsetDateTime,
) -> sqlx::Result<AttachmentId> {
    let picture = kept.picture.as_ref();
    let side = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    sqlx::query_scalar!(
        r#"
        insert into attachments as there (
            member_id, kind, name, media_type, bytes, hash, width, height, small_hash, medium_hash, uploaded_at,
            unused_since
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        on conflict on constraint attachments_once do update
        -- Kept as long as one that came now; one that a post shows is kept anyway.
        set unused_since = case when there.unused_since is not null then excluded.unused_since end
        returning id as "id: AttachmentId"
        "#,
        upload.member_id.0,
        kind as Kind,
        kept.name,
        kept.media_type,
        kept.content.bytes.len() as i64,
        kept.content.hash.as_bytes(),
        picture.map(|picture| side(picture.width)),
        picture.map(|picture| side(picture.height)),
        picture.map(|picture| picture.small.hash.as_bytes()),
        picture.map(|picture| picture.medium.hash.as_bytes()),
        now,
    )
    .fetch_one(db)
    .await
}

/// What a post shows.
pub(super) async fn shown_by(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select attachment_id as "id!: i64" from post_attachments where post_id = $1"#,
        post.0,
    )
    .fetch_all(db)
    .await
}

/// Holds these until the transaction ends.
pub(super) async fn hold(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        "select id from attachments where id = any($1) order by id for no key update",
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

pub(super) async fn unshow_others(
    db: &mut PgConnection,
    post: PostId,
    ids: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from post_attachments where post_id = $1 and attachment_id <> all($2)",
        post.0,
        ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn show(db: &mut PgConnection, post: PostId, ids: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into post_attachments (post_id, attachment_id)
        select $1, id
        from unnest($2::bigint[]) as id
        on conflict do nothing
        "#,
        post.0,
        ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes of these whether a post shows them.
pub(super) async fn settle(
    db: &mut PgConnection,
    ids: &[i64],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update attachments
        set unused_since = case when shown.is then null else coalesce(unused_since, $2) end
        from (
            select
                id,
                exists (select from post_attachments where post_attachments.attachment_id = id) as is
            from unnest($1::bigint[]) as id
        ) as shown
        where attachments.id = shown.id
        "#,
        ids,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

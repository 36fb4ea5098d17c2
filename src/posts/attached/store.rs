use super::Where;
use crate::{
    attachments::{Attachment, attachment::Kind},
    kit::{AttachmentId, ThreadId},
};
use sqlx::PgConnection;

/// Those of these attachments that may be shown there.
pub(super) async fn usable(
    db: &mut PgConnection,
    ids: &[i64],
    place: Where,
) -> sqlx::Result<Vec<Attachment>> {
    sqlx::query_as!(
        Attachment,
        r#"
        select
            attachments.id as "id: AttachmentId",
            attachments.kind as "kind: Kind",
            attachments.name,
            attachments.media_type,
            attachments.bytes,
            attachments.width,
            attachments.height
        from attachments
        where attachments.id = any($1)
            and (
                attachments.member_id = $2
                or exists (
                    select
                    from post_attachments
                    join posts on posts.id = post_attachments.post_id
                    where post_attachments.attachment_id = attachments.id
                        and posts.thread_id = $3
                        and (
                            posts.id = $4
                            or posts.deleted_at is null and posts.removed_at is null and posts.position is not null
                        )
                )
            )
        "#,
        ids,
        place.author.map(|member| member.0),
        place.thread.map(|thread| thread.0),
        place.post.map(|post| post.0),
    )
    .fetch_all(db)
    .await
}

/// Whether the thread does not show all of these yet.
pub(super) async fn is_any_new(
    db: &mut PgConnection,
    ids: &[i64],
    thread: ThreadId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from unnest($1::bigint[]) as wanted (id)
            where not exists (
                select
                from post_attachments
                join posts on posts.id = post_attachments.post_id
                where post_attachments.attachment_id = wanted.id
                    and posts.thread_id = $2
            )
        ) as "any!"
        "#,
        ids,
        thread.0,
    )
    .fetch_one(db)
    .await
}

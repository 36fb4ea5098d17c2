//! What goes of a member's files when the account is erased.

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Files that no post shows any more, and those on their way in, which are returned: they lie in the store under
/// their own names. What the others held goes with what nothing needs.
pub(in crate::privacy) async fn forget_files(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Uuid>> {
    let parts =
        sqlx::query_scalar!("delete from uploads where member_id = $1 returning id", member.0)
            .fetch_all(&mut *db)
            .await?;
    sqlx::query!(
        r#"
        with emptied as (
            delete from post_attachments
            using attachments, posts
            where attachments.id = post_attachments.attachment_id
                and attachments.member_id = $1
                and posts.id = post_attachments.post_id
                and posts.author_id = $1
                and posts.deleted_at is not null
            returning post_attachments.post_id, post_attachments.attachment_id
        )
        update attachments
        set unused_since = coalesce(unused_since, $2)
        where member_id = $1
            and not exists (
                select
                from post_attachments
                where post_attachments.attachment_id = attachments.id
                    and (post_id, attachment_id) not in (select post_id, attachment_id from emptied)
            )
        "#,
        member.0,
        now,
    )
    .execute(&mut *db)
    .await?;
    let gone = sqlx::query!(
        r#"
        delete from attachments
        where member_id = $1
            and unused_since is not null
        returning hash, small_hash, medium_hash
        "#,
        member.0,
    )
    .fetch_all(&mut *db)
    .await?;
    let hashes: Vec<Vec<u8>> = gone
        .into_iter()
        .flat_map(|row| [Some(row.hash), row.small_hash, row.medium_hash])
        .flatten()
        .collect();
    sqlx::query!(
        r#"
        update blobs
        set unused_since = $2
        where hash = any($1)
            and not exists (select from attachments where attachments.hash = blobs.hash)
            and not exists (select from attachments where attachments.small_hash = blobs.hash)
            and not exists (select from attachments where attachments.medium_hash = blobs.hash)
        "#,
        &hashes,
        now,
    )
    .execute(db)
    .await?;
    Ok(parts)
}

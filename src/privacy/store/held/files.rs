//! What the member uploaded. The contents stand beside it in the copy.

use super::{Held, subject};
use crate::{kit::MemberId, storage::Hash};
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

subject!(
    files,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select
            attachments.id as key,
            json_build_object(
                'address', '/files/' || attachments.id,
                'in_this_copy', 'files/' || attachments.id || '-' || attachments.name,
                'name', attachments.name,
                'type', attachments.media_type,
                'bytes', attachments.bytes,
                'uploaded_at', attachments.uploaded_at,
                'shown_in', array(
                    select '/p/' || post_attachments.post_id
                    from post_attachments
                    where post_attachments.attachment_id = attachments.id
                    order by post_attachments.post_id
                )
            )::text as line
        from attachments
        where attachments.member_id = $1
        union all
        -- On their way in, behind those that are there.
        select
            9000000000000000000 + row_number() over (order by uploads.id),
            json_build_object(
                'name', uploads.name, 'bytes', uploads.bytes, 'received', uploads.received, 'at', uploads.touched_at
            )::text
        from uploads
        where uploads.member_id = $1
            and uploads.attachment_id is null
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

/// A file of the member, whole.
pub(in crate::privacy) struct Uploaded {
    pub(in crate::privacy) id: i64,
    pub(in crate::privacy) name: String,
    hash: Vec<u8>,
    bytes: i64,
}

impl Uploaded {
    /// Its content, and how long that is.
    pub(in crate::privacy) fn content(&self) -> Option<(Hash, u64)> {
        Some((Hash::from_bytes(&self.hash)?, u64::try_from(self.bytes).ok()?))
    }

    /// Its place in the copy. No two have the same.
    pub(in crate::privacy) fn place(&self) -> String {
        format!("files/{}-{}", self.id, self.name)
    }
}

/// Up to `most` files of the member after this one.
pub(in crate::privacy) async fn uploaded(
    db: &mut PgConnection,
    member: MemberId,
    after: i64,
    most: i64,
) -> sqlx::Result<Vec<Uploaded>> {
    sqlx::query_as!(
        Uploaded,
        r#"
        select id as "id!: i64", name, hash, bytes
        from attachments
        where member_id = $1
            and id > $2
        order by id
        limit $3
        "#,
        member.0,
        after,
        most,
    )
    .fetch_all(db)
    .await
}

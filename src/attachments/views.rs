//! What is sent of an attachment, behind the door of the posts that show it.

use super::attachment::Kind;
use crate::{kit::AttachmentId, storage::Hash};
use sqlx::PgConnection;

/// An attachment as it is sent.
pub(super) struct Sendable {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: i64,
    pub(super) hash: Vec<u8>,
    pub(super) small_hash: Option<Vec<u8>>,
    pub(super) small_bytes: Option<i64>,
    pub(super) medium_hash: Option<Vec<u8>>,
    pub(super) medium_bytes: Option<i64>,
}

impl Sendable {
    pub(super) fn whole(&self) -> Option<(Hash, u64)> {
        content(Some(&self.hash), Some(self.bytes))
    }

    pub(super) fn small(&self) -> Option<(Hash, u64)> {
        content(self.small_hash.as_deref(), self.small_bytes)
    }

    pub(super) fn medium(&self) -> Option<(Hash, u64)> {
        content(self.medium_hash.as_deref(), self.medium_bytes)
    }
}

fn content(hash: Option<&[u8]>, bytes: Option<i64>) -> Option<(Hash, u64)> {
    Some((Hash::from_bytes(hash?)?, u64::try_from(bytes?).ok()?))
}

/// The attachment, if the viewer may read a post that shows it; of a post that was taken away its author and
/// moderators alone may. What no post shows is its uploader's.
pub(super) async fn readable(
    db: &mut PgConnection,
    viewer: Option<i64>,
    id: AttachmentId,
) -> sqlx::Result<Option<Sendable>> {
    sqlx::query_as!(
        Sendable,
        r#"
        select
            attachments.kind as "kind: Kind",
            attachments.name,
            attachments.media_type,
            attachments.bytes,
            attachments.hash,
            attachments.small_hash,
            small.bytes as "small_bytes?",
            attachments.medium_hash,
            medium.bytes as "medium_bytes?"
        from attachments
        left join blobs as small on small.hash = attachments.small_hash
        left join blobs as medium on medium.hash = attachments.medium_hash
        where attachments.id = $2
            and (
                attachments.member_id = $1 and attachments.unused_since is not null
                or exists (
                    select
                    from post_attachments
                    join posts on posts.id = post_attachments.post_id
                    join threads on threads.id = posts.thread_id
                    join visible_boards($1) as visible on visible.board_id = threads.board_id
                    where post_attachments.attachment_id = attachments.id
                        and (
                            posts.deleted_at is null and posts.removed_at is null and posts.position is not null
                            or posts.author_id = $1
                            or visible.level >= 'moderate'
                        )
                )
            )
        "#,
        viewer,
        id.0,
    )
    .fetch_optional(db)
    .await
}

use crate::kit::{MemberId, PostId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    thread: ThreadId,
    post: PostId,
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into acceptances (thread_id, post_id, accepted_by, accepted_at)
        values ($1, $2, $3, $4)
        returning id
        "#,
        thread.0,
        post.0,
        by.map(|id| id.0),
        now,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn undo(
    db: &mut PgConnection,
    thread: ThreadId,
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        update acceptances
        set undone_by = $2, undone_at = $3
        where thread_id = $1
            and undone_at is null
        returning id
        "#,
        thread.0,
        by.map(|id| id.0),
        now,
    )
    .fetch_optional(db)
    .await
}

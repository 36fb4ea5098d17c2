use crate::kit::{MemberId, NoticeId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Marks a line as seen, and with kudos those for the same post that came before.
pub(in crate::notifications) async fn one(
    db: &mut PgConnection,
    member: MemberId,
    id: NoticeId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update notifications
        set seen_at = $3
        from notifications as opened
        where opened.id = $2
            and opened.member_id = $1
            and notifications.member_id = $1
            and notifications.seen_at is null
            and (
                notifications.id = opened.id
                or notifications.kind = 'kudos'
                    and opened.kind = 'kudos'
                    and notifications.post_id = opened.post_id
                    and (notifications.at, notifications.id) <= (opened.at, opened.id)
            )
        "#,
        member.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets a transaction that begins see the database as it is at one moment.
pub(in crate::notifications) async fn at_one_moment(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set transaction isolation level repeatable read, read only").execute(db).await?;
    Ok(())
}

/// The transactions that are writing: their lines have numbers, and nobody sees them yet.
pub(in crate::notifications) async fn writing(db: &mut PgConnection) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select writing.id::text::bigint as "id!"
        from pg_snapshot_xip(pg_current_snapshot()) as writing (id)
        "#,
    )
    .fetch_all(db)
    .await
}

/// Marks everything as seen that was told before `newest`, or is, and was not being written then.
pub(in crate::notifications) async fn all(
    db: &mut PgConnection,
    member: MemberId,
    newest: NoticeId,
    writing: &[i64],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update notifications
        set seen_at = $4
        where member_id = $1
            and id <= $2
            and seen_at is null
            and (written_in is null or written_in <> all ($3))
        "#,
        member.0,
        newest.0,
        writing,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks as seen what was told of a thread's posts up to a position.
pub(in crate::notifications) async fn up_to(
    db: &mut PgConnection,
    member: MemberId,
    thread: ThreadId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update notifications
        set seen_at = $4
        from posts
        where notifications.member_id = $1
            and notifications.thread_id = $2
            and notifications.seen_at is null
            and posts.id = notifications.post_id
            and posts.position <= $3
        "#,
        member.0,
        thread.0,
        position,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

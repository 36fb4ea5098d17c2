use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn advance(
    db: &mut PgConnection,
    member: MemberId,
    thread: ThreadId,
    position: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into read_marks (member_id, thread_id, position, read_at)
        values ($1, $2, $3, $4)
        on conflict (member_id, thread_id) do update
        set position = greatest(read_marks.position, excluded.position), read_at = excluded.read_at
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

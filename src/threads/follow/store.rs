use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn begin(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into thread_follows (thread_id, member_id, level, since)
        values ($1, $2, 'follow', $3)
        on conflict do nothing
        "#,
        thread.0,
        member.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets what a member chose: `follow` or `mute`.
pub(crate) async fn set(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    level: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into thread_follows (thread_id, member_id, level, since)
        values ($1, $2, $3, $4)
        on conflict (thread_id, member_id) do update
        set level = excluded.level, since = excluded.since
        "#,
        thread.0,
        member.0,
        level,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the choice back.
pub(crate) async fn forget(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from thread_follows where thread_id = $1 and member_id = $2",
        thread.0,
        member.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who follows, and who mutes.
pub(crate) struct Follower {
    pub(crate) member_id: MemberId,
    pub(crate) level: String,
}

/// Everybody with a choice about the thread.
pub(crate) async fn followers(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<Follower>> {
    sqlx::query_as!(
        Follower,
        r#"
        select member_id, level
        from thread_follows
        where thread_id = $1
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// Takes back a following that began at this time, unless another choice took its place.
pub(crate) async fn forget_begun(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    since: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from thread_follows
        where thread_id = $1
            and member_id = $2
            and level = 'follow'
            and since = $3
        "#,
        thread.0,
        member.0,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

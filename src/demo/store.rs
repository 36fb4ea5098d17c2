//! What has been done of the sample, kept among the other imports.

use crate::kit::{CategoryId, MemberId, NoticeId, ThreadId};
use sqlx::PgConnection;

/// How far filling has come.
pub(super) struct Progress {
    /// When it began, in seconds since 1970: all times of the sample are counted from there.
    pub(super) began: i64,
    /// How many deeds are done.
    pub(super) done: i64,
}

/// `None` where filling has not begun.
pub(super) async fn progress(db: &mut PgConnection) -> sqlx::Result<Option<Progress>> {
    sqlx::query_as!(
        Progress,
        r#"
        select began.our_id as began, coalesce(done.our_id, 0) as "done!"
        from imported as began
        left join imported as done on done.source = 'demo' and done.kind = 'done' and done.source_id = 0
        where began.source = 'demo'
            and began.kind = 'began'
            and began.source_id = 0
        "#,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn begin(db: &mut PgConnection, began: i64) -> sqlx::Result<()> {
    keep(db, "began", 0, began).await
}

pub(super) async fn keep_progress(db: &mut PgConnection, done: i64) -> sqlx::Result<()> {
    keep(db, "done", 0, done).await
}

pub(super) async fn keep_thread(
    db: &mut PgConnection,
    number: usize,
    id: ThreadId,
) -> sqlx::Result<()> {
    keep(db, "thread", number as i64, id.0).await
}

async fn keep(db: &mut PgConnection, kind: &str, source_id: i64, our_id: i64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into imported (source, kind, source_id, our_id)
        values ('demo', $1, $2, $3)
        on conflict (source, kind, source_id) do update
        set our_id = excluded.our_id
        "#,
        kind,
        source_id,
        our_id,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn thread(db: &mut PgConnection, number: usize) -> sqlx::Result<Option<ThreadId>> {
    let id = sqlx::query_scalar!(
        "select our_id from imported where source = 'demo' and kind = 'thread' and source_id = $1",
        number as i64,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(ThreadId))
}

pub(super) async fn member(db: &mut PgConnection, handle: &str) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!("select id from members where handle = $1", handle).fetch_optional(db).await
}

pub(super) async fn category(db: &mut PgConnection, slug: &str) -> sqlx::Result<CategoryId> {
    sqlx::query_scalar!("select id from categories where slug = $1", slug).fetch_one(db).await
}

/// Threads this member may see, with their last positions, the liveliest first.
pub(super) async fn seen_by(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<(ThreadId, i32)>> {
    let rows = sqlx::query!(
        r#"
        select threads.id, threads.last_position
        from threads
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where threads.closed_at is null
        order by threads.last_post_at desc, threads.id desc
        "#,
        member.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.last_position)).collect())
}

/// Makes this transaction's commit wait until it is on disk, whatever the session does otherwise.
pub(super) async fn wait_for_disk(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local synchronous_commit = on").execute(db).await?;
    Ok(())
}

/// A line of an inbox.
pub(super) struct Line {
    pub(super) id: NoticeId,
    pub(super) thread: Option<ThreadId>,
    pub(super) position: Option<i32>,
}

/// The newest lines of a member's inbox.
pub(super) async fn newest_notices(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"
        select inbox.id as "id!: NoticeId", inbox.thread_id as "thread: ThreadId", inbox.position
        from inbox_kept($1) as inbox
        order by inbox.id desc
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// The newest line older than all of these.
pub(super) async fn notice_before(
    db: &mut PgConnection,
    member: MemberId,
    lines: &[Line],
) -> sqlx::Result<Option<NoticeId>> {
    let Some(oldest) = lines.iter().map(|line| line.id.0).min() else { return Ok(None) };
    let id = sqlx::query_scalar!(
        "select max(id) from notifications where member_id = $1 and id < $2",
        member.0,
        oldest,
    )
    .fetch_one(db)
    .await?;
    Ok(id.map(NoticeId))
}

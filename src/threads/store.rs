use super::thread::{Pin, Reply, Thread};
use crate::{
    access::Level,
    boards::Style,
    kit::{BoardId, MemberId, PostId, ThreadId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn seen_by(
    db: &mut PgConnection,
    viewer: Option<i64>,
    id: ThreadId,
) -> sqlx::Result<Option<Thread>> {
    sqlx::query_as!(
        Thread,
        r#"
        select
            threads.id,
            threads.board_id,
            boards.slug as board_slug,
            boards.name as board_name,
            boards.tone as board_tone,
            boards.style as "style: Style",
            threads.author_id,
            case when known.title then threads.title else '' end as "title!",
            threads.started_at,
            threads.last_position,
            threads.replies,
            threads.solution_id,
            threads.solved_at,
            solver.name as "solved_by?",
            threads.locked_at,
            threads.pinned_to as "pinned_to: Pin",
            threads.closed_at,
            visible.level as "level!: Level",
            coalesce(
                (select rights.uploads from rights_of($1) as rights where rights.board_id = threads.board_id),
                false
            ) as "uploads!",
            boards.archived_at is not null as "archived!",
            exists (select from duplicates where duplicates.thread_id = threads.id) as "duplicate!",
            exists (select from duplicates where duplicates.original_id = threads.id) as "original!",
            threads.me_toos,
            me_toos.about as "me_too?",
            threads.asker_asked_at,
            threads.asker_answered_at,
            exists (
                select
                from member_capabilities
                where member_capabilities.member_id = $1
                    and member_capabilities.capability = 'accept'
            ) as "may_accept!",
            exists (
                select
                from members
                where members.id = $1
                    and members.replies_by_help_since is not null
            ) as "by_help!",
            coalesce(read_marks.position, 0) as "read_position!",
            thread_follows.level as "follow?",
            array(
                select tags.name
                from thread_tags
                join tags on tags.id = thread_tags.tag_id
                where thread_tags.thread_id = threads.id
                    and known.title
                order by tags.name
            ) as "tags!"
        from threads
        join boards on boards.id = threads.board_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        -- The words of a closed thread are its author's and the moderators'.
        cross join lateral (
            select
                threads.closed_at is null
                or threads.author_id is not distinct from $1
                or visible.level >= 'moderate' as title
        ) as known
        left join members as solver on solver.id = threads.solved_by
        left join read_marks on read_marks.thread_id = threads.id and read_marks.member_id = $1
        left join thread_follows on thread_follows.thread_id = threads.id and thread_follows.member_id = $1
        left join me_toos on me_toos.thread_id = threads.id and me_toos.member_id = $1
        where threads.id = $2
        "#,
        viewer,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The thread as one sees it who sees everything and has read nothing.
pub(super) async fn whole(db: &mut PgConnection, id: ThreadId) -> sqlx::Result<Option<Thread>> {
    sqlx::query_as!(
        Thread,
        r#"
        select
            threads.id,
            threads.board_id,
            boards.slug as board_slug,
            boards.name as board_name,
            boards.tone as board_tone,
            boards.style as "style: Style",
            threads.author_id,
            threads.title,
            threads.started_at,
            threads.last_position,
            threads.replies,
            threads.solution_id,
            threads.solved_at,
            null as "solved_by?",
            threads.locked_at,
            threads.pinned_to as "pinned_to: Pin",
            threads.closed_at,
            'moderate'::board_level as "level!: Level",
            true as "uploads!",
            boards.archived_at is not null as "archived!",
            false as "duplicate!",
            false as "original!",
            threads.me_toos,
            null as "me_too?",
            threads.asker_asked_at,
            threads.asker_answered_at,
            false as "may_accept!",
            false as "by_help!",
            0 as "read_position!",
            null as "follow?",
            array[]::text[] as "tags!"
        from threads
        join boards on boards.id = threads.board_id
        where threads.id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Holds the thread's row until the transaction ends.
pub(super) async fn hold(db: &mut PgConnection, id: ThreadId) -> sqlx::Result<()> {
    sqlx::query!("select id from threads where id = $1 for no key update", id.0)
        .fetch_optional(db)
        .await?;
    Ok(())
}

/// Holds the rows of several until the transaction ends: in the order of their ids, as everybody does.
pub(super) async fn hold_all(db: &mut PgConnection, threads: &[ThreadId]) -> sqlx::Result<()> {
    let ids: Vec<i64> = threads.iter().map(|thread| thread.0).collect();
    sqlx::query!("select id from threads where id = any ($1) order by id for no key update", &ids)
        .fetch_all(db)
        .await?;
    Ok(())
}

/// The id of a thread that is about to be begun.
pub(super) async fn next_id(db: &mut PgConnection) -> sqlx::Result<ThreadId> {
    sqlx::query_scalar!(r#"select nextval(pg_get_serial_sequence('threads', 'id')) as "id!""#)
        .fetch_one(db)
        .await
        .map(ThreadId)
}

/// The ids of so many threads that are about to be begun.
pub(crate) async fn next_ids(db: &mut PgConnection, count: usize) -> sqlx::Result<Vec<ThreadId>> {
    let ids = sqlx::query_scalar!(
        r#"
        select nextval(pg_get_serial_sequence('threads', 'id')) as "id!"
        from generate_series(1, $1::bigint)
        "#,
        count as i64,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ThreadId).collect())
}

pub(super) async fn insert(
    db: &mut PgConnection,
    id: ThreadId,
    board: BoardId,
    author: MemberId,
    title: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into threads (id, board_id, author_id, title, started_at, last_post_at, last_poster_id)
        overriding system value
        values ($1, $2, $3, $4, $5, $5, $3)
        "#,
        id.0,
        board.0,
        author.0,
        title,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn note_post(
    db: &mut PgConnection,
    id: ThreadId,
    reply: &Reply,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update threads
        set
            last_position = $2,
            replies = replies + case when $2 > 1 then 1 else 0 end,
            last_post_at = greatest(last_post_at, $3),
            last_poster_id = $4,
            staff_replied_at = case
                when $5 and $2 > 1 then coalesce(staff_replied_at, $3)
                else staff_replied_at
            end
        where id = $1
        "#,
        id.0,
        reply.position,
        now,
        reply.author.0,
        reply.staff,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_closed(
    db: &mut PgConnection,
    id: ThreadId,
    closed_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set closed_at = $2 where id = $1", id.0, closed_at)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn add_replies(db: &mut PgConnection, id: ThreadId, by: i32) -> sqlx::Result<()> {
    sqlx::query!("update threads set replies = replies + $2 where id = $1", id.0, by)
        .execute(db)
        .await?;
    Ok(())
}

/// When staff first replied, in what can be read.
pub(crate) async fn staff_replied_at(
    db: &mut PgConnection,
    id: ThreadId,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!("select staff_replied_at from threads where id = $1", id.0)
        .fetch_one(db)
        .await
}

/// Notes when they did, or that they did not.
pub(crate) async fn set_staff_replied(
    db: &mut PgConnection,
    id: ThreadId,
    at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set staff_replied_at = $2 where id = $1", id.0, at)
        .execute(db)
        .await?;
    Ok(())
}

/// Changes the kudos of a thread's opening post.
pub(crate) async fn add_kudos(db: &mut PgConnection, id: ThreadId, by: i32) -> sqlx::Result<()> {
    sqlx::query!("update threads set kudos = kudos + $2 where id = $1", id.0, by)
        .execute(db)
        .await?;
    Ok(())
}

pub(crate) async fn set_title(
    db: &mut PgConnection,
    id: ThreadId,
    title: &str,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set title = $2 where id = $1", id.0, title).execute(db).await?;
    Ok(())
}

/// The reply that solves a question, if it is solved.
pub(crate) struct Solution {
    pub(crate) post: PostId,
    /// Who accepted it.
    pub(crate) by: Option<MemberId>,
    pub(crate) at: OffsetDateTime,
}

/// Notes the first accepted reply, or that there is none any more.
pub(crate) async fn set_solution(
    db: &mut PgConnection,
    id: ThreadId,
    solution: Option<Solution>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update threads set solution_id = $2, solved_at = $3, solved_by = $4 where id = $1",
        id.0,
        solution.as_ref().map(|solution| solution.post.0),
        solution.as_ref().map(|solution| solution.at),
        solution.as_ref().and_then(|solution| solution.by).map(|member| member.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_locked(
    db: &mut PgConnection,
    id: ThreadId,
    locked_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set locked_at = $2 where id = $1", id.0, locked_at)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn set_pinned(
    db: &mut PgConnection,
    id: ThreadId,
    pin: Option<Pin>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update threads
        set pinned_to = $2, pinned_at = case when $2::text is null then null else $3::timestamptz end
        where id = $1
        "#,
        id.0,
        pin as Option<Pin>,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

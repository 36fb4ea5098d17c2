//! What feeds and the sitemap ask of all rooms. Every query joins `visible_boards` and is cut off inside an
//! index.

use super::entry::Entry;
use crate::{
    boards::board_url,
    kit::{BoardId, MemberId, ThreadId},
    markup::Html,
    threads::{Thread, thread_url},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The opening posts of these threads, in this order; those the viewer may not see are left out.
pub(super) async fn openings(
    db: &mut PgConnection,
    viewer: Option<i64>,
    threads: &[ThreadId],
) -> sqlx::Result<Vec<Entry>> {
    let ids: Vec<i64> = threads.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Entry,
        r#"
        select
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            boards.name as board_name,
            author.id as author_id,
            author.handle as author_handle,
            author.name as author_name,
            posts.html as "html: Html",
            posts.written_at,
            posts.edited_at
        from unnest($2::bigint[]) with ordinality as wanted (id, place)
        join threads on threads.id = wanted.id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        join boards on boards.id = threads.board_id
        join posts on posts.thread_id = threads.id and posts.position = 1
        join members as author on author.id = posts.author_id
        where threads.closed_at is null
        order by wanted.place
        "#,
        viewer,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// The thirty youngest posts of a thread that was found behind its door, the youngest first.
pub(super) async fn posts_of(
    db: &mut PgConnection,
    viewer: Option<i64>,
    thread: &Thread,
) -> sqlx::Result<Vec<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"
        select
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            boards.name as board_name,
            author.id as author_id,
            author.handle as author_handle,
            author.name as author_name,
            posts.html as "html: Html",
            posts.written_at,
            posts.edited_at
        from (
            select
                youngest.thread_id, youngest.position, youngest.author_id, youngest.html, youngest.written_at,
                youngest.edited_at
            from posts as youngest
            where youngest.thread_id = $2
                and youngest.position between $3 - 29 and $3
                and youngest.deleted_at is null
                and youngest.removed_at is null
            order by youngest.position desc
            limit 30
        ) as posts
        join threads on threads.id = posts.thread_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        join boards on boards.id = threads.board_id
        join members as author on author.id = posts.author_id
        where threads.closed_at is null
        order by posts.position desc
        "#,
        viewer,
        thread.id.0,
        thread.last_position,
    )
    .fetch_all(db)
    .await
}

/// What a member wrote last and the viewer may read. Of the posts of a member the 200 youngest are looked at,
/// however many of them stand where the viewer may not look.
pub(super) async fn posts_by(
    db: &mut PgConnection,
    viewer: Option<i64>,
    author: MemberId,
) -> sqlx::Result<Vec<Entry>> {
    sqlx::query_as!(
        Entry,
        r#"
        select
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            boards.name as board_name,
            author.id as author_id,
            author.handle as author_handle,
            author.name as author_name,
            posts.html as "html: Html",
            posts.written_at,
            posts.edited_at
        from (
            select posts.id
            from posts
            where posts.author_id = $2
            order by posts.id desc
            limit 200
        ) as youngest
        join posts on posts.id = youngest.id
        join threads on threads.id = posts.thread_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        join boards on boards.id = threads.board_id
        join members as author on author.id = posts.author_id
        where posts.position is not null
            and posts.deleted_at is null
            and posts.removed_at is null
            and threads.closed_at is null
        order by posts.id desc
        limit 30
        "#,
        viewer,
        author.0,
    )
    .fetch_all(db)
    .await
}

/// Somebody whose account is open.
pub(super) struct Person {
    pub(super) id: MemberId,
    pub(super) handle: String,
    pub(super) name: String,
}

/// The member of this handle, in whatever case it is written.
pub(super) async fn person(db: &mut PgConnection, handle: &str) -> sqlx::Result<Option<Person>> {
    sqlx::query_as!(
        Person,
        r#"
        select id, handle, name
        from members
        where lower(handle) = lower($1)
            and closed_at is null
        "#,
        handle,
    )
    .fetch_optional(db)
    .await
}

/// An address of the sitemap and when what stands there last changed.
pub(super) struct Place {
    pub(super) url: String,
    pub(super) at: Option<OffsetDateTime>,
}

/// Threads of one part of the sitemap: by id, so that a part keeps its threads for ever.
pub(super) const PART: i64 = 1_000;

/// The parts in which there is a thread that guests may see.
pub(super) async fn parts(db: &mut PgConnection) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select part.number as "number!"
        from generate_series(
            0,
            (
                select threads.id
                from threads
                order by threads.id desc
                limit 1
            ) / 1000
        ) as part (number)
        -- With a limit, because the planner would otherwise read all threads for this.
        cross join lateral (
            select threads.id
            from threads
            join visible_boards(null) as visible on visible.board_id = threads.board_id
            where threads.id >= part.number * 1000
                and threads.id < (part.number + 1) * 1000
                and threads.closed_at is null
            order by threads.id
            limit 1
        ) as visible
        order by part.number
        "#,
    )
    .fetch_all(db)
    .await
}

/// The threads of one part that guests may see.
pub(super) async fn threads_of(db: &mut PgConnection, part: i64) -> sqlx::Result<Vec<Place>> {
    let rows = sqlx::query!(
        r#"
        select threads.id as "id: ThreadId", threads.title, threads.last_post_at
        from threads
        join visible_boards(null) as visible on visible.board_id = threads.board_id
        where threads.id >= $1::bigint * 1000
            and threads.id < ($1::bigint + 1) * 1000
            and threads.closed_at is null
        order by threads.id
        limit 1000
        "#,
        part,
    )
    .fetch_all(db)
    .await?;
    let place = |(id, title, at): (ThreadId, String, OffsetDateTime)| Place {
        url: thread_url(id, &title),
        at: Some(at),
    };
    Ok(rows.into_iter().map(|row| place((row.id, row.title, row.last_post_at))).collect())
}

/// The boards that guests may see.
pub(super) async fn boards(db: &mut PgConnection) -> sqlx::Result<Vec<Place>> {
    let rows = sqlx::query!(
        r#"
        select boards.id as "id: BoardId", boards.slug
        from boards
        join visible_boards(null) as visible on visible.board_id = boards.id
        order by boards.id
        "#,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Place { url: board_url(&row.slug), at: None }).collect())
}

use super::{Counts, Questions};
use crate::{
    kit::{Cursor, ThreadId},
    threads::lists::Picked,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Of each board of questions that the viewer may see the first are taken, then the first of all. The macro
/// joins literals, so every query is checked against the schema.
macro_rules! of_all {
    ($key:literal, $only:literal, $db:expr, $($argument:expr),+) => {
        sqlx::query_as!(
            Picked,
            "select picked.id as \"id!: ThreadId\", "
                + "(extract(epoch from picked.place) * 1000000)::bigint as \"key!\" "
                + "from visible_boards($1) as visible "
                + "join boards on boards.id = visible.board_id and boards.style = 'questions' "
                + "cross join lateral (select threads.id, threads."
                + $key
                + " as place from threads where threads.board_id = boards.id "
                + "and threads.closed_at is null and "
                + $only
                + " and (threads."
                + $key
                + ", threads.id) < ($2, $3) order by threads."
                + $key
                + " desc, threads.id desc limit 31) as picked "
                + "order by picked.place desc, picked.id desc limit 31",
            $($argument),+
        )
        .fetch_all($db)
        .await
    };
}

/// The same of the member's own.
macro_rules! of_own {
    ($key:literal, $only:literal, $db:expr, $($argument:expr),+) => {
        sqlx::query_as!(
            Picked,
            "select threads.id, (extract(epoch from threads."
                + $key
                + ") * 1000000)::bigint as \"key!\" "
                + "from threads join boards on boards.id = threads.board_id and boards.style = 'questions' "
                + "join visible_boards($1) as visible on visible.board_id = threads.board_id "
                + "where threads.author_id = $1 and threads.closed_at is null and "
                + $only
                + " and (threads."
                + $key
                + ", threads.id) < ($2, $3) order by threads."
                + $key
                + " desc, threads.id desc limit 31",
            $($argument),+
        )
        .fetch_all($db)
        .await
    };
}

pub(super) async fn pick(
    db: &mut PgConnection,
    viewer: Option<i64>,
    which: Questions,
    older: Option<Cursor>,
    since: OffsetDateTime,
) -> sqlx::Result<Vec<Picked>> {
    let time = Cursor::time_or_latest(older);
    let id = older.map_or(i64::MAX, |cursor| cursor.id);
    match which {
        Questions::Unanswered => {
            of_all!("started_at", "threads.replies = 0", db, viewer, time, id)
        }
        Questions::Unsolved => {
            of_all!("last_post_at", "threads.solution_id is null", db, viewer, time, id)
        }
        Questions::Solved => of_all!(
            "solved_at",
            "threads.solution_id is not null and threads.solved_at > $4",
            db,
            viewer,
            time,
            id,
            since
        ),
        Questions::Waiting => of_own!(
            "last_post_at",
            "threads.solution_id is null and threads.last_poster_id <> $1",
            db,
            viewer,
            time,
            id
        ),
        Questions::Own => of_own!("started_at", "true", db, viewer, time, id),
        Questions::MeToo => me_too(db, viewer, time, id).await,
    }
}

/// Those that the member said "me too" to.
async fn me_too(
    db: &mut PgConnection,
    viewer: Option<i64>,
    before: OffsetDateTime,
    id: i64,
) -> sqlx::Result<Vec<Picked>> {
    sqlx::query_as!(
        Picked,
        r#"
        select
            me_toos.thread_id as "id: ThreadId",
            (extract(epoch from me_toos.at) * 1000000)::bigint as "key!"
        from me_toos
        join threads on threads.id = me_toos.thread_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where me_toos.member_id = $1
            and me_toos.carried_from is null
            and threads.closed_at is null
            and (me_toos.at, me_toos.thread_id) < ($2, $3)
        order by me_toos.at desc, me_toos.thread_id desc
        limit 31
        "#,
        viewer,
        before,
        id,
    )
    .fetch_all(db)
    .await
}

/// Counts each list up to a hundred, inside the indexes that it is picked by.
pub(super) async fn counts(
    db: &mut PgConnection,
    viewer: Option<i64>,
    since: OffsetDateTime,
) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"
        with asking as materialized (
            select boards.id
            from visible_boards($1) as visible
            join boards on boards.id = visible.board_id
            where boards.style = 'questions'
        )
        select
            (
                select count(*)
                from (
                    select
                    from asking
                    cross join lateral (
                        select
                        from threads
                        where threads.board_id = asking.id
                            and threads.closed_at is null
                            and threads.replies = 0
                        order by threads.started_at desc, threads.id desc
                        limit 100
                    ) as few
                    limit 100
                ) as counted
            ) as "unanswered!",
            (
                select count(*)
                from (
                    select
                    from asking
                    cross join lateral (
                        select
                        from threads
                        where threads.board_id = asking.id
                            and threads.closed_at is null
                            and threads.solution_id is null
                        order by threads.last_post_at desc, threads.id desc
                        limit 100
                    ) as few
                    limit 100
                ) as counted
            ) as "unsolved!",
            (
                select count(*)
                from (
                    select
                    from asking
                    cross join lateral (
                        select
                        from threads
                        where threads.board_id = asking.id
                            and threads.closed_at is null
                            and threads.solution_id is not null
                            and threads.solved_at > $2
                        order by threads.solved_at desc, threads.id desc
                        limit 100
                    ) as few
                    limit 100
                ) as counted
            ) as "solved!",
            (
                select count(*)
                from (
                    select
                    from threads
                    join asking on asking.id = threads.board_id
                    where threads.author_id = $1
                        and threads.closed_at is null
                        and threads.solution_id is null
                        and threads.last_poster_id <> $1
                    order by threads.last_post_at desc, threads.id desc
                    limit 100
                ) as counted
            ) as "waiting!",
            (
                select count(*)
                from (
                    select
                    from threads
                    join asking on asking.id = threads.board_id
                    where threads.author_id = $1
                        and threads.closed_at is null
                    order by threads.started_at desc, threads.id desc
                    limit 100
                ) as counted
            ) as "own!",
            (
                select count(*)
                from (
                    select
                    from me_toos
                    join threads on threads.id = me_toos.thread_id
                    join visible_boards($1) as visible on visible.board_id = threads.board_id
                    where me_toos.member_id = $1
                        and me_toos.carried_from is null
                        and threads.closed_at is null
                    order by me_toos.at desc, me_toos.thread_id desc
                    limit 100
                ) as counted
            ) as "me_too!"
        "#,
        viewer,
        since,
    )
    .fetch_one(db)
    .await
}

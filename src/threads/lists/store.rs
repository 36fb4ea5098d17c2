use super::{From, List, Order, Picked, Pin, ThreadLine};
use crate::kit::{BoardId, Cursor, ThreadId};
use sqlx::PgConnection;

/// One query for each order and direction, because each has an index of its own; written once. The
/// macro joins literals, so every one of them is checked against the schema.
///
/// Of each board that the viewer may see the first are taken, then the first of all: a list over all
/// boards never walks over what its viewer may not see, and a list of one board is the same query.
macro_rules! pick {
    ($db:expr, $viewer:expr, $list:expr, $key:literal, $key_value:expr, $id:expr, $only:literal, $beyond:literal, $direction:literal, $as_number:literal) => {
        sqlx::query_as!(
            Picked,
            "select picked.id as \"id!: ThreadId\", "
                + $as_number
                + " as \"key!\" from visible_boards($1) as visible cross join lateral ("
                + "select threads.id, threads."
                + $key
                + " as place from threads where threads.board_id = visible.board_id "
                + "and threads.closed_at is null "
                + $only
                + " and (threads."
                + $key
                + ", threads.id) "
                + $beyond
                + " ($3, $4) order by threads."
                + $key
                + " "
                + $direction
                + ", threads.id "
                + $direction
                + " limit $5) as picked where $2::bigint is null or visible.board_id = $2 "
                + "order by picked.place "
                + $direction
                + ", picked.id "
                + $direction
                + " limit $5",
            $viewer,
            $list.board.map(|board| board.0),
            $key_value,
            $id,
            $list.most,
        )
        .fetch_all($db)
        .await
    };
}

pub(super) async fn pick(
    db: &mut PgConnection,
    viewer: Option<i64>,
    list: List,
) -> sqlx::Result<Vec<Picked>> {
    let (forward, cursor) = match list.from {
        From::Start => (true, None),
        From::Older(cursor) => (true, Some(cursor)),
        From::Newer(cursor) => (false, Some(cursor)),
    };
    let id = cursor.map_or(i64::MAX, |cursor| cursor.id);
    let time = Cursor::time_or_latest(cursor);
    let kudos = cursor.map_or(i32::MAX, |cursor| i32::try_from(cursor.key).unwrap_or(i32::MAX));
    match (list.order, forward) {
        (Order::Activity, true) => pick!(
            db,
            viewer,
            list,
            "last_post_at",
            time,
            id,
            "",
            "<",
            "desc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Activity, false) => pick!(
            db,
            viewer,
            list,
            "last_post_at",
            time,
            id,
            "",
            ">",
            "asc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Newest, true) => pick!(
            db,
            viewer,
            list,
            "started_at",
            time,
            id,
            "",
            "<",
            "desc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Newest, false) => pick!(
            db,
            viewer,
            list,
            "started_at",
            time,
            id,
            "",
            ">",
            "asc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Kudos, true) => {
            pick!(db, viewer, list, "kudos", kudos, id, "", "<", "desc", "picked.place::bigint")
        }
        (Order::Kudos, false) => {
            pick!(db, viewer, list, "kudos", kudos, id, "", ">", "asc", "picked.place::bigint")
        }
        (Order::Unanswered, true) => pick!(
            db,
            viewer,
            list,
            "started_at",
            time,
            id,
            "and threads.replies = 0",
            "<",
            "desc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Unanswered, false) => pick!(
            db,
            viewer,
            list,
            "started_at",
            time,
            id,
            "and threads.replies = 0",
            ">",
            "asc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Unsolved, true) => pick!(
            db,
            viewer,
            list,
            "last_post_at",
            time,
            id,
            "and threads.solution_id is null",
            "<",
            "desc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
        (Order::Unsolved, false) => pick!(
            db,
            viewer,
            list,
            "last_post_at",
            time,
            id,
            "and threads.solution_id is null",
            ">",
            "asc",
            "(extract(epoch from picked.place) * 1000000)::bigint"
        ),
    }
}

/// Threads put first on a board, or on the home page where none is given.
pub(crate) async fn pinned(
    db: &mut PgConnection,
    viewer: Option<i64>,
    board: Option<BoardId>,
) -> sqlx::Result<Vec<ThreadId>> {
    match board {
        Some(board) => pinned_on_board(db, viewer, board).await,
        None => pinned_on_site(db, viewer).await,
    }
}

async fn pinned_on_board(
    db: &mut PgConnection,
    viewer: Option<i64>,
    board: BoardId,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select threads.id
        from threads
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where threads.pinned_at is not null
            and threads.closed_at is null
            and threads.board_id = $2
        order by threads.pinned_at desc
        limit 10
        "#,
        viewer,
        board.0,
    )
    .fetch_all(db)
    .await
}

async fn pinned_on_site(db: &mut PgConnection, viewer: Option<i64>) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select threads.id
        from threads
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where threads.pinned_to = 'site'
            and threads.pinned_at is not null
            and threads.closed_at is null
        order by threads.pinned_at desc
        limit 10
        "#,
        viewer,
    )
    .fetch_all(db)
    .await
}

/// The rows of these threads, in this order; those the viewer may not see are left out.
pub(crate) async fn lines(
    db: &mut PgConnection,
    viewer: Option<i64>,
    ids: &[ThreadId],
) -> sqlx::Result<Vec<ThreadLine>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        ThreadLine,
        r#"
        select
            threads.id,
            threads.title,
            boards.slug as board_slug,
            boards.name as board_name,
            boards.tone as board_tone,
            (boards.style = 'announcements') as "announcement!",
            threads.author_id,
            author.handle as author_handle,
            author.name as author_name,
            last_poster.name as last_poster_name,
            threads.started_at,
            threads.last_post_at,
            threads.replies,
            threads.kudos,
            (threads.solution_id is not null) as "solved!",
            (threads.staff_replied_at is not null) as "staff_replied!",
            (threads.locked_at is not null) as "locked!",
            threads.pinned_to as "pinned_to: Pin",
            case
                when viewer.id is null then null
                when read_marks.position is null then threads.last_post_at > viewer.joined_at
                else read_marks.position < threads.last_position
            end as unread,
            array(
                select tags.name
                from thread_tags
                join tags on tags.id = thread_tags.tag_id
                where thread_tags.thread_id = threads.id
                order by tags.name
            ) as "tags!"
        from unnest($2::bigint[]) with ordinality as wanted (id, place)
        join threads on threads.id = wanted.id
        join boards on boards.id = threads.board_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        join members as author on author.id = threads.author_id
        join members as last_poster on last_poster.id = threads.last_poster_id
        left join members as viewer on viewer.id = $1
        left join read_marks on read_marks.thread_id = threads.id and read_marks.member_id = $1
        where threads.closed_at is null
        order by wanted.place
        "#,
        viewer,
        &ids,
    )
    .fetch_all(db)
    .await
}

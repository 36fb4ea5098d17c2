use super::BoardLine;
use crate::kit::ThreadId;
use sqlx::PgConnection;

pub(super) async fn boards(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<BoardLine>> {
    sqlx::query_as!(
        BoardLine,
        r#"
        select
            categories.name as category_name,
            boards.slug,
            boards.name,
            boards.description,
            boards.tone,
            held.threads as "threads!",
            held.posts as "posts!",
            latest.id as "latest_id?: ThreadId",
            latest.title as "latest_title?",
            latest.poster as "latest_poster?",
            latest.last_post_at as "latest_at?"
        from visible_boards($1) as visible
        join boards on boards.id = visible.board_id
        join categories on categories.id = boards.category_id
        cross join lateral (
            select
                coalesce(sum(board_counts.threads), 0)::bigint as threads,
                coalesce(sum(board_counts.posts), 0)::bigint as posts
            from board_counts
            where board_counts.board_id = boards.id
        ) as held
        left join lateral (
            select threads.id, threads.title, threads.last_post_at, members.name as poster
            from threads
            join members on members.id = threads.last_poster_id
            where threads.board_id = boards.id
                and threads.closed_at is null
            order by threads.last_post_at desc, threads.id desc
            limit 1
        ) as latest on true
        order by categories.position, categories.id, boards.position, boards.id
        "#,
        viewer,
    )
    .fetch_all(db)
    .await
}

use super::Counts;
use crate::kit::BoardId;
use sqlx::PgConnection;

pub(super) async fn add(
    db: &mut PgConnection,
    board: BoardId,
    shard: i16,
    threads: i64,
    posts: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into board_counts (board_id, shard, threads, posts)
        values ($1, $2, $3, $4)
        on conflict (board_id, shard) do update
        set threads = board_counts.threads + excluded.threads, posts = board_counts.posts + excluded.posts
        "#,
        board.0,
        shard,
        threads,
        posts,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a board holds.
pub(crate) async fn of(db: &mut PgConnection, board: BoardId) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"
        select
            coalesce(sum(threads), 0)::bigint as "threads!",
            coalesce(sum(posts), 0)::bigint as "posts!"
        from board_counts
        where board_id = $1
        "#,
        board.0,
    )
    .fetch_one(db)
    .await
}

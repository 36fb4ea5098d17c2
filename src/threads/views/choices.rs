//! Where a new thread can be put.

use crate::access::Level;
use sqlx::PgConnection;

/// A board somebody may begin a thread on.
pub(in crate::threads) struct Choice {
    pub(in crate::threads) slug: String,
    pub(in crate::threads) name: String,
    pub(in crate::threads) asks: bool,
    level: Level,
}

/// The boards the viewer may begin threads on.
pub(in crate::threads) async fn choices(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<Choice>> {
    let mut boards = sqlx::query_as!(
        Choice,
        r#"
        select
            boards.slug,
            boards.name,
            (boards.style = 'questions') as "asks!",
            visible.level as "level!: Level"
        from boards
        join categories on categories.id = boards.category_id
        join visible_boards($1) as visible on visible.board_id = boards.id
        where boards.archived_at is null
        order by categories.position, categories.id, boards.position, boards.id
        "#,
        viewer,
    )
    .fetch_all(db)
    .await?;
    boards.retain(|board| board.level >= Level::Start);
    Ok(boards)
}

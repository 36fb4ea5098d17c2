//! Where boards lie.

use crate::{
    access::{Place, rights::Above},
    kit::{BoardId, CategoryId},
};
use sqlx::PgConnection;

pub(crate) async fn name_of_board(
    db: &mut PgConnection,
    id: BoardId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from boards where id = $1", id.0).fetch_optional(db).await
}

pub(crate) async fn name_of_category(
    db: &mut PgConnection,
    id: CategoryId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select name from categories where id = $1", id.0).fetch_optional(db).await
}

/// Every category above a board, or above each of the boards somewhere below a category.
pub(crate) async fn lineage(db: &mut PgConnection, place: Place) -> sqlx::Result<Vec<Above>> {
    let (board, category) = match place {
        Place::Board(id) => (Some(id.0), None),
        Place::Category(id) => (None, Some(id.0)),
    };
    sqlx::query_as!(
        Above,
        r#"
        with recursive above as (
            select boards.id as board_id, boards.category_id, 0 as distance
            from boards
            union all
            select above.board_id, categories.parent_id, above.distance + 1
            from above
            join categories on categories.id = above.category_id
            where categories.parent_id is not null
        )
        select
            above.board_id as "board!: BoardId",
            above.category_id as "category!: CategoryId",
            above.distance as "distance!"
        from above
        where above.board_id = $1
            or above.board_id in (select below.board_id from above as below where below.category_id = $2)
        "#,
        board,
        category,
    )
    .fetch_all(db)
    .await
}

/// The categories above a board or a category, the nearest first.
pub(crate) async fn categories_above(
    db: &mut PgConnection,
    place: Place,
) -> sqlx::Result<Vec<CategoryId>> {
    let (board, category) = match place {
        Place::Board(id) => (Some(id.0), None),
        Place::Category(id) => (None, Some(id.0)),
    };
    sqlx::query_scalar!(
        r#"
        with recursive above as (
            select boards.category_id, 0 as distance
            from boards
            where boards.id = $1
            union all
            select categories.parent_id, 0
            from categories
            where categories.id = $2
                and categories.parent_id is not null
            union all
            select categories.parent_id, above.distance + 1
            from above
            join categories on categories.id = above.category_id
            where categories.parent_id is not null
        )
        select category_id as "category_id!: CategoryId"
        from above
        order by distance
        "#,
        board,
        category,
    )
    .fetch_all(db)
    .await
}

//! SQL of this room.

mod places;
mod running;

use super::{Board, Style, founding::NewBoard};
use crate::{
    access::Level,
    kit::{BoardId, CategoryId},
};
use sqlx::PgConnection;

pub(crate) use places::{categories_above, lineage, name_of_board, name_of_category};
pub(crate) use running::{Running, RunningCategory, Standing, running, running_category, standing};
pub(super) use running::{
    Words, archive, board_order, category_order, order_boards, order_categories, update,
    update_category,
};

/// The board of this name, if the viewer may see it.
pub(crate) async fn seen_by(
    db: &mut PgConnection,
    viewer: Option<i64>,
    slug: &str,
) -> sqlx::Result<Option<Board>> {
    sqlx::query_as!(
        Board,
        r#"
        select
            boards.id,
            boards.slug,
            boards.name,
            boards.description,
            boards.style as "style: Style",
            boards.icon,
            boards.tone,
            visible.level as "level!: Level",
            boards.archived_at is not null as "archived!"
        from boards
        join visible_boards($1) as visible on visible.board_id = boards.id
        where boards.slug = $2
        "#,
        viewer,
        slug,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn insert_category(
    db: &mut PgConnection,
    slug: &str,
    name: &str,
) -> sqlx::Result<Option<CategoryId>> {
    sqlx::query_scalar!(
        r#"
        insert into categories (slug, name, position)
        select $1, $2, (coalesce(max(position), 0) + 1)::smallint
        from categories
        on conflict do nothing
        returning id
        "#,
        slug,
        name,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn insert(
    db: &mut PgConnection,
    new: &NewBoard<'_>,
) -> sqlx::Result<Option<BoardId>> {
    sqlx::query_scalar!(
        r#"
        insert into boards (category_id, slug, name, description, style, icon, tone, position)
        select $1, $2, $3, $4, $5, $6, $7, (coalesce(max(position), 0) + 1)::smallint
        from boards
        where category_id = $1
        on conflict do nothing
        returning id
        "#,
        new.category.0,
        new.slug,
        new.name,
        new.description,
        new.style as Style,
        new.icon,
        new.tone,
    )
    .fetch_optional(db)
    .await
}

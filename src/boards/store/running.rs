//! What those who run the community do with boards and categories, whoever may see them.

use crate::{
    boards::Style,
    kit::{BoardId, CategoryId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A board as whoever runs the community sees it.
#[derive(Debug, Clone)]
pub(crate) struct Running {
    pub(crate) id: BoardId,
    pub(crate) category_id: CategoryId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) style: Style,
    pub(crate) icon: String,
    pub(crate) tone: i16,
    pub(crate) archived_at: Option<OffsetDateTime>,
}

/// The board of this name.
pub(crate) async fn running(db: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Running>> {
    sqlx::query_as!(
        Running,
        r#"
        select
            id,
            category_id,
            slug,
            name,
            description,
            style as "style: Style",
            icon,
            tone,
            archived_at
        from boards
        where slug = $1
        "#,
        slug,
    )
    .fetch_optional(db)
    .await
}

/// A category as whoever runs the community sees it.
#[derive(Debug, Clone)]
pub(crate) struct RunningCategory {
    pub(crate) id: CategoryId,
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// The category of this name.
pub(crate) async fn running_category(
    db: &mut PgConnection,
    slug: &str,
) -> sqlx::Result<Option<RunningCategory>> {
    sqlx::query_as!(RunningCategory, "select id, slug, name from categories where slug = $1", slug,)
        .fetch_optional(db)
        .await
}

/// What a board is, as its form says it.
pub(in crate::boards) struct Words<'a> {
    pub(in crate::boards) category: CategoryId,
    pub(in crate::boards) name: &'a str,
    pub(in crate::boards) description: &'a str,
    pub(in crate::boards) style: Style,
    pub(in crate::boards) icon: &'a str,
    pub(in crate::boards) tone: i16,
}

/// In another category the board comes last.
pub(in crate::boards) async fn update(
    db: &mut PgConnection,
    id: BoardId,
    words: &Words<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update boards
        set
            name = $3,
            description = $4,
            style = $5,
            icon = $6,
            tone = $7,
            category_id = $2,
            position = case
                when category_id = $2 then position
                else (
                    select coalesce(max(others.position), 0) + 1
                    from boards as others
                    where others.category_id = $2
                )
            end
        where id = $1
        "#,
        id.0,
        words.category.0,
        words.name,
        words.description,
        words.style as Style,
        words.icon,
        words.tone,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::boards) async fn update_category(
    db: &mut PgConnection,
    id: CategoryId,
    name: &str,
) -> sqlx::Result<()> {
    sqlx::query!("update categories set name = $2 where id = $1", id.0, name).execute(db).await?;
    Ok(())
}

pub(in crate::boards) async fn archive(
    db: &mut PgConnection,
    id: BoardId,
    at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update boards set archived_at = $2 where id = $1", id.0, at).execute(db).await?;
    Ok(())
}

/// The boards of a category in their order, held until the transaction ends.
pub(in crate::boards) async fn board_order(
    db: &mut PgConnection,
    category: CategoryId,
) -> sqlx::Result<Vec<i64>> {
    let ids = sqlx::query_scalar!(
        "select id from boards where category_id = $1 order by position, id for no key update",
        category.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// All categories in their order, held until the transaction ends.
pub(in crate::boards) async fn category_order(db: &mut PgConnection) -> sqlx::Result<Vec<i64>> {
    let ids =
        sqlx::query_scalar!("select id from categories order by position, id for no key update")
            .fetch_all(db)
            .await?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Numbers categories in this order.
pub(in crate::boards) async fn order_categories(
    db: &mut PgConnection,
    ids: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update categories
        set position = placed.position::smallint
        from unnest($1::bigint[]) with ordinality as placed (id, position)
        where categories.id = placed.id
        "#,
        ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Numbers boards in this order.
pub(in crate::boards) async fn order_boards(
    db: &mut PgConnection,
    ids: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update boards
        set position = placed.position::smallint
        from unnest($1::bigint[]) with ordinality as placed (id, position)
        where boards.id = placed.id
        "#,
        ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a category stands: in the order of the list.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) id: CategoryId,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) boards: Vec<StandingBoard>,
}

/// Where a board stands below it.
#[derive(Debug, Clone)]
pub(crate) struct StandingBoard {
    pub(crate) id: BoardId,
    pub(crate) slug: String,
    pub(crate) name: String,
}

/// Everything in its order.
pub(crate) async fn standing(db: &mut PgConnection) -> sqlx::Result<Vec<Standing>> {
    let categories = sqlx::query!("select id, slug, name from categories order by position, id");
    let mut all: Vec<Standing> = Vec::new();
    for row in categories.fetch_all(&mut *db).await? {
        all.push(Standing { id: row.id, slug: row.slug, name: row.name, boards: Vec::new() });
    }
    let boards =
        sqlx::query!("select id, category_id, slug, name from boards order by position, id");
    for row in boards.fetch_all(db).await? {
        if let Some(category) = all.iter_mut().find(|category| category.id == row.category_id) {
            category.boards.push(StandingBoard { id: row.id, slug: row.slug, name: row.name });
        }
    }
    Ok(all)
}

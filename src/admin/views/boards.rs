use crate::kit::CategoryId;
use sqlx::PgConnection;

/// A heading with all its boards.
pub(in crate::admin) struct CategoryRow {
    pub(in crate::admin) slug: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) boards: Vec<BoardRow>,
}

/// A board, archived or not.
pub(in crate::admin) struct BoardRow {
    category_slug: String,
    pub(in crate::admin) slug: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) description: String,
    pub(in crate::admin) tone: i16,
    pub(in crate::admin) archived: bool,
    /// Whether guests, or else members, see it.
    pub(in crate::admin) guests: bool,
    pub(in crate::admin) members: bool,
}

/// All boards under all headings, in their order.
pub(in crate::admin) async fn boards(db: &mut PgConnection) -> sqlx::Result<Vec<CategoryRow>> {
    let mut rows =
        sqlx::query_as!(CategoryOnly, "select slug, name from categories order by position, id",)
            .fetch_all(&mut *db)
            .await?
            .into_iter()
            .map(|row| CategoryRow { slug: row.slug, name: row.name, boards: Vec::new() })
            .collect::<Vec<_>>();
    let boards = sqlx::query_as!(
        BoardRow,
        r#"
        select
            categories.slug as category_slug,
            boards.slug,
            boards.name,
            boards.description,
            boards.tone,
            boards.archived_at is not null as "archived!",
            coalesce(bool_or(board_rights.role = 'guest'), false) as "guests!",
            coalesce(bool_or(board_rights.role in ('guest', 'member')), false) as "members!"
        from boards
        join categories on categories.id = boards.category_id
        left join board_rights on board_rights.board_id = boards.id
            and board_rights.level is not null
            and board_rights.role is not null
        group by boards.id, categories.id
        order by boards.position, boards.id
        "#,
    )
    .fetch_all(db)
    .await?;
    for board in boards {
        if let Some(row) = rows.iter_mut().find(|row| row.slug == board.category_slug) {
            row.boards.push(board);
        }
    }
    Ok(rows)
}

struct CategoryOnly {
    slug: String,
    name: String,
}

/// All headings by their ids.
pub(in crate::admin) async fn category_names(
    db: &mut PgConnection,
) -> sqlx::Result<Vec<(CategoryId, String, String)>> {
    let rows = sqlx::query!("select id, slug, name from categories order by position, id")
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.slug, row.name)).collect())
}

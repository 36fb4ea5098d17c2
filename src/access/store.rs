use super::Level;
use crate::{kit::BoardId, members::Role};
use sqlx::PgConnection;

/// Writes the rights of a board in place of those it had.
pub(super) async fn replace(
    db: &mut PgConnection,
    board: BoardId,
    roles: &[Role],
    levels: &[Level],
) -> sqlx::Result<()> {
    sqlx::query!("delete from board_rights where board_id = $1", board.0).execute(&mut *db).await?;
    sqlx::query!(
        r#"
        insert into board_rights (board_id, role, level)
        select $1, granted.role, granted.level
        from unnest($2::community_role[], $3::board_level[]) as granted (role, level)
        "#,
        board.0,
        roles as &[Role],
        levels as &[Level],
    )
    .execute(db)
    .await?;
    Ok(())
}

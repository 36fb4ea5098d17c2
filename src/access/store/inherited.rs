//! What boards have of their categories.

use crate::{access::rights::Above, kit::BoardId};
use sqlx::PgConnection;

/// Takes away all rules of a board.
pub(in crate::access) async fn clear(db: &mut PgConnection, board: BoardId) -> sqlx::Result<()> {
    sqlx::query!("delete from board_rights where board_id = $1", board.0).execute(db).await?;
    Ok(())
}

pub(in crate::access) async fn forget_inherited(
    db: &mut PgConnection,
    boards: &[BoardId],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from board_rights where board_id = any($1) and category_id is not null",
        &ids(boards),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds to the boards' own rules those of the nearest category that has one for the subject.
pub(in crate::access) async fn inherit(
    db: &mut PgConnection,
    lineage: &[Above],
) -> sqlx::Result<()> {
    let boards: Vec<i64> = lineage.iter().map(|above| above.board.0).collect();
    let categories: Vec<i64> = lineage.iter().map(|above| above.category.0).collect();
    let distances: Vec<i32> = lineage.iter().map(|above| above.distance).collect();
    sqlx::query!(
        r#"
        insert into board_rights (board_id, role, group_id, member_id, level, uploads, category_id)
        select distinct on (above.board_id, rule.role, rule.group_id, rule.member_id)
            above.board_id,
            rule.role,
            rule.group_id,
            rule.member_id,
            rule.level,
            rule.uploads,
            rule.category_id
        from unnest($1::bigint[], $2::bigint[], $3::integer[]) as above (board_id, category_id, distance)
        join category_rights as rule on rule.category_id = above.category_id
        order by above.board_id, rule.role, rule.group_id, rule.member_id, above.distance
        on conflict do nothing
        "#,
        &boards,
        &categories,
        &distances,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Administrators may do everything on every board, whatever its rules are.
pub(in crate::access) async fn admit_admins(
    db: &mut PgConnection,
    boards: &[BoardId],
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into board_rights (board_id, role, level, uploads)
        select id, 'admin', 'moderate', true
        from unnest($1::bigint[]) as board (id)
        on conflict do nothing
        "#,
        &ids(boards),
    )
    .execute(db)
    .await?;
    Ok(())
}

fn ids(boards: &[BoardId]) -> Vec<i64> {
    boards.iter().map(|board| board.0).collect()
}

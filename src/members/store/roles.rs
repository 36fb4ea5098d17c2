use crate::{kit::MemberId, members::Role};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// False where the member had the role already.
pub(in crate::members) async fn grant(
    db: &mut PgConnection,
    id: MemberId,
    role: Role,
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into member_roles (member_id, role, granted_at, granted_by)
        values ($1, $2, $3, $4)
        on conflict do nothing
        "#,
        id.0,
        role as Role,
        now,
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False where the member did not have the role.
pub(in crate::members) async fn revoke(
    db: &mut PgConnection,
    id: MemberId,
    role: Role,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from member_roles where member_id = $1 and role = $2",
        id.0,
        role as Role,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who runs the community, with the rows that say so held until the transaction ends.
pub(in crate::members) async fn hold_admins(db: &mut PgConnection) -> sqlx::Result<Vec<MemberId>> {
    let ids = sqlx::query_scalar!(
        "select member_id from member_roles where role = 'admin' order by member_id for update",
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(MemberId).collect())
}

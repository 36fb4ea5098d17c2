//! Looks at everybody, for who has earned a badge already.

use crate::reputation::badges::grants::Grant;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Has everybody looked at for this badge.
pub(in crate::reputation) async fn begin(
    db: &mut PgConnection,
    badge: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into badge_grants (badge_id, begun_at, last_id)
        select $1, $2, coalesce((select members.id from members order by members.id desc limit 1), 0)
        "#,
        badge,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The latest look at everybody for this badge.
pub(in crate::reputation) async fn latest(
    db: &mut PgConnection,
    badge: i64,
) -> sqlx::Result<Option<Grant>> {
    sqlx::query_as!(
        Grant,
        r#"
        select id, badge_id, after_id, last_id, given, ended_at
        from badge_grants
        where badge_id = $1
        order by id desc
        limit 1
        "#,
        badge,
    )
    .fetch_optional(db)
    .await
}

/// The one to go on with, held.
pub(in crate::reputation::badges) async fn next(
    db: &mut PgConnection,
) -> sqlx::Result<Option<Grant>> {
    sqlx::query_as!(
        Grant,
        r#"
        select id, badge_id, after_id, last_id, given, ended_at
        from badge_grants
        where ended_at is null
        order by id
        limit 1
        for update
        "#,
    )
    .fetch_optional(db)
    .await
}

/// Notes how far it has come.
pub(in crate::reputation::badges) async fn set(
    db: &mut PgConnection,
    grant: &Grant,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update badge_grants set after_id = $2, given = $3, ended_at = $4 where id = $1",
        grant.id,
        grant.after_id,
        grant.given,
        grant.ended_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

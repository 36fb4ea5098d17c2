//! What administrators make of badges.

use crate::{kit::MemberId, reputation::badges::Badge};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Adds a badge, and its set where there is none of this name; `None` where its name in addresses is taken.
pub(in crate::reputation) async fn insert(
    db: &mut PgConnection,
    badge: &Badge,
) -> sqlx::Result<Option<i64>> {
    let set = set(db, &badge.set).await?;
    sqlx::query_scalar!(
        r#"
        insert into badges (set_id, slug, name, about, icon, level, formula, lapses)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (slug) do nothing
        returning id
        "#,
        set,
        badge.slug,
        badge.name,
        badge.about,
        badge.icon,
        badge.level,
        badge.formula,
        badge.lapses,
    )
    .fetch_optional(db)
    .await
}

async fn set(db: &mut PgConnection, name: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into badge_sets (position, name)
        select coalesce(max(badge_sets.position), 0) + 1, $1
        from badge_sets
        on conflict (name) do update
        set name = excluded.name
        returning id
        "#,
        name,
    )
    .fetch_one(db)
    .await
}

/// Changes what a badge is.
pub(in crate::reputation) async fn update(
    db: &mut PgConnection,
    badge: &Badge,
) -> sqlx::Result<()> {
    let set = set(db, &badge.set).await?;
    sqlx::query!(
        r#"
        update badges
        set set_id = $2, name = $3, about = $4, icon = $5, level = $6, formula = $7, lapses = $8
        where id = $1
        "#,
        badge.id,
        set,
        badge.name,
        badge.about,
        badge.icon,
        badge.level,
        badge.formula,
        badge.lapses,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps out whoever else would change a badge.
pub(in crate::reputation) async fn hold(db: &mut PgConnection, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("select id from badges where slug = $1 for no key update", slug)
        .fetch_optional(db)
        .await?;
    Ok(())
}

pub(in crate::reputation) async fn retire(
    db: &mut PgConnection,
    badge: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update badges set retired_at = $2 where id = $1", badge, now).execute(db).await?;
    Ok(())
}

/// Who holds a badge by this award.
pub(in crate::reputation) async fn holder(
    db: &mut PgConnection,
    badge: i64,
    award: i64,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select member_id as "member_id: MemberId"
        from badge_awards
        where id = $2
            and badge_id = $1
            and revoked_at is null
        "#,
        badge,
        award,
    )
    .fetch_optional(db)
    .await
}

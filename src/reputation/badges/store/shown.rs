//! Who holds which badges, for pages.

use crate::{
    kit::MemberId,
    reputation::badges::shown::{Held, Owner},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The badges a member holds, and since when.
pub(in crate::reputation) async fn since(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<(i64, OffsetDateTime)>> {
    let rows = sqlx::query!(
        "select badge_id, at from badge_awards where member_id = $1 and revoked_at is null",
        member.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.badge_id, row.at)).collect())
}

/// What a profile shows: the highest of what a member holds.
pub(crate) async fn shelf(db: &mut PgConnection, member: MemberId) -> sqlx::Result<Vec<Held>> {
    sqlx::query_as!(
        Held,
        r#"
        select badges.slug, badges.name, badges.icon, badges.level, badge_awards.at
        from badge_awards
        join badges on badges.id = badge_awards.badge_id
        where badge_awards.member_id = $1
            and badge_awards.revoked_at is null
        order by badges.level desc, badge_awards.at desc, badge_awards.id desc
        limit 60
        "#,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// One page of those who hold a badge and what comes first of the next, the latest first; who chose to stand on no
/// list only where `everybody`.
pub(in crate::reputation) async fn owners(
    db: &mut PgConnection,
    badge: i64,
    before: i64,
    everybody: bool,
) -> sqlx::Result<Vec<Owner>> {
    sqlx::query_as!(
        Owner,
        r#"
        select
            badge_awards.id,
            members.id as "member_id: MemberId",
            members.handle,
            members.name,
            badge_awards.at,
            badge_awards.reason,
            members.unlisted_at is not null as "unlisted!"
        from badge_awards
        join members on members.id = badge_awards.member_id
        where badge_awards.badge_id = $1
            and badge_awards.revoked_at is null
            and badge_awards.id < $2
            and members.closed_at is null
            and (members.unlisted_at is null or $3)
        order by badge_awards.id desc
        limit 51
        "#,
        badge,
        before,
        everybody,
    )
    .fetch_all(db)
    .await
}

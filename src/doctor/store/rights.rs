//! Whether rights that were written out are what the rules say.

use crate::{kit::MemberId, reputation};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Members who are mended together.
const AT_ONCE: usize = 1_000;

/// Rules that a board should have of its categories and has not, or has and should not.
pub(in crate::doctor) async fn inherited(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        with recursive above as (
            select boards.id as board_id, boards.category_id, 0 as distance
            from boards
            union all
            select above.board_id, categories.parent_id, above.distance + 1
            from above
            join categories on categories.id = above.category_id
            where categories.parent_id is not null
        ),
        nearest as (
            select distinct on (above.board_id, rule.role, rule.group_id, rule.member_id)
                above.board_id,
                rule.role,
                rule.group_id,
                rule.member_id,
                rule.level,
                rule.uploads,
                rule.category_id
            from above
            join category_rights as rule on rule.category_id = above.category_id
            order by above.board_id, rule.role, rule.group_id, rule.member_id, above.distance
        ),
        due as (
            select board_id, role, group_id, member_id, level, uploads, category_id
            from nearest
            where not exists (
                select
                from board_rights as own
                where own.board_id = nearest.board_id
                    and own.category_id is null
                    and own.role is not distinct from nearest.role
                    and own.group_id is not distinct from nearest.group_id
                    and own.member_id is not distinct from nearest.member_id
            )
        ),
        written as (
            select board_id, role, group_id, member_id, level, uploads, category_id
            from board_rights
            where category_id is not null
        )
        select count(*) as "count!"
        from (
            (table due except table written)
            union all
            (table written except table due)
        ) as difference
        "#,
    )
    .fetch_one(db)
    .await
}

/// Members who are in a group by a rank they do not hold, or hold one that should bring them in and has not.
pub(in crate::doctor) async fn by_rank(
    db: &mut PgConnection,
    _: OffsetDateTime,
) -> sqlx::Result<i64> {
    Ok(i64::try_from(astray(db).await?.len()).unwrap_or(i64::MAX))
}

/// Brings each of them where their rank brings them.
pub(in crate::doctor) async fn mend_by_rank(
    db: &mut PgConnection,
    now: OffsetDateTime,
) -> sqlx::Result<u64> {
    let astray = astray(db).await?;
    for members in astray.chunks(AT_ONCE) {
        reputation::ledger::confer(db, members, now).await?;
    }
    Ok(astray.len() as u64)
}

async fn astray(db: &mut PgConnection) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select distinct member_id as "member_id!: MemberId"
        from (
            select groups.id as group_id, member_ranks.member_id
            from groups
            join ranks as least on least.id = groups.rank_id
            join ranks as reached on reached.position >= least.position
            join member_ranks on member_ranks.rank_id = reached.id
            join members on members.id = member_ranks.member_id
            where members.erased_at is null
        ) as due
        full join group_members using (group_id, member_id)
        where group_members.since is null
            or due.member_id is null and group_members.rank_id is not null
        "#,
    )
    .fetch_all(db)
    .await
}

//! Whether rights that were written out are what the rules say.

use sqlx::PgConnection;

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
pub(in crate::doctor) async fn by_rank(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
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
    .fetch_one(db)
    .await
}

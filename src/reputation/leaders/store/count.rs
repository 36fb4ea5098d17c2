//! Adding leaderboards up.

use crate::reputation::leaders::{MOST, Source};
use sqlx::PgConnection;

/// At a million members one count takes longer than a request may.
pub(in crate::reputation::leaders) async fn take_time(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local statement_timeout = '5min'").execute(&mut *db).await?;
    sqlx::query!("set local work_mem = '64MB'").execute(db).await?;
    Ok(())
}

/// The number of a counting.
pub(in crate::reputation::leaders) async fn next_counting(
    db: &mut PgConnection,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select nextval('leader_countings') as "made!""#).fetch_one(db).await
}

/// Counts one metric over one window for every scope, with staff and without.
pub(in crate::reputation::leaders) async fn count(
    db: &mut PgConnection,
    metric: &str,
    days: i16,
    source: &Source,
    made: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        with earned as (
            select metric_boards.member_id, metric_boards.board_id, counter.scale * metric_boards.total as value
            from unnest($3::text[], $4::bigint[]) as counter (name, scale)
            join metric_boards on metric_boards.metric = counter.name
            where $5::date is null
            union all
            select metric_days.member_id, metric_days.board_id, counter.scale * metric_days.total
            from unnest($3::text[], $4::bigint[]) as counter (name, scale)
            join metric_days on metric_days.metric = counter.name
                and metric_days.day > $5
            where metric_days.board_id is not null
        ),
        scopes as (
            select boards.id as board_id, 'board:' || boards.id as scope
            from boards
            union all
            select distinct board_rights.board_id, audience.scope
            from board_rights
            join (values ('guest', 'guest'), ('member', 'guest'), ('member', 'member')) as audience (scope, role)
                on audience.role = board_rights.role::text
            where board_rights.level is not null
        ),
        sums as materialized (
            select
                scopes.scope,
                earned.member_id,
                sum(earned.value)::bigint / 1000 as value,
                staff.member_id is not null as staff
            from earned
            join scopes on scopes.board_id = earned.board_id
            left join (
                select distinct member_roles.member_id
                from member_roles
                where member_roles.role in ('staff', 'admin')
            ) as staff on staff.member_id = earned.member_id
            where earned.member_id not in (
                select members.id
                from members
                where members.closed_at is not null
                    or members.unlisted_at is not null
            )
            group by scopes.scope, earned.member_id, staff.member_id
            having sum(earned.value) >= 1000
        ),
        grouped as (
            select sums.scope, sums.staff, sums.value, count(*) as members
            from sums
            group by sums.scope, sums.staff, sums.value
        ),
        counted as (
            select grouped.scope, variant.with_staff, grouped.value, sum(grouped.members)::integer as members
            from grouped
            join (values (true), (false)) as variant (with_staff) on variant.with_staff or not grouped.staff
            group by grouped.scope, variant.with_staff, grouped.value
        ),
        steps as materialized (
            select
                counted.scope,
                counted.with_staff,
                counted.value,
                counted.members,
                (sum(counted.members) over (
                    partition by counted.scope, counted.with_staff
                    order by counted.value desc
                ) - counted.members)::integer as above
            from counted
        ),
        least as (
            select steps.scope, steps.with_staff, min(steps.value) as value
            from steps
            where steps.above < $7
            group by steps.scope, steps.with_staff
        ),
        lines as (
            select
                sums.scope,
                least.with_staff,
                sums.member_id,
                sums.value,
                row_number() over (
                    partition by sums.scope, least.with_staff
                    order by sums.value desc, sums.member_id
                ) as line
            from sums
            join least on least.scope = sums.scope
                and least.value <= sums.value
            where least.with_staff or not sums.staff
        ),
        listed as (
            insert into leaders (metric, days, scope, with_staff, made, line, place, member_id, value)
            select $1, $2, lines.scope, lines.with_staff, $6, lines.line, steps.above + 1, lines.member_id, lines.value
            from lines
            join steps on steps.scope = lines.scope
                and steps.with_staff = lines.with_staff
                and steps.value = lines.value
            where lines.line <= $7
        )
        insert into leader_steps (metric, days, scope, with_staff, made, value, above, members)
        select $1, $2, steps.scope, steps.with_staff, $6, steps.value, steps.above, steps.members
        from steps
        "#,
        metric,
        days,
        &source.counters,
        &source.scales,
        source.after,
        made,
        MOST,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away what earlier countings made.
pub(in crate::reputation::leaders) async fn forget_before(
    db: &mut PgConnection,
    days: i16,
    made: i64,
) -> sqlx::Result<()> {
    sqlx::query!("delete from leaders where days = $1 and made < $2", days, made)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from leader_steps where days = $1 and made < $2", days, made)
        .execute(db)
        .await?;
    Ok(())
}

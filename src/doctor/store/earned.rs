//! The ledger's three copies, by day, by board and by whom it came from: each is what the ledger adds up to,
//! without the entries that wait in the backlog.

use sqlx::PgConnection;

pub(in crate::doctor) async fn days(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select member_id, metric, metric_day(counts_on, at) as day, board_id, sum(delta) as total
            from metric_events
            where not exists (
                select
                from ledger_backlog
                where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
            )
            group by 1, 2, 3, 4
        ) as counted
        full join metric_days as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.day = counted.day
            and coalesce(kept.board_id, 0) = coalesce(counted.board_id, 0)
        where coalesce(counted.total, 0) <> coalesce(kept.total, 0)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_days(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into metric_days (member_id, metric, day, board_id, total)
        select
            coalesce(counted.member_id, kept.member_id),
            coalesce(counted.metric, kept.metric),
            coalesce(counted.day, kept.day),
            coalesce(counted.board_id, kept.board_id),
            coalesce(counted.total, 0)
        from (
            select member_id, metric, metric_day(counts_on, at) as day, board_id, sum(delta) as total
            from metric_events
            where not exists (
                select
                from ledger_backlog
                where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
            )
            group by 1, 2, 3, 4
        ) as counted
        full join metric_days as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.day = counted.day
            and coalesce(kept.board_id, 0) = coalesce(counted.board_id, 0)
        where coalesce(counted.total, 0) <> coalesce(kept.total, 0)
        on conflict on constraint metric_days_once do update
        set total = excluded.total
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(in crate::doctor) async fn boards(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select member_id, metric, board_id, sum(delta) as total
            from metric_events
            where not exists (
                select
                from ledger_backlog
                where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
            )
                and board_id is not null
            group by 1, 2, 3
        ) as counted
        full join metric_boards as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.board_id = counted.board_id
        where coalesce(counted.total, 0) <> coalesce(kept.total, 0)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_boards(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into metric_boards (member_id, metric, board_id, total)
        select
            coalesce(counted.member_id, kept.member_id),
            coalesce(counted.metric, kept.metric),
            coalesce(counted.board_id, kept.board_id),
            coalesce(counted.total, 0)
        from (
            select member_id, metric, board_id, sum(delta) as total
            from metric_events
            where not exists (
                select
                from ledger_backlog
                where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
            )
                and board_id is not null
            group by 1, 2, 3
        ) as counted
        full join metric_boards as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.board_id = counted.board_id
        where coalesce(counted.total, 0) <> coalesce(kept.total, 0)
        on conflict (member_id, metric, board_id) do update
        set total = excluded.total
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(in crate::doctor) async fn pairs(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select came.member_id, came.metric, came.other_id, came.day, sum(sign(came.delta))::bigint as times
            from (
                select
                    member_id,
                    metric,
                    coalesce(
                        other_id,
                        case when metric in ('solutions', 'kudos_received') then earned_from(metric, cause) end
                    ) as other_id,
                    metric_day(counts_on, at) as day,
                    delta
                from metric_events
                where not exists (
                    select
                    from ledger_backlog
                    where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
                )
            ) as came
            where came.other_id is not null
            group by 1, 2, 3, 4
        ) as counted
        full join metric_pairs as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.other_id = counted.other_id
            and kept.day = counted.day
        where coalesce(counted.times, 0) <> coalesce(kept.times, 0)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(in crate::doctor) async fn mend_pairs(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into metric_pairs (member_id, metric, other_id, day, times)
        select
            coalesce(counted.member_id, kept.member_id),
            coalesce(counted.metric, kept.metric),
            coalesce(counted.other_id, kept.other_id),
            coalesce(counted.day, kept.day),
            coalesce(counted.times, 0)
        from (
            select came.member_id, came.metric, came.other_id, came.day, sum(sign(came.delta))::bigint as times
            from (
                select
                    member_id,
                    metric,
                    coalesce(
                        other_id,
                        case when metric in ('solutions', 'kudos_received') then earned_from(metric, cause) end
                    ) as other_id,
                    metric_day(counts_on, at) as day,
                    delta
                from metric_events
                where not exists (
                    select
                    from ledger_backlog
                    where metric_events.id between ledger_backlog.first_id and ledger_backlog.last_id
                )
            ) as came
            where came.other_id is not null
            group by 1, 2, 3, 4
        ) as counted
        full join metric_pairs as kept on kept.member_id = counted.member_id
            and kept.metric = counted.metric
            and kept.other_id = counted.other_id
            and kept.day = counted.day
        where coalesce(counted.times, 0) <> coalesce(kept.times, 0)
        on conflict (member_id, metric, other_id, day) do update
        set times = excluded.times
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps of each board those `most` who earned most after `since`, and nobody else.
pub(super) async fn settle(
    db: &mut PgConnection,
    since: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        with best as (
            select standing.board_id, standing.member_id, standing.points
            from (
                select
                    metric_events.board_id,
                    metric_events.member_id,
                    sum(
                        case metric_events.metric when 'points' then 1000 else 1 end * metric_events.delta
                    )::bigint / 1000 as points,
                    row_number() over (
                        partition by metric_events.board_id
                        order by
                            sum(
                                case metric_events.metric when 'points' then 1000 else 1 end * metric_events.delta
                            ) desc,
                            metric_events.member_id
                    ) as place
                from metric_events
                where metric_events.metric in ('points', 'point_thousandths')
                    and metric_events.at > $1
                    -- What was undone goes from its day, and that may be long ago.
                    and metric_day(metric_events.counts_on, metric_events.at) > ($1 at time zone 'UTC')::date
                    and metric_events.board_id is not null
                    and metric_events.member_id not in (select id from members where closed_at is not null)
                group by metric_events.board_id, metric_events.member_id
                having sum(case metric_events.metric when 'points' then 1000 else 1 end * metric_events.delta) >= 1000
            ) as standing
            where standing.place <= $2
        ),
        fallen as (
            delete from board_helpers
            where not exists (
                select
                from best
                where best.board_id = board_helpers.board_id
                    and best.member_id = board_helpers.member_id
            )
        )
        insert into board_helpers (board_id, member_id, points)
        select best.board_id, best.member_id, best.points
        from best
        on conflict (board_id, member_id) do update
        set points = excluded.points
        where board_helpers.points <> excluded.points
        "#,
        since,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

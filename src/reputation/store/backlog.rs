//! Entries from before the ledger counted itself: see the migration `count_what_was_earned`.

use sqlx::PgConnection;

/// Counts the next `most` ids of the backlog; returns how many ids that were, and whether there are more.
pub(in crate::reputation) async fn count(
    db: &mut PgConnection,
    most: i64,
) -> sqlx::Result<(i64, bool)> {
    let Some(backlog) = sqlx::query!("select first_id, last_id from ledger_backlog for update")
        .fetch_optional(&mut *db)
        .await?
    else {
        return Ok((0, false));
    };
    let last = backlog.last_id.min(backlog.first_id + most - 1);
    count_by_day(db, backlog.first_id, last).await?;
    count_by_board(db, backlog.first_id, last).await?;
    count_by_pair(db, backlog.first_id, last).await?;
    if last == backlog.last_id {
        sqlx::query!("delete from ledger_backlog").execute(db).await?;
    } else {
        sqlx::query!("update ledger_backlog set first_id = $1", last + 1).execute(db).await?;
    }
    Ok((last - backlog.first_id + 1, last < backlog.last_id))
}

async fn count_by_day(db: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into metric_days (member_id, metric, day, board_id, total)
        select member_id, metric, metric_day(counts_on, at), board_id, sum(delta)
        from metric_events
        where id between $1 and $2
        group by 1, 2, 3, 4
        order by 1, 2, 3, 4
        on conflict on constraint metric_days_once do update
        set total = metric_days.total + excluded.total
        "#,
        first,
        last,
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn count_by_board(db: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into metric_boards (member_id, metric, board_id, total)
        select member_id, metric, board_id, sum(delta)
        from metric_events
        where id between $1 and $2
            and board_id is not null
        group by 1, 2, 3
        order by 1, 2, 3
        on conflict (member_id, metric, board_id) do update
        set total = metric_boards.total + excluded.total
        "#,
        first,
        last,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The entries themselves do not say from whom they came; their causes do.
async fn count_by_pair(db: &mut PgConnection, first: i64, last: i64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into metric_pairs (member_id, metric, other_id, day, times)
        select came.member_id, came.metric, came.other_id, came.day, sum(sign(came.delta))
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
            where id between $1 and $2
        ) as came
        where came.other_id is not null
        group by 1, 2, 3, 4
        order by 1, 2, 3, 4
        on conflict (member_id, metric, other_id, day) do update
        set times = metric_pairs.times + excluded.times
        "#,
        first,
        last,
    )
    .execute(db)
    .await?;
    Ok(())
}

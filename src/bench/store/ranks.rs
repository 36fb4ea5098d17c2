//! SQL of `candor bench ranks`.

use crate::kit::{MemberId, PostId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Members with handles of the benchmark's own.
pub(in crate::bench) async fn helpers(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from members where handle like 'helper-%'"#)
        .fetch_one(db)
        .await
}

/// Adds members, each with one to three deeds of the last 400 days, spread by their ids: replies, some of which
/// were thanked for or accepted by other members. Returns their ids.
pub(in crate::bench) async fn add(
    db: &mut PgConnection,
    (handles, skeletons): (&[String], &[String]),
    board: i64,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<i64>> {
    let members = sqlx::query_scalar!(
        r#"
        insert into members (handle, handle_skeleton, name, joined_at)
        select new.handle, new.skeleton, new.handle, $3::timestamptz - interval '400 days'
        from unnest($1::text[], $2::text[]) as new (handle, skeleton)
        returning id
        "#,
        handles,
        skeletons,
        now,
    )
    .fetch_all(&mut *db)
    .await?;
    let members: Vec<i64> = members.into_iter().map(|member| member.0).collect();
    sqlx::query!(
        r#"
        with deeds as (
            select
                member.id,
                deed.number,
                (hashint8(member.id * 31 + deed.number) & 1023) % 400 as days_ago,
                (hashint8(member.id * 17 + deed.number) & 1023) % 4 as kind
            from unnest($1::bigint[]) as member (id)
            cross join lateral generate_series(1, 1 + (hashint8(member.id) & 1023) % 3) as deed (number)
        ),
        entered as (
            insert into metric_events (member_id, metric, board_id, other_id, delta, cause, at)
            select
                deeds.id,
                entry.metric,
                $2,
                case when entry.metric in ('solutions', 'kudos_received')
                    then (select min(one.id) from unnest($1::bigint[]) as one (id)) + deeds.number end,
                entry.delta,
                'bench:' || deeds.id || ':' || deeds.number,
                $3::timestamptz - deeds.days_ago * interval '1 day'
            from deeds
            cross join lateral (
                values
                    ('replies', 1),
                    (case deeds.kind when 0 then 'solutions' when 1 then 'kudos_received' end, 1),
                    ('points', case deeds.kind when 0 then 17 when 1 then 6 else 2 end),
                    (case deeds.kind when 0 then 'exempt_points' end, 15)
            ) as entry (metric, delta)
            where entry.metric is not null
            returning member_id, metric, delta
        )
        insert into metric_totals (member_id, metric, total)
        select entered.member_id, entered.metric, sum(entered.delta)::bigint
        from entered
        group by entered.member_id, entered.metric
        "#,
        &members,
        board,
        now,
    )
    .execute(db)
    .await?;
    Ok(members)
}

/// What autovacuum would have done by then.
pub(in crate::bench) async fn tidy(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("vacuum (analyze)").execute(db).await?;
    Ok(())
}

pub(in crate::bench) async fn of_handle(
    db: &mut PgConnection,
    handle: &str,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!("select id from members where handle = $1", handle).fetch_optional(db).await
}

/// Members spread over all of them.
pub(in crate::bench) async fn answerers(
    db: &mut PgConnection,
    most: i64,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select id
        from members
        where handle like 'helper-%'
        order by hashint8(id)
        limit $1
        "#,
        most,
    )
    .fetch_all(db)
    .await
}

pub(in crate::bench) async fn rank(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!("select rank_id from member_ranks where member_id = $1", member.0)
        .fetch_optional(db)
        .await
}

pub(in crate::bench) async fn last_post(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<PostId> {
    sqlx::query_scalar!(
        "select id from posts where thread_id = $1 order by position desc limit 1",
        thread.0
    )
    .fetch_one(db)
    .await
}

pub(in crate::bench) async fn entries(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from metric_events"#).fetch_one(db).await
}

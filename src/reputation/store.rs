mod holders;

use super::{ledger::Entry, rank::Rank};
use crate::kit::{MemberId, PostId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use holders::held;
pub(crate) use holders::holders;

/// A member's new total of points.
pub(super) struct Points {
    pub(super) member_id: MemberId,
    pub(super) total: i64,
}

/// Enters what is new and adds it up; returns the members whose points changed.
pub(super) async fn append(
    db: &mut PgConnection,
    entries: &[Entry],
    times: &[OffsetDateTime],
) -> sqlx::Result<Vec<Points>> {
    let members: Vec<i64> = entries.iter().map(|entry| entry.member.0).collect();
    let metrics: Vec<String> = entries.iter().map(|entry| entry.metric.to_owned()).collect();
    let boards: Vec<Option<i64>> =
        entries.iter().map(|entry| entry.board.map(|board| board.0)).collect();
    let deltas: Vec<i64> = entries.iter().map(|entry| entry.delta).collect();
    let causes: Vec<String> = entries.iter().map(|entry| entry.cause.clone()).collect();
    // Totals are taken in a fixed order, so that two deeds for the same two members wait for each
    // other and do not block.
    sqlx::query_as!(
        Points,
        r#"
        with entered as (
            insert into metric_events (member_id, metric, board_id, delta, cause, at)
            select entry.member_id, entry.metric, entry.board_id, entry.delta, entry.cause, entry.at
            from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::timestamptz[])
                as entry (member_id, metric, board_id, delta, cause, at)
            on conflict do nothing
            returning member_id, metric, delta
        ),
        summed as (
            insert into metric_totals (member_id, metric, total)
            select entered.member_id, entered.metric, sum(entered.delta)::bigint
            from entered
            group by entered.member_id, entered.metric
            order by entered.member_id, entered.metric
            on conflict (member_id, metric) do update
            set total = metric_totals.total + excluded.total
            returning member_id, metric, total
        )
        select summed.member_id as "member_id!: MemberId", summed.total as "total!"
        from summed
        where summed.metric = 'points'
        "#,
        &members,
        &metrics,
        &boards as &[Option<i64>],
        &deltas,
        &causes,
        times,
    )
    .fetch_all(db)
    .await
}

/// A member who came to another rank.
pub(super) struct Moved {
    pub(super) member_id: MemberId,
    pub(super) rank_id: i64,
    /// To a higher one.
    pub(super) rose: bool,
}

/// Gives members the rank their points are worth; returns those to whom it is another.
pub(super) async fn settle_ranks(
    db: &mut PgConnection,
    points: &[Points],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Moved>> {
    let members: Vec<i64> = points.iter().map(|points| points.member_id.0).collect();
    let totals: Vec<i64> = points.iter().map(|points| points.total).collect();
    sqlx::query_as!(
        Moved,
        r#"
        with worth as (
            select standing.member_id, rank.id as rank_id, rank.position, held.position as held
            from unnest($1::bigint[], $2::bigint[]) as standing (member_id, total)
            cross join lateral (
                select ranks.id, ranks.position
                from ranks
                where ranks.points <= greatest(standing.total, 0)
                order by ranks.points desc
                limit 1
            ) as rank
            left join (
                select member_ranks.member_id, ranks.position
                from member_ranks
                join ranks on ranks.id = member_ranks.rank_id
            ) as held on held.member_id = standing.member_id
        ),
        settled as (
            insert into member_ranks (member_id, rank_id, since)
            select worth.member_id, worth.rank_id, $3
            from worth
            order by worth.member_id
            on conflict (member_id) do update
            set rank_id = excluded.rank_id, since = excluded.since
            where member_ranks.rank_id <> excluded.rank_id
        )
        select
            worth.member_id as "member_id!: MemberId",
            worth.rank_id as "rank_id!",
            worth.position > coalesce(worth.held, 1) as "rose!"
        from worth
        where worth.position <> coalesce(worth.held, 1)
        "#,
        &members,
        &totals,
        now,
    )
    .fetch_all(db)
    .await
}

/// An entry as it was made.
pub(super) struct Entered {
    pub(super) member_id: MemberId,
    pub(super) metric: String,
    pub(super) board_id: Option<i64>,
    pub(super) delta: i64,
}

/// What a cause earned.
pub(super) async fn earned_by(db: &mut PgConnection, cause: &str) -> sqlx::Result<Vec<Entered>> {
    sqlx::query_as!(
        Entered,
        r#"
        select member_id as "member_id: MemberId", metric, board_id, delta
        from metric_events
        where cause = $1
        "#,
        cause,
    )
    .fetch_all(db)
    .await
}

/// The whole ladder, from below.
pub(crate) async fn ladder(db: &mut PgConnection) -> sqlx::Result<Vec<Rank>> {
    sqlx::query_as!(Rank, "select id, position, name, points, icon from ranks order by position")
        .fetch_all(db)
        .await
}

/// A member's total of one metric.
pub(crate) async fn total(
    db: &mut PgConnection,
    member: MemberId,
    metric: &str,
) -> sqlx::Result<i64> {
    let total = sqlx::query_scalar!(
        "select total from metric_totals where member_id = $1 and metric = $2",
        member.0,
        metric,
    )
    .fetch_optional(db)
    .await?;
    Ok(total.unwrap_or(0))
}

/// Notes the thanks; `None` where this member has given them already.
pub(super) async fn insert_kudos(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        insert into kudos (post_id, giver_id, given_at)
        values ($1, $2, $3)
        on conflict do nothing
        returning id
        "#,
        post.0,
        giver.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Takes the thanks back; `None` where there were none.
pub(super) async fn delete_kudos(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "delete from kudos where post_id = $1 and giver_id = $2 returning id",
        post.0,
        giver.0
    )
    .fetch_optional(db)
    .await
}

/// Notes thanks from nobody in particular; returns their ids in the order of `times`.
pub(super) async fn insert_giverless(
    db: &mut PgConnection,
    post: PostId,
    times: &[OffsetDateTime],
) -> sqlx::Result<Vec<i64>> {
    let mut ids = sqlx::query_scalar!(
        r#"
        insert into kudos (post_id, given_at)
        select $1, given.at
        from unnest($2::timestamptz[]) with ordinality as given (at, number)
        order by given.number
        returning id
        "#,
        post.0,
        times,
    )
    .fetch_all(db)
    .await?;
    ids.sort_unstable();
    Ok(ids)
}

/// Ranks above the first, as the whole ledger has them, with the last time points rose to them.
pub(super) async fn settle_past_ranks(db: &mut PgConnection, members: &[i64]) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        with standing as (
            select
                entry.member_id,
                entry.at,
                entry.id,
                entry.delta,
                sum(entry.delta) over (partition by entry.member_id order by entry.at, entry.id) as total
            from metric_events as entry
            where entry.metric = 'points'
                and entry.member_id = any($1)
        ),
        worth as (
            select metric_totals.member_id, rank.id as rank_id, rank.points
            from metric_totals
            cross join lateral (
                select ranks.id, ranks.points, ranks.position
                from ranks
                where ranks.points <= greatest(metric_totals.total, 0)
                order by ranks.points desc
                limit 1
            ) as rank
            where metric_totals.metric = 'points'
                and metric_totals.member_id = any($1)
                and rank.position > 1
        ),
        risen as (
            select distinct on (worth.member_id) worth.member_id, worth.rank_id, standing.at
            from worth
            join standing on standing.member_id = worth.member_id
                and standing.total >= worth.points
                and standing.total - standing.delta < worth.points
            order by worth.member_id, standing.at desc, standing.id desc
        )
        insert into member_ranks (member_id, rank_id, since)
        select member_id, rank_id, at
        from risen
        order by member_id
        on conflict (member_id) do update
        set rank_id = excluded.rank_id, since = excluded.since
        where (member_ranks.rank_id, member_ranks.since) is distinct from (excluded.rank_id, excluded.since)
        "#,
        members,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) mod backlog;
pub(super) mod facts;
mod holders;
pub(super) mod ladder;
pub(super) mod points;

use super::ledger::Entry;
use crate::kit::{MemberId, PostId};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

pub(super) use holders::{held, powers};
pub(crate) use ladder::ladder;

/// Holds these members' accounts in the ledger until the transaction ends, in a fixed order. Two deeds for the
/// same member follow each other, each seeing what the other earned them.
pub(super) async fn hold(db: &mut PgConnection, members: &[MemberId]) -> sqlx::Result<()> {
    let members: Vec<i64> = members.iter().map(|member| member.0).collect();
    sqlx::query!(
        "select id from members where id = any($1) order by id for no key update",
        &members,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Enters what is new and adds it up; returns the members of whom something changed.
pub(super) async fn append(
    db: &mut PgConnection,
    entries: &[Entry],
    times: &[OffsetDateTime],
) -> sqlx::Result<Vec<MemberId>> {
    let members: Vec<i64> = entries.iter().map(|entry| entry.member.0).collect();
    let metrics: Vec<String> =
        entries.iter().map(|entry| entry.counter.name().to_owned()).collect();
    let boards: Vec<Option<i64>> =
        entries.iter().map(|entry| entry.board.map(|board| board.0)).collect();
    let others: Vec<Option<i64>> =
        entries.iter().map(|entry| entry.other.map(|other| other.0)).collect();
    let deltas: Vec<i64> = entries.iter().map(|entry| entry.delta).collect();
    let causes: Vec<String> = entries.iter().map(|entry| entry.cause.clone()).collect();
    let days: Vec<Option<Date>> = entries.iter().map(|entry| entry.counts_on).collect();
    // Totals are taken in a fixed order, so that two deeds for the same two members wait for each
    // other and do not block.
    sqlx::query_scalar!(
        r#"
        with entered as (
            insert into metric_events (member_id, metric, board_id, other_id, delta, cause, at, counts_on)
            select
                entry.member_id, entry.metric, entry.board_id, entry.other_id, entry.delta, entry.cause,
                entry.at, entry.counts_on
            from unnest(
                $1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[],
                $7::timestamptz[], $8::date[]
            ) as entry (member_id, metric, board_id, other_id, delta, cause, at, counts_on)
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
            returning member_id
        )
        select distinct summed.member_id as "member_id!: MemberId"
        from summed
        "#,
        &members,
        &metrics,
        &boards as &[Option<i64>],
        &others as &[Option<i64>],
        &deltas,
        &causes,
        times,
        &days as &[Option<Date>],
    )
    .fetch_all(db)
    .await
}

/// An entry as it was made.
pub(super) struct Entered {
    pub(super) member_id: MemberId,
    pub(super) metric: String,
    pub(super) board_id: Option<i64>,
    pub(super) other_id: Option<i64>,
    pub(super) delta: i64,
    pub(super) cause: String,
    /// The day it counts for.
    pub(super) counts_on: Date,
}

/// What causes earned, and from whom, also where the entry does not say so itself.
pub(super) async fn earned_by(
    db: &mut PgConnection,
    causes: &[String],
) -> sqlx::Result<Vec<Entered>> {
    sqlx::query_as!(
        Entered,
        r#"
        select
            member_id as "member_id: MemberId",
            metric,
            board_id,
            coalesce(
                other_id,
                case when metric in ('solutions', 'kudos_received') then earned_from(metric, cause) end
            ) as other_id,
            delta,
            cause,
            metric_day(counts_on, at) as "counts_on!"
        from metric_events
        where cause = any($1)
        "#,
        causes,
    )
    .fetch_all(db)
    .await
}

/// Thanks of a member for a post.
pub(super) struct Kudos {
    pub(super) id: i64,
    /// In thousandths.
    pub(super) weight: i32,
}

/// Notes the thanks; `None` where this member has given them already.
pub(super) async fn insert_kudos(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Kudos>> {
    sqlx::query_as!(
        Kudos,
        r#"
        insert into kudos (post_id, giver_id, given_at, weight)
        values ($1, $2, $3, kudos_weight($2))
        on conflict do nothing
        returning id, weight
        "#,
        post.0,
        giver.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// The thanks of a member for a post; `None` where there are none.
pub(super) async fn kudos_of(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
) -> sqlx::Result<Option<Kudos>> {
    sqlx::query_as!(
        Kudos,
        "select id, weight from kudos where post_id = $1 and giver_id = $2",
        post.0,
        giver.0
    )
    .fetch_optional(db)
    .await
}

/// Takes the thanks back.
pub(super) async fn delete_kudos(db: &mut PgConnection, kudos: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from kudos where id = $1", kudos).execute(db).await?;
    Ok(())
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

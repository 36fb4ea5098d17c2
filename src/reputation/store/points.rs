//! What earns how much, and what somebody earned so far.

use crate::{kit::MemberId, reputation::points::PointTable};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The table in force.
pub(in crate::reputation) async fn current(db: &mut PgConnection) -> sqlx::Result<PointTable> {
    sqlx::query_as!(
        PointTable,
        r#"
        select solution, confirmation, kudos, reply, thread, daily_cap
        from point_tables
        order by id desc
        limit 1
        "#,
    )
    .fetch_one(db)
    .await
}

/// Puts another table in force; returns its id.
pub(in crate::reputation) async fn insert(
    db: &mut PgConnection,
    table: &PointTable,
    by: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into point_tables (set_by, at, solution, confirmation, kudos, reply, thread, daily_cap)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning id
        "#,
        by.0,
        now,
        table.solution,
        table.confirmation,
        table.kudos,
        table.reply,
        table.thread,
        table.daily_cap,
    )
    .fetch_one(db)
    .await
}

/// What an award goes by: the table in force, and what the two rules look at.
pub(in crate::reputation) struct Grounds {
    solution: i64,
    confirmation: i64,
    kudos: i64,
    reply: i64,
    thread: i64,
    daily_cap: i64,
    /// Thousandths earned today, without those that are exempt.
    pub(in crate::reputation) today: i64,
    /// Kudos that stand and came from this giver after a day.
    pub(in crate::reputation) thanked: i64,
    /// What kudos of this giver weigh, in thousandths.
    pub(in crate::reputation) weight: i64,
}

impl Grounds {
    pub(in crate::reputation) fn table(&self) -> PointTable {
        let Self { solution, confirmation, kudos, reply, thread, daily_cap, .. } = *self;
        PointTable { solution, confirmation, kudos, reply, thread, daily_cap }
    }
}

pub(in crate::reputation) async fn grounds(
    db: &mut PgConnection,
    member: MemberId,
    giver: Option<MemberId>,
    today: Date,
    after: Date,
) -> sqlx::Result<Grounds> {
    sqlx::query_as!(
        Grounds,
        r#"
        select
            rules.solution,
            rules.confirmation,
            rules.kudos,
            rules.reply,
            rules.thread,
            rules.daily_cap,
            (
                select coalesce(sum(
                    case metric_days.metric
                        when 'points' then 1000 * metric_days.total
                        when 'point_thousandths' then metric_days.total
                        else -1000 * metric_days.total
                    end
                ), 0)::bigint
                from metric_days
                where metric_days.member_id = $1
                    and metric_days.metric in ('points', 'point_thousandths', 'exempt_points')
                    and metric_days.day = $3
            ) as "today!",
            (
                select coalesce(sum(metric_pairs.times), 0)::bigint
                from metric_pairs
                where metric_pairs.member_id = $1
                    and metric_pairs.metric = 'kudos_received'
                    and metric_pairs.other_id = $2
                    and metric_pairs.day > $4
            ) as "thanked!",
            kudos_weight($2)::bigint as "weight!"
        from point_tables as rules
        order by rules.id desc
        limit 1
        "#,
        member.0,
        giver.map(|giver| giver.0),
        today,
        after,
    )
    .fetch_one(db)
    .await
}

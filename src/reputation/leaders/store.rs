pub(super) mod count;

use super::Source;
use crate::{kit::MemberId, members::Author};
use sqlx::PgConnection;

/// Which leaderboard, as its rows say it.
pub(super) struct Key {
    pub(super) metric: &'static str,
    pub(super) days: i16,
    pub(super) scope: String,
    pub(super) with_staff: bool,
}

/// One of the first.
pub(crate) struct Leader {
    pub(crate) id: MemberId,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) staff: bool,
    /// The rank come to.
    pub(crate) rank: Option<String>,
    pub(crate) rank_icon: Option<String>,
    pub(crate) rank_tone: Option<i16>,
    pub(crate) badge: Option<String>,
    pub(crate) badge_icon: Option<String>,
    pub(crate) place: i32,
    /// Whole ones of what they have.
    pub(crate) value: i64,
}

impl Leader {
    /// Who it is.
    pub(crate) fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }
}

/// Those who left, or left the leaderboards, are gone at once.
pub(super) async fn leaders(db: &mut PgConnection, key: &Key) -> sqlx::Result<Vec<Leader>> {
    sqlx::query_as!(
        Leader,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            exists (
                select
                from member_roles
                where member_roles.member_id = members.id
                    and member_roles.role in ('staff', 'admin')
            ) as "staff!",
            ranks.name as "rank?",
            ranks.icon as "rank_icon?",
            ranks.tone as "rank_tone?",
            badges.name as "badge?",
            badges.icon as "badge_icon?",
            leaders.place,
            leaders.value
        from leaders
        join members on members.id = leaders.member_id
        left join member_ranks on member_ranks.member_id = members.id
        left join ranks on ranks.id = member_ranks.rank_id
        left join badges on badges.id = members.badge_id
        where leaders.metric = $1
            and leaders.days = $2
            and leaders.scope = $3
            and leaders.with_staff = $4
            and members.closed_at is null
            and members.unlisted_at is null
        order by leaders.line
        "#,
        key.metric,
        key.days,
        key.scope,
        key.with_staff,
    )
    .fetch_all(db)
    .await
}

/// How many stand on it.
pub(super) async fn members(db: &mut PgConnection, key: &Key) -> sqlx::Result<i64> {
    let lowest = sqlx::query_scalar!(
        r#"
        select (above + members)::bigint as "members!"
        from leader_steps
        where metric = $1
            and days = $2
            and scope = $3
            and with_staff = $4
        order by made desc, value
        limit 1
        "#,
        key.metric,
        key.days,
        key.scope,
        key.with_staff,
    )
    .fetch_optional(db)
    .await?;
    Ok(lowest.unwrap_or(0))
}

/// How many stand above somebody with so much.
pub(super) async fn above(db: &mut PgConnection, key: &Key, value: i64) -> sqlx::Result<i64> {
    let step = sqlx::query_scalar!(
        r#"
        select above::bigint as "above!"
        from leader_steps
        where metric = $1
            and days = $2
            and scope = $3
            and with_staff = $4
            and value <= $5
        order by made desc, value desc
        limit 1
        "#,
        key.metric,
        key.days,
        key.scope,
        key.with_staff,
        value,
    )
    .fetch_optional(&mut *db)
    .await?;
    match step {
        Some(above) => Ok(above),
        // Less than anybody had.
        None => members(db, key).await,
    }
}

pub(super) async fn is_unlisted(db: &mut PgConnection, member: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select unlisted_at is not null as "unlisted!" from members where id = $1"#,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// What a member has now, in whole ones, where a leaderboard looks.
pub(super) async fn value(
    db: &mut PgConnection,
    member: MemberId,
    source: &Source,
    scope: &str,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select coalesce(sum(counter.scale * earned.total), 0)::bigint / 1000 as "value!"
        from unnest($2::text[], $3::bigint[]) as counter (name, scale)
        join lateral (
            select metric_boards.board_id, metric_boards.total
            from metric_boards
            where $4::date is null
                and metric_boards.member_id = $1
                and metric_boards.metric = counter.name
            union all
            select metric_days.board_id, metric_days.total
            from metric_days
            where metric_days.member_id = $1
                and metric_days.metric = counter.name
                and metric_days.day > $4
        ) as earned on true
        where 'board:' || earned.board_id = $5
            or exists (
                select
                from board_rights
                where board_rights.board_id = earned.board_id
                    and board_rights.level is not null
                    and (
                        $5 = 'guest' and board_rights.role = 'guest'
                        or $5 = 'member' and board_rights.role in ('guest', 'member')
                    )
            )
        "#,
        member.0,
        &source.counters,
        &source.scales,
        source.after,
        scope,
    )
    .fetch_one(db)
    .await
}

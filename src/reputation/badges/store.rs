//! SQL of badges.

pub(in crate::reputation) mod edited;
pub(in crate::reputation) mod grants;
pub(crate) mod shown;

use super::{Badge, RuleRow};
use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// All badges that are not retired, and those too where `retired`, set by set and level by level.
pub(crate) async fn all(db: &mut PgConnection, retired: bool) -> sqlx::Result<Vec<Badge>> {
    sqlx::query_as!(
        Badge,
        r#"
        select
            badges.id, badge_sets.name as set, badges.slug, badges.name, badges.about, badges.icon, badges.level,
            badges.formula, badges.lapses, badges.retired_at,
            (
                badges.holders
                + (
                    select coalesce(sum(badge_tallies.delta), 0)
                    from badge_tallies
                    where badge_tallies.badge_id = badges.id
                )
            )::bigint as "holders!"
        from badges
        join badge_sets on badge_sets.id = badges.set_id
        where badges.retired_at is null
            or $1
        order by badge_sets.position, badge_sets.id, badges.retired_at nulls first, badges.level, badges.id
        "#,
        retired,
    )
    .fetch_all(db)
    .await
}

/// The badge of this name in addresses.
pub(in crate::reputation) async fn by_slug(
    db: &mut PgConnection,
    slug: &str,
) -> sqlx::Result<Option<Badge>> {
    sqlx::query_as!(
        Badge,
        r#"
        select
            badges.id, badge_sets.name as set, badges.slug, badges.name, badges.about, badges.icon, badges.level,
            badges.formula, badges.lapses, badges.retired_at,
            (
                badges.holders
                + (
                    select coalesce(sum(badge_tallies.delta), 0)
                    from badge_tallies
                    where badge_tallies.badge_id = badges.id
                )
            )::bigint as "holders!"
        from badges
        join badge_sets on badge_sets.id = badges.set_id
        where badges.slug = $1
        "#,
        slug,
    )
    .fetch_optional(db)
    .await
}

/// The automatic badges, or this one if it is.
pub(super) async fn rules(db: &mut PgConnection, badge: Option<i64>) -> sqlx::Result<Vec<RuleRow>> {
    sqlx::query_as!(
        RuleRow,
        r#"
        select id, formula as "formula!", lapses
        from badges
        where formula is not null
            and retired_at is null
            and ($1::bigint is null or id = $1)
        order by id
        "#,
        badge,
    )
    .fetch_all(db)
    .await
}

/// What somebody holds, or lost by hand.
pub(super) struct Had {
    pub(super) member_id: i64,
    pub(super) badge_id: i64,
    pub(super) held: bool,
}

pub(super) async fn had(db: &mut PgConnection, members: &[i64]) -> sqlx::Result<Vec<Had>> {
    sqlx::query_as!(
        Had,
        r#"
        select member_id, badge_id, revoked_at is null as "held!"
        from badge_awards
        where member_id = any($1)
            and member_id between $2 and $3
            and (revoked_at is null or revoked_by is not null)
        "#,
        members,
        members.iter().min().copied().unwrap_or_default(),
        members.iter().max().copied().unwrap_or_default(),
    )
    .fetch_all(db)
    .await
}

/// An award that was made.
pub(super) struct Given {
    pub(super) id: i64,
    pub(super) member_id: MemberId,
}

/// Awards what is not held. What was retired meanwhile is given to nobody.
pub(super) async fn insert(
    db: &mut PgConnection,
    members: &[i64],
    badges: &[i64],
    by: Option<MemberId>,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Given>> {
    sqlx::query_as!(
        Given,
        r#"
        insert into badge_awards (badge_id, member_id, at, given_by, reason)
        select badges.id, given.member_id, $5, $3, $4
        from unnest($1::bigint[], $2::bigint[]) as given (member_id, badge_id)
        join badges on badges.id = given.badge_id
        where badges.retired_at is null
        order by given.member_id, given.badge_id
        on conflict (member_id, badge_id) where revoked_at is null do nothing
        returning id, member_id as "member_id: MemberId"
        "#,
        members,
        badges,
        by.map(|by| by.0),
        reason,
        now,
    )
    .fetch_all(db)
    .await
}

/// Ends the award of a badge; returns its id, and nothing where it is not held.
pub(super) async fn revoke(
    db: &mut PgConnection,
    (member, badge): (MemberId, i64),
    by: Option<MemberId>,
    because: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        update badge_awards
        set revoked_at = $5, revoked_by = $3, revoked_because = $4
        where member_id = $1
            and badge_id = $2
            and revoked_at is null
        returning id
        "#,
        member.0,
        badge,
        by.map(|by| by.0),
        because,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Shows beside these members' names the best of what they hold.
pub(super) async fn settle_shown(db: &mut PgConnection, members: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update members
        set badge_id = best.badge_id
        from (
            select
                one.id,
                (
                    select badge_awards.badge_id
                    from badge_awards
                    join badges on badges.id = badge_awards.badge_id
                    where badge_awards.member_id = one.id
                        and badge_awards.revoked_at is null
                    order by badges.level desc, badge_awards.at desc, badge_awards.id desc
                    limit 1
                ) as badge_id
            from (select distinct named.id from unnest($1::bigint[]) as named (id)) as one
        ) as best
        where members.id = best.id
            and members.id = any($1)
            and members.badge_id is distinct from best.badge_id
        "#,
        members,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds up what the badges' own counts do not say yet; returns how many rows went.
pub(crate) async fn add_up(db: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let added = sqlx::query_scalar!(
        r#"
        with taken as (
            delete from badge_tallies
            where id in (select id from badge_tallies order by id limit $1 for update skip locked)
            returning badge_id, delta
        ),
        summed as (
            select badge_id, sum(delta) as delta
            from taken
            group by badge_id
        ),
        added as (
            update badges
            set holders = badges.holders + summed.delta
            from summed
            where badges.id = summed.badge_id
            returning badges.id
        )
        select (select count(*) from taken) + 0 * (select count(*) from added) as "rows!"
        "#,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(added.unsigned_abs())
}

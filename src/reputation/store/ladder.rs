//! The ladder, who stands where on it, and the sweep that counts everybody anew.

use crate::reputation::rank::Rank;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The whole ladder, from below.
pub(crate) async fn ladder(db: &mut PgConnection) -> sqlx::Result<Vec<Rank>> {
    sqlx::query_as!(
        Rank,
        r#"
        select
            id, position, slug, name, icon, tone, formula, permanent, kudos_weight,
            exists (
                select
                from rank_powers
                where rank_powers.rank_id = ranks.id
                    and rank_powers.power = 'accept'
            ) as "accepts!"
        from ranks
        where retired_at is null
        order by position
        "#,
    )
    .fetch_all(db)
    .await
}

/// Keeps out whoever else would change the ladder, until the transaction ends. First the sweep, which gives
/// ranks while it holds its row, and would wait for the ranks that are about to change.
pub(in crate::reputation) async fn hold(db: &mut PgConnection) -> sqlx::Result<()> {
    held_sweep(db).await?;
    sqlx::query!("lock table ranks in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Changes what a rank is.
pub(in crate::reputation) async fn update(db: &mut PgConnection, rank: &Rank) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update ranks
        set name = $2, icon = $3, tone = $4, formula = $5, permanent = $6, kudos_weight = $7
        where id = $1
        "#,
        rank.id,
        rank.name,
        rank.icon,
        rank.tone,
        rank.formula,
        rank.permanent,
        rank.kudos_weight,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets a rank confer exactly these powers.
pub(in crate::reputation) async fn set_powers(
    db: &mut PgConnection,
    rank: i64,
    powers: &[String],
) -> sqlx::Result<()> {
    sqlx::query!("delete from rank_powers where rank_id = $1 and power <> all ($2)", rank, powers)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        insert into rank_powers (rank_id, power)
        select $1, conferred.power
        from unnest($2::text[]) as conferred (power)
        on conflict do nothing
        "#,
        rank,
        powers,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves the ranks from this position on up by one. Over negative numbers, because no two ranks may ever
/// have the same.
pub(in crate::reputation) async fn make_room(
    db: &mut PgConnection,
    position: i16,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update ranks set position = -position - 10000 where position >= $1 and retired_at is null",
        position,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        update ranks
        set position = -(position + 10000) + 1
        where position <= -10000 and retired_at is null
        "#,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a rank; returns its id, and `None` where its name in addresses is taken. Its points are out of
/// anybody's reach: a server of the release before, which goes by them, awards it to nobody.
pub(in crate::reputation) async fn insert(
    db: &mut PgConnection,
    rank: &Rank,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        insert into ranks (position, slug, name, points, icon, tone, formula, permanent, kudos_weight)
        select $1, $2, $3, greatest(1000000000000000, max(ranks.points) + 1), $4, $5, $6, $7, $8
        from ranks
        on conflict (slug) do nothing
        returning id
        "#,
        rank.position,
        rank.slug,
        rank.name,
        rank.icon,
        rank.tone,
        rank.formula,
        rank.permanent,
        rank.kudos_weight,
    )
    .fetch_optional(db)
    .await
}

/// Takes a rank from the ladder that nobody holds and no group goes by; `false` where somebody or some
/// group does.
pub(in crate::reputation) async fn retire(
    db: &mut PgConnection,
    rank: &Rank,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    // By a statement of its own: whoever is about to give the rank holds its row, and is seen by the next.
    sqlx::query!("select id from ranks where id = $1 for update", rank.id)
        .fetch_one(&mut *db)
        .await?;
    let done = sqlx::query!(
        r#"
        update ranks
        set
            retired_at = $2,
            position = (select least(min(others.position), 0) - 1 from ranks as others),
            slug = slug || '-' || id
        where id = $1
            -- Not `exists`, for which the planner reads all of them in the hope to find one soon.
            and (select max(member_ranks.member_id) from member_ranks where member_ranks.rank_id = $1) is null
            and not exists (select from groups where groups.rank_id = $1)
        "#,
        rank.id,
        now,
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        r#"
        update ranks
        set position = -position - 10000
        where position > $1 and retired_at is null
        "#,
        rank.position,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        update ranks
        set position = -(position + 10000) - 1
        where position <= -10000 and retired_at is null
        "#,
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Gives members their ranks; those who hold theirs already keep since when. Returns who was given one: nobody is
/// given one that was taken from the ladder meanwhile.
pub(in crate::reputation) async fn give(
    db: &mut PgConnection,
    members: &[i64],
    ranks: &[i64],
    since: OffsetDateTime,
) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        insert into member_ranks (member_id, rank_id, since)
        select given.member_id, ranks.id, $3
        from unnest($1::bigint[], $2::bigint[]) as given (member_id, rank_id)
        join ranks on ranks.id = given.rank_id
        where ranks.retired_at is null
        order by given.member_id
        for key share of ranks
        on conflict (member_id) do update
        set rank_id = excluded.rank_id, since = excluded.since
        where member_ranks.rank_id <> excluded.rank_id
        returning member_id
        "#,
        members,
        ranks,
        since,
    )
    .fetch_all(db)
    .await
}

/// The same for what was earned long ago: since the last entry of each.
pub(in crate::reputation) async fn give_past(
    db: &mut PgConnection,
    members: &[i64],
    ranks: &[i64],
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into member_ranks (member_id, rank_id, since)
        select given.member_id, given.rank_id, latest.at
        from unnest($1::bigint[], $2::bigint[]) as given (member_id, rank_id)
        cross join lateral (
            select max(metric_events.at) as at
            from metric_events
            where metric_events.member_id = given.member_id
        ) as latest
        where latest.at is not null
        order by given.member_id
        on conflict (member_id) do update
        set rank_id = excluded.rank_id, since = excluded.since
        where member_ranks.rank_id <> excluded.rank_id
        "#,
        members,
        ranks,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// How far everybody was counted anew.
pub(in crate::reputation) struct Sweep {
    /// All members up to this id are done; `None` where everybody is.
    pub(in crate::reputation) after: Option<i64>,
    /// The day as of which everybody was counted last.
    pub(in crate::reputation) day: Date,
    /// The day on which the sweep began that is under way.
    pub(in crate::reputation) began: Option<Date>,
}

pub(in crate::reputation) async fn sweep(db: &mut PgConnection) -> sqlx::Result<Sweep> {
    sqlx::query_as!(Sweep, "select after_id as after, day, began from rank_sweep")
        .fetch_one(db)
        .await
}

pub(in crate::reputation) async fn held_sweep(db: &mut PgConnection) -> sqlx::Result<Sweep> {
    sqlx::query_as!(Sweep, "select after_id as after, day, began from rank_sweep for update")
        .fetch_one(db)
        .await
}

pub(in crate::reputation) async fn set_sweep(
    db: &mut PgConnection,
    sweep: &Sweep,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update rank_sweep set after_id = $1, day = $2, began = $3",
        sweep.after,
        sweep.day,
        sweep.began,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From the first member on, once more.
pub(in crate::reputation) async fn restart_sweep(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("update rank_sweep set after_id = 0").execute(db).await?;
    Ok(())
}

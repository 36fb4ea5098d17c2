//! What formulas read: for some members at a time, everything that a ladder asks of them, in two queries.

use crate::kit::MemberId;
use sqlx::PgConnection;
use time::Date;

/// What is read, column by column: the sources of all that is asked for, each with the number of the
/// question it belongs to. Made by `facts.rs` of a checked tree; nothing in it is SQL.
#[derive(Debug, Default)]
pub(in crate::reputation) struct Sources {
    pub(in crate::reputation) numbers: Vec<i32>,
    /// `total`, `board`, `days`, `active` or `others`.
    pub(in crate::reputation) kinds: Vec<String>,
    pub(in crate::reputation) metrics: Vec<String>,
    /// Thousandths that one counts.
    pub(in crate::reputation) scales: Vec<i64>,
    /// The last day that no longer counts.
    pub(in crate::reputation) after: Vec<Date>,
    /// The board's name in addresses, where one alone is asked for.
    pub(in crate::reputation) boards: Vec<Option<String>>,
}

/// An answer. Members to whom the answer is nothing have none.
pub(in crate::reputation) struct Answer {
    pub(in crate::reputation) member_id: i64,
    pub(in crate::reputation) number: i32,
    pub(in crate::reputation) value: i64,
}

/// The bounds are for many members at a time, who stand side by side: without them the planner reads whole
/// tables for a long list. That a kind is among those asked for is said by itself, so that what nobody asks
/// for is not read.
pub(in crate::reputation) async fn answers(
    db: &mut PgConnection,
    members: &[i64],
    sources: &Sources,
) -> sqlx::Result<Vec<Answer>> {
    sqlx::query_as!(
        Answer,
        r#"
        with asked as (
            select source.number, source.kind, source.metric, source.scale, source.after, source.board,
                boards.id as board_id
            from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::date[], $7::text[])
                as source (number, kind, metric, scale, after, board)
            left join boards on boards.slug = source.board
        ),
        found as (
            select metric_totals.member_id, asked.number, asked.scale * metric_totals.total as value
            from asked
            join metric_totals on metric_totals.metric = asked.metric
                and metric_totals.member_id between $8 and $9
                and metric_totals.member_id = any($1)
            where asked.kind = 'total'
                and 'total' = any($3)
            union all
            select metric_boards.member_id, asked.number, asked.scale * metric_boards.total
            from asked
            join metric_boards on metric_boards.metric = asked.metric
                and metric_boards.board_id = asked.board_id
                and metric_boards.member_id between $8 and $9
                and metric_boards.member_id = any($1)
            where asked.kind = 'board'
                and 'board' = any($3)
            union all
            select metric_days.member_id, asked.number, asked.scale * metric_days.total
            from asked
            join metric_days on metric_days.metric = asked.metric
                and metric_days.day > asked.after
                and metric_days.member_id between $8 and $9
                and metric_days.member_id = any($1)
            where asked.kind = 'days'
                and 'days' = any($3)
                and (asked.board is null or metric_days.board_id = asked.board_id)
            union all
            select metric_days.member_id, asked.number, 1000 * count(distinct metric_days.day)
            from asked
            join metric_days on metric_days.metric = asked.metric
                and metric_days.day > asked.after
                and metric_days.member_id between $8 and $9
                and metric_days.member_id = any($1)
            where asked.kind = 'active'
                and 'active' = any($3)
                and (asked.board is null or metric_days.board_id = asked.board_id)
                and metric_days.total > 0
            group by metric_days.member_id, asked.number
            union all
            select helped.member_id, helped.number, 1000 * count(*)
            from (
                select metric_pairs.member_id, asked.number
                from asked
                join metric_pairs on metric_pairs.metric = asked.metric
                    and metric_pairs.day > asked.after
                    and metric_pairs.member_id between $8 and $9
                    and metric_pairs.member_id = any($1)
                where asked.kind = 'others'
                    and 'others' = any($3)
                group by metric_pairs.member_id, asked.number, metric_pairs.other_id
                having sum(metric_pairs.times) > 0
            ) as helped
            group by helped.member_id, helped.number
        )
        select
            found.member_id as "member_id!",
            found.number as "number!",
            sum(found.value)::bigint as "value!"
        from found
        group by found.member_id, found.number
        "#,
        members,
        &sources.numbers,
        &sources.kinds,
        &sources.metrics,
        &sources.scales,
        &sources.after,
        &sources.boards as &[Option<String>],
        members.iter().min().copied().unwrap_or_default(),
        members.iter().max().copied().unwrap_or_default(),
    )
    .fetch_all(db)
    .await
}

/// What is known of a member besides what they earned.
pub(in crate::reputation) struct Known {
    pub(in crate::reputation) id: MemberId,
    /// The rank held, by its id.
    pub(in crate::reputation) rank_id: Option<i64>,
    pub(in crate::reputation) roles: Vec<String>,
    /// Of the deeds that were asked for, those done.
    pub(in crate::reputation) done: Vec<String>,
}

/// For each deed that is asked for, one look for a single row; for others, none.
pub(in crate::reputation) async fn known(
    db: &mut PgConnection,
    members: &[i64],
    deeds: &[String],
) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"
        select
            members.id,
            member_ranks.rank_id as "rank_id?",
            array(
                select member_roles.role::text
                from member_roles
                where member_roles.member_id = members.id
            ) as "roles!",
            array(
                select asked.deed
                from unnest($4::text[]) as asked (deed)
                where case asked.deed
                    when 'profile' then members.about <> ''
                    when 'address' then members.email_confirmed_at is not null
                    when 'me_too' then exists (
                        select
                        from me_toos
                        where me_toos.member_id = members.id
                            and me_toos.carried_from is null
                    )
                    when 'accept' then exists (
                        select
                        from acceptances
                        join threads on threads.id = acceptances.thread_id
                        where acceptances.accepted_by = members.id
                            and threads.author_id = members.id
                            and acceptances.undone_at is null
                    )
                    when 'confirm' then exists (
                        select
                        from confirmations
                        where confirmations.member_id = members.id
                    )
                end
            ) as "done!: Vec<String>"
        from members
        left join member_ranks on member_ranks.member_id = members.id
        where members.id = any($1)
            and members.id between $2 and $3
        order by members.id
        "#,
        members,
        members.iter().min().copied().unwrap_or_default(),
        members.iter().max().copied().unwrap_or_default(),
        deeds,
    )
    .fetch_all(db)
    .await
}

/// The next so many members after this one.
pub(in crate::reputation) async fn members_after(
    db: &mut PgConnection,
    after: i64,
    most: i64,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"select id from members where id > $1 order by id limit $2"#,
        after,
        most,
    )
    .fetch_all(db)
    .await
}

/// The boards that a viewer may see: their names in addresses and their names.
pub(crate) async fn boards(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"
        select boards.slug, boards.name
        from boards
        join visible_boards($1) as visible on visible.board_id = boards.id
        "#,
        viewer,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.name)).collect())
}

/// The handles of these members.
pub(in crate::reputation) async fn handles(
    db: &mut PgConnection,
    members: &[i64],
) -> sqlx::Result<Vec<(MemberId, String)>> {
    let rows = sqlx::query!("select id, handle from members where id = any($1)", members)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.handle)).collect())
}

//! Who is in a group by a rank.

use crate::{
    groups::ranks::Held,
    kit::{GroupId, MemberId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Takes members out of groups they were in by a rank where the one that the group goes by is not among those they
/// hold.
pub(in crate::groups) async fn leave_by_rank(
    db: &mut PgConnection,
    members: &[MemberId],
    held: &[Held],
) -> sqlx::Result<()> {
    let members: Vec<i64> = members.iter().map(|member| member.0).collect();
    let (holders, ranks) = columns(held);
    sqlx::query!(
        r#"
        delete from group_members
        where member_id = any($1)
            and rank_id is not null
            and not exists (
                select
                from unnest($2::bigint[], $3::bigint[]) as held (member_id, rank_id)
                join groups on groups.rank_id = held.rank_id
                where held.member_id = group_members.member_id
                    and groups.id = group_members.group_id
            )
        "#,
        &members,
        &holders,
        &ranks,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes out of one group all who were in it by a rank and do not hold this one.
pub(in crate::groups) async fn keep_by_rank(
    db: &mut PgConnection,
    group: GroupId,
    rank: Option<i64>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from group_members
        where group_id = $1
            and rank_id is not null
            and not exists (
                select
                from rank_holders($2) as holder
                where holder.member_id = group_members.member_id
            )
        "#,
        group.0,
        rank,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings members into all groups that take in a rank they hold.
pub(in crate::groups) async fn enter_by_rank(
    db: &mut PgConnection,
    held: &[Held],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (holders, ranks) = columns(held);
    sqlx::query!(
        r#"
        insert into group_members (group_id, member_id, since, rank_id)
        select groups.id, held.member_id, $3, groups.rank_id
        from unnest($1::bigint[], $2::bigint[]) as held (member_id, rank_id)
        join groups on groups.rank_id = held.rank_id
        join members on members.id = held.member_id
        where members.erased_at is null
        order by groups.id, held.member_id
        on conflict (group_id, member_id) do update
        set rank_id = excluded.rank_id
        where group_members.rank_id <> excluded.rank_id
        "#,
        &holders,
        &ranks,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

fn columns(held: &[Held]) -> (Vec<i64>, Vec<i64>) {
    held.iter().map(|held| (held.member.0, held.rank)).unzip()
}

use super::Capability;
use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What stays keeps the time since when it is there.
pub(super) async fn settle(
    db: &mut PgConnection,
    members: &[MemberId],
    granted: &[(MemberId, Capability)],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let members: Vec<i64> = members.iter().map(|member| member.0).collect();
    let (holders, names): (Vec<i64>, Vec<String>) =
        granted.iter().map(|(member, power)| (member.0, power.name().to_owned())).unzip();
    sqlx::query!(
        r#"
        delete from member_capabilities
        where member_id = any($1)
            and not exists (
                select
                from unnest($2::bigint[], $3::text[]) as granted (member_id, capability)
                where granted.member_id = member_capabilities.member_id
                    and granted.capability = member_capabilities.capability
            )
        "#,
        &members,
        &holders,
        &names,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        insert into member_capabilities (member_id, capability, since)
        select granted.member_id, granted.capability, $3
        from unnest($1::bigint[], $2::text[]) as granted (member_id, capability)
        join members on members.id = granted.member_id
        where members.erased_at is null
        on conflict do nothing
        "#,
        &holders,
        &names,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Leaves it to those who hold a rank or a higher one.
pub(super) async fn keep(
    db: &mut PgConnection,
    capability: &str,
    rank: Option<i64>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from member_capabilities
        where capability = $1
            and not exists (
                select
                from rank_holders($2) as holder
                where holder.member_id = member_capabilities.member_id
            )
        "#,
        capability,
        rank,
    )
    .execute(db)
    .await?;
    Ok(())
}

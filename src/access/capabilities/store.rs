use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What stays keeps the time since when it is there.
pub(super) async fn settle(
    db: &mut PgConnection,
    member: MemberId,
    names: &[String],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from member_capabilities where member_id = $1 and capability <> all ($2)",
        member.0,
        names,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        insert into member_capabilities (member_id, capability, since)
        select $1, granted.capability, $3
        from unnest($2::text[]) as granted (capability)
        on conflict do nothing
        "#,
        member.0,
        names,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

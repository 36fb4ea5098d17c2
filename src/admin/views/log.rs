use crate::kit::MemberId;
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A change of the community.
pub(in crate::admin) struct LogLine {
    pub(in crate::admin) id: i64,
    pub(in crate::admin) act: String,
    pub(in crate::admin) actor: Option<String>,
    pub(in crate::admin) actor_system: Option<String>,
    pub(in crate::admin) about: String,
    pub(in crate::admin) about_id: i64,
    pub(in crate::admin) about_name: String,
    /// The handle of the member it is about, or whom it concerned.
    pub(in crate::admin) member: Option<String>,
    pub(in crate::admin) before: Value,
    pub(in crate::admin) after: Value,
    pub(in crate::admin) at: OffsetDateTime,
}

/// The latest changes below an id.
pub(in crate::admin) async fn log(
    db: &mut PgConnection,
    below: i64,
    most: i64,
) -> sqlx::Result<Vec<LogLine>> {
    sqlx::query_as!(
        LogLine,
        r#"
        select
            admin_log.id,
            admin_log.act,
            actor.handle as "actor?",
            admin_log.actor_system,
            admin_log.about,
            admin_log.about_id,
            admin_log.about_name,
            member.handle as "member?",
            admin_log.before,
            admin_log.after,
            admin_log.at
        from admin_log
        left join members as actor on actor.id = admin_log.actor_id
        left join members as member on member.id = coalesce(
            admin_log.member_id,
            case when admin_log.about = 'member' then admin_log.about_id end
        )
        where admin_log.id < $1
        order by admin_log.id desc
        limit $2
        "#,
        below,
        most,
    )
    .fetch_all(db)
    .await
}

/// The latest changes that were done to a member, or concerned them.
pub(in crate::admin) async fn log_of(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<LogLine>> {
    sqlx::query_as!(
        LogLine,
        r#"
        select
            admin_log.id,
            admin_log.act,
            actor.handle as "actor?",
            admin_log.actor_system,
            admin_log.about,
            admin_log.about_id,
            admin_log.about_name,
            member.handle as "member?",
            admin_log.before,
            admin_log.after,
            admin_log.at
        from (
            (
                select id
                from admin_log
                where about = 'member'
                    and about_id = $1
                order by id desc
                limit 30
            )
            union
            (
                select id
                from admin_log
                where member_id = $1
                order by id desc
                limit 30
            )
        ) as latest
        join admin_log on admin_log.id = latest.id
        left join members as actor on actor.id = admin_log.actor_id
        left join members as member on member.id = $1
        order by admin_log.id desc
        limit 30
        "#,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// What these members are called now.
pub(in crate::admin) async fn handles(
    db: &mut PgConnection,
    ids: &[i64],
) -> sqlx::Result<Vec<(i64, String)>> {
    let rows = sqlx::query!("select id, handle from members where id = any($1)", ids)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.handle)).collect())
}

use sqlx::PgConnection;
use time::OffsetDateTime;

/// Who changed a setting last, and when.
pub(in crate::admin) struct LastChange {
    pub(in crate::admin) name: String,
    pub(in crate::admin) actor: Option<String>,
    pub(in crate::admin) actor_system: Option<String>,
    pub(in crate::admin) at: OffsetDateTime,
}

/// The last change of each of these settings; nothing of one that never was.
pub(in crate::admin) async fn last_changes(
    db: &mut PgConnection,
    names: &[String],
) -> sqlx::Result<Vec<LastChange>> {
    sqlx::query_as!(
        LastChange,
        r#"
        select
            asked.name as "name!",
            actor.handle as "actor?",
            last.actor_system,
            last.at
        from unnest($1::text[]) as asked (name)
        cross join lateral (
            select admin_log.actor_id, admin_log.actor_system, admin_log.at
            from admin_log
            where admin_log.about = 'setting' and admin_log.about_name = asked.name
            order by admin_log.id desc
            limit 1
        ) as last
        left join members as actor on actor.id = last.actor_id
        "#,
        names,
    )
    .fetch_all(db)
    .await
}

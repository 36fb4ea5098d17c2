use super::Change;
use crate::outbox::Actor;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    actor: Actor,
    change: &Change<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (about, id, name) = change.about.parts();
    sqlx::query!(
        r#"
        insert into admin_log (
            act, actor_id, actor_system, about, about_id, about_name, member_id, before, after, at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        "#,
        change.act.name(),
        actor.member().map(|member| member.0),
        actor.system(),
        about,
        id,
        name,
        change.member.map(|member| member.0),
        change.before,
        change.after,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

use super::Event;
use crate::kit::{EventId, MemberId};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    actor: Option<MemberId>,
    events: &[Event],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let names: Vec<String> = events.iter().map(|event| event.name().to_owned()).collect();
    debug_assert!(names.iter().all(|name| Event::NAMES.contains(&name.as_str())));
    let bodies: Vec<Json<&Event>> = events.iter().map(Json).collect();
    sqlx::query!(
        r#"
        with recorded as (
            insert into outbox (name, actor_id, event, at)
            select event.name, $2, event.body, $4
            from unnest($1::text[], $3::jsonb[]) as event (name, body)
            returning id
        )
        insert into outbox_pending (event_id)
        select id
        from recorded
        "#,
        &names,
        actor.map(|id| id.0),
        &bodies as _,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Without delivery marks.
pub(super) async fn insert_settled(
    db: &mut PgConnection,
    actor: Option<MemberId>,
    events: &[(Event, OffsetDateTime)],
) -> sqlx::Result<()> {
    let names: Vec<String> = events.iter().map(|(event, _)| event.name().to_owned()).collect();
    let bodies: Vec<Json<&Event>> = events.iter().map(|(event, _)| Json(event)).collect();
    let times: Vec<OffsetDateTime> = events.iter().map(|(_, at)| *at).collect();
    sqlx::query!(
        r#"
        insert into outbox (name, actor_id, event, at)
        select event.name, $2, event.body, event.at
        from unnest($1::text[], $3::jsonb[], $4::timestamptz[]) as event (name, body, at)
        "#,
        &names,
        actor.map(|id| id.0),
        &bodies as _,
        &times,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) struct EventRow {
    pub(super) actor_id: Option<MemberId>,
    pub(super) event: serde_json::Value,
    pub(super) at: OffsetDateTime,
}

pub(super) async fn by_id(db: &mut PgConnection, id: EventId) -> sqlx::Result<EventRow> {
    sqlx::query_as!(
        EventRow,
        r#"
        select actor_id, event, at
        from outbox
        where id = $1
        "#,
        id.0,
    )
    .fetch_one(db)
    .await
}

/// Up to `most` events whose listeners have not been told, locked for this transaction. What a newer release
/// recorded waits for a node of that release.
pub(crate) async fn claim_pending(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<EventId>> {
    let names = Event::NAMES.map(str::to_owned);
    let ids = sqlx::query_scalar!(
        r#"
        select outbox_pending.event_id
        from outbox_pending
        join outbox on outbox.id = outbox_pending.event_id
        where outbox.name = any($2)
        order by outbox_pending.event_id
        limit $1
        for update of outbox_pending skip locked
        "#,
        most,
        &names,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(EventId).collect())
}

/// Takes away the delivery marks.
pub(crate) async fn forget_pending(db: &mut PgConnection, ids: &[EventId]) -> sqlx::Result<()> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    sqlx::query!("delete from outbox_pending where event_id = any($1)", &ids).execute(db).await?;
    Ok(())
}

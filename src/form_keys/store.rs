use super::{FormKey, Sent};
use crate::kit::MemberId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    sent: &Sent,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into form_keys (member_id, route, key, fields_hash, location, used_at)
        values ($1, $2, $3, $4, '', $5)
        on conflict do nothing
        "#,
        sent.member.0,
        sent.route,
        sent.key.0,
        sent.fields,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn is_used(
    db: &mut PgConnection,
    member: MemberId,
    route: &str,
    key: FormKey,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from form_keys
            where member_id = $1
                and route = $2
                and key = $3
        ) as "is_used!"
        "#,
        member.0,
        route,
        key.0,
    )
    .fetch_one(db)
    .await
}

pub(super) struct First {
    pub(super) fields_hash: Vec<u8>,
    pub(super) location: String,
}

pub(super) async fn first(db: &mut PgConnection, sent: &Sent) -> sqlx::Result<First> {
    sqlx::query_as!(
        First,
        r#"
        select fields_hash, location
        from form_keys
        where member_id = $1
            and route = $2
            and key = $3
        "#,
        sent.member.0,
        sent.route,
        sent.key.0,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn set_location(
    db: &mut PgConnection,
    sent: &Sent,
    location: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update form_keys
        set location = $4
        where member_id = $1
            and route = $2
            and key = $3
        "#,
        sent.member.0,
        sent.route,
        sent.key.0,
        location,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away up to `most` keys used before `before`; returns how many.
pub(crate) async fn forget_old(
    db: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from form_keys
        where (member_id, route, key) in (
            select member_id, route, key
            from form_keys
            where used_at <= $1
            order by used_at
            limit $2
            for update skip locked
        )
        "#,
        before,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

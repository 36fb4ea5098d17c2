//! Those who wait for an administrator, and those who were declined.

use crate::kit::{ApplicationId, MemberId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Somebody who waits, as administrators see them.
pub(crate) struct Waiting {
    pub(crate) id: ApplicationId,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) answer: String,
    pub(crate) applied_at: OffsetDateTime,
    /// The provider they came by.
    pub(crate) provider: Option<String>,
    /// Whether somebody with this address was declined.
    pub(crate) declined_before: bool,
    /// How many others with the same answer wait.
    pub(crate) alike: i64,
}

/// Who waits, the longest first, and how many they are; at most 100 of them.
pub(crate) async fn queue(db: &mut PgConnection) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"
        with first as materialized (
            select id, handle, name, email, answer, applied_at, provider_id
            from applications
            where waits_for = 'approval'
                and email_confirmed_at is not null
                and declined_at is null
            order by applied_at, id
            limit 100
        )
        select
            first.id as "id!: ApplicationId",
            first.handle as "handle!",
            first.name as "name!",
            first.email as "email!",
            first.answer as "answer!",
            first.applied_at as "applied_at!",
            providers.name as "provider?",
            (
                select count(*) > 0
                from applications as other
                where lower(other.email) = lower(first.email)
                    and other.declined_at is not null
            ) as "declined_before!",
            (
                select count(*)
                from first as other
                where other.answer = first.answer
                    and other.answer <> ''
                    and other.id <> first.id
            ) as "alike!"
        from first
        left join providers on providers.id = first.provider_id
        order by first.applied_at, first.id
        "#,
    )
    .fetch_all(db)
    .await
}

/// Somebody who was declined, until that is erased.
pub(crate) struct Declined {
    pub(crate) id: ApplicationId,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) reason: String,
    pub(crate) declined_at: OffsetDateTime,
    pub(crate) declined_by: Option<String>,
    pub(crate) erase_at: OffsetDateTime,
}

/// Who was declined last.
pub(crate) async fn declined(db: &mut PgConnection) -> sqlx::Result<Vec<Declined>> {
    sqlx::query_as!(
        Declined,
        r#"
        select
            applications.id as "id: ApplicationId",
            applications.handle,
            applications.name,
            applications.email,
            applications.reason,
            applications.declined_at as "declined_at!",
            members.handle as "declined_by?",
            applications.erase_at as "erase_at!"
        from applications
        left join members on members.id = applications.declined_by
        where applications.declined_at is not null
        order by applications.declined_at desc, applications.id
        limit 50
        "#,
    )
    .fetch_all(db)
    .await
}

/// Declines those of them that wait; returns which.
pub(in crate::applications) async fn decline(
    db: &mut PgConnection,
    ids: &[i64],
    (by, reason): (MemberId, &str),
    erase_at: OffsetDateTime,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ApplicationId>> {
    sqlx::query_scalar!(
        r#"
        update applications
        set declined_at = $2, declined_by = $3, reason = $4, erase_at = $5, link_hash = null
        where id = any($1)
            and waits_for = 'approval'
            and email_confirmed_at is not null
            and declined_at is null
        returning id as "id: ApplicationId"
        "#,
        ids,
        now,
        by.0,
        reason,
        erase_at,
    )
    .fetch_all(db)
    .await
}

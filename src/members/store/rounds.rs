//! Browsers on their way to a provider and back, and people who have arrived.

use crate::kit::{InvitationId, MemberId, ProviderId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A round that begins.
pub(in crate::members) struct NewRound<'a> {
    pub(in crate::members) state_hash: &'a [u8],
    pub(in crate::members) browser_hash: &'a [u8],
    pub(in crate::members) provider: ProviderId,
    pub(in crate::members) purpose: &'a str,
    pub(in crate::members) member: Option<MemberId>,
    pub(in crate::members) nonce: &'a str,
    pub(in crate::members) verifier: &'a str,
    pub(in crate::members) back: &'a str,
    pub(in crate::members) invitation: Option<InvitationId>,
    pub(in crate::members) expires_at: OffsetDateTime,
}

pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    new: &NewRound<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into provider_rounds (
            state_hash, browser_hash, provider_id, purpose, member_id, nonce, verifier, back,
            invitation_id, begun_at, expires_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        "#,
        new.state_hash,
        new.browser_hash,
        new.provider.0,
        new.purpose,
        new.member.map(|member| member.0),
        new.nonce,
        new.verifier,
        new.back,
        new.invitation.map(|invitation| invitation.0),
        now,
        new.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A round that was begun.
pub(in crate::members) struct Begun {
    pub(in crate::members) purpose: String,
    pub(in crate::members) member: Option<MemberId>,
    pub(in crate::members) nonce: String,
    pub(in crate::members) verifier: String,
    pub(in crate::members) back: String,
    pub(in crate::members) invitation: Option<InvitationId>,
    pub(in crate::members) begun_at: OffsetDateTime,
}

/// Uses a round up, if this browser began it with this provider and is back in time. One of any number of
/// simultaneous uses gets it; another browser does not spoil it.
pub(in crate::members) async fn take(
    db: &mut PgConnection,
    state_hash: &[u8],
    browser_hash: &[u8],
    provider: ProviderId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Begun>> {
    sqlx::query_as!(
        Begun,
        r#"
        delete from provider_rounds
        where state_hash = $1
            and browser_hash = $2
            and provider_id = $3
            and expires_at > $4
        returning
            purpose,
            member_id as "member?: MemberId",
            nonce,
            verifier,
            back,
            invitation_id as "invitation?: InvitationId",
            begun_at
        "#,
        state_hash,
        browser_hash,
        provider.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Takes away up to `most` rounds that nobody came back from; returns how many.
pub(crate) async fn forget_lost(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from provider_rounds
        where state_hash in (
            select state_hash
            from provider_rounds
            where expires_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        now,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Somebody who has arrived.
#[derive(Debug, Clone)]
pub(in crate::members) struct Arrival {
    pub(in crate::members) provider_id: ProviderId,
    pub(in crate::members) issuer: String,
    pub(in crate::members) subject: String,
    pub(in crate::members) label: String,
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    pub(in crate::members) confirmed: bool,
    pub(in crate::members) groups: Vec<String>,
    pub(in crate::members) back: String,
    /// By which they may become a member.
    pub(in crate::members) invitation: Option<InvitationId>,
}

pub(in crate::members) async fn arrive(
    db: &mut PgConnection,
    token_hash: &[u8],
    new: &Arrival,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into provider_arrivals (
            token_hash, provider_id, issuer, subject, label, handle, name, email, confirmed, groups,
            back, invitation_id, arrived_at, expires_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        "#,
        token_hash,
        new.provider_id.0,
        new.issuer,
        new.subject,
        new.label,
        new.handle,
        new.name,
        new.email,
        new.confirmed,
        &new.groups,
        new.back,
        new.invitation.map(|invitation| invitation.0),
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who has arrived with this cookie, by a provider that is still switched on and the same, and how that one
/// is called and whether it takes people in.
pub(in crate::members) struct Waiting {
    pub(in crate::members) arrival: Arrival,
    pub(in crate::members) provider: String,
    pub(in crate::members) takes_in: bool,
}

pub(in crate::members) async fn waiting(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Waiting>> {
    let row = sqlx::query!(
        r#"
        select
            provider_arrivals.provider_id,
            provider_arrivals.issuer,
            provider_arrivals.subject,
            provider_arrivals.label,
            provider_arrivals.handle,
            provider_arrivals.name,
            provider_arrivals.email,
            provider_arrivals.confirmed,
            provider_arrivals.groups,
            provider_arrivals.back,
            provider_arrivals.invitation_id as "invitation?: InvitationId",
            providers.name as provider,
            providers.takes_in
        from provider_arrivals
        join providers on providers.id = provider_arrivals.provider_id
            and providers.issuer = provider_arrivals.issuer
            and providers.enabled_at is not null
        where provider_arrivals.token_hash = $1
            and provider_arrivals.expires_at > $2
        "#,
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Waiting {
        arrival: Arrival {
            provider_id: row.provider_id,
            issuer: row.issuer,
            subject: row.subject,
            label: row.label,
            handle: row.handle,
            name: row.name,
            email: row.email,
            confirmed: row.confirmed,
            groups: row.groups,
            back: row.back,
            invitation: row.invitation,
        },
        provider: row.provider,
        takes_in: row.takes_in,
    }))
}

/// Uses an arrival up; false where another request has.
pub(in crate::members) async fn settle(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from provider_arrivals where token_hash = $1", token_hash)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes away up to `most` arrivals of which nothing became; returns how many.
pub(crate) async fn forget_undecided(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from provider_arrivals
        where token_hash in (
            select token_hash
            from provider_arrivals
            where expires_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        now,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

mod queue;

use super::application::{NewApplication, WaitsFor};
use crate::kit::{ApplicationId, MemberId, ProviderId, handle_skeleton};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use queue::decline;
pub(crate) use queue::{Declined, Waiting, declined, queue};

/// `None` where the handle is taken, or one that looks like it, or was that of somebody who left.
pub(super) async fn insert(
    db: &mut PgConnection,
    new: &NewApplication<'_>,
    browser_hash: &[u8],
    erase_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<ApplicationId>> {
    let identity = new.identity;
    sqlx::query_scalar!(
        r#"
        insert into applications (
            waits_for, handle, handle_skeleton, name, email, email_confirmed_at, password_hash, answer,
            provider_id, issuer, subject, label, applied_at, mail_at, browser_hash, erase_at, terms
        )
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
        where not exists (select from members where members.handle_skeleton = $3)
            and not exists (
                select
                from handle_salt
                join retired_handles
                    on retired_handles.fingerprint = sha256(handle_salt.salt || convert_to($3, 'UTF8'))
            )
        on conflict do nothing
        returning id as "id: ApplicationId"
        "#,
        new.waits_for as WaitsFor,
        new.handle,
        handle_skeleton(new.handle),
        new.name,
        new.email,
        new.proved.then_some(now),
        new.password_hash,
        new.answer,
        identity.map(|identity| identity.provider.0),
        identity.map(|identity| identity.issuer),
        identity.map(|identity| identity.subject),
        identity.map(|identity| identity.label).unwrap_or_default(),
        now,
        new.mail_at,
        browser_hash,
        erase_at,
        new.terms,
    )
    .fetch_optional(db)
    .await
}

/// What signing in needs to know of an application.
pub(crate) struct Credentials {
    pub(crate) id: ApplicationId,
    pub(crate) password_hash: Option<String>,
}

/// The application somebody means by a handle or an address: the handle's, else the one that proved the
/// address, else the newest.
pub(crate) async fn meant_by(
    db: &mut PgConnection,
    login: &str,
) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"
        select id as "id: ApplicationId", password_hash
        from applications
        where lower(handle) = lower($1)
            or lower(email) = lower($1)
        order by lower(handle) = lower($1) desc, email_confirmed_at is not null desc, id desc
        limit 1
        "#,
        login,
    )
    .fetch_optional(db)
    .await
}

/// The application of this identity.
pub(crate) async fn by_subject(
    db: &mut PgConnection,
    provider: ProviderId,
    issuer: &str,
    subject: &str,
) -> sqlx::Result<Option<ApplicationId>> {
    sqlx::query_scalar!(
        r#"
        select id as "id: ApplicationId"
        from applications
        where provider_id = $1
            and issuer = $2
            and subject = $3
        "#,
        provider.0,
        issuer,
        subject,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn set_browser(
    db: &mut PgConnection,
    id: ApplicationId,
    browser_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("update applications set browser_hash = $2 where id = $1", id.0, browser_hash)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn set_link(
    db: &mut PgConnection,
    id: ApplicationId,
    link_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("update applications set link_hash = $2 where id = $1", id.0, link_hash)
        .execute(db)
        .await?;
    Ok(())
}

/// An application, as its own person sees it.
pub(super) struct Standing {
    pub(super) id: ApplicationId,
    pub(super) waits_for: WaitsFor,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) confirmed: bool,
    pub(super) applied_at: OffsetDateTime,
    pub(super) mail_at: OffsetDateTime,
    pub(super) declined_at: Option<OffsetDateTime>,
    pub(super) reason: String,
    pub(super) erase_at: Option<OffsetDateTime>,
}

pub(super) async fn standing(
    db: &mut PgConnection,
    browser_hash: &[u8],
) -> sqlx::Result<Option<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"
        select
            id as "id: ApplicationId",
            waits_for as "waits_for: WaitsFor",
            handle,
            name,
            email,
            email_confirmed_at is not null as "confirmed!",
            applied_at,
            mail_at,
            declined_at,
            reason,
            erase_at
        from applications
        where browser_hash = $1
        "#,
        browser_hash,
    )
    .fetch_optional(db)
    .await
}

/// Whom a mail about an application goes to.
pub(super) struct Addressee {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) waits_for: WaitsFor,
    pub(super) confirmed: bool,
    pub(super) declined: bool,
    pub(super) reason: String,
    pub(super) erase_at: Option<OffsetDateTime>,
    /// The handle under which the address is a member's already.
    pub(super) known_as: Option<String>,
}

pub(super) async fn addressee(
    db: &mut PgConnection,
    id: ApplicationId,
) -> sqlx::Result<Option<Addressee>> {
    sqlx::query_as!(
        Addressee,
        r#"
        select
            applications.handle,
            applications.name,
            applications.email,
            applications.waits_for as "waits_for: WaitsFor",
            applications.email_confirmed_at is not null as "confirmed!",
            applications.declined_at is not null as "declined!",
            applications.reason,
            applications.erase_at,
            members.handle as "known_as?"
        from applications
        left join members on lower(members.email) = lower(applications.email)
            and members.email_confirmed_at is not null
        where applications.id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Somebody who was let in, for the mail that tells them.
pub(super) struct Welcomed {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
}

pub(super) async fn welcomed(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Option<Welcomed>> {
    sqlx::query_as!(
        Welcomed,
        r#"
        select handle, name, email as "email!"
        from members
        where id = $1
            and email is not null
            and closed_at is null
        "#,
        member.0,
    )
    .fetch_optional(db)
    .await
}

/// What a link is about.
pub(super) struct Linked {
    pub(super) id: ApplicationId,
    pub(super) email: String,
    pub(super) waits_for: WaitsFor,
}

pub(super) async fn by_link(
    db: &mut PgConnection,
    link_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Linked>> {
    sqlx::query_as!(
        Linked,
        r#"
        select id as "id: ApplicationId", email, waits_for as "waits_for: WaitsFor"
        from applications
        where link_hash = $1
            and email_confirmed_at is null
            and declined_at is null
            and erase_at > $2
        "#,
        link_hash,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Notes that the address is theirs; from then on it waits for an administrator. False where another request
/// was quicker, or the address has become a member's.
pub(super) async fn confirm(
    db: &mut PgConnection,
    id: ApplicationId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update applications
        set waits_for = 'approval', email_confirmed_at = $2, link_hash = null, erase_at = null
        where id = $1
            and email_confirmed_at is null
            and not exists (
                select
                from members
                where lower(members.email) = lower(applications.email)
                    and members.email_confirmed_at is not null
            )
        "#,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An application that comes to its end.
pub(super) struct Taken {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
    pub(super) provider_id: Option<ProviderId>,
    pub(super) issuer: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) label: String,
    /// The version of the terms that they agreed to when they applied.
    pub(super) terms: Option<i32>,
    pub(super) applied_at: OffsetDateTime,
}

/// Takes an application away, to make a member of it. One of any number of simultaneous requests gets it.
/// `link_hash` is that of the link by which it was proved; without, it must have been proved before.
pub(super) async fn take(
    db: &mut PgConnection,
    id: ApplicationId,
    link_hash: Option<&[u8]>,
) -> sqlx::Result<Option<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"
        delete from applications
        where id = $1
            and (link_hash = $2 or ($2 is null and email_confirmed_at is not null))
        returning
            handle,
            name,
            email,
            password_hash,
            provider_id as "provider_id?: ProviderId",
            issuer,
            subject,
            label,
            terms,
            applied_at
        "#,
        id.0,
        link_hash,
    )
    .fetch_optional(db)
    .await
}

/// Erases the application of this browser; false where there is none.
pub(super) async fn withdraw(db: &mut PgConnection, browser_hash: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from applications where browser_hash = $1", browser_hash)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a hundred have come by the slow way since then and not proved their address.
pub(crate) async fn is_crowded(db: &mut PgConnection, since: OffsetDateTime) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select count(*) = 100 as "crowded!"
        from (
            select
            from applications
            where email_confirmed_at is null
                and applied_at > $1
                and mail_at > applied_at
            limit 100
        ) as lately
        "#,
        since,
    )
    .fetch_one(db)
    .await
}

/// Erases up to `most` applications whose time is over; returns how many.
pub(crate) async fn forget(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from applications
        where id in (
            select id
            from applications
            where erase_at <= $1
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

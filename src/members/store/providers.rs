//! Providers and identities.

use crate::{
    kit::{MemberId, ProviderId},
    members::provider::Provider,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// All providers, in their order.
pub(crate) async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Provider>> {
    sqlx::query_as!(
        Provider,
        r#"
        select
            id,
            slug,
            name,
            issuer,
            client_id,
            client_secret,
            scopes,
            takes_in,
            trusts_address,
            group_claim,
            position,
            enabled_at
        from providers
        order by position, id
        "#,
    )
    .fetch_all(db)
    .await
}

/// The provider called so in addresses, also one that is switched off.
pub(crate) async fn by_slug(db: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Provider>> {
    sqlx::query_as!(
        Provider,
        r#"
        select
            id,
            slug,
            name,
            issuer,
            client_id,
            client_secret,
            scopes,
            takes_in,
            trusts_address,
            group_claim,
            position,
            enabled_at
        from providers
        where slug = $1
        "#,
        slug,
    )
    .fetch_optional(db)
    .await
}

/// A button.
pub(in crate::members) struct Offer {
    pub(in crate::members) slug: String,
    pub(in crate::members) name: String,
    /// Whether one may become a member by it.
    pub(in crate::members) takes_in: bool,
}

/// The providers that are switched on, in their order.
pub(in crate::members) async fn offered(db: &mut PgConnection) -> sqlx::Result<Vec<Offer>> {
    sqlx::query_as!(
        Offer,
        r#"
        select slug, name, takes_in
        from providers
        where enabled_at is not null
        order by position, id
        "#,
    )
    .fetch_all(db)
    .await
}

/// What a provider is to be; its secret is set by itself.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the migration says it of each column")]
pub struct ProviderEdit {
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub scopes: String,
    pub takes_in: bool,
    pub trusts_address: bool,
    pub group_claim: String,
    pub position: i32,
    pub enabled: bool,
}

/// `None` where the address is taken.
pub(in crate::members) async fn insert(
    db: &mut PgConnection,
    slug: &str,
    new: &ProviderEdit,
    now: OffsetDateTime,
) -> sqlx::Result<Option<ProviderId>> {
    sqlx::query_scalar!(
        r#"
        insert into providers (
            slug, name, issuer, client_id, scopes, takes_in, trusts_address, group_claim, position,
            enabled_at, added_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict do nothing
        returning id
        "#,
        slug,
        new.name,
        new.issuer,
        new.client_id,
        new.scopes,
        new.takes_in,
        new.trusts_address,
        new.group_claim,
        new.position,
        new.enabled.then_some(now),
        now,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::members) async fn update(
    db: &mut PgConnection,
    id: ProviderId,
    edit: &ProviderEdit,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update providers
        set
            name = $2,
            issuer = $3,
            client_id = $4,
            scopes = $5,
            takes_in = $6,
            trusts_address = $7,
            group_claim = $8,
            position = $9,
            enabled_at = case when $10::boolean then coalesce(enabled_at, $11::timestamptz) end
        where id = $1
        "#,
        id.0,
        edit.name,
        edit.issuer,
        edit.client_id,
        edit.scopes,
        edit.takes_in,
        edit.trusts_address,
        edit.group_claim,
        edit.position,
        edit.enabled,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::members) async fn set_secret(
    db: &mut PgConnection,
    id: ProviderId,
    sealed: Option<&[u8]>,
) -> sqlx::Result<()> {
    sqlx::query!("update providers set client_secret = $2 where id = $1", id.0, sealed)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose account a subject is linked to.
pub(in crate::members) async fn member_of(
    db: &mut PgConnection,
    provider: &Provider,
    subject: &str,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        "select member_id from identities where provider_id = $1 and issuer = $2 and subject = $3",
        provider.id.0,
        provider.issuer,
        subject,
    )
    .fetch_optional(db)
    .await
}

/// A subject that is to be linked.
pub(in crate::members) struct NewIdentity<'a> {
    pub(in crate::members) provider: ProviderId,
    pub(in crate::members) issuer: &'a str,
    pub(in crate::members) subject: &'a str,
    pub(in crate::members) label: &'a str,
}

/// False where the subject is linked to an account, or the account to another subject there.
pub(in crate::members) async fn link(
    db: &mut PgConnection,
    member: MemberId,
    new: &NewIdentity<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into identities (provider_id, issuer, subject, member_id, label, linked_at, used_at)
        values ($1, $2, $3, $4, $5, $6, $6)
        on conflict do nothing
        "#,
        new.provider.0,
        new.issuer,
        new.subject,
        member.0,
        new.label,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// False where it was not linked.
pub(in crate::members) async fn unlink(
    db: &mut PgConnection,
    member: MemberId,
    provider: ProviderId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from identities where member_id = $1 and provider_id = $2",
        member.0,
        provider.0,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Unlinks all of them; returns which they were.
pub(in crate::members) async fn unlink_all(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<ProviderId>> {
    sqlx::query_scalar!(
        r#"delete from identities where member_id = $1 returning provider_id as "id: ProviderId""#,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// Notes that somebody came by it, and what they are called there now. False where the subject is not, or not
/// any more, linked to the account.
pub(in crate::members) async fn used(
    db: &mut PgConnection,
    member: MemberId,
    identity: &NewIdentity<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update identities
        set used_at = $6, label = $5
        where member_id = $1
            and provider_id = $2
            and issuer = $3
            and subject = $4
        "#,
        member.0,
        identity.provider.0,
        identity.issuer,
        identity.subject,
        identity.label,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets nobody change the provider before the transaction ends: before the accounts of those it vouches for are
/// held, as whoever changes it does.
pub(in crate::members) async fn hold(
    db: &mut PgConnection,
    provider: ProviderId,
) -> sqlx::Result<()> {
    sqlx::query!("select id from providers where id = $1 for share", provider.0)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Whether the provider is switched on and the member linked to it as it is now. It is held so until the
/// transaction ends.
pub(in crate::members) async fn vouches(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let found = sqlx::query!(
        r#"
        select providers.id
        from providers
        join identities on identities.provider_id = providers.id
            and identities.issuer = providers.issuer
        where providers.id = $1
            and identities.member_id = $2
            and providers.enabled_at is not null
        for share of providers
        "#,
        provider.0,
        member.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Whether the member can sign in: asked after a way is taken away, with the account held, so that of two
/// that go at once one stays.
pub(in crate::members) async fn has_way_in(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select (
            members.password_hash is not null
            or exists (select from passkeys where passkeys.member_id = members.id)
            or exists (
                select
                from identities
                join providers on providers.id = identities.provider_id
                where identities.member_id = members.id
                    and identities.issuer = providers.issuer
                    and providers.enabled_at is not null
            )
        ) as "has!"
        from members
        where members.id = $1
        "#,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// How a member stands to a provider that is switched on or that they are linked to.
pub(crate) struct Standing {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) enabled: bool,
    /// What they are called there; absent where they are not linked.
    pub(crate) label: Option<String>,
    pub(crate) used_at: Option<OffsetDateTime>,
    /// Whether it is not the only way in.
    pub(crate) dispensable: bool,
}

pub(crate) async fn standings(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"
        select
            providers.slug,
            providers.name,
            providers.enabled_at is not null as "enabled!",
            own.label as "label?",
            own.used_at as "used_at?",
            (
                members.password_hash is not null
                or exists (select from passkeys where passkeys.member_id = members.id)
                or exists (
                    select
                    from identities
                    join providers as others on others.id = identities.provider_id
                    where identities.member_id = members.id
                        and identities.provider_id <> providers.id
                        and identities.issuer = others.issuer
                        and others.enabled_at is not null
                )
            ) as "dispensable!"
        from members
        cross join providers
        left join identities as own on own.member_id = members.id
            and own.provider_id = providers.id
        where members.id = $1
            and (providers.enabled_at is not null or own.id is not null)
        order by providers.position, providers.id
        "#,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// Those of them by which the member can sign in.
pub(in crate::members) async fn linked(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Vec<Standing>> {
    let all = standings(db, member).await?;
    Ok(all.into_iter().filter(Standing::is_way_in).collect())
}

impl Standing {
    /// Whether they can come in by it.
    pub(in crate::members) fn is_way_in(&self) -> bool {
        self.enabled && self.label.is_some()
    }
}

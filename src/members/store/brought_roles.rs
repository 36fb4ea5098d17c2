use crate::{
    kit::{MemberId, ProviderId},
    members::Role,
};
use sqlx::PgConnection;

/// A value and the role it brings.
pub(crate) struct Mapping {
    pub(crate) value: String,
    pub(crate) role: Role,
}

pub(crate) async fn mappings(
    db: &mut PgConnection,
    provider: ProviderId,
) -> sqlx::Result<Vec<Mapping>> {
    sqlx::query_as!(
        Mapping,
        r#"
        select value, role as "role: Role"
        from provider_roles
        where provider_id = $1
        order by value, role
        "#,
        provider.0,
    )
    .fetch_all(db)
    .await
}

/// Puts these in the place of those that were.
pub(in crate::members) async fn map(
    db: &mut PgConnection,
    provider: ProviderId,
    mappings: &[(String, Role)],
) -> sqlx::Result<()> {
    sqlx::query!("delete from provider_roles where provider_id = $1", provider.0)
        .execute(&mut *db)
        .await?;
    let (values, roles): (Vec<String>, Vec<Role>) = mappings.iter().cloned().unzip();
    sqlx::query!(
        r#"
        insert into provider_roles (provider_id, value, role)
        select $1, value, role
        from unnest($2::text[], $3::community_role[]) as mapped (value, role)
        on conflict do nothing
        "#,
        provider.0,
        &values,
        &roles as &[Role],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A role that comes or goes.
pub(in crate::members) struct Step {
    pub(in crate::members) role: Role,
    pub(in crate::members) comes: bool,
}

/// What must happen so that the member's roles follow these values.
pub(in crate::members) async fn steps(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
) -> sqlx::Result<Vec<Step>> {
    sqlx::query_as!(
        Step,
        r#"
        with said as (
            select distinct role
            from provider_roles
            where provider_id = $1
                and value = any($3)
        ), brought as (
            select role
            from provider_role_holders
            where provider_id = $1
                and member_id = $2
        )
        select role as "role!: Role", said.role is not null as "comes!"
        from said
        full join brought using (role)
        where said.role is null
            or brought.role is null
            or not exists (
                select
                from member_roles
                where member_roles.member_id = $2
                    and member_roles.role = said.role
            )
        order by role
        "#,
        provider.0,
        member.0,
        values,
    )
    .fetch_all(db)
    .await
}

pub(in crate::members) async fn note(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into provider_role_holders (member_id, role, provider_id)
        values ($1, $2, $3)
        on conflict do nothing
        "#,
        member.0,
        role as Role,
        provider.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::members) async fn forget(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from provider_role_holders where member_id = $1 and role = $2 and provider_id = $3",
        member.0,
        role as Role,
        provider.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on the member has the role, or has it not, by somebody's hand.
pub(in crate::members) async fn release(
    db: &mut PgConnection,
    member: MemberId,
    role: Role,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from provider_role_holders where member_id = $1 and role = $2",
        member.0,
        role as Role,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether some provider brings the member the role.
pub(in crate::members) async fn is_brought(
    db: &mut PgConnection,
    member: MemberId,
    role: Role,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select from provider_role_holders where member_id = $1 and role = $2
        ) as "brought!"
        "#,
        member.0,
        role as Role,
    )
    .fetch_one(db)
    .await
}

/// A role that somebody has by a provider.
pub(in crate::members) struct Held {
    pub(in crate::members) member: MemberId,
    pub(in crate::members) role: Role,
}

/// Who has one of these roles by the provider. In the order in which accounts are held.
pub(in crate::members) async fn held(
    db: &mut PgConnection,
    provider: ProviderId,
    roles: &[Role],
) -> sqlx::Result<Vec<Held>> {
    sqlx::query_as!(
        Held,
        r#"
        select member_id as "member: MemberId", role as "role: Role"
        from provider_role_holders
        where provider_id = $1
            and role = any($2)
        order by member_id, role
        "#,
        provider.0,
        roles as &[Role],
    )
    .fetch_all(db)
    .await
}

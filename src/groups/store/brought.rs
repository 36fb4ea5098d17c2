use crate::kit::{GroupId, MemberId, ProviderId};
use sqlx::PgConnection;

/// A value and the group it brings into.
pub(crate) struct Mapping {
    pub(crate) value: String,
    pub(crate) slug: String,
}

pub(crate) async fn mappings(
    db: &mut PgConnection,
    provider: ProviderId,
) -> sqlx::Result<Vec<Mapping>> {
    sqlx::query_as!(
        Mapping,
        r#"
        select provider_groups.value, groups.slug
        from provider_groups
        join groups on groups.id = provider_groups.group_id
        where provider_groups.provider_id = $1
        order by provider_groups.value, groups.slug
        "#,
        provider.0,
    )
    .fetch_all(db)
    .await
}

/// Which of these are addresses of groups.
pub(crate) async fn slugs_known(
    db: &mut PgConnection,
    slugs: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select slug from groups where slug = any($1)", slugs).fetch_all(db).await
}

pub(in crate::groups) async fn map(
    db: &mut PgConnection,
    provider: ProviderId,
    mappings: &[(String, String)],
) -> sqlx::Result<()> {
    sqlx::query!("delete from provider_groups where provider_id = $1", provider.0)
        .execute(&mut *db)
        .await?;
    let (values, slugs): (Vec<String>, Vec<String>) = mappings.iter().cloned().unzip();
    sqlx::query!(
        r#"
        insert into provider_groups (provider_id, value, group_id)
        select $1, mapped.value, groups.id
        from unnest($2::text[], $3::text[]) as mapped (value, slug)
        join groups on groups.slug = mapped.slug
        on conflict do nothing
        "#,
        provider.0,
        &values,
        &slugs,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A group to be entered or left.
pub(in crate::groups) struct Step {
    pub(in crate::groups) id: GroupId,
    pub(in crate::groups) slug: String,
    pub(in crate::groups) name: String,
    pub(in crate::groups) enters: bool,
}

/// What must happen so that membership follows these values, in the order in which groups are held.
pub(in crate::groups) async fn steps(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    values: &[String],
) -> sqlx::Result<Vec<Step>> {
    sqlx::query_as!(
        Step,
        r#"
        with wanted as (
            select distinct group_id
            from provider_groups
            where provider_id = $1
                and value = any($3)
        ), brought as (
            select group_id
            from provider_memberships
            where provider_id = $1
                and member_id = $2
        )
        select groups.id, groups.slug, groups.name, wanted.group_id is not null as "enters!"
        from wanted
        full join brought using (group_id)
        join groups on groups.id = group_id
        where wanted.group_id is null
            or (
                -- Another provider alone has them in it.
                brought.group_id is null
                and exists (
                    select
                    from provider_memberships
                    where provider_memberships.group_id = groups.id
                        and provider_memberships.member_id = $2
                )
            )
            or not exists (
                select
                from group_members
                where group_members.group_id = groups.id
                    and group_members.member_id = $2
                    and group_members.rank_id is null
            )
        order by groups.id
        "#,
        provider.0,
        member.0,
        values,
    )
    .fetch_all(db)
    .await
}

pub(in crate::groups) async fn note(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    group: GroupId,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into provider_memberships (provider_id, member_id, group_id)
        values ($1, $2, $3)
        on conflict do nothing
        "#,
        provider.0,
        member.0,
        group.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::groups) async fn forget(
    db: &mut PgConnection,
    provider: ProviderId,
    member: MemberId,
    group: GroupId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from provider_memberships where provider_id = $1 and member_id = $2 and group_id = $3",
        provider.0,
        member.0,
        group.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on the member is in the group, or out of it, by somebody's hand; false where no provider had
/// brought them.
pub(in crate::groups) async fn release(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from provider_memberships where member_id = $1 and group_id = $2",
        member.0,
        group.0,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether some provider still has the member in the group.
pub(in crate::groups) async fn brought(
    db: &mut PgConnection,
    member: MemberId,
    group: GroupId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select from provider_memberships where member_id = $1 and group_id = $2
        ) as "brought!"
        "#,
        member.0,
        group.0,
    )
    .fetch_one(db)
    .await
}

/// A group into which a provider brought somebody.
pub(in crate::groups) struct Filled {
    pub(in crate::groups) id: GroupId,
    pub(in crate::groups) slug: String,
    pub(in crate::groups) name: String,
}

/// The groups into which the provider brought somebody: `all` of them, or those that it maps no more. In the
/// order in which groups are held.
pub(in crate::groups) async fn filled(
    db: &mut PgConnection,
    provider: ProviderId,
    all: bool,
) -> sqlx::Result<Vec<Filled>> {
    sqlx::query_as!(
        Filled,
        r#"
        select groups.id, groups.slug, groups.name
        from groups
        where exists (
                select
                from provider_memberships
                where provider_memberships.provider_id = $1
                    and provider_memberships.group_id = groups.id
            )
            and (
                $2
                or not exists (
                    select
                    from provider_groups
                    where provider_groups.provider_id = $1
                        and provider_groups.group_id = groups.id
                )
            )
        order by groups.id
        "#,
        provider.0,
        all,
    )
    .fetch_all(db)
    .await
}

/// Takes everybody out of the group whom this provider alone had brought in, but for owners; returns who is
/// out now.
pub(in crate::groups) async fn empty(
    db: &mut PgConnection,
    provider: ProviderId,
    group: GroupId,
) -> sqlx::Result<Vec<MemberId>> {
    let brought = sqlx::query_scalar!(
        r#"
        delete from provider_memberships
        where provider_id = $1
            and group_id = $2
        returning member_id
        "#,
        provider.0,
        group.0,
    )
    .fetch_all(&mut *db)
    .await?;
    let brought: Vec<i64> = brought.iter().map(|member| member.0).collect();
    sqlx::query_scalar!(
        r#"
        delete from group_members
        where group_id = $1
            and member_id = any($2)
            and rank_id is null
            and owner_since is null
            and not exists (
                select
                from provider_memberships
                where provider_memberships.member_id = group_members.member_id
                    and provider_memberships.group_id = group_members.group_id
            )
        returning member_id
        "#,
        group.0,
        &brought,
    )
    .fetch_all(db)
    .await
}

//! SQL of this room.

pub(in crate::groups) mod brought;
mod insiders;
mod ranks;

use super::{Group, Kind};
use crate::kit::GroupId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) use insiders::{Insider, Joined, insiders, of_member, waiting};
pub(super) use insiders::{ask, enter, forget_request, leave, owns, set_owner};
pub(super) use ranks::{enter_by_rank, keep_by_rank, leave_by_rank};

/// The group of this name in addresses, if the viewer may know of it.
pub(super) async fn seen_by(
    db: &mut PgConnection,
    viewer: Option<i64>,
    slug: &str,
) -> sqlx::Result<Option<Group>> {
    Ok(seen(db, viewer, Some(slug)).await?.pop())
}

/// All groups the viewer may know of, by name.
pub(crate) async fn all_seen_by(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<Group>> {
    seen(db, viewer, None).await
}

async fn seen(
    db: &mut PgConnection,
    viewer: Option<i64>,
    slug: Option<&str>,
) -> sqlx::Result<Vec<Group>> {
    sqlx::query_as!(
        Group,
        r#"
        select
            groups.id,
            groups.slug,
            groups.name,
            groups.description,
            groups.kind as "kind: Kind",
            groups.rank_id,
            (
                select count(*)
                from (
                    select
                    from group_members
                    where group_members.group_id = groups.id
                    limit 1000
                ) as counted
            ) as "members!",
            own.group_id is not null as "inside!",
            own.owner_since is not null as "owns!",
            own.rank_id is not null as "by_rank!",
            asked.group_id is not null as "asked!"
        from groups
        join visible_groups($1) as visible on visible.group_id = groups.id
        left join group_members as own on own.group_id = groups.id and own.member_id = $1
        left join group_requests as asked on asked.group_id = groups.id and asked.member_id = $1
        where $2::text is null
            or groups.slug = $2
        order by lower(groups.name), groups.id
        "#,
        viewer,
        slug,
    )
    .fetch_all(db)
    .await
}

/// Holds the group's row until the transaction ends.
pub(super) async fn hold(db: &mut PgConnection, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("select id from groups where slug = $1 for no key update", slug)
        .fetch_optional(db)
        .await?;
    Ok(())
}

/// What a group is, as its form says it.
pub(super) struct Words<'a> {
    pub(super) name: &'a str,
    pub(super) description: &'a str,
    pub(super) kind: Kind,
    pub(super) rank: Option<i64>,
}

/// `None` where the name in addresses is taken.
pub(super) async fn insert(
    db: &mut PgConnection,
    slug: &str,
    words: &Words<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<GroupId>> {
    sqlx::query_scalar!(
        r#"
        insert into groups (slug, name, description, kind, rank_id, founded_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        returning id
        "#,
        slug,
        words.name,
        words.description,
        words.kind as Kind,
        words.rank,
        now,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn update(
    db: &mut PgConnection,
    id: GroupId,
    words: &Words<'_>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update groups set name = $2, description = $3, kind = $4, rank_id = $5 where id = $1",
        id.0,
        words.name,
        words.description,
        words.kind as Kind,
        words.rank,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the group away with all who are in it; returns how many they were. Its rights must be gone.
pub(super) async fn delete(db: &mut PgConnection, id: GroupId) -> sqlx::Result<u64> {
    forget_requests(db, id).await?;
    let members = sqlx::query!("delete from group_members where group_id = $1", id.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from groups where id = $1", id.0).execute(db).await?;
    Ok(members.rows_affected())
}

/// Nobody waits to be let in any more.
pub(super) async fn forget_requests(db: &mut PgConnection, id: GroupId) -> sqlx::Result<()> {
    sqlx::query!("delete from group_requests where group_id = $1", id.0).execute(db).await?;
    Ok(())
}

/// The names of all groups, hidden ones too: for administrators.
pub(crate) async fn names(db: &mut PgConnection) -> sqlx::Result<Vec<(GroupId, String)>> {
    let rows =
        sqlx::query!("select id, name from groups order by lower(name), id").fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

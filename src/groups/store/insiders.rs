//! Who is in a group, and who wants to be.

use crate::{
    groups::group_url,
    kit::{GroupId, MemberId},
    members::Author,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Lets somebody in by hand, also where a rank had brought them; false where they were in already.
pub(in crate::groups) async fn enter(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into group_members (group_id, member_id, since)
        values ($1, $2, $3)
        on conflict (group_id, member_id) do update
        set rank_id = null
        where group_members.rank_id is not null
        "#,
        group.0,
        member.0,
        now,
    )
    .execute(&mut *db)
    .await?;
    forget_request(db, group, member).await?;
    Ok(done.rows_affected() == 1)
}

/// Lets somebody out who is not in by a rank; false where they were not in.
pub(in crate::groups) async fn leave(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from group_members where group_id = $1 and member_id = $2 and rank_id is null",
        group.0,
        member.0,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::groups) async fn ask(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into group_requests (group_id, member_id, at)
        values ($1, $2, $3)
        on conflict do nothing
        "#,
        group.0,
        member.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// False where they did not ask.
pub(in crate::groups) async fn forget_request(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from group_requests where group_id = $1 and member_id = $2",
        group.0,
        member.0,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes an owner, or a plain member again; false where nothing changed.
pub(in crate::groups) async fn set_owner(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
    since: Option<OffsetDateTime>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update group_members
        set owner_since = $3, rank_id = null
        where group_id = $1
            and member_id = $2
            and (owner_since is null) <> ($3::timestamptz is null)
        "#,
        group.0,
        member.0,
        since,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether this member is an owner of the group.
pub(in crate::groups) async fn owns(
    db: &mut PgConnection,
    group: GroupId,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from group_members
            where group_id = $1
                and member_id = $2
                and owner_since is not null
        ) as "owns!"
        "#,
        group.0,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// Somebody who is in a group.
pub(crate) struct Insider {
    id: MemberId,
    pub(crate) handle: String,
    name: String,
    pub(crate) owner: bool,
    pub(crate) by_rank: bool,
}

impl Insider {
    /// Who it is, for the picture.
    pub(crate) fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }
}

/// Who is in a group: owners first, then who came last. At most so many.
pub(crate) async fn insiders(
    db: &mut PgConnection,
    group: GroupId,
    most: i64,
) -> sqlx::Result<Vec<Insider>> {
    sqlx::query_as!(
        Insider,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            inside.owner_since is not null as "owner!",
            inside.rank_id is not null as "by_rank!"
        from (
            select group_members.member_id, group_members.since, group_members.owner_since, group_members.rank_id
            from group_members
            where group_members.group_id = $1
            order by group_members.owner_since is null, group_members.since desc, group_members.member_id desc
            limit $2
        ) as inside
        join members on members.id = inside.member_id
        where members.closed_at is null
        order by inside.owner_since is null, inside.since desc, inside.member_id desc
        "#,
        group.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// A group that somebody is in.
pub(crate) struct Joined {
    slug: String,
    pub(crate) name: String,
}

impl Joined {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        group_url(&self.slug)
    }
}

/// The groups a member is in and the viewer may know of. Who is in what is for members to read.
pub(crate) async fn of_member(
    db: &mut PgConnection,
    viewer: MemberId,
    member: MemberId,
) -> sqlx::Result<Vec<Joined>> {
    sqlx::query_as!(
        Joined,
        r#"
        select groups.slug, groups.name
        from group_members
        join groups on groups.id = group_members.group_id
        join visible_groups($1) as visible on visible.group_id = groups.id
        where group_members.member_id = $2
        order by lower(groups.name), groups.id
        "#,
        viewer.0,
        member.0,
    )
    .fetch_all(db)
    .await
}

/// Who waits to be let in, the longest first.
pub(crate) async fn waiting(db: &mut PgConnection, group: GroupId) -> sqlx::Result<Vec<Author>> {
    sqlx::query_as!(
        Author,
        r#"
        select members.id, members.handle, members.name
        from (
            select group_requests.member_id, group_requests.at
            from group_requests
            where group_requests.group_id = $1
            order by group_requests.at, group_requests.member_id
            limit 200
        ) as asked
        join members on members.id = asked.member_id
        where members.closed_at is null
        order by asked.at, asked.member_id
        "#,
        group.0,
    )
    .fetch_all(db)
    .await
}

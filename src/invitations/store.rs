use super::invitation::{ADDRESS_KEPT, Open};
use crate::{
    groups::invited::Named,
    kit::{GroupId, InvitationId, MemberId},
    members::Author,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a new invitation is made of.
pub(super) struct NewRow<'a> {
    pub(super) token_hash: &'a [u8],
    pub(super) note: &'a str,
    pub(super) uses_most: i32,
    pub(super) invited_by: MemberId,
    pub(super) expires_at: OffsetDateTime,
}

pub(super) async fn insert(
    db: &mut PgConnection,
    new: &NewRow<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<InvitationId> {
    sqlx::query_scalar!(
        r#"
        insert into invitations (token_hash, note, uses_most, invited_by, invited_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)
        returning id as "id: InvitationId"
        "#,
        new.token_hash,
        new.note,
        new.uses_most,
        new.invited_by.0,
        now,
        new.expires_at,
    )
    .fetch_one(db)
    .await
}

/// Whom invitations are mailed to, each with its name.
pub(super) struct Addressees<'a> {
    pub(super) emails: &'a [String],
    pub(super) names: &'a [String],
    pub(super) note: &'a str,
    pub(super) invited_by: MemberId,
    pub(super) expires_at: OffsetDateTime,
}

/// Invites them; whoever was invited before and has not come is invited anew, and the link they have is good
/// no longer. With the address of each.
pub(super) async fn insert_mailed(
    db: &mut PgConnection,
    new: &Addressees<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<(InvitationId, String)>> {
    let rows = sqlx::query!(
        r#"
        insert into invitations as known (note, email, name, uses_most, invited_by, invited_at, expires_at)
        select $3, invited.email, invited.name, 1, $4, $5, $6
        from unnest($1::text[], $2::text[]) as invited (email, name)
        order by lower(invited.email)
        on conflict (lower(email)) do update
        set
            token_hash = null,
            note = excluded.note,
            email = excluded.email,
            name = excluded.name,
            invited_by = excluded.invited_by,
            invited_at = excluded.invited_at,
            expires_at = excluded.expires_at,
            withdrawn_at = null
        returning known.id as "id: InvitationId", known.email as "email!"
        "#,
        new.emails,
        new.names,
        new.note,
        new.invited_by.0,
        now,
        new.expires_at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

/// Puts groups in the place of those that invitations had; one pair for each.
pub(super) async fn set_groups(
    db: &mut PgConnection,
    invitations: &[i64],
    pairs: (&[i64], &[i64]),
) -> sqlx::Result<()> {
    sqlx::query!("delete from invitation_groups where invitation_id = any($1)", invitations)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        insert into invitation_groups (invitation_id, group_id)
        select pairs.invitation_id, groups.id
        from unnest($1::bigint[], $2::bigint[]) as pairs (invitation_id, group_id)
        join groups on groups.id = pairs.group_id
        on conflict do nothing
        "#,
        pairs.0,
        pairs.1,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_token(
    db: &mut PgConnection,
    id: InvitationId,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("update invitations set token_hash = $2 where id = $1", id.0, token_hash)
        .execute(db)
        .await?;
    Ok(())
}

/// Somebody to be invited by mail.
pub(super) struct Invited {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) expires_at: OffsetDateTime,
    /// The handle under which the address is a member's already.
    pub(super) known_as: Option<String>,
}

/// Whom the mail of an invitation goes to, while it is good.
pub(super) async fn invited(
    db: &mut PgConnection,
    id: InvitationId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Invited>> {
    sqlx::query_as!(
        Invited,
        r#"
        select
            invitations.email as "email!",
            invitations.name,
            invitations.expires_at,
            members.handle as "known_as?"
        from invitations
        left join members on lower(members.email) = lower(invitations.email)
            and members.email_confirmed_at is not null
        where invitations.id = $1
            and invitations.email is not null
            and invitations.withdrawn_at is null
            and invitations.expires_at > $2
        "#,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn usable(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Open>> {
    sqlx::query_as!(
        Open,
        r#"
        select id as "id: InvitationId", email, name
        from invitations
        where token_hash = $1
            and uses < uses_most
            and withdrawn_at is null
            and expires_at > $2
        "#,
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn by_id(
    db: &mut PgConnection,
    id: InvitationId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Open>> {
    sqlx::query_as!(
        Open,
        r#"
        select id as "id: InvitationId", email, name
        from invitations
        where id = $1
            and uses < uses_most
            and withdrawn_at is null
            and expires_at > $2
        "#,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Takes one place, if any is left. From then on the account has the address, and the invitation needs it no
/// more.
pub(super) async fn take_place(
    db: &mut PgConnection,
    id: InvitationId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update invitations
        set uses = uses + 1, email = null, name = ''
        where id = $1
            and uses < uses_most
            and withdrawn_at is null
            and expires_at > $2
        "#,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn note_use(
    db: &mut PgConnection,
    id: InvitationId,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitation_uses (member_id, invitation_id, joined_at) values ($1, $2, $3)",
        member.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The groups that an invitation brings into.
pub(super) async fn groups(db: &mut PgConnection, id: InvitationId) -> sqlx::Result<Vec<Named>> {
    sqlx::query_as!(
        Named,
        r#"
        select groups.id as "id: GroupId", groups.slug, groups.name
        from invitation_groups
        join groups on groups.id = invitation_groups.group_id
        where invitation_groups.invitation_id = $1
        order by groups.id
        "#,
        id.0,
    )
    .fetch_all(db)
    .await
}

/// False where it was withdrawn before. Nobody needs the address any more.
pub(super) async fn withdraw(
    db: &mut PgConnection,
    id: InvitationId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update invitations
        set withdrawn_at = $2,
            -- What was noted of one person goes with their address.
            note = case when email is null then note else '' end,
            email = null,
            name = '',
            token_hash = null
        where id = $1
            and withdrawn_at is null
        "#,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An invitation, as administrators see it.
pub(crate) struct Line {
    pub(crate) id: InvitationId,
    pub(crate) note: String,
    pub(crate) email: Option<String>,
    pub(crate) name: String,
    pub(crate) uses_most: i32,
    pub(crate) uses: i32,
    pub(crate) invited_by: Option<String>,
    pub(crate) invited_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) withdrawn_at: Option<OffsetDateTime>,
    pub(crate) groups: Vec<String>,
}

impl Line {
    /// Where it stands.
    pub(crate) fn url(&self) -> String {
        format!("/admin/invitations/{}", self.id)
    }

    /// How many can still join by it.
    pub(crate) fn left(&self) -> i32 {
        self.uses_most - self.uses
    }

    pub(crate) fn is_open(&self, now: &OffsetDateTime) -> bool {
        self.left() > 0 && self.withdrawn_at.is_none() && self.expires_at > *now
    }
}

/// The latest invitations below an id.
pub(crate) async fn lines(db: &mut PgConnection, below: i64) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"
        select
            invitations.id as "id: InvitationId",
            invitations.note,
            invitations.email,
            invitations.name,
            invitations.uses_most,
            invitations.uses,
            inviter.handle as "invited_by?",
            invitations.invited_at,
            invitations.expires_at,
            invitations.withdrawn_at,
            array(
                select groups.name
                from invitation_groups
                join groups on groups.id = invitation_groups.group_id
                where invitation_groups.invitation_id = invitations.id
                order by lower(groups.name)
            ) as "groups!"
        from invitations
        left join members as inviter on inviter.id = invitations.invited_by
        where invitations.id < $1
        order by invitations.id desc
        limit 51
        "#,
        below,
    )
    .fetch_all(db)
    .await
}

pub(crate) async fn line(db: &mut PgConnection, id: InvitationId) -> sqlx::Result<Option<Line>> {
    sqlx::query_as!(
        Line,
        r#"
        select
            invitations.id as "id: InvitationId",
            invitations.note,
            invitations.email,
            invitations.name,
            invitations.uses_most,
            invitations.uses,
            inviter.handle as "invited_by?",
            invitations.invited_at,
            invitations.expires_at,
            invitations.withdrawn_at,
            array(
                select groups.name
                from invitation_groups
                join groups on groups.id = invitation_groups.group_id
                where invitation_groups.invitation_id = invitations.id
                order by lower(groups.name)
            ) as "groups!"
        from invitations
        left join members as inviter on inviter.id = invitations.invited_by
        where invitations.id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Somebody who joined by an invitation.
pub(crate) struct Joiner {
    pub(crate) invitation: InvitationId,
    pub(crate) author: Author,
    pub(crate) joined_at: OffsetDateTime,
}

/// Who joined by each of these, the latest first: of each at most 200.
pub(crate) async fn joiners(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Joiner>> {
    let rows = sqlx::query!(
        r#"
        select
            asked.id as "invitation!: InvitationId",
            joiner.id as "member!: MemberId",
            joiner.handle as "handle!",
            joiner.name as "name!",
            latest.joined_at as "joined_at!"
        from unnest($1::bigint[]) as asked (id)
        cross join lateral (
            select invitation_uses.member_id, invitation_uses.joined_at
            from invitation_uses
            where invitation_uses.invitation_id = asked.id
            order by invitation_uses.joined_at desc
            limit 200
        ) as latest
        cross join lateral (
            select id, handle, name
            from members
            where members.id = latest.member_id
            limit 1
        ) as joiner
        order by asked.id, latest.joined_at desc, joiner.id
        "#,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Joiner {
            invitation: row.invitation,
            author: Author { id: row.member, handle: row.handle, name: row.name },
            joined_at: row.joined_at,
        })
        .collect())
}

/// Erases up to `most` addresses of people who did not come, with the invitations; returns how many.
pub(crate) async fn forget_addresses(
    db: &mut PgConnection,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from invitations
        where id in (
            select id
            from invitations
            where email is not null
                and expires_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        now - ADDRESS_KEPT,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

//! SQL of this room.

pub(crate) mod brought_roles;
pub(super) mod closing;
pub(crate) mod factors;
pub(crate) mod passkeys;
pub(crate) mod providers;
pub(crate) mod puzzles;
mod roles;
pub(crate) mod rounds;
pub(crate) mod sessions;
pub(crate) mod steps;
pub(crate) mod tokens;

use super::{
    strength::Owner,
    viewer::{Member, Role},
};
use crate::{error::Taken, kit::MemberId};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

pub(super) use roles::{grant, hold_admins, revoke};

/// What a new account is made of.
pub(super) struct NewRow<'a> {
    pub(super) handle: &'a str,
    pub(super) skeleton: &'a str,
    pub(super) name: &'a str,
    pub(super) email: Option<&'a str>,
    pub(super) password_hash: Option<&'a str>,
}

/// `None` where the handle is taken, or one that looks like it, was that of somebody who left, or is kept for
/// somebody who waits; the transaction goes on.
pub(super) async fn insert(
    db: &mut PgConnection,
    new: NewRow<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"
        insert into members (handle, handle_skeleton, name, email, password_hash, joined_at)
        select $1, $2, $3, $4, $5, $6
        where not exists (
            select
            from handle_salt
            join retired_handles
                on retired_handles.fingerprint = sha256(handle_salt.salt || convert_to($2, 'UTF8'))
        )
        -- Whoever waits to be let in keeps theirs.
        and not exists (select from applications where applications.handle_skeleton = $2)
        on conflict do nothing
        returning id
        "#,
        new.handle,
        new.skeleton,
        new.name,
        new.email,
        new.password_hash,
        now,
    )
    .fetch_optional(db)
    .await
}

/// What signing in needs to know of an account.
pub(super) struct Credentials {
    pub(super) id: MemberId,
    pub(super) password_hash: Option<String>,
}

/// The account somebody means by a handle or an address: the handle's, else the one that proved the
/// address, else the newest that claims it. One that is closed and can still be had back comes last.
pub(super) async fn meant_by(
    db: &mut PgConnection,
    login: &str,
) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"
        select id as "id!: MemberId", password_hash
        from (
            select
                id,
                password_hash,
                false as closed,
                lower(handle) = lower($1) as by_handle,
                email_confirmed_at is not null as confirmed
            from members
            where lower(handle) = lower($1)
                or lower(email) = lower($1)
            union all
            select
                members.id,
                members.password_hash,
                true,
                lower(closed_accounts.handle) = lower($1),
                closed_accounts.email_confirmed_at is not null
            from closed_accounts
            join members on members.id = closed_accounts.member_id
            where lower(closed_accounts.handle) = lower($1)
                or lower(closed_accounts.email) = lower($1)
        ) as known
        order by by_handle desc, closed, confirmed desc, id desc
        limit 1
        "#,
        login,
    )
    .fetch_optional(db)
    .await
}

/// Whether somebody can sign in to the account with a password.
pub(crate) async fn has_password(db: &mut PgConnection, id: MemberId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select password_hash is not null as "has!" from members where id = $1"#,
        id.0,
    )
    .fetch_one(db)
    .await
}

/// Whether the account's password is still the one that was read, and stays so until the transaction
/// ends. Whoever acts on a password asks, because another may take its place while it is verified.
pub(super) async fn still_has_password(
    db: &mut PgConnection,
    id: MemberId,
    read: Option<&str>,
) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"
        select id
        from members
        where id = $1
            and password_hash is not distinct from $2
        for no key update
        "#,
        id.0,
        read,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// What the deeds about the way into an account need to know of it.
pub(super) struct Account {
    pub(super) id: MemberId,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) confirmed: bool,
    /// The address that is to take its place.
    pub(super) email_wanted: Option<String>,
    pub(super) password_hash: Option<String>,
}

impl Account {
    /// Whose password it would be.
    pub(super) fn owner(&self) -> Owner<'_> {
        Owner { handle: &self.handle, name: &self.name, email: self.email.as_deref() }
    }
}

pub(super) async fn account(db: &mut PgConnection, id: MemberId) -> sqlx::Result<Account> {
    sqlx::query_as!(
        Account,
        r#"
        select
            id,
            handle,
            name,
            email,
            email_confirmed_at is not null as "confirmed!",
            email_wanted,
            password_hash
        from members
        where id = $1
        "#,
        id.0,
    )
    .fetch_one(db)
    .await
}

pub(super) struct Addressee {
    pub(super) id: MemberId,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) confirmed: bool,
}

/// Whom a mail to this account goes to.
pub(super) async fn addressee(
    db: &mut PgConnection,
    id: MemberId,
) -> sqlx::Result<Option<Addressee>> {
    sqlx::query_as!(
        Addressee,
        r#"
        select id, handle, name, email as "email!", email_confirmed_at is not null as "confirmed!"
        from members
        where id = $1
            and email is not null
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The account that proved this address.
pub(super) async fn owner_of(
    db: &mut PgConnection,
    email: &str,
) -> sqlx::Result<Option<Addressee>> {
    sqlx::query_as!(
        Addressee,
        r#"
        select id, handle, name, email as "email!", email_confirmed_at is not null as "confirmed!"
        from members
        where lower(email) = lower($1)
            and email_confirmed_at is not null
        "#,
        email,
    )
    .fetch_optional(db)
    .await
}

/// Sets the password and calls off a change of address.
pub(super) async fn set_password(
    db: &mut PgConnection,
    id: MemberId,
    password_hash: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update members set password_hash = $2, email_wanted = null where id = $1",
        id.0,
        password_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn want_email(
    db: &mut PgConnection,
    id: MemberId,
    email: &str,
) -> sqlx::Result<()> {
    sqlx::query!("update members set email_wanted = $2 where id = $1", id.0, email)
        .execute(db)
        .await?;
    Ok(())
}

/// Makes the wanted address the account's own, if it still is `email`. Violates
/// `members_confirmed_email` where another account proved it first.
pub(super) async fn take_wanted_email(
    db: &mut PgConnection,
    id: MemberId,
    email: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update members
        set email = email_wanted, email_confirmed_at = $3, email_wanted = null
        where id = $1
            and email_wanted = $2
        "#,
        id.0,
        email,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the account's address was proved, if it still is `email`. Violates
/// `members_confirmed_email` where another account proved it first.
pub(super) async fn confirm_email(
    db: &mut PgConnection,
    id: MemberId,
    email: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update members
        set email_confirmed_at = coalesce(email_confirmed_at, $3)
        where id = $1
            and email = $2
        "#,
        id.0,
        email,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the address of a new account was proved; false where another account proved it before.
pub(super) async fn confirm_unclaimed(
    db: &mut PgConnection,
    id: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    // Somebody else may prove it at this very moment; the transaction goes on.
    let mut attempt = db.begin().await?;
    let done = sqlx::query!(
        r#"
        update members
        set email_confirmed_at = $2
        where id = $1
            and not exists (
                select
                from members as other
                where lower(other.email) = lower(members.email)
                    and other.email_confirmed_at is not null
            )
        "#,
        id.0,
        now,
    )
    .execute(&mut *attempt)
    .await
    .unless_taken(&["members_confirmed_email"])?;
    match done {
        Some(done) => attempt.commit().await.map(|()| done.rows_affected() == 1),
        None => attempt.rollback().await.map(|()| false),
    }
}

/// The account with exactly this handle.
pub(crate) async fn by_handle(
    db: &mut PgConnection,
    handle: &str,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!("select id from members where lower(handle) = lower($1)", handle)
        .fetch_optional(db)
        .await
}

/// The member with this id, as one who acts: for deeds that no browser asked for.
///
/// # Errors
/// Those of the database.
pub async fn by_id(db: &mut PgConnection, id: MemberId) -> sqlx::Result<Option<Member>> {
    sqlx::query_as!(
        Member,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            members.email_confirmed_at is not null as "confirmed!",
            array(
                select member_roles.role
                from member_roles
                where member_roles.member_id = members.id
            ) as "roles!: Vec<Role>"
        from members
        where members.id = $1
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Whether there is any account, closed and erased ones included.
pub(crate) async fn anybody(db: &mut PgConnection) -> sqlx::Result<bool> {
    let first = sqlx::query_scalar!("select id from members order by id limit 1");
    Ok(first.fetch_optional(db).await?.is_some())
}

/// Whether anybody runs the community.
pub(crate) async fn has_administrator(db: &mut PgConnection) -> sqlx::Result<bool> {
    let first =
        sqlx::query_scalar!("select member_id from member_roles where role = 'admin' limit 1");
    Ok(first.fetch_optional(db).await?.is_some())
}

/// How many accounts there are.
pub(crate) async fn count(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from members"#).fetch_one(db).await
}

/// What members may change about themselves.
pub(super) struct OwnWords {
    pub(super) name: String,
    pub(super) about: String,
    /// Whether they stand on leaderboards.
    pub(super) listed: bool,
}

pub(super) async fn own_words(db: &mut PgConnection, id: MemberId) -> sqlx::Result<OwnWords> {
    sqlx::query_as!(
        OwnWords,
        r#"select name, about, unlisted_at is null as "listed!" from members where id = $1"#,
        id.0,
    )
    .fetch_one(db)
    .await
}

/// Has a member stand on leaderboards or not; since when, stays where it was so before.
pub(super) async fn set_listed(
    db: &mut PgConnection,
    id: MemberId,
    listed: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update members
        set unlisted_at = case when $2 then null else $3::timestamptz end
        where id = $1
            and (unlisted_at is null) <> $2
        "#,
        id.0,
        listed,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_reading(
    db: &mut PgConnection,
    id: MemberId,
    words: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update members set reading = $2 where id = $1 and closed_at is null",
        id.0,
        words,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Since when a member reads replies most helpful first; none for the order of time.
pub(crate) async fn set_replies_by_help(
    db: &mut PgConnection,
    id: MemberId,
    since: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update members set replies_by_help_since = $2 where id = $1", id.0, since)
        .execute(db)
        .await?;
    Ok(())
}

/// False where the account is closed, and the words are to be seen no more.
pub(super) async fn set_words(
    db: &mut PgConnection,
    id: MemberId,
    name: &str,
    about: &str,
    about_html: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update members
        set name = $2, about = $3, about_html = $4
        where id = $1
            and closed_at is null
        "#,
        id.0,
        name,
        about,
        about_html,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

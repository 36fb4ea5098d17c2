use crate::{kit::MemberId, members::viewer::Role};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Takes an account out of everybody's sight and keeps aside what it looked like. False where it is
/// closed already. `handle` is what it is called from then on.
pub(in crate::members) async fn put_aside(
    db: &mut PgConnection,
    id: MemberId,
    handle: &str,
    name: &str,
    now: OffsetDateTime,
    erase_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let kept = sqlx::query!(
        r#"
        with gone as (
            insert into closed_accounts (
                member_id, handle, handle_skeleton, name, about, about_html, email, email_confirmed_at, posts,
                closed_at, erase_at
            )
            select
                members.id, members.handle, members.handle_skeleton, members.name, members.about,
                members.about_html, members.email, members.email_confirmed_at, settings.closed_accounts, $2, $3
            from members
            cross join settings
            where members.id = $1
                and members.closed_at is null
            returning handle_skeleton
        )
        insert into retired_handles (fingerprint)
        select sha256(handle_salt.salt || convert_to(gone.handle_skeleton, 'UTF8'))
        from gone
        cross join handle_salt
        on conflict do nothing
        "#,
        id.0,
        now,
        erase_at,
    )
    .execute(&mut *db)
    .await?;
    if kept.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        r#"
        update members
        set
            handle = $2,
            handle_skeleton = $2,
            name = $3,
            about = '',
            about_html = '',
            email = null,
            email_confirmed_at = null,
            email_wanted = null,
            closed_at = $4
        where id = $1
        "#,
        id.0,
        handle,
        name,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from board_helpers where member_id = $1", id.0).execute(db).await?;
    Ok(true)
}

/// Puts an account back as it was, if it was not erased. The address is proved no more where another
/// account proved it meanwhile.
pub(in crate::members) async fn put_back(
    db: &mut PgConnection,
    id: MemberId,
) -> sqlx::Result<bool> {
    let back = sqlx::query!(
        r#"
        update members
        set
            handle = kept.handle,
            handle_skeleton = kept.handle_skeleton,
            name = kept.name,
            about = kept.about,
            about_html = kept.about_html,
            email = kept.email,
            email_confirmed_at = case
                when not exists (
                    select
                    from members as other
                    where lower(other.email) = lower(kept.email)
                        and other.email_confirmed_at is not null
                ) then kept.email_confirmed_at
            end,
            closed_at = null
        from (
            select member_id, handle, handle_skeleton, name, about, about_html, email, email_confirmed_at
            from closed_accounts
            where closed_accounts.member_id = $1
            for update
        ) as kept
        where members.id = kept.member_id
        "#,
        id.0,
    )
    .execute(&mut *db)
    .await?;
    if back.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        r#"
        delete from retired_handles
        using closed_accounts, handle_salt
        where closed_accounts.member_id = $1
            and retired_handles.fingerprint
                = sha256(handle_salt.salt || convert_to(closed_accounts.handle_skeleton, 'UTF8'))
        "#,
        id.0,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from closed_accounts where member_id = $1", id.0).execute(db).await?;
    Ok(true)
}

/// What the mail to somebody who closed their account says.
pub(in crate::members) struct Farewell {
    pub(in crate::members) handle: String,
    pub(in crate::members) name: String,
    pub(in crate::members) email: String,
    pub(in crate::members) erase_at: OffsetDateTime,
}

/// Whom to tell that their account is closed: at an address they proved.
pub(in crate::members) async fn farewell(
    db: &mut PgConnection,
    id: MemberId,
) -> sqlx::Result<Option<Farewell>> {
    sqlx::query_as!(
        Farewell,
        r#"
        select handle, name, email as "email!", erase_at
        from closed_accounts
        where member_id = $1
            and email is not null
            and email_confirmed_at is not null
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Sets the link with which the account is opened again.
pub(in crate::members) async fn set_token(
    db: &mut PgConnection,
    id: MemberId,
    token_hash: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update closed_accounts set token_hash = $2 where member_id = $1",
        id.0,
        token_hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The closed account that this link opens again.
pub(in crate::members) async fn by_token(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"select member_id as "id!: MemberId" from closed_accounts where token_hash = $1"#,
        token_hash,
    )
    .fetch_optional(db)
    .await
}

/// Takes all roles of a member away; returns which they were.
pub(in crate::members) async fn revoke_all(
    db: &mut PgConnection,
    id: MemberId,
) -> sqlx::Result<Vec<Role>> {
    sqlx::query_scalar!(
        r#"delete from member_roles where member_id = $1 returning role as "role: Role""#,
        id.0,
    )
    .fetch_all(db)
    .await
}

//! What goes when an account is erased. With [`super::rewrite`], the only statements that write in the tables of
//! every room.

use crate::{kit::MemberId, settings::PostsOfLeavers};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An account whose time is over.
pub(in crate::privacy) struct Closed {
    pub(in crate::privacy) handle: String,
    pub(in crate::privacy) email: Option<String>,
    pub(in crate::privacy) posts: PostsOfLeavers,
}

/// The closed account, if it may be erased now.
pub(in crate::privacy) async fn due(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Closed>> {
    sqlx::query_as!(
        Closed,
        r#"
        select handle, email, posts as "posts: PostsOfLeavers"
        from closed_accounts
        where member_id = $1
            and erase_at <= $2
        "#,
        member.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Whether the account still may be erased; held, so that nobody opens it meanwhile.
pub(in crate::privacy) async fn hold_due(
    db: &mut PgConnection,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let held = sqlx::query_scalar!(
        "select member_id from closed_accounts where member_id = $1 and erase_at <= $2 for update",
        member.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(held.is_some())
}

/// What the member read, followed, was told of, and sent.
pub(in crate::privacy) async fn forget_doings(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    let id = member.0;
    sqlx::query!("delete from notifications where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from read_marks where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from thread_follows where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from tag_follows where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from unsubscribe_tokens where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from drafts where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from form_keys where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from copies where member_id = $1", id).execute(db).await?;
    Ok(())
}

/// The groups, roles and rules that were the member's, and where an import had them from.
pub(in crate::privacy) async fn forget_belonging(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<()> {
    let id = member.0;
    sqlx::query!("update me_toos set about = '' where member_id = $1 and about <> ''", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("update flags set note = '' where member_id = $1 and note <> ''", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        update badge_awards
        set reason = '', revoked_because = ''
        where member_id = $1
            and (reason <> '' or revoked_because <> '')
        "#,
        id,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from member_capabilities where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from invitation_uses where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from provider_memberships where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from provider_role_holders where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from group_members where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from group_requests where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from board_rights where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from category_rights where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from board_helpers where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from leaders where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from member_roles where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from imported where kind in ('user', 'name') and our_id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// Mails and invitations that wait or failed, what failures said of the address, and how often the member knocked.
pub(in crate::privacy) async fn forget_work(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from jobs
        where id in (
            select id
            from jobs
            where name <> 'privacy.erase'
                and (
                    (payload = to_jsonb($1::bigint) and (name like 'members.%' or name like 'privacy.%'))
                    or payload ->> 'member' = $1::bigint::text
                    or strpos(lower(payload::text || coalesce(last_error, '')), lower($2)) > 0
                )
            -- One under way may wait for this account, and goes by itself when it finds none.
            for update skip locked
        )
        "#,
        member.0,
        closed.email,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from invitations where lower(email) = lower($1)", closed.email)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "delete from rate_limits where split_part(subject, ':', 2) = 'member ' || $1::bigint::text",
        member.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The account itself, down to its number and when it began; `name` is what it is called from then on.
pub(in crate::privacy) async fn forget_account(
    db: &mut PgConnection,
    member: MemberId,
    name: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let id = member.0;
    sqlx::query!("delete from sessions where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from pending_sign_ins where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from passkey_challenges where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from totp_seeds where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from recovery_codes where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from passkeys where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from provider_rounds where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from identities where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from member_tokens where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!(
        r#"
        update members
        set
            name = $3,
            about = '',
            about_html = '',
            password_hash = null,
            email_wanted = null,
            passkey_user = null,
            replies_by_help_since = null,
            reading = null,
            erased_at = $2
        where id = $1
        "#,
        id,
        now,
        name,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from closed_accounts where member_id = $1", id).execute(db).await?;
    Ok(())
}

//! What goes when an account is erased: the only statements that write in the tables of every room.

use crate::{
    kit::{MemberId, PostId, ThreadId},
    settings::PostsOfLeavers,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An account whose time is over.
pub(in crate::privacy) struct Closed {
    pub(in crate::privacy) handle: String,
    pub(in crate::privacy) email: Option<String>,
    pub(in crate::privacy) posts: PostsOfLeavers,
}

/// The closed account, if it may be erased now; held, so that nobody opens it meanwhile.
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
        for update
        "#,
        member.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Up to `most` posts that a member could have withdrawn, and removed ones, which nobody reads either.
pub(in crate::privacy) async fn withdrawable(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<(ThreadId, PostId)>> {
    let rows = sqlx::query!(
        r#"
        select threads.id as "thread: ThreadId", posts.id as "post: PostId"
        from posts
        join threads on threads.id = posts.thread_id
        where posts.author_id = $1
            and posts.deleted_at is null
            and posts.position is not null
            and (posts.position > 1 or threads.replies = 0)
        order by posts.id
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.thread, row.post)).collect())
}

/// Empties up to `most` posts that their author withdrew, with their earlier versions and the titles of
/// threads that went with them; returns how many.
pub(in crate::privacy) async fn empty_withdrawn(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<i64> {
    let emptied = sqlx::query_scalar!(
        r#"
        update posts
        set source = '', html = '', search = ''
        where id in (
            select id
            from posts
            where author_id = $1
                and deleted_at is not null
                and source <> ''
            limit $2
        )
        returning id as "id!: i64"
        "#,
        member.0,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    sqlx::query!("delete from post_revisions where post_id = any($1)", &emptied)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        update threads
        set title = ''
        where id in (select thread_id from posts where id = any($1) and position = 1)
        "#,
        &emptied,
    )
    .execute(db)
    .await?;
    Ok(emptied.len() as i64)
}

/// Where posts of others speak to the member, the words stay and the link to a profile goes; the line over
/// a quotation, which nobody typed, names them no more. The posts that concern a member are those that their
/// inbox told of.
pub(in crate::privacy) async fn unlink(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
) -> sqlx::Result<()> {
    let handle = closed.handle.replace('.', r"\.");
    let mention = format!(r#"<a href="/m/[^"]*" class="mention">(@{handle})</a>"#);
    let quoted = format!(r#"(<figcaption class="quote__by">(<a [^>]*>)?)@{handle}(?=<)"#);
    sqlx::query!(
        r#"
        update posts
        set html = regexp_replace(
            regexp_replace(posts.html, $2, '\1', 'gi'),
            $3,
            '\1' || members.name,
            'gi'
        )
        from members
        where members.id = $1
            and posts.id in (
                select notifications.post_id
                from notifications
                where notifications.member_id = $1
                    and notifications.post_id is not null
            )
            and posts.author_id <> $1
            and (posts.html ~* $2 or posts.html ~* $3)
        "#,
        member.0,
        mention,
        quoted,
    )
    .execute(db)
    .await?;
    Ok(())
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
    sqlx::query!("delete from unsubscribe_tokens where member_id = $1", id)
        .execute(&mut *db)
        .await?;
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
    sqlx::query!("delete from member_capabilities where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from provider_memberships where member_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from group_members where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from group_requests where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from board_rights where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from category_rights where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from board_helpers where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from member_roles where member_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from imported where kind in ('user', 'name') and our_id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// Mails that wait or failed, what failures said of the address, and how often the member knocked.
pub(in crate::privacy) async fn forget_work(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from jobs
        where name <> 'privacy.erase'
            and (
                (payload = to_jsonb($1::bigint) and (name like 'members.%' or name like 'privacy.%'))
                or payload ->> 'member' = $1::bigint::text
                or strpos(lower(payload::text || coalesce(last_error, '')), lower($2)) > 0
            )
        "#,
        member.0,
        closed.email,
    )
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

/// The account itself, down to its number and when it began.
pub(in crate::privacy) async fn forget_account(
    db: &mut PgConnection,
    member: MemberId,
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
        set password_hash = null, email_wanted = null, passkey_user = null, erased_at = $2
        where id = $1
        "#,
        id,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from closed_accounts where member_id = $1", id).execute(db).await?;
    Ok(())
}

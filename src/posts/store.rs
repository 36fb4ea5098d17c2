use super::{post::Post, writing::Prepared};
use crate::{
    kit::{MemberId, PostId, ThreadId},
    threads::Thread,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The id of a post that is about to be written.
pub(super) async fn next_id(db: &mut PgConnection) -> sqlx::Result<PostId> {
    sqlx::query_scalar!(r#"select nextval(pg_get_serial_sequence('posts', 'id')) as "id!""#)
        .fetch_one(db)
        .await
        .map(PostId)
}

/// The ids of so many posts that are about to be written.
pub(crate) async fn next_ids(db: &mut PgConnection, count: usize) -> sqlx::Result<Vec<PostId>> {
    let ids = sqlx::query_scalar!(
        r#"
        select nextval(pg_get_serial_sequence('posts', 'id')) as "id!"
        from generate_series(1, $1::bigint)
        "#,
        count as i64,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(PostId).collect())
}

/// Which of these lower-case handles are members'.
pub(super) async fn known_handles(
    db: &mut PgConnection,
    handles: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select lower(handle) as "handle!"
        from members
        where lower(handle) = any($1)
        "#,
        handles,
    )
    .fetch_all(db)
    .await
}

#[expect(clippy::too_many_arguments, reason = "a post has that many columns")]
pub(super) async fn insert(
    db: &mut PgConnection,
    thread: ThreadId,
    position: i32,
    author: MemberId,
    text: &Prepared,
    reply_to: Option<PostId>,
    title: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into posts (
            id, thread_id, position, author_id, source, html, renderer, reply_to_id, written_at, search
        )
        overriding system value
        values (
            $1, $2, $3, $4, $5, $6, $7, $8, $9,
            setweight(to_tsvector('english', $10), 'A') || setweight(to_tsvector('english', $11), 'C')
        )
        "#,
        text.id.0,
        thread.0,
        position,
        author.0,
        text.source,
        text.html.as_str(),
        text.renderer,
        reply_to.map(|post| post.0),
        now,
        title.unwrap_or_default(),
        text.words,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The post, whatever its state; the thread's door decides who may have it.
pub(crate) async fn by_id(db: &mut PgConnection, id: PostId) -> sqlx::Result<Option<Post>> {
    sqlx::query_as!(
        Post,
        r#"
        select
            id, thread_id, position as "position!", author_id, source, written_at, edited_at, edited_by,
            deleted_at, removed_at, kudos
        from posts
        where id = $1
            and position is not null
        "#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The post at this place of a thread.
pub(crate) async fn at(
    db: &mut PgConnection,
    thread: ThreadId,
    position: i32,
) -> sqlx::Result<Option<Post>> {
    sqlx::query_as!(
        Post,
        r#"
        select
            id, thread_id, position as "position!", author_id, source, written_at, edited_at, edited_by,
            deleted_at, removed_at, kudos
        from posts
        where thread_id = $1
            and position = $2
        "#,
        thread.0,
        position,
    )
    .fetch_optional(db)
    .await
}

/// Changes the count of kudos, and what they weigh beyond one each.
pub(crate) async fn add_kudos(
    db: &mut PgConnection,
    id: PostId,
    by: i32,
    extra: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update posts set kudos = kudos + $2, kudos_extra = kudos_extra + $3 where id = $1",
        id.0,
        by,
        extra,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn set_deleted(
    db: &mut PgConnection,
    id: PostId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update posts set deleted_at = $2 where id = $1", id.0, now).execute(db).await?;
    Ok(())
}

/// Marks a post as removed, or as restored.
pub(crate) async fn set_removed(
    db: &mut PgConnection,
    id: PostId,
    removed_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update posts set removed_at = $2 where id = $1", id.0, removed_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps the text as it is now, before an edit replaces it.
pub(super) async fn keep_revision(
    db: &mut PgConnection,
    post: &Post,
    opens: Option<&Thread>,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into post_revisions (post_id, number, title, source, written_at, written_by, tags)
        select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6
        from post_revisions
        where post_id = $1
        "#,
        post.id.0,
        opens.map(|thread| thread.title.as_str()),
        post.source,
        post.edited_at.unwrap_or(post.written_at),
        post.edited_by.unwrap_or(post.author_id).0,
        opens.map(|thread| thread.tags.as_slice()),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts another text in place of the one that stands.
pub(super) async fn set_text(
    db: &mut PgConnection,
    text: &Prepared,
    title: Option<&str>,
    by: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update posts
        set
            source = $2,
            html = $3,
            renderer = $4,
            edited_at = $5,
            edited_by = $8,
            search = setweight(to_tsvector('english', $6), 'A') || setweight(to_tsvector('english', $7), 'C')
        where id = $1
        "#,
        text.id.0,
        text.source,
        text.html.as_str(),
        text.renderer,
        now,
        title.unwrap_or_default(),
        text.words,
        by.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a member is called in addresses.
pub(crate) async fn handle_of(db: &mut PgConnection, member: MemberId) -> sqlx::Result<String> {
    sqlx::query_scalar!("select handle from members where id = $1", member.0).fetch_one(db).await
}

/// Whether whoever wrote it speaks for the brand.
pub(super) async fn is_by_staff(db: &mut PgConnection, post: PostId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from posts
            join member_roles on member_roles.member_id = posts.author_id
            where posts.id = $1
                and member_roles.role in ('staff', 'admin')
        ) as "is_by_staff!"
        "#,
        post.0,
    )
    .fetch_one(db)
    .await
}

/// When staff first replied to a thread in what can be read, this reply aside.
pub(super) async fn staff_reply_besides(
    db: &mut PgConnection,
    thread: ThreadId,
    post: PostId,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!(
        r#"
        select posts.written_at
        from posts
        where posts.thread_id = $1
            and posts.position > 1
            and posts.id <> $2
            and posts.deleted_at is null
            and posts.removed_at is null
            and exists (
                select
                from member_roles
                where member_roles.member_id = posts.author_id
                    and member_roles.role in ('staff', 'admin')
            )
        order by posts.position
        limit 1
        "#,
        thread.0,
        post.0,
    )
    .fetch_optional(db)
    .await
}

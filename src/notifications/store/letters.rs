use crate::{
    kit::{MemberId, PostId, ThreadId},
    markup::Html,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Who follows the thread of a post, may see it, and has proved an address; not the post's author.
pub(in crate::notifications) async fn readers(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select thread_follows.member_id
        from posts
        join threads on threads.id = posts.thread_id
        join thread_follows on thread_follows.thread_id = threads.id and thread_follows.level = 'follow'
        join members on members.id = thread_follows.member_id
        join lateral visible_boards(members.id) as visible on visible.board_id = threads.board_id
        where posts.id = $1
            and members.id <> posts.author_id
            and members.email_confirmed_at is not null
        order by thread_follows.member_id
        "#,
        post.0,
    )
    .fetch_all(db)
    .await
}

/// A reply on its way to a reader.
pub(in crate::notifications) struct Letter {
    pub(in crate::notifications) to: String,
    pub(in crate::notifications) to_name: String,
    pub(in crate::notifications) thread_id: ThreadId,
    pub(in crate::notifications) title: String,
    pub(in crate::notifications) position: i32,
    pub(in crate::notifications) html: Html,
    pub(in crate::notifications) author: String,
}

/// The reply, if the member still follows the thread, may still see it and has not read so far, and the
/// post is still there.
pub(in crate::notifications) async fn letter(
    db: &mut PgConnection,
    member: MemberId,
    post: PostId,
) -> sqlx::Result<Option<Letter>> {
    sqlx::query_as!(
        Letter,
        r#"
        select
            reader.email as "to!",
            reader.name as to_name,
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            posts.html as "html: Html",
            author.name as author
        from posts
        join threads on threads.id = posts.thread_id
        join members as author on author.id = posts.author_id
        join members as reader on reader.id = $1
        join thread_follows on thread_follows.thread_id = threads.id
            and thread_follows.member_id = reader.id
            and thread_follows.level = 'follow'
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        left join read_marks on read_marks.thread_id = threads.id and read_marks.member_id = reader.id
        where posts.id = $2
            and posts.position > coalesce(read_marks.position, 0)
            and posts.deleted_at is null
            and posts.removed_at is null
            and threads.closed_at is null
            and reader.email is not null
            and reader.email_confirmed_at is not null
        "#,
        member.0,
        post.0,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::notifications) async fn insert_token(
    db: &mut PgConnection,
    token_hash: &[u8],
    member: MemberId,
    thread: ThreadId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into unsubscribe_tokens (token_hash, member_id, thread_id, sent_at)
        values ($1, $2, $3, $4)
        "#,
        token_hash,
        member.0,
        thread.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a link in a mail unsubscribes from.
pub(in crate::notifications) struct Subscription {
    pub(in crate::notifications) member_id: MemberId,
    pub(in crate::notifications) thread_id: ThreadId,
    /// None where the member may no longer see it, or it is gone.
    pub(in crate::notifications) title: Option<String>,
}

pub(in crate::notifications) async fn subscription(
    db: &mut PgConnection,
    token_hash: &[u8],
) -> sqlx::Result<Option<Subscription>> {
    sqlx::query_as!(
        Subscription,
        r#"
        select
            unsubscribe_tokens.member_id as "member_id: MemberId",
            unsubscribe_tokens.thread_id as "thread_id: ThreadId",
            case when visible.board_id is not null and threads.closed_at is null then threads.title end as title
        from unsubscribe_tokens
        join threads on threads.id = unsubscribe_tokens.thread_id
        left join lateral visible_boards(unsubscribe_tokens.member_id) as visible
            on visible.board_id = threads.board_id
        where unsubscribe_tokens.token_hash = $1
        "#,
        token_hash,
    )
    .fetch_optional(db)
    .await
}

/// Takes away up to `most` links of mails sent before `before`; returns how many.
pub(crate) async fn forget_old_tokens(
    db: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        delete from unsubscribe_tokens
        where token_hash in (
            select token_hash
            from unsubscribe_tokens
            where sent_at <= $1
            limit $2
            for update skip locked
        )
        "#,
        before,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

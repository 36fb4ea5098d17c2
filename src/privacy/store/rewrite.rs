//! What becomes of posts when an account is erased.

use super::erase::Closed;
use crate::{
    kit::{MemberId, PostId, ThreadId},
    markup::{Html, plain_text},
};
use sqlx::PgConnection;

/// Holds the threads of these posts until the transaction ends, in the order of their ids.
async fn hold_threads(db: &mut PgConnection, posts: &[i64]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        select id
        from threads
        where id in (select thread_id from posts where posts.id = any($1))
        order by id
        for no key update
        "#,
        posts,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Up to `most` posts that a member could have withdrawn, and removed ones, which nobody reads either. Their
/// threads are held.
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
            and (posts.position > 1 or threads.replies = 0 or posts.removed_at is not null)
        order by posts.id
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    let found: Vec<_> = rows.into_iter().map(|row| (row.thread, row.post)).collect();
    let ids: Vec<i64> = found.iter().map(|(_, post)| post.0).collect();
    hold_threads(db, &ids).await?;
    Ok(found)
}

/// Empties up to `most` posts that their author withdrew, with their earlier versions and the titles of
/// threads that went with them; returns how many.
pub(in crate::privacy) async fn empty_withdrawn(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<i64> {
    let withdrawn = sqlx::query_scalar!(
        r#"
        select id as "id!: i64"
        from posts
        where author_id = $1
            and deleted_at is not null
            and source <> ''
        order by id
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    hold_threads(db, &withdrawn).await?;
    sqlx::query!(
        "update posts set source = '', html = '', search = '' where id = any($1)",
        &withdrawn,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from post_revisions where post_id = any($1)", &withdrawn)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        update threads
        set title = ''
        where id in (select thread_id from posts where id = any($1) and position = 1)
        "#,
        &withdrawn,
    )
    .execute(db)
    .await?;
    Ok(withdrawn.len() as i64)
}

/// A post that named a member, as it is without that.
pub(in crate::privacy) struct Unnamed {
    id: PostId,
    html: Html,
    /// The thread's, where it begins with this post.
    title: String,
}

/// Takes the member's name out of up to `most` posts, their own and others', also those that nobody reads;
/// returns how many. The words stay, and the link of a mention goes; the line over a quotation, which nobody
/// typed, names a former member, and a search does not find it any more.
pub(in crate::privacy) async fn unname(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
    most: i64,
) -> sqlx::Result<i64> {
    let posts = unnamed(db, member, closed, most).await?;
    let ids: Vec<i64> = posts.iter().map(|post| post.id.0).collect();
    let drawn: Vec<String> = posts.iter().map(|post| post.html.to_string()).collect();
    let words: Vec<String> = posts.iter().map(|post| plain_text(&post.html, "")).collect();
    let titles: Vec<String> = posts.into_iter().map(|post| post.title).collect();
    sqlx::query!(
        r#"
        update posts
        set
            html = unnamed.html,
            search = setweight(to_tsvector('english', unnamed.title), 'A')
                || setweight(to_tsvector('english', unnamed.words), 'C')
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as unnamed (id, html, title, words)
        where posts.id = unnamed.id
        "#,
        &ids,
        &drawn,
        &titles,
        &words,
    )
    .execute(db)
    .await?;
    Ok(ids.len() as i64)
}

/// Those posts, held. The index finds them by the handle; what stands in them is what is taken out, so that none
/// is found twice.
async fn unnamed(
    db: &mut PgConnection,
    member: MemberId,
    closed: &Closed,
    most: i64,
) -> sqlx::Result<Vec<Unnamed>> {
    let handle = closed.handle.replace('.', r"\.");
    let mention = format!(r#"<a href="/m/[^"]*" class="mention">(@{handle})</a>"#);
    let quoted = format!(r#"(<figcaption class="quote__by">(<a [^>]*>)?)@{handle}(?=<)"#);
    sqlx::query_as!(
        Unnamed,
        r#"
        with naming as materialized (
            select posts.id
            from posts
            where handles_in(posts.html) && array[lower($2)]
                and (posts.html ~* $3 or posts.html ~* $4)
        )
        select
            posts.id,
            regexp_replace(
                regexp_replace(posts.html, $3, '\1', 'gi'),
                $4,
                '\1' || members.name,
                'gi'
            ) as "html!: Html",
            case when posts.position = 1 then threads.title else '' end as "title!"
        from posts
        join threads on threads.id = posts.thread_id
        join members on members.id = $1
        where posts.id in (select naming.id from naming order by naming.id limit $5)
        order by posts.id
        for no key update of posts
        "#,
        member.0,
        closed.handle,
        mention,
        quoted,
        most,
    )
    .fetch_all(db)
    .await
}

//! SQL of the benchmark.

mod copies;
pub(super) mod ranks;

pub(super) use copies::copy;

use super::report::Size;
use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;

pub(super) async fn posts(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from posts"#).fetch_one(db).await
}

pub(super) async fn members(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from members"#).fetch_one(db).await
}

/// What autovacuum would have done by the time a real community is that large.
pub(super) async fn settle(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("vacuum (analyze)").execute(&mut *db).await?;
    sqlx::query!("checkpoint").execute(db).await?;
    Ok(())
}

/// Threads whose first page is full, spread over all of them.
pub(super) struct ThreadToRead {
    pub(super) id: ThreadId,
    pub(super) title: String,
}

pub(super) async fn threads(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<ThreadToRead>> {
    sqlx::query_as!(
        ThreadToRead,
        r#"
        select threads.id, threads.title
        from threads
        join visible_boards(null) as visible on visible.board_id = threads.board_id
        where threads.closed_at is null
            and threads.locked_at is null
        order by least(threads.last_position, 20) desc, hashint8(threads.id)
        limit $1
        "#,
        most,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn boards(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select boards.slug
        from boards
        join visible_boards(null) as visible on visible.board_id = boards.id
        order by boards.id desc
        limit $1
        "#,
        most,
    )
    .fetch_all(db)
    .await
}

/// Members who have written, spread over all of them.
pub(super) async fn writers(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select members.id
        from members
        where exists (select from posts where posts.author_id = members.id)
        order by hashint8(members.id)
        limit $1
        "#,
        most,
    )
    .fetch_all(db)
    .await
}

/// Lets members sign in by a password of this hash; returns their handles.
pub(super) async fn give_password(
    db: &mut PgConnection,
    members: &[MemberId],
    hash: &str,
) -> sqlx::Result<Vec<String>> {
    let ids: Vec<i64> = members.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        "update members set password_hash = $1 where id = any($2) returning handle",
        hash,
        &ids,
    )
    .fetch_all(db)
    .await
}

/// Replies of ordinary length.
pub(super) async fn texts(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select source
        from posts
        where position > 1
            and length(source) between 200 and 2000
            and deleted_at is null
            and removed_at is null
        order by id
        limit $1
        "#,
        most,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn size(db: &mut PgConnection) -> sqlx::Result<Size> {
    sqlx::query_as!(
        Size,
        r#"
        select
            (select count(*) from posts) as "posts!",
            (select count(*) from threads) as "threads!",
            (select count(*) from members) as "members!",
            pg_database_size(current_database()) / (1024 * 1024) as "megabytes!"
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn postgres_version(db: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"select current_setting('server_version') as "version!""#)
        .fetch_one(db)
        .await
}

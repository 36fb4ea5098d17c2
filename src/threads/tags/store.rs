use crate::kit::ThreadId;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Sorted, so that two threads with the same new tags wait for each other and do not block.
pub(super) async fn add_missing(db: &mut PgConnection, tags: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into tags (name)
        select name
        from unnest($1::text[]) as wanted (name)
        order by name
        on conflict do nothing
        "#,
        tags,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn replace(
    db: &mut PgConnection,
    thread: ThreadId,
    tags: &[String],
) -> sqlx::Result<()> {
    sqlx::query!("delete from thread_tags where thread_id = $1", thread.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        insert into thread_tags (thread_id, tag_id)
        select $1, tags.id
        from tags
        where tags.name = any($2)
        "#,
        thread.0,
        tags,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The youngest threads with a tag that the viewer may see, below an id: the first of each board, then of
/// all. The board stands beside the tag, put there by a trigger.
pub(crate) async fn threads_of(
    db: &mut PgConnection,
    viewer: Option<i64>,
    tag: &str,
    below: i64,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select tagged.id as "id!: ThreadId"
        from visible_boards($1) as visible
        join tags on tags.name = $2
        cross join lateral (
            select threads.id
            from thread_tags
            join threads on threads.id = thread_tags.thread_id
            where thread_tags.tag_id = tags.id
                and thread_tags.board_id = visible.board_id
                and thread_tags.thread_id < $3
                and threads.closed_at is null
            order by thread_tags.thread_id desc
            limit $4
        ) as tagged
        order by tagged.id desc
        limit $4
        "#,
        viewer,
        tag,
        below,
        most,
    )
    .fetch_all(db)
    .await
}

/// The ids of those tags among these that there are.
pub(crate) async fn ids_of(
    db: &mut PgConnection,
    names: &[String],
) -> sqlx::Result<HashMap<String, i64>> {
    let rows =
        sqlx::query!("select id, name from tags where name = any($1)", names).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

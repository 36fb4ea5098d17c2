pub(crate) mod begun;
pub(crate) mod carry;
pub(crate) mod follows;
pub(crate) mod run;

use super::{Tag, TagLine};
use crate::kit::{Cursor, ThreadId};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Sorted, so that two threads with the same new tags wait for each other and do not block.
pub(crate) async fn add_missing(db: &mut PgConnection, names: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into tags (name)
        select wanted.name
        from unnest($1::text[]) as wanted (name)
        where not exists (
            select
            from tag_synonyms
            where tag_synonyms.name = wanted.name
        )
        order by wanted.name
        on conflict do nothing
        "#,
        names,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tags that these names mean, one for each name, held so that none of them ends meanwhile.
pub(super) async fn held(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select tags.id
        from unnest($1::text[]) as wanted (name)
        join tags on tags.id = coalesce(
            (select tag_synonyms.tag_id from tag_synonyms where tag_synonyms.name = wanted.name),
            (select same.id from tags as same where same.name = wanted.name)
        )
        -- As all who hold tags do, so that nobody blocks another.
        order by tags.name
        for key share of tags
        "#,
        names,
    )
    .fetch_all(db)
    .await
}

/// The tags that these names mean, as far as there are any.
pub(super) async fn named(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<Tag>> {
    sqlx::query_as!(
        Tag,
        r#"
        select distinct
            tags.id,
            tags.name,
            tags.description,
            tags.restricted_at is not null as "restricted!"
        from unnest($1::text[]) as wanted (name)
        join tags on tags.id = coalesce(
            (select tag_synonyms.tag_id from tag_synonyms where tag_synonyms.name = wanted.name),
            (select same.id from tags as same where same.name = wanted.name)
        )
        order by tags.name
        "#,
        names,
    )
    .fetch_all(db)
    .await
}

/// The tags of a thread.
pub(super) async fn of(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<Vec<Tag>> {
    sqlx::query_as!(
        Tag,
        r#"
        select tags.id, tags.name, tags.description, tags.restricted_at is not null as "restricted!"
        from thread_tags
        join tags on tags.id = thread_tags.tag_id
        where thread_tags.thread_id = $1
        order by tags.name
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// The first of these names that means a restricted tag: as it was typed, for what it means may be hidden from
/// whoever typed it.
pub(crate) async fn restricted(
    db: &mut PgConnection,
    names: &[String],
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"
        select wanted.name as "name!"
        from unnest($1::text[]) with ordinality as wanted (name, place)
        join tags on tags.id = coalesce(
            (select tag_synonyms.tag_id from tag_synonyms where tag_synonyms.name = wanted.name),
            (select same.id from tags as same where same.name = wanted.name)
        )
        where tags.restricted_at is not null
        order by wanted.place
        limit 1
        "#,
        names,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn replace(
    db: &mut PgConnection,
    thread: ThreadId,
    tags: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from thread_tags where thread_id = $1 and tag_id <> all ($2)",
        thread.0,
        tags
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        r#"
        insert into thread_tags (thread_id, tag_id)
        select $1, given.tag_id
        from unnest($2::bigint[]) as given (tag_id)
        on conflict do nothing
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
    tag: i64,
    below: i64,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select tagged.id as "id!: ThreadId"
        from visible_boards($1) as visible
        cross join lateral (
            select threads.id
            from thread_tags
            -- One by one, however many it has.
            cross join lateral (
                select same.id
                from threads as same
                where same.id = thread_tags.thread_id
                    and same.closed_at is null
                limit 1
            ) as threads
            where thread_tags.tag_id = $2
                and thread_tags.board_id = visible.board_id
                and thread_tags.thread_id < $3
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

/// How many threads with a tag the viewer may see, as far as 100.
pub(crate) async fn count_seen(
    db: &mut PgConnection,
    viewer: Option<i64>,
    tag: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select
            from visible_boards($1) as visible
            cross join lateral (
                select
                from thread_tags
                cross join lateral (
                    select
                    from threads
                    where threads.id = thread_tags.thread_id
                        and threads.closed_at is null
                    limit 1
                ) as open
                where thread_tags.tag_id = $2
                    and thread_tags.board_id = visible.board_id
                limit 100
            ) as one
            limit 100
        ) as seen
        "#,
        viewer,
        tag,
    )
    .fetch_one(db)
    .await
}

/// Tags of threads that the viewer may see, the most used first, beyond a place in that list.
pub(crate) async fn most_used(
    db: &mut PgConnection,
    viewer: Option<i64>,
    beyond: Option<Cursor>,
) -> sqlx::Result<Vec<TagLine>> {
    let (threads, id) = place(beyond);
    sqlx::query_as!(
        TagLine,
        r#"
        with visible as materialized (
            select board_id
            from visible_boards($1)
        )
        select
            tags.id,
            tags.name,
            tags.description,
            tags.restricted_at is not null as "restricted!",
            tags.public_threads,
            seen.count as "seen!"
        from (
            select id, name, description, restricted_at, public_threads
            from tags
            where ends_since is null
                and threads > 0
                and (public_threads, id) < ($2, $3)
            order by public_threads desc, id desc
            -- More than are looked at, but of what is hidden.
            limit 10000
        ) as tags
        cross join lateral (
            select count(*) as count
            from (
                select
                from visible
                cross join lateral (
                    select
                    from thread_tags
                    cross join lateral (
                        select
                        from threads
                        where threads.id = thread_tags.thread_id
                            and threads.closed_at is null
                        limit 1
                    ) as open
                    where thread_tags.tag_id = tags.id
                        and thread_tags.board_id = visible.board_id
                    limit 100
                ) as one
                limit 100
            ) as few
        ) as seen
        where seen.count > 0
        order by tags.public_threads desc, tags.id desc
        limit 51
        "#,
        viewer,
        threads,
        id,
    )
    .fetch_all(db)
    .await
}

/// A place in a list of tags by their use.
pub(super) fn place(beyond: Option<Cursor>) -> (i32, i64) {
    match beyond {
        Some(place) => (place.key.clamp(0, i64::from(i32::MAX)) as i32, place.id),
        None => (i32::MAX, i64::MAX),
    }
}

/// The ids of those tags among these that there are, by the names that they were asked for.
pub(crate) async fn ids_of(
    db: &mut PgConnection,
    names: &[String],
) -> sqlx::Result<HashMap<String, i64>> {
    let rows = sqlx::query!(
        r#"
        select wanted.name as "name!", tags.id
        from unnest($1::text[]) as wanted (name)
        join tags on tags.id = coalesce(
            (select tag_synonyms.tag_id from tag_synonyms where tag_synonyms.name = wanted.name),
            (select same.id from tags as same where same.name = wanted.name)
        )
        "#,
        names,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

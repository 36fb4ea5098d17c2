//! Tags as those who run the community keep them.

use super::{Cursor, place};
use crate::{
    error::Taken,
    threads::tags::{RunTag, Synonym, Tag},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// All tags, the most used first, beyond a place in that list.
pub(crate) async fn all(
    db: &mut PgConnection,
    beyond: Option<Cursor>,
) -> sqlx::Result<Vec<RunTag>> {
    let (threads, id) = place(beyond);
    sqlx::query_as!(
        RunTag,
        r#"
        select
            tags.id,
            tags.name,
            tags.description,
            tags.restricted_at is not null as "restricted!",
            tags.threads,
            array(
                select tag_synonyms.name
                from tag_synonyms
                where tag_synonyms.tag_id = tags.id
                order by tag_synonyms.name
                limit 10
            ) as "synonyms!"
        from tags
        where (tags.threads, tags.id) < ($1, $2)
            and tags.ends_since is null
        order by tags.threads desc, tags.id desc
        limit 51
        "#,
        threads,
        id,
    )
    .fetch_all(db)
    .await
}

/// The first tags whose names begin like this, and those that have such a synonym.
pub(crate) async fn like(db: &mut PgConnection, beginning: &str) -> sqlx::Result<Vec<RunTag>> {
    sqlx::query_as!(
        RunTag,
        r#"
        select
            tags.id,
            tags.name,
            tags.description,
            tags.restricted_at is not null as "restricted!",
            tags.threads,
            array(
                select tag_synonyms.name
                from tag_synonyms
                where tag_synonyms.tag_id = tags.id
                order by tag_synonyms.name
                limit 10
            ) as "synonyms!"
        from (
            (
                select same.id
                from tags as same
                where same.name collate "C" >= $1
                    -- A tilde stands behind everything that a name is made of.
                    and same.name collate "C" < $1 || '~'
                order by same.name collate "C"
                limit 50
            )
            union
            (
                select tag_synonyms.tag_id
                from tag_synonyms
                where tag_synonyms.name = $1
            )
        ) as found
        cross join lateral (
            select same.id, same.name, same.description, same.restricted_at, same.threads
            from tags as same
            where same.id = found.id
                and same.ends_since is null
            limit 1
        ) as tags
        order by tags.name collate "C"
        limit 51
        "#,
        beginning,
    )
    .fetch_all(db)
    .await
}

/// The tags of these very names, held until the transaction ends: in the order of their names, as all who hold
/// tags do, so that nobody blocks another.
pub(crate) async fn hold(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<Tag>> {
    sqlx::query_as!(
        Tag,
        r#"
        select id, name, description, restricted_at is not null as "restricted!"
        from tags
        where name = any ($1)
        order by name
        for update
        "#,
        names,
    )
    .fetch_all(db)
    .await
}

/// The former name of a tag, which is not to be found otherwise: a synonym with nothing to carry over.
pub(crate) async fn add_former_name(
    db: &mut PgConnection,
    name: &str,
    tag: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into tag_synonyms (name, tag_id, added_at)
        values ($1, $2, $3)
        on conflict do nothing
        "#,
        name,
        tag,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn remove_synonym(
    db: &mut PgConnection,
    name: &str,
    tag: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from tag_synonyms where name = $1 and tag_id = $2", name, tag)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The tag that a name is a synonym of.
pub(crate) async fn meant_by(db: &mut PgConnection, name: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!("select tag_id from tag_synonyms where name = $1", name)
        .fetch_optional(db)
        .await
}

/// The first other names of a tag, with the threads that are still to be carried over, as far as 10,000.
pub(crate) async fn synonyms_of(db: &mut PgConnection, tag: i64) -> sqlx::Result<Vec<Synonym>> {
    sqlx::query_as!(
        Synonym,
        r#"
        select
            tag_synonyms.name,
            (
                select (
                    select count(*)
                    from (
                        select
                        from thread_tags
                        where thread_tags.tag_id = tags.id
                        limit 10000
                    ) as few
                )
                from tags
                where tag_synonyms.carries_since is not null
                    and tags.name = tag_synonyms.name
            ) as left
        from tag_synonyms
        where tag_synonyms.tag_id = $1
        order by tag_synonyms.name
        limit 200
        "#,
        tag,
    )
    .fetch_all(db)
    .await
}

/// Threads that have a tag, as far as 10,000, whoever may see them.
pub(crate) async fn count_all(db: &mut PgConnection, tag: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select
            from thread_tags
            where tag_id = $1
            limit 10000
        ) as few
        "#,
        tag,
    )
    .fetch_one(db)
    .await
}

/// The same as it was last counted.
pub(crate) async fn counted(db: &mut PgConnection, tag: i64) -> sqlx::Result<i32> {
    sqlx::query_scalar!("select threads from tags where id = $1", tag).fetch_one(db).await
}

/// False where another tag has the name meanwhile.
pub(crate) async fn set(
    db: &mut PgConnection,
    id: i64,
    (name, description): (&str, &str),
    restricted_at: Option<OffsetDateTime>,
) -> sqlx::Result<bool> {
    let set = sqlx::query!(
        r#"
        update tags
        set
            name = $2,
            description = $3,
            restricted_at = case when $4::timestamptz is not null then coalesce(restricted_at, $4) end
        where id = $1
        "#,
        id,
        name,
        description,
        restricted_at,
    )
    .execute(db)
    .await
    .unless_taken(&["tags_name"])?;
    Ok(set.is_some())
}

/// Counts the threads of up to `most` tags that were counted before `before`, or never.
pub(crate) async fn count(
    db: &mut PgConnection,
    now: OffsetDateTime,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update tags
        set threads = counted.threads, public_threads = counted.public_threads, counted_at = $1
        from (
            select
                due.id,
                (
                    select count(*)
                    from (
                        select
                        from thread_tags
                        where thread_tags.tag_id = due.id
                        limit 10000
                    ) as few
                )::integer as threads,
                (
                    select count(*)
                    from (
                        select
                        from visible_boards(null) as visible
                        cross join lateral (
                            select
                            from thread_tags
                            where thread_tags.tag_id = due.id
                                and thread_tags.board_id = visible.board_id
                            limit 10000
                        ) as one
                        limit 10000
                    ) as few
                )::integer as public_threads
            from (
                select tags.id
                from tags
                where tags.counted_at is null
                    or tags.counted_at <= $2
                order by tags.counted_at nulls first
                limit $3
                for no key update skip locked
            ) as due
        ) as counted
        where tags.id = counted.id
        "#,
        now,
        before,
        most,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

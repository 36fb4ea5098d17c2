//! Tags that may be meant by the beginning of a name.

use sqlx::PgConnection;

/// A tag that may be meant.
pub(crate) struct BegunTag {
    pub(crate) name: String,
    pub(crate) description: String,
}

/// Eight tags of threads that the viewer may see, and that they themselves may give unless `restricted` ones are wanted
/// too: those whose name or synonym begins so, the most used first. Of very many the first fifty by name are
/// looked at.
pub(crate) async fn begun(
    db: &mut PgConnection,
    viewer: Option<i64>,
    beginning: &str,
    restricted: bool,
) -> sqlx::Result<Vec<BegunTag>> {
    sqlx::query_as!(
        BegunTag,
        r#"
        with visible as materialized (
            select board_id
            from visible_boards($1)
        ),
        named as (
            (
                select tags.id
                from tags
                where tags.name collate "C" >= $2
                    -- A tilde stands behind everything that a name is made of.
                    and tags.name collate "C" < $2 || '~'
                order by tags.name collate "C"
                limit 40
            )
            union
            (
                select tag_synonyms.tag_id
                from tag_synonyms
                where tag_synonyms.name collate "C" >= $2
                    and tag_synonyms.name collate "C" < $2 || '~'
                order by tag_synonyms.name collate "C"
                limit 10
            )
        )
        select tag.name, tag.description
        from named
        cross join lateral (
            select tags.id, tags.name, tags.description, tags.public_threads
            from tags
            where tags.id = named.id
                and tags.ends_since is null
                and (tags.restricted_at is null or $3)
            limit 1
        ) as tag
        cross join lateral (
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
                where thread_tags.tag_id = tag.id
                    and thread_tags.board_id = visible.board_id
                limit 1
            ) as one
            limit 1
        ) as seen
        order by tag.public_threads desc, tag.name collate "C"
        limit 8
        "#,
        viewer,
        beginning,
        restricted,
    )
    .fetch_all(db)
    .await
}

//! Whether history holds what it should, and nobody can change it.

use sqlx::PgConnection;

/// Edits of others' posts that the ledger does not hold once, and entries without an edit. What came with
/// an import was edited elsewhere, by other rules: its events have no actor.
pub(in crate::doctor) async fn edits(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select version.post_id, version.actor_id, version.at, count(*) as versions
            from (
                select post_id, written_by as actor_id, written_at as at
                from post_revisions
                where number > 1
                union all
                select id, edited_by, edited_at
                from posts
            ) as version
            join posts on posts.id = version.post_id
            where version.actor_id <> posts.author_id
                and not exists (
                    select
                    from outbox
                    where outbox.name = 'post_edited'
                        and outbox.actor_id is null
                        and (outbox.event -> 'post_edited' ->> 'post')::bigint = version.post_id
                        and outbox.at = version.at
                )
            group by version.post_id, version.actor_id, version.at
        ) as made
        full join (
            select post_id, actor_id, at, count(*) as entries
            from moderation_ledger
            where act = 'edit_post'
            group by post_id, actor_id, at
        ) as entered using (post_id, actor_id, at)
        where made.versions is distinct from entered.entries
        "#,
    )
    .fetch_one(db)
    .await
}

/// Rights to change history that the server's role must not have.
pub(in crate::doctor) async fn rights(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from unnest(array[
            'outbox', 'metric_events', 'moderation_ledger', 'admin_log', 'paper_versions', 'consents'
        ]) as ledger (name)
        cross join unnest(array['update', 'delete', 'truncate']) as deed (name)
        where has_table_privilege('candor_app', ledger.name, deed.name)
        "#,
    )
    .fetch_one(db)
    .await
}

//! A tag whose name became a synonym gives what it has to the other, a part at a time.

use crate::threads::tags::Carrying;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The synonym that has waited longest for what bore its name.
pub(in crate::threads::tags) async fn due(db: &mut PgConnection) -> sqlx::Result<Option<Carrying>> {
    sqlx::query_as!(
        Carrying,
        r#"
        select tag_synonyms.name, tags.id as "to", tags.name as "to_name"
        from tag_synonyms
        join tags on tags.id = tag_synonyms.tag_id
        where tag_synonyms.carries_since is not null
        order by tag_synonyms.carries_since, tag_synonyms.name
        limit 1
        "#,
    )
    .fetch_optional(db)
    .await
}

/// Gives some followers of one tag to another; returns how many.
pub(in crate::threads::tags) async fn followers(
    db: &mut PgConnection,
    from: i64,
    to: i64,
    most: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        with gone as (
            delete from tag_follows
            where tag_id = $1
                and member_id in (
                    select member_id
                    from tag_follows
                    where tag_id = $1
                    order by member_id
                    limit $3
                )
            returning member_id, since
        ),
        come as (
            insert into tag_follows (tag_id, member_id, since)
            select $2, member_id, since
            from gone
            on conflict do nothing
        )
        select count(*) as "count!"
        from gone
        "#,
        from,
        to,
        most,
    )
    .fetch_one(db)
    .await
}

/// Gives some threads of one tag another in its place; returns how many. The trigger puts their boards beside it.
pub(in crate::threads::tags) async fn threads(
    db: &mut PgConnection,
    from: i64,
    to: i64,
    most: i64,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        with gone as (
            delete from thread_tags
            where tag_id = $1
                and thread_id in (
                    select thread_id
                    from thread_tags
                    where tag_id = $1
                    order by thread_id desc
                    limit $3
                )
            returning thread_id
        ),
        come as (
            insert into thread_tags (thread_id, tag_id)
            select thread_id, $2
            from gone
            on conflict do nothing
        )
        select count(*) as "count!"
        from gone
        "#,
        from,
        to,
        most,
    )
    .fetch_one(db)
    .await
}

/// Ends a tag that has nothing any more; the other is counted anew.
pub(in crate::threads::tags) async fn end(
    db: &mut PgConnection,
    from: i64,
    to: i64,
) -> sqlx::Result<()> {
    sqlx::query!("update tags set counted_at = null where id = $1", to).execute(&mut *db).await?;
    sqlx::query!("delete from tags where id = $1", from).execute(db).await?;
    Ok(())
}

/// Notes that nothing is left to carry over.
pub(in crate::threads::tags) async fn done(
    db: &mut PgConnection,
    synonym: &str,
) -> sqlx::Result<()> {
    sqlx::query!("update tag_synonyms set carries_since = null where name = $1", synonym)
        .execute(db)
        .await?;
    Ok(())
}

/// Another name for a tag, which carries over what bears that name; false where it is one already, of this or of
/// another.
pub(crate) async fn add_synonym(
    db: &mut PgConnection,
    name: &str,
    tag: i64,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        r#"
        insert into tag_synonyms (name, tag_id, added_at, carries_since)
        values ($1, $2, $3, $3)
        on conflict do nothing
        "#,
        name,
        tag,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update tags set ends_since = $2 where name = $1 and id <> $3", name, now, tag)
        .execute(db)
        .await?;
    Ok(added.rows_affected() > 0)
}

/// Gives the synonyms of one tag to another.
pub(crate) async fn synonyms(db: &mut PgConnection, from: i64, to: i64) -> sqlx::Result<()> {
    sqlx::query!("update tag_synonyms set tag_id = $2 where tag_id = $1", from, to)
        .execute(db)
        .await?;
    Ok(())
}

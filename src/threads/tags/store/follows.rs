//! Who follows a tag.

use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(crate) async fn follow(
    db: &mut PgConnection,
    tag: i64,
    member: MemberId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into tag_follows (tag_id, member_id, since)
        values ($1, $2, $3)
        on conflict do nothing
        "#,
        tag,
        member.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn unfollow(
    db: &mut PgConnection,
    tag: i64,
    member: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!("delete from tag_follows where tag_id = $1 and member_id = $2", tag, member.0)
        .execute(db)
        .await?;
    Ok(())
}

pub(crate) async fn follows(
    db: &mut PgConnection,
    tag: i64,
    viewer: Option<i64>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from tag_follows
            where tag_id = $1
                and member_id = $2
        ) as "exists!"
        "#,
        tag,
        viewer,
    )
    .fetch_one(db)
    .await
}

/// Names of the tags that the viewer follows, as far as they may see a thread with it.
pub(crate) async fn followed(
    db: &mut PgConnection,
    viewer: Option<i64>,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        with visible as materialized (
            select board_id
            from visible_boards($1)
        )
        select tags.name
        from tag_follows
        join tags on tags.id = tag_follows.tag_id
        where tag_follows.member_id = $1
            and exists (
                select
                from visible
                cross join lateral (
                    select
                    from thread_tags
                    join threads on threads.id = thread_tags.thread_id
                    where thread_tags.tag_id = tags.id
                        and thread_tags.board_id = visible.board_id
                        and threads.closed_at is null
                    limit 1
                ) as one
            )
        order by tags.name
        limit 200
        "#,
        viewer,
    )
    .fetch_all(db)
    .await
}

/// Who follows one of a thread's tags, or one that is being carried over to it.
pub(crate) async fn followers(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select tag_follows.member_id as "member_id!: MemberId"
        from thread_tags
        join tag_follows on tag_follows.tag_id = thread_tags.tag_id
        where thread_tags.thread_id = $1
        union
        select tag_follows.member_id
        from thread_tags
        join tag_synonyms on tag_synonyms.tag_id = thread_tags.tag_id
            and tag_synonyms.carries_since is not null
        join tags on tags.name = tag_synonyms.name
        join tag_follows on tag_follows.tag_id = tags.id
        where thread_tags.thread_id = $1
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

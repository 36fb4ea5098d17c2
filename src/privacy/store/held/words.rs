//! What the member wrote.

use super::{Held, subject};
use crate::kit::MemberId;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

subject!(
    threads,
    r#"
    select
        threads.id as "key!: i64",
        json_build_object(
            'address', '/t/' || threads.id,
            'title', threads.title,
            'tags', array(
                select tags.name
                from thread_tags
                join tags on tags.id = thread_tags.tag_id
                where thread_tags.thread_id = threads.id
            ),
            'started_at', threads.started_at,
            'closed_at', threads.closed_at
        )::text as "line!"
    from threads
    where threads.author_id = $1
        and threads.id > $2
    order by threads.id
    limit $3
    "#
);

subject!(
    posts,
    r#"
    select
        posts.id as "key!: i64",
        json_build_object(
            'address', '/t/' || threads.id || '/p/' || posts.position,
            'thread', case
                when threads.author_id = $1 or visible.board_id is not null and threads.closed_at is null
                then threads.title
            end,
            'board', case when visible.board_id is not null then boards.name end,
            'text', posts.source,
            'written_at', posts.written_at,
            'edited_at', posts.edited_at,
            'edited_by_moderator', posts.edited_by is distinct from $1 and posts.edited_by is not null,
            'deleted_at', posts.deleted_at,
            'removed_at', posts.removed_at,
            'kudos', posts.kudos
        )::text as "line!"
    from posts
    join threads on threads.id = posts.thread_id
    join boards on boards.id = threads.board_id
    left join visible_boards($1) as visible on visible.board_id = threads.board_id
    where posts.author_id = $1
        and posts.id > $2
    order by posts.id
    limit $3
    "#
);

subject!(
    earlier_versions,
    r#"
    select
        post_revisions.id as "key!: i64",
        json_build_object(
            'address', '/t/' || posts.thread_id || '/p/' || posts.position,
            'number', post_revisions.number,
            'title', post_revisions.title,
            'tags', post_revisions.tags,
            'text', post_revisions.source,
            'written_at', post_revisions.written_at
        )::text as "line!"
    from posts
    join post_revisions on post_revisions.post_id = posts.id
    where posts.author_id = $1
        and post_revisions.written_by = $1
        and post_revisions.id > $2
    order by post_revisions.id
    limit $3
    "#
);

subject!(
    drafts,
    r#"
    select
        drafts.id as "key!: i64",
        json_build_object(
            'for', case
                when drafts.thread_id is not null then '/t/' || drafts.thread_id
                when drafts.post_id is not null then '/p/' || drafts.post_id
                else '/ask'
            end,
            'board', drafts.board,
            'title', drafts.title,
            'tags', drafts.tags,
            'text', drafts.body,
            'replies_to', drafts.reply_to,
            'saved_at', drafts.saved_at
        )::text as "line!"
    from drafts
    where drafts.member_id = $1
        and drafts.id > $2
    order by drafts.id
    limit $3
    "#
);

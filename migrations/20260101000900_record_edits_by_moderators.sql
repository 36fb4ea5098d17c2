-- A moderator who changes somebody else's words leaves a line in the ledger, and the author hears of it.
--
-- The wider checks are read over the rows in the next migration, which keeps no page waiting: all that
-- was there before met the narrower ones.
alter table moderation_ledger
drop constraint moderation_ledger_act,
add constraint moderation_ledger_act check (
    act in (
        'remove_post', 'restore_post', 'edit_post', 'lock_thread', 'unlock_thread', 'pin_thread', 'unpin_thread'
    )
) not valid;

alter table notifications
drop constraint notifications_kind,
add constraint notifications_kind check (
    kind in ('reply', 'mention', 'quote', 'kudos', 'solution', 'rank', 'removal', 'restoration', 'edit')
) not valid;

-- What a member's inbox holds: the page and the count beside it both read it, so that they agree. Left
-- out is what lies on boards the member may no longer see, and what is gone: only what moderators did to
-- a post is told of a removed one. Stable, plain SQL, not strict: the planner folds it into the query.
create function inbox_of(viewer bigint)
returns table (
    id           bigint,
    kind         text,
    actor_id     bigint,
    thread_id    bigint,
    -- Null where the thread is gone and was somebody else's.
    thread_title text,
    post_id      bigint,
    "position"   integer,
    rank_id      bigint,
    at           timestamptz,
    seen_at      timestamptz
)
language sql stable as $$
    select
        notifications.id,
        notifications.kind,
        notifications.actor_id,
        notifications.thread_id,
        case when threads.closed_at is null or threads.author_id = viewer then threads.title end,
        notifications.post_id,
        posts.position,
        notifications.rank_id,
        notifications.at,
        notifications.seen_at
    from notifications
    left join threads on threads.id = notifications.thread_id
    left join posts on posts.id = notifications.post_id
    left join visible_boards(viewer) as visible on visible.board_id = threads.board_id
    where notifications.member_id = viewer
        and (notifications.thread_id is null or visible.board_id is not null)
        and (
            notifications.kind in ('rank', 'removal', 'restoration', 'edit')
            or threads.closed_at is null and posts.deleted_at is null and posts.removed_at is null
        )
$$;

-- What the release before this one reads. It cannot draw the new kind, so it does not get it.
create or replace function inbox(viewer bigint)
returns table (
    id           bigint,
    kind         text,
    actor_id     bigint,
    thread_id    bigint,
    thread_title text,
    post_id      bigint,
    "position"   integer,
    rank_id      bigint,
    at           timestamptz,
    seen_at      timestamptz
)
language sql stable as $$
    select id, kind, actor_id, thread_id, thread_title, post_id, "position", rank_id, at, seen_at
    from inbox_of(viewer)
    where kind <> 'edit'
$$;

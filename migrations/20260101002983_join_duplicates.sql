-- Questions that were asked before are joined to where they were asked first, and stay open.
create table duplicates (
    thread_id   bigint      primary key references threads,
    -- What was named when it was joined: an original, or another duplicate.
    named_id    bigint      not null references threads,
    -- The original at the end of that way, which is no duplicate itself.
    original_id bigint      not null references threads,
    -- Nobody where it came with an import.
    joined_by   bigint references members,
    joined_at   timestamptz not null,
    constraint duplicates_of_others check (thread_id not in (named_id, original_id))
);

-- For the original's page.
create index duplicates_of_original on duplicates (original_id, thread_id desc);

-- For what comes along when a duplicate is parted again.
create index duplicates_named on duplicates (named_id);

alter table me_toos
-- The duplicate on which it was said; null where it was said here. It goes with the joining.
add column carried_from bigint references threads;

-- Whether everybody who may read the one board may read the other as well: each who has a right on it has one there,
-- or is among those who have. Who has one by several ways is looked for by each, so that it says no rather than yes.
create function readers_included(these bigint, there bigint) returns boolean language sql stable as $$
    select these = there
        or not exists (
            select
            from board_rights as reader
            where reader.board_id = these
                and reader.level is not null
                and not exists (
                    select
                    from board_rights as also
                    where also.board_id = there
                        and also.level is not null
                        and (
                            also.role = 'guest'
                            or also.role = 'member'
                                and reader.role is distinct from 'guest'
                            or (also.role, also.group_id, also.member_id)
                                is not distinct from (reader.role, reader.group_id, reader.member_id)
                        )
                )
        )
$$;

create index me_toos_carried on me_toos (thread_id, carried_from) where carried_from is not null;

alter table moderation_ledger
drop constraint moderation_ledger_act,
add constraint moderation_ledger_act check (
    act in (
        'remove_post', 'restore_post', 'edit_post', 'lock_thread', 'unlock_thread', 'pin_thread', 'unpin_thread',
        'join_thread', 'part_thread'
    )
) not valid;

alter table notifications
drop constraint notifications_kind,
add constraint notifications_kind check (
    kind in (
        'reply', 'mention', 'quote', 'kudos', 'solution', 'rank', 'removal', 'restoration', 'edit',
        'outcome', 'reopening', 'doubt', 'asking', 'joining'
    )
) not valid;

-- What a member's inbox holds, as inbox_lines was.
create function inbox_told(viewer bigint)
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
            or threads.closed_at is null
            and (
                notifications.kind in ('reopening', 'doubt')
                or posts.deleted_at is null and posts.removed_at is null
            )
        )
$$;

-- What the release before this one reads. It cannot draw the new kind, so it does not get it.
create or replace function inbox_lines(viewer bigint)
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
    from inbox_told(viewer)
    where kind <> 'joining'
$$;

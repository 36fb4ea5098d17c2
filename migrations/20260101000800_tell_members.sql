-- The inbox: what concerns a member, fed from the outbox.
create table notifications (
    id        bigint generated always as identity primary key,
    member_id bigint      not null references members,
    -- The event it tells of; one event tells a member one thing once.
    event_id  bigint      not null references outbox,
    kind      text        not null,
    actor_id  bigint references members,
    thread_id bigint references threads,
    post_id   bigint references posts,
    rank_id   bigint references ranks,
    at        timestamptz not null,
    seen_at   timestamptz,
    constraint notifications_once unique (event_id, member_id),
    constraint notifications_kind check (
        kind in ('reply', 'mention', 'quote', 'kudos', 'solution', 'rank', 'removal', 'restoration')
    )
);

create index notifications_of_member on notifications (member_id, at desc, id desc);

-- For the count in the header, and for marking what is read in a thread.
create index notifications_unseen on notifications (member_id, thread_id) where seen_at is null;

-- A post mentions a member once, however often it is edited.
create unique index notifications_mention on notifications (post_id, member_id) where kind = 'mention';

-- One for each who gave kudos for a post; all of a post's are one line.
create unique index notifications_kudos on notifications (post_id, actor_id) where kind = 'kudos';

-- What a member's inbox holds: the page and the count beside it both read it, so that they agree. Left
-- out is what lies on boards the member may no longer see, and what is gone: only a removal is told of
-- a removed post. Stable, plain SQL, not strict: the planner folds it into the query.
create function inbox(viewer bigint)
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
            notifications.kind in ('rank', 'removal', 'restoration')
            or threads.closed_at is null and posts.deleted_at is null and posts.removed_at is null
        )
$$;

-- One-click unsubscribe links, one for each mail that was sent.
create table unsubscribe_tokens (
    token_hash bytea primary key,
    member_id  bigint      not null references members,
    thread_id  bigint      not null references threads,
    sent_at    timestamptz not null
);

-- Where things came from, so that an import can be run again.
create table imported (
    source    text   not null,
    kind      text   not null,
    source_id bigint not null,
    our_id    bigint not null,
    primary key (source, kind, source_id)
);

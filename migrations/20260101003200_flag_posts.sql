-- Members flag posts, and moderators look at what was flagged, the most urgent first. What several trusted members
-- flag is out of sight until somebody has looked at it.

-- What moderators are asked to look at: a post that was flagged. Open until it is settled, and then kept for good.
create table review_cases (
    id         bigint      generated always as identity primary key,
    post_id    bigint      not null references posts,
    thread_id  bigint      not null references threads,
    -- Where the thread lies; moves with it.
    board_id   bigint      not null references boards,
    author_id  bigint      not null references members,
    opened_at  timestamptz not null,
    -- The gravest of the reasons given.
    reason     text        not null,
    -- How grave that is, and then how much the flags weigh. The highest is looked at first.
    urgency    integer     not null,
    -- Since when the post is out of sight until somebody has looked at it.
    hidden_at  timestamptz,
    -- Who said that they are at it. It lapses.
    claimed_by bigint references members,
    claimed_at timestamptz,
    settled_at timestamptz,
    -- Nobody where the author took the post back.
    settled_by bigint references members,
    outcome    text,
    constraint review_cases_reason check (
        reason in ('illegal', 'private_data', 'abuse', 'spam', 'off_topic', 'other')
    ),
    constraint review_cases_claimed check ((claimed_by is null) = (claimed_at is null)),
    constraint review_cases_outcome check (outcome in ('removed', 'kept', 'gone')),
    constraint review_cases_settled check ((settled_at is null) = (outcome is null))
);

-- One at a time of each post.
create unique index review_cases_open on review_cases (post_id) where settled_at is null;

-- For the queue.
create index review_cases_queue on review_cases (board_id, urgency desc, id) where settled_at is null;

-- Whether somebody has looked at the post before.
create index review_cases_of_post on review_cases (post_id, id desc);

-- For the author's history beside a case.
create index review_cases_of_author on review_cases (author_id, id desc);

-- For cases like it.
create index review_cases_like on review_cases (board_id, reason, id desc) where settled_at is not null;

create index review_cases_of_thread on review_cases (thread_id);
create index review_cases_claimed_by on review_cases (claimed_by) where claimed_by is not null;
create index review_cases_settled_by on review_cases (settled_by) where settled_by is not null;

-- What a member said is wrong with a post. One of each member about each post.
create table flags (
    id        bigint      generated always as identity primary key,
    case_id   bigint      not null references review_cases,
    post_id   bigint      not null references posts,
    member_id bigint      not null references members,
    reason    text        not null,
    -- Their own words, for moderators.
    note      text        not null default '',
    -- What it counted towards hiding the post, in hundredths: by how often the member was right before.
    weight    integer     not null,
    at        timestamptz not null,
    constraint flags_once unique (post_id, member_id),
    constraint flags_reason check (
        reason in ('illegal', 'private_data', 'abuse', 'spam', 'off_topic', 'other')
    )
);

create index flags_of_case on flags (case_id, id);

-- For a member's record, and for the copy of what they did.
create index flags_of_member on flags (member_id, id desc);

alter table settings
-- How much flags must weigh together, in flags of members without a record, to hide a post; 0: they never do.
add column flags_to_hide integer not null default 3,
add constraint settings_flags_to_hide check (flags_to_hide between 0 and 100);

alter table moderation_ledger
drop constraint moderation_ledger_act,
add constraint moderation_ledger_act check (
    act in (
        'remove_post', 'restore_post', 'edit_post', 'lock_thread', 'unlock_thread', 'pin_thread', 'unpin_thread',
        'join_thread', 'part_thread', 'hide_post'
    )
) not valid;

alter table notifications
drop constraint notifications_kind,
add constraint notifications_kind check (
    kind in (
        'reply', 'mention', 'quote', 'kudos', 'solution', 'rank', 'removal', 'restoration', 'edit',
        'outcome', 'reopening', 'doubt', 'asking', 'joining', 'hiding', 'verdict'
    )
) not valid;

-- What a member's inbox holds, as inbox_told was. What came of a flag is told whatever became of the post.
create function inbox_kept(viewer bigint)
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
            notifications.kind in ('rank', 'removal', 'restoration', 'edit', 'hiding', 'verdict')
            or threads.closed_at is null
            and (
                notifications.kind in ('reopening', 'doubt')
                or posts.deleted_at is null and posts.removed_at is null
            )
        )
$$;

-- What the release before this one reads. It cannot draw the new kinds, so it does not get them.
create or replace function inbox_told(viewer bigint)
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
    from inbox_kept(viewer)
    where kind not in ('hiding', 'verdict')
$$;

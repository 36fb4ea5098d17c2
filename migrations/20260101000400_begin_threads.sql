-- Conversations on a board. The opening post is position 1.
create table threads (
    id               bigint generated always as identity primary key,
    board_id         bigint      not null references boards,
    author_id        bigint      not null references members,
    title            text        not null,
    started_at       timestamptz not null,
    -- The position last given out. Positions are dense and never given twice.
    last_position    integer     not null default 0,
    -- Replies that can be read: neither deleted nor removed.
    replies          integer     not null default 0,
    -- Kudos of the opening post.
    kudos            integer     not null default 0,
    last_post_at     timestamptz not null,
    last_poster_id   bigint      not null references members,
    -- When staff first replied, for the mark in lists.
    staff_replied_at timestamptz,
    -- The accepted reply; see src/solutions.
    solution_id      bigint,
    solved_at        timestamptz,
    solved_by        bigint references members,
    locked_at        timestamptz,
    pinned_at        timestamptz,
    pinned_to        text,
    -- The opening post was deleted or removed: the thread keeps its address and leaves every list.
    closed_at        timestamptz,
    constraint threads_solved check ((solution_id is null) = (solved_at is null)),
    constraint threads_pinned check ((pinned_to is null) = (pinned_at is null)),
    constraint threads_pinned_to check (pinned_to in ('board', 'site'))
);

-- For the board page, one for each of its orders.
create index threads_by_activity on threads (board_id, last_post_at desc, id desc) where closed_at is null;
create index threads_by_age on threads (board_id, started_at desc, id desc) where closed_at is null;
create index threads_by_kudos on threads (board_id, kudos desc, id desc) where closed_at is null;
create index threads_unanswered on threads (board_id, started_at desc, id desc)
where closed_at is null and replies = 0;
create index threads_unsolved on threads (board_id, last_post_at desc, id desc)
where closed_at is null and solution_id is null;
create index threads_pinned_on_board on threads (board_id, pinned_at desc) where pinned_at is not null;

-- For the home page.
create index threads_recent on threads (last_post_at desc, id desc) where closed_at is null;
create index threads_newest on threads (started_at desc, id desc) where closed_at is null;
create index threads_open_questions on threads (last_post_at desc, id desc)
where closed_at is null and solution_id is null;
create index threads_pinned_on_site on threads (pinned_at desc) where pinned_to = 'site';
create index threads_unsolved_of_member on threads (author_id, last_post_at desc, id desc)
where closed_at is null and solution_id is null;

create table tags (
    id   bigint generated always as identity primary key,
    name text not null,
    constraint tags_name unique (name)
);

create table thread_tags (
    thread_id bigint not null references threads,
    tag_id    bigint not null references tags,
    primary key (thread_id, tag_id)
);

create index thread_tags_by_tag on thread_tags (tag_id, thread_id desc);

-- How far a member has read.
create table read_marks (
    member_id bigint      not null references members,
    thread_id bigint      not null references threads,
    position  integer     not null,
    read_at   timestamptz not null,
    primary key (member_id, thread_id)
);

-- Who hears of a thread, and who wants not to.
create table thread_follows (
    thread_id bigint      not null references threads,
    member_id bigint      not null references members,
    level     text        not null,
    since     timestamptz not null,
    primary key (thread_id, member_id),
    constraint thread_follows_level check (level in ('follow', 'mute'))
);

create index thread_follows_of_member on thread_follows (member_id, thread_id desc);

-- What people write in threads, and every version of it.
create table posts (
    id          bigint generated always as identity primary key,
    thread_id   bigint      not null references threads,
    -- The place in the thread, from 1: taken at publication, never changed, never given twice. A held
    -- post has none.
    position    integer,
    author_id   bigint      not null references members,
    -- Markdown as written.
    source      text        not null,
    -- What the renderer made of it, and which version of the renderer.
    html        text        not null,
    renderer    integer     not null,
    reply_to_id bigint references posts,
    written_at  timestamptz not null,
    edited_at   timestamptz,
    -- Who wrote the text that stands now, where it was not the author.
    edited_by   bigint references members,
    -- Taken back by its author.
    deleted_at  timestamptz,
    -- Taken away by a moderator; the ledger says why.
    removed_at  timestamptz,
    kudos       integer     not null default 0,
    search      tsvector    not null,
    constraint posts_place unique (thread_id, position)
);

alter table threads
add constraint threads_solution foreign key (solution_id) references posts;

create index posts_of_member on posts (author_id, id desc);

-- For the list of replies below a post.
create index posts_replies_to on posts (reply_to_id, position) where reply_to_id is not null;

create index posts_search on posts using gin (search) where deleted_at is null and removed_at is null;

-- Earlier versions of a post, as they were before each edit.
create table post_revisions (
    id         bigint generated always as identity primary key,
    post_id    bigint      not null references posts,
    -- From 1, the text as first written.
    number     integer     not null,
    -- Of the opening post alone.
    title      text,
    source     text        not null,
    written_at timestamptz not null,
    written_by bigint      not null references members,
    constraint post_revisions_number unique (post_id, number)
);

-- Headings over boards, in a tree.
create table categories (
    id        bigint generated always as identity primary key,
    parent_id bigint references categories,
    slug      text     not null,
    name      text     not null,
    position  smallint not null,
    constraint categories_slug unique (slug)
);

-- Places for threads of one kind.
create table boards (
    id          bigint generated always as identity primary key,
    category_id bigint   not null references categories,
    slug        text     not null,
    name        text     not null,
    description text     not null default '',
    style       text     not null,
    -- A name in the icon sprite.
    icon        text     not null,
    -- One of the eight tints of the stylesheet.
    tone        smallint not null,
    position    smallint not null,
    constraint boards_slug unique (slug),
    constraint boards_style check (style in ('discussion', 'questions', 'announcements')),
    constraint boards_tone check (tone between 1 and 8)
);

create index boards_of_category on boards (category_id);

-- Threads and posts of a board, spread over shards so that two replies in one board need not wait for
-- each other. The counts are the sums.
create table board_counts (
    board_id bigint   not null references boards,
    shard    smallint not null,
    threads  bigint   not null default 0,
    posts    bigint   not null default 0,
    primary key (board_id, shard)
);

-- What one may do on a board; the order counts: each level holds those before it.
create type board_level as enum ('see', 'reply', 'start', 'moderate');

-- The permission rules, as data: what each role may do on each board. Written by access alone.
create table board_rights (
    board_id bigint         not null references boards,
    role     community_role not null,
    level    board_level    not null,
    primary key (board_id, role)
);

create index board_rights_of_role on board_rights (role);

-- The one visibility filter: the boards that a viewer may see, and what they may do there. A guest is
-- null. Every listing, count, search and door joins it, so that a list and a lookup cannot disagree.
-- Stable, plain SQL, not strict: the planner folds it into the query.
create function visible_boards(viewer bigint)
returns table (board_id bigint, level board_level)
language sql stable as $$
    select
        board_rights.board_id,
        max(board_rights.level)
    from board_rights
    where board_rights.role = 'guest'
        or (board_rights.role = 'member' and viewer is not null)
        or board_rights.role in (select member_roles.role from member_roles where member_roles.member_id = viewer)
    group by board_rights.board_id
$$;

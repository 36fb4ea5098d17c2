-- Members who belong together: testers, customers of a plan, a circle of regulars. What a group may do
-- on which boards stands in board_rights.
create table groups (
    id          bigint generated always as identity primary key,
    slug        text        not null,
    name        text        not null,
    description text        not null default '',
    -- How one gets in. A hidden group takes those its owners add, and is nobody else's to know of.
    kind        text        not null,
    -- Whoever holds this rank or a higher one is in it.
    rank_id     bigint references ranks,
    founded_at  timestamptz not null,
    constraint groups_slug unique (slug),
    constraint groups_kind check (kind in ('open', 'request', 'invitation', 'hidden'))
);

create index groups_of_rank on groups (rank_id) where rank_id is not null;

create table group_members (
    group_id    bigint      not null references groups,
    member_id   bigint      not null references members,
    since       timestamptz not null,
    -- Owners let others in and out.
    owner_since timestamptz,
    -- In it by the rank they hold, and only as long as they hold it. Absent where they joined or were added.
    rank_id     bigint references ranks,
    primary key (group_id, member_id),
    constraint group_members_owners_came_themselves check (owner_since is null or rank_id is null)
);

-- For visible_boards, which every page asks.
create index group_members_of_member on group_members (member_id, group_id);

-- Who wants to be let in.
create table group_requests (
    group_id  bigint      not null references groups,
    member_id bigint      not null references members,
    at        timestamptz not null,
    primary key (group_id, member_id)
);

create index group_requests_of_member on group_requests (member_id);

-- The one filter of groups: those a viewer may know of. A guest is null. Every list, count, profile and door
-- joins it. Stable, plain SQL, not strict: the planner folds it into the query.
create function visible_groups(viewer bigint)
returns table (group_id bigint)
language sql stable as $$
    select groups.id
    from groups
    where groups.kind <> 'hidden'
        or groups.id in (select group_members.group_id from group_members where group_members.member_id = viewer)
        or exists (
            select from member_roles
            where member_roles.member_id = viewer
                and member_roles.role = 'admin'
        )
$$;

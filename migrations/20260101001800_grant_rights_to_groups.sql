-- Rights for groups and for single members beside those for roles, the right to upload, and rights of
-- categories, which their boards inherit.
--
-- What a board has of its own and what it inherits stand in the same table, so that a page reads one table
-- however deep the categories lie: an inherited row names the category it came from, and is written anew
-- whenever something above it changes. A row of the release before this one names none, and so is the
-- board's own.
alter table board_rights
drop constraint board_rights_pkey,
alter column role drop not null,
-- No level: what the category gives this role, group or member does not hold here.
alter column level drop not null,
add column group_id bigint references groups,
add column member_id bigint references members,
add column uploads boolean not null default false,
-- The category it is inherited from; the board's own where absent.
add column category_id bigint references categories,
add constraint board_rights_once unique nulls not distinct (board_id, role, group_id, member_id),
add constraint board_rights_one_subject check (num_nonnulls(role, group_id, member_id) = 1),
add constraint board_rights_uploads check (not uploads or coalesce(level >= 'reply', false));

-- Boards that are there have a word of their own about every role: a category that is given rights later
-- opens none of them to anybody.
insert into board_rights (board_id, role)
select boards.id, roles.role
from boards
cross join unnest(array['guest', 'member', 'moderator', 'staff']::community_role[]) as roles (role)
on conflict do nothing;

create index board_rights_of_group on board_rights (group_id) where group_id is not null;
create index board_rights_of_member on board_rights (member_id) where member_id is not null;

update board_rights
set uploads = true
where level >= 'reply';

-- What boards of a category have unless they say otherwise; a category in another has what that one has
-- unless it says otherwise. Written by access alone.
create table category_rights (
    category_id bigint  not null references categories,
    role        community_role,
    group_id    bigint references groups,
    member_id   bigint references members,
    -- Absent: what the category above gives does not hold here.
    level       board_level,
    uploads     boolean not null default false,
    constraint category_rights_once unique nulls not distinct (category_id, role, group_id, member_id),
    constraint category_rights_one_subject check (num_nonnulls(role, group_id, member_id) = 1),
    constraint category_rights_uploads check (not uploads or coalesce(level >= 'reply', false))
);

-- Readable for ever, and takes no posts.
alter table boards
add column archived_at timestamptz;

-- What a viewer may do on each board that they may see. A guest is null. What roles, groups and the member
-- give adds up. Stable, plain SQL, not strict: the planner folds it into the query. Arrays rather than
-- subqueries let it find by index the rows of this viewer alone, however many groups have rights.
create function rights_of(viewer bigint)
returns table (board_id bigint, level board_level, uploads boolean)
language sql stable as $$
    select
        board_rights.board_id,
        max(board_rights.level),
        bool_or(board_rights.uploads)
    from board_rights
    where board_rights.level is not null
        and (
            board_rights.role = any (
                array(
                    select 'guest'::community_role
                    union all
                    select 'member'
                    where viewer is not null
                    union all
                    select member_roles.role
                    from member_roles
                    where member_roles.member_id = viewer
                )
            )
            or board_rights.group_id = any (
                array(select group_members.group_id from group_members where group_members.member_id = viewer)
            )
            or board_rights.member_id = viewer
        )
    group by board_rights.board_id
$$;

-- The one visibility filter, as before: what the release before this one joins sees groups as well.
create or replace function visible_boards(viewer bigint)
returns table (board_id bigint, level board_level)
language sql stable as $$
    select board_id, level
    from rights_of(viewer)
$$;

-- Badges: what members may be proud of. Automatic ones say what they take in the language of formulas, others are
-- given by hand. Who got which, when, why and by whom stands in a table that is appended to.
--
-- Expands only. Twenty badges stand ready; who has earned them already gets them by a chore, in batches.

-- Badges that belong together, often level by level.
create table badge_sets (
    id       bigint   generated always as identity primary key,
    position smallint not null,
    name     text     not null,
    constraint badge_sets_name unique (name)
);

create table badges (
    id         bigint   generated always as identity primary key,
    set_id     bigint   not null references badge_sets,
    slug       text     not null,
    name       text     not null,
    -- What it stands for, in a sentence.
    about      text     not null,
    -- A name in the icon sprite.
    icon       text     not null,
    level      smallint not null,
    -- What it takes. Absent: it is given by hand alone.
    formula    text,
    -- Whoever no longer meets the formula loses it; else it stays once earned.
    lapses     boolean  not null default false,
    -- From when on nobody is given it any more. Who holds it keeps it.
    retired_at timestamptz,
    -- How many hold it, but for what badge_tallies says.
    holders    bigint   not null default 0,
    constraint badges_slug unique (slug),
    constraint badges_level check (level between 1 and 3)
);

-- Who was given which badge. A row is written once, revoked once, and never goes.
create table badge_awards (
    id              bigint      generated always as identity primary key,
    badge_id        bigint      not null references badges,
    member_id       bigint      not null references members,
    at              timestamptz not null,
    -- Who gave it by hand. Absent: the formula did.
    given_by        bigint references members,
    -- Why, in the words of who gave it.
    reason          text        not null default '',
    revoked_at      timestamptz,
    -- Who took it by hand: then no formula gives it again. Absent: it lapsed.
    revoked_by      bigint references members,
    revoked_because text        not null default ''
);

-- One at a time of each badge. For what somebody holds, too.
create unique index badge_awards_once on badge_awards (member_id, badge_id) where revoked_at is null;

-- What must not be given again, or what was.
create index badge_awards_of_member on badge_awards (member_id, badge_id, id);

-- The owners of a badge, the latest first.
create index badge_awards_of_badge on badge_awards (badge_id, id desc) where revoked_at is null;

create index badge_awards_given_by on badge_awards (given_by) where given_by is not null;
create index badge_awards_revoked_by on badge_awards (revoked_by) where revoked_by is not null;

-- An award is revoked once, and its words can be taken away; nothing else of it changes.
create function refuse_rewriting_awards() returns trigger
language plpgsql as $$
begin
    if (new.id, new.badge_id, new.member_id, new.at, new.given_by)
            is distinct from (old.id, old.badge_id, old.member_id, old.at, old.given_by)
        or new.reason not in (old.reason, '')
        or old.revoked_at is not null and (
            (new.revoked_at, new.revoked_by) is distinct from (old.revoked_at, old.revoked_by)
            or new.revoked_because not in (old.revoked_because, '')
        )
    then
        raise exception 'badge_awards is appended to';
    end if;
    return new;
end
$$;

create trigger badge_awards_are_not_rewritten
before update on badge_awards
for each row execute function refuse_rewriting_awards();

create trigger badge_awards_stay
before delete or truncate on badge_awards
for each statement execute function refuse_change();

revoke update, delete on badge_awards from candor_app;
grant update (reason, revoked_at, revoked_by, revoked_because) on badge_awards to candor_app;

-- Awards and revocations that badges.holders does not count yet, so that two members who earn the same badge at
-- once need not wait for each other. A chore adds them up.
create table badge_tallies (
    id       bigint  generated always as identity primary key,
    badge_id bigint  not null references badges,
    delta    integer not null
);

create index badge_tallies_of_badge on badge_tallies (badge_id);

create function tally_awards() returns trigger
language plpgsql as $$
begin
    insert into badge_tallies (badge_id, delta)
    select badge_id, count(*)
    from given
    group by badge_id
    order by badge_id;
    return null;
end
$$;

create trigger badge_awards_are_tallied
after insert on badge_awards
referencing new table as given
for each statement execute function tally_awards();

create function tally_revocations() returns trigger
language plpgsql as $$
begin
    insert into badge_tallies (badge_id, delta)
    select after.badge_id, -count(*)
    from after
    join before on before.id = after.id
    where before.revoked_at is null
        and after.revoked_at is not null
    group by after.badge_id
    order by after.badge_id;
    return null;
end
$$;

create trigger badge_revocations_are_tallied
after update on badge_awards
referencing old table as before new table as after
for each statement execute function tally_revocations();

-- Looking at everybody for who has earned a badge already, member by member.
create table badge_grants (
    id       bigint      generated always as identity primary key,
    -- Absent: all of them.
    badge_id bigint references badges,
    begun_at timestamptz not null,
    -- All members up to this id are done, and the last id there was.
    after_id bigint      not null default 0,
    last_id  bigint      not null,
    given    bigint      not null default 0,
    ended_at timestamptz
);

create index badge_grants_of_badge on badge_grants (badge_id, id desc);

create index badge_grants_to_do on badge_grants (id) where ended_at is null;

alter table members
    -- The badge shown beside their name: of those held the one of the highest level, the latest first.
    add column badge_id bigint;

alter table members
    add constraint members_badge foreign key (badge_id) references badges not valid;

-- A line of the inbox may tell of a badge. The kind stays 'rank', which the release before can draw.
alter table notifications
    add column award_id bigint;

alter table notifications
    add constraint notifications_award foreign key (award_id) references badge_awards not valid;

insert into badge_sets (position, name)
values
    (1, 'First steps'),
    (2, 'Solving'),
    (3, 'Proven answers'),
    (4, 'People helped'),
    (5, 'Thanks'),
    (6, 'Being here'),
    (7, 'Given by hand');

insert into badges (set_id, slug, name, about, icon, level, formula)
select badge_sets.id, ready.slug, ready.name, ready.about, ready.icon, ready.level, ready.formula
from (
    select listed.set_name, listed.slug, listed.name, listed.about, listed.icon, listed.level, listed.formula, row_number() over () as place
    from (
        values
            ('First steps', 'introduced', 'Introduced', 'Said who they are, so that others know whom they talk to.', 'medal-introduced', 1, 'did("profile")'),
            ('First steps', 'first-question', 'First question', 'Asked, where others keep wondering.', 'medal-question', 1, 'threads >= 1'),
            ('First steps', 'first-answer', 'First answer', 'Took the time to reply to somebody.', 'medal-answer', 1, 'replies >= 1'),
            ('First steps', 'first-thanks', 'First thanks', 'Thanked somebody for a good post.', 'medal-thanks', 1, 'kudos_given >= 1'),
            ('First steps', 'loop-closed', 'Loop closed', 'Came back to say which reply solved it: the next person finds it at once.', 'medal-loop', 1, 'did("accept")'),
            ('First steps', 'word-back', 'Word back', 'Tried a solution and told whether it helped.', 'medal-word-back', 1, 'did("confirm")'),
            ('Solving', 'first-solution', 'First solution', 'Wrote a reply that solved somebody’s question.', 'medal-spark', 1, 'solutions >= 1'),
            ('Solving', 'problem-solver', 'Problem solver', 'Solves questions again and again.', 'medal-solver', 2, 'solutions >= 25'),
            ('Solving', 'master-solver', 'Master solver', 'A hundred questions have an answer because of them.', 'medal-master', 3, 'solutions >= 100'),
            ('Proven answers', 'proven', 'Proven', 'Their solutions helped others with the same problem.', 'medal-proven', 1, 'confirmations >= 5'),
            ('Proven answers', 'well-proven', 'Well proven', 'What they say holds for many.', 'medal-well-proven', 2, 'confirmations >= 50'),
            ('People helped', 'helping-hand', 'Helping hand', 'Ten different people got further by their replies.', 'medal-hand', 1, 'distinct_helped >= 10'),
            ('People helped', 'pillar', 'Pillar', 'A hundred different people got further by their replies.', 'medal-pillar', 3, 'distinct_helped >= 100'),
            ('Thanks', 'appreciated', 'Appreciated', 'Five different people thanked them.', 'medal-appreciated', 1, 'distinct_thankful >= 5'),
            ('Thanks', 'cherished', 'Cherished', 'Fifty different people thanked them.', 'medal-cherished', 2, 'distinct_thankful >= 50'),
            ('Thanks', 'generous', 'Generous', 'Sees what others do well, and says so.', 'medal-generous', 1, 'kudos_given >= 25'),
            ('Being here', 'settled-in', 'Settled in', 'Took part on twenty of the last ninety days.', 'medal-settled', 1, 'days_active(90d) >= 20'),
            ('Being here', 'hundred-days', 'Hundred days', 'Took part on a hundred days.', 'medal-hundred', 2, 'days_active >= 100'),
            ('Being here', 'year-of-days', 'A year of days', 'Took part on three hundred and sixty-five days.', 'medal-year', 3, 'days_active >= 365'),
            ('Given by hand', 'special-thanks', 'Special thanks', 'For what no formula sees.', 'medal-special', 2, null)
    ) as listed (set_name, slug, name, about, icon, level, formula)
) as ready
join badge_sets on badge_sets.name = ready.set_name
order by ready.place;

-- Whoever was here before.
insert into badge_grants (begun_at, last_id)
select '1970-01-01', max(members.id)
from members
having count(*) > 0;

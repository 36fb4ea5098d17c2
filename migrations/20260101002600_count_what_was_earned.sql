-- Counts what members earned by day, by board and by whom it came from, so that windows such as the last ninety
-- days are bounded sums; lets administrators say what earns how much; and gives each rank a formula.
--
-- Expands only. The ledger's own trigger counts, so that entries of a server of the release before are counted
-- too. What was entered before stands in ledger_backlog and is counted by a chore, in batches. Each present rank
-- gets the formula that says what its points said, so that nobody's rank changes by this.

alter table metric_events
    -- The day it counts for, where that is not the day of `at`: what is undone goes from the day that had it.
    add column counts_on date,
    -- Whom it came from: who gave the kudos, who accepted the solution.
    add column other_id bigint;

alter table metric_events
    add constraint metric_events_other foreign key (other_id) references members not valid;

-- The ledger by day, for windows. Kept by the ledger's trigger.
create table metric_days (
    member_id bigint not null references members,
    metric    text   not null,
    day       date   not null,
    -- Absent where it has no place.
    board_id  bigint references boards,
    total     bigint not null,
    constraint metric_days_once unique nulls not distinct (member_id, metric, day, board_id)
);

-- The ledger by board. Kept by the ledger's trigger.
create table metric_boards (
    member_id bigint not null references members,
    metric    text   not null,
    board_id  bigint not null references boards,
    total     bigint not null,
    primary key (member_id, metric, board_id)
);

-- The ledger by whom it came from, for how many different people somebody helped and how often one thanked
-- another of late. Kept by the ledger's trigger.
create table metric_pairs (
    member_id bigint not null references members,
    metric    text   not null,
    other_id  bigint not null references members,
    day       date   not null,
    -- Entries less those that undid one.
    times     bigint not null,
    primary key (member_id, metric, other_id, day)
);

create function metric_day(counts_on date, at timestamptz) returns date
language sql immutable as $$
    select coalesce(counts_on, (at at time zone 'UTC')::date)
$$;

create function count_metric_events() returns trigger
language plpgsql as $$
begin
    insert into metric_days (member_id, metric, day, board_id, total)
    select member_id, metric, metric_day(counts_on, at), board_id, sum(delta)
    from entered
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict on constraint metric_days_once do update
    set total = metric_days.total + excluded.total;

    insert into metric_boards (member_id, metric, board_id, total)
    select member_id, metric, board_id, sum(delta)
    from entered
    where board_id is not null
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (member_id, metric, board_id) do update
    set total = metric_boards.total + excluded.total;

    insert into metric_pairs (member_id, metric, other_id, day, times)
    select member_id, metric, other_id, metric_day(counts_on, at), sum(sign(delta))
    from entered
    where other_id is not null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (member_id, metric, other_id, day) do update
    set times = metric_pairs.times + excluded.times;

    return null;
end
$$;

-- From here on writers wait until this migration has ended, so that each entry is either of the backlog or counted.
create trigger metric_events_are_counted
after insert on metric_events
referencing new table as entered
for each statement execute function count_metric_events();

-- Entries from before the trigger that are not counted yet: those of these ids. No row: none.
create table ledger_backlog (
    first_id bigint not null,
    last_id  bigint not null
);

insert into ledger_backlog (first_id, last_id)
select min(id), max(id)
from metric_events
having count(*) > 0;

-- What earns how many points, and from when on. The last one is in force; what was entered keeps what it got.
create table point_tables (
    id        bigint generated always as identity primary key,
    -- Absent for the one that communities begin with.
    set_by    bigint references members,
    at        timestamptz not null,
    solution  bigint      not null,
    kudos     bigint      not null,
    reply     bigint      not null,
    thread    bigint      not null,
    -- The most that a day can bring, solutions apart.
    daily_cap bigint      not null,
    constraint point_tables_not_negative check (least(solution, kudos, reply, thread, daily_cap) >= 0)
);

insert into point_tables (at, solution, kudos, reply, thread, daily_cap)
values ('1970-01-01T00:00:00Z', 15, 4, 2, 1, 200);

create trigger point_tables_are_append_only
before update or delete or truncate on point_tables
for each statement execute function refuse_change();

revoke update, delete on point_tables from candor_app;

alter table ranks
    -- What it takes, in the language of src/reputation/formula.rs. Servers of the release before go by `points`.
    add column formula text not null default 'false',
    -- Its colour, as boards have them.
    add column tone smallint not null default 1,
    -- Once reached it is kept, whatever happens.
    add column permanent boolean not null default false,
    -- When it was taken from the ladder. It keeps its row for the notices that tell of it.
    add column retired_at timestamptz;

update ranks
set formula = case position when 1 then 'true' else 'points >= ' || points end,
    tone = 1 + (position + 5) % 8;

-- Counting all ranks anew, member by member: each night where a formula looks at a window, and after each change
-- of the ladder. One row.
create table rank_sweep (
    -- All members up to this id are done. Absent: everybody is.
    after_id bigint,
    -- The day as of which everybody was counted last.
    day      date not null
);

insert into rank_sweep (day) values ('1970-01-01');

-- Who came to a lower rank is told so as well. The kind stays 'rank', which the release before can draw.
alter table notifications
    -- The higher rank that was held before; absent where one rose.
    add column former_rank_id bigint;

alter table notifications
    add constraint notifications_former_rank foreign key (former_rank_id) references ranks not valid;

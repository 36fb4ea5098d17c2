-- What members earned, by what. Appended to, never edited; undoing a cause appends its negative.
create table metric_events (
    id        bigint generated always as identity primary key,
    member_id bigint      not null references members,
    metric    text        not null,
    -- Absent where it has no place.
    board_id  bigint references boards,
    delta     bigint      not null,
    -- What it was for, such as kudos:17; with it, the same cause counts once.
    cause     text        not null,
    at        timestamptz not null,
    constraint metric_events_cause unique (cause, metric, member_id)
);

create index metric_events_lately on metric_events (metric, at) include (member_id, board_id, delta);

create index metric_events_of_member on metric_events (member_id, metric);

create trigger metric_events_are_append_only
before update or delete or truncate on metric_events
for each statement execute function refuse_change();

revoke update, delete on metric_events from candor_app;

-- The sums of the ledger, kept with it in one transaction; candor doctor proves and rebuilds them.
create table metric_totals (
    member_id bigint not null references members,
    metric    text   not null,
    total     bigint not null,
    primary key (member_id, metric)
);

-- The ladder.
create table ranks (
    id       bigint generated always as identity primary key,
    position smallint not null,
    slug     text     not null,
    name     text     not null,
    -- Points from which a member holds it.
    points   bigint   not null,
    icon     text     not null,
    constraint ranks_position unique (position),
    constraint ranks_slug unique (slug),
    constraint ranks_points unique (points)
);

insert into ranks (position, slug, name, points, icon)
values
    (1, 'newcomer', 'Newcomer', 0, 'rank-1'),
    (2, 'neighbour', 'Neighbour', 10, 'rank-2'),
    (3, 'contributor', 'Contributor', 30, 'rank-3'),
    (4, 'regular', 'Regular', 75, 'rank-4'),
    (5, 'adviser', 'Adviser', 150, 'rank-5'),
    (6, 'specialist', 'Specialist', 300, 'rank-6'),
    (7, 'expert', 'Expert', 600, 'rank-7'),
    (8, 'mentor', 'Mentor', 1200, 'rank-8'),
    (9, 'authority', 'Authority', 2500, 'rank-9'),
    (10, 'luminary', 'Luminary', 5000, 'rank-10');

-- The rank a member holds. No row: the first.
create table member_ranks (
    member_id bigint primary key references members,
    rank_id   bigint      not null references ranks,
    since     timestamptz not null
);

-- Thanks for a post: once per member, never for one's own, taken back by deleting the row.
create table kudos (
    id       bigint generated always as identity primary key,
    post_id  bigint      not null references posts,
    -- Absent where a dump named no voter.
    giver_id bigint references members,
    given_at timestamptz not null,
    constraint kudos_once unique (post_id, giver_id)
);

create index kudos_of_giver on kudos (giver_id) where giver_id is not null;

-- Replies that were marked as the solution of their question, and when the mark was taken away.
create table acceptances (
    id          bigint generated always as identity primary key,
    thread_id   bigint      not null references threads,
    post_id     bigint      not null references posts,
    -- Absent where an import marked it.
    accepted_by bigint references members,
    accepted_at timestamptz not null,
    undone_by   bigint references members,
    undone_at   timestamptz
);

-- One accepted reply for each question.
create unique index acceptances_one on acceptances (thread_id) where undone_at is null;

-- Leaderboards: who leads by what they earned, on a board or on all of them, of late or ever. Adding that up when a
-- page is read would cost more the more a community does, so it is added up every few minutes; see
-- src/reputation/leaders.rs.

alter table members
    -- When they chose to stand on no leaderboard.
    add column unlisted_at timestamptz;

-- The first of each leaderboard. Made anew by a chore; nothing else writes it.
create table leaders (
    -- What is added up, by the name that formulas have for it.
    metric     text     not null,
    -- Of the last so many days; nought for all time.
    days       smallint not null,
    -- `board:17`, or all boards that `guest`s or that every `member` may see.
    scope      text     not null,
    with_staff boolean  not null,
    -- Which counting made it.
    made       bigint   not null,
    -- Their line on the page, and their place, which those with as much share.
    line       smallint not null,
    place      integer  not null,
    member_id  bigint   not null references members,
    -- Whole ones of what they have.
    value      bigint   not null,
    primary key (metric, days, scope, with_staff, made, line)
);

-- How many stand above each value of a leaderboard, so that everybody's place is found at once. Made anew with it.
create table leader_steps (
    metric     text     not null,
    days       smallint not null,
    scope      text     not null,
    with_staff boolean  not null,
    made       bigint   not null,
    value      bigint   not null,
    -- Members with more, and with exactly so much.
    above      integer  not null,
    members    integer  not null,
    primary key (metric, days, scope, with_staff, made, value)
);

create sequence leader_countings;

-- Pays for confirmations, lets kudos weigh what their giver's rank says, and lets ranks confer powers.
--
-- Expands only. Servers of the release before pay two points for a confirmation by not knowing of it, give kudos
-- the weight of one, and grant nobody a power.

alter table point_tables
    -- For each "solved it for me" of somebody with the same problem.
    add column confirmation bigint not null default 2;

alter table point_tables
    add constraint point_tables_confirmation check (confirmation >= 0) not valid;

alter table confirmations
    -- Under which the ledger knows what it earned. Absent where it says "unsolved", and for those from before.
    add column number bigint;

create sequence confirmations_number owned by confirmations.number;

alter table ranks
    -- What kudos of its holders weigh, in thousandths.
    add column kudos_weight integer not null default 1000;

alter table ranks
    add constraint ranks_kudos_weight check (kudos_weight between 0 and 10000) not valid;

-- What a rank lets its holders do, and those of higher ranks, beyond what boards let them.
create table rank_powers (
    rank_id bigint not null references ranks,
    power   text   not null,
    primary key (rank_id, power),
    constraint rank_powers_power check (power in ('accept'))
);

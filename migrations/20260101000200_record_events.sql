-- What happened, written in the transaction in which it happened. Never changed.
create table outbox (
    id       bigint generated always as identity primary key,
    name     text        not null,
    -- The member who did it; absent where the community itself did.
    actor_id bigint references members,
    -- The event with its ids, and nothing but ids.
    event    jsonb       not null,
    at       timestamptz not null
);

create trigger outbox_is_append_only
before update or delete or truncate on outbox
for each statement execute function refuse_change();

revoke update, delete on outbox from candor_app;

-- Each event's own delivery mark: there until its listeners have their jobs. "Later than the last one
-- seen" would skip transactions that commit late.
create table outbox_pending (
    event_id bigint primary key references outbox
);

-- Work to be done after commit. A row is locked while its job runs and gone when it is done.
create table jobs (
    id          bigint generated always as identity primary key,
    name        text        not null,
    payload     jsonb       not null,
    -- Two waiting jobs of one key are one job.
    key         text,
    run_at      timestamptz not null,
    enqueued_at timestamptz not null,
    failures    integer     not null default 0,
    last_error  text,
    -- Given up after too many failures, and kept for the administrator.
    gave_up_at  timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

create index jobs_to_run on jobs (run_at, id) where gave_up_at is null;

create unique index jobs_key on jobs (key) where gave_up_at is null and key is not null;

-- When each piece of regular work was last done, so that several nodes do it once.
create table chores (
    name    text primary key,
    done_at timestamptz not null
);

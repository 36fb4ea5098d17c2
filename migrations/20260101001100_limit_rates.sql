-- How often somebody may knock: see src/limits. Unlogged, because after a crash it may begin anew, and
-- a limit is not worth waiting for the disk.
create unlogged table rate_limits (
    -- The allowance and whose it is: a member, a network, an account that is guessed at.
    subject text primary key,
    -- When all places will be back.
    free_at timestamptz not null
) with (fillfactor = 70);

create index rate_limits_by_age on rate_limits (free_at);

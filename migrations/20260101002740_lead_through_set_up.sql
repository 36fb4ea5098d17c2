-- Whoever opens an empty installation is led through set-up, and shows by a code from the server's log that
-- they run it.

-- The code of an installation that has no members yet; the newest counts. It goes when set-up is over.
create table set_up_code (
    only_row      boolean primary key default true,
    -- SHA-256 of the code.
    code_hash     bytea       not null,
    printed_at    timestamptz not null,
    expires_at    timestamptz not null,
    -- Too many make it worthless.
    wrong_guesses integer     not null default 0,
    constraint set_up_code_one_row check (only_row)
);

-- Browsers that have shown the code, by SHA-256 of their cookie.
create table set_up_passes (
    token_hash bytea primary key,
    expires_at timestamptz not null
);

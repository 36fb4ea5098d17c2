-- Puzzles at sign-up: which were solved and used. They are handed out without being stored.

create table spent_puzzles (
    -- SHA-256 of the puzzle.
    mark       bytea primary key,
    -- When it could not be used any more anyway.
    expires_at timestamptz not null
);

create index spent_puzzles_by_age on spent_puzzles (expires_at);

-- How many took the way without a script lately.
create index applications_unproved on applications (applied_at) where email_confirmed_at is null;

alter table settings
    -- When browsers work a second before a sign-up is taken.
    add column proof_of_work text not null default 'attack',
    add constraint settings_proof_of_work check (proof_of_work in ('off', 'attack', 'always')) not valid;

-- Second factors of signing in: codes of an app, passkeys, and recovery codes for when both are lost.

alter table members
    -- What passkeys know the member by: random, and the same in all of theirs. Absent until the first.
    add column passkey_user uuid;

alter table settings
    -- Whom a second factor is asked of: nobody, staff (moderators and administrators too) or everybody.
    add column second_factor text not null default 'nobody',
    add constraint settings_second_factor check (second_factor in ('nobody', 'staff', 'everybody'));

-- What the app of a member makes its codes of (RFC 6238).
create table totp_seeds (
    member_id    bigint primary key references members,
    -- Sealed for this member with a key that is not in the database (src/sealing.rs).
    seed         bytea       not null,
    begun_at     timestamptz not null,
    -- Absent until a code has shown that the app has it; it counts from then on.
    confirmed_at timestamptz,
    -- Half minutes since 1970, of the last code that was taken: neither it nor an earlier one is again.
    last_step    bigint      not null default 0
);

-- Ten at a time, each good for one sign-in.
create table recovery_codes (
    member_id bigint      not null references members,
    -- SHA-256 of the code, which holds 80 random bits.
    code_hash bytea       not null,
    made_at   timestamptz not null,
    used_at   timestamptz,
    primary key (member_id, code_hash)
);

create table passkeys (
    id            bigint generated always as identity primary key,
    member_id     bigint      not null references members,
    -- What the authenticator calls it.
    credential_id bytea       not null,
    -- What the member calls it.
    name          text        not null,
    -- Public key, signature counter and flags, as the library writes them down. Never searched.
    credential    jsonb       not null,
    added_at      timestamptz not null,
    used_at       timestamptz,
    constraint passkeys_credential_id unique (credential_id)
);

create index passkeys_of_member on passkeys (member_id, id);

-- What an authenticator was asked to sign. Answered once, or never.
create table passkey_challenges (
    -- SHA-256 of what the page holds.
    token_hash bytea primary key,
    -- "add", "sign_in" or "second_step".
    purpose    text        not null,
    -- Whose passkey it must be; absent where the passkey says who signs in.
    member_id  bigint references members,
    -- The challenge, as the library writes it down, and the name that a new passkey is to have.
    state      jsonb       not null,
    expires_at timestamptz not null
);

create index passkey_challenges_by_age on passkey_challenges (expires_at);

-- Browsers that have shown whose they are and owe the second factor.
create table pending_sign_ins (
    -- SHA-256 of the cookie.
    token_hash bytea primary key,
    member_id  bigint      not null references members,
    -- How they showed it: "password" or "link".
    proof      text        not null,
    attempts   integer     not null default 0,
    begun_at   timestamptz not null,
    expires_at timestamptz not null
);

create index pending_sign_ins_of_member on pending_sign_ins (member_id);

create index pending_sign_ins_by_age on pending_sign_ins (expires_at);

alter table sessions
    -- How it began: "password", "link", "passkey". Absent where it is older than this column.
    add column proof  text,
    -- With which second factor: "app", "recovery_code", "passkey".
    add column factor text;

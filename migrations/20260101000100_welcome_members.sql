-- Accounts. A handle is what a member is called in addresses and mentions; the name need not be unique.
create table members (
    id                 bigint generated always as identity primary key,
    handle             text        not null,
    -- Handles that a person could take for each other share a skeleton (kit/handle.rs).
    handle_skeleton    text        not null,
    name               text        not null,
    about              text        not null default '',
    about_html         text        not null default '',
    -- As typed. Absent for imported members and for those who are only a name.
    email              text,
    email_confirmed_at timestamptz,
    -- PHC string. Absent where nobody can sign in with a password.
    password_hash      text,
    joined_at          timestamptz not null,
    constraint members_handle_skeleton unique (handle_skeleton)
);

-- Only a confirmed address is anybody's own: an account made with somebody else's address must not
-- keep them out, and sign-up must not tell whether an address is known.
create unique index members_confirmed_email on members (lower(email)) where email_confirmed_at is not null;

create index members_email on members (lower(email));

create unique index members_handle on members (lower(handle));

create type community_role as enum ('guest', 'member', 'moderator', 'staff', 'admin');

-- Roles beyond guest and member, which everybody has. Moderator and staff are independent.
create table member_roles (
    member_id  bigint         not null references members,
    role       community_role not null,
    granted_at timestamptz    not null,
    -- Absent where the command line granted it.
    granted_by bigint references members,
    primary key (member_id, role),
    constraint member_roles_granted check (role in ('moderator', 'staff', 'admin'))
);

-- Signed-in browsers. Guests never have a row.
create table sessions (
    -- SHA-256 of the cookie.
    token_hash bytea primary key,
    member_id  bigint      not null references members,
    started_at timestamptz not null,
    -- Written at most once an hour.
    seen_at    timestamptz not null,
    expires_at timestamptz not null
);

create index sessions_of_member on sessions (member_id);

-- Links in mails that prove an address: single use, short-lived, stored hashed.
create table member_tokens (
    token_hash bytea primary key,
    member_id  bigint      not null references members,
    purpose    text        not null,
    -- The address the link was sent to, which is all it proves.
    email      text        not null,
    sent_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint member_tokens_purpose check (purpose in ('confirm_email', 'reset_password'))
);

create index member_tokens_of_member on member_tokens (member_id);

-- What a creating form did when it was first sent, so that sending it twice does it once.
create table form_keys (
    member_id   bigint      not null references members,
    route       text        not null,
    key         uuid        not null,
    -- SHA-256 of the fields: the same key with other fields is a new text, not a double click.
    fields_hash bytea       not null,
    -- Where the first sending led.
    location    text        not null,
    used_at     timestamptz not null,
    primary key (member_id, route, key)
);

create index form_keys_by_age on form_keys (used_at);

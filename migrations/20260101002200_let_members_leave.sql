-- Members may close their account, and take a copy of everything the community holds about them. What each
-- column is for, how long it is kept and what becomes of it then stands in docs/data-map.toml.

alter table members
    -- Closed by its member or for them. Others see a former member from then on, and nothing else.
    add column closed_at timestamptz,
    -- Everything about them went. Nothing begins anew for a number that was somebody.
    add column erased_at timestamptz;

-- For lists of the best, which leave them out.
create index members_closed on members (id) where closed_at is not null;

-- What a closed account looked like. Its member can have it back until it is erased, and nobody else can see
-- it: what everybody reads is already gone from members.
create table closed_accounts (
    member_id          bigint primary key references members,
    handle             text        not null,
    handle_skeleton    text        not null,
    name               text        not null,
    about              text        not null,
    about_html         text        not null,
    email              text,
    email_confirmed_at timestamptz,
    -- What becomes of their posts, as they were told when they left.
    posts              text        not null,
    closed_at          timestamptz not null,
    erase_at           timestamptz not null,
    -- SHA-256 of the link with which it is opened again.
    token_hash         bytea,
    constraint closed_accounts_token unique (token_hash),
    constraint closed_accounts_posts check (posts in ('keep', 'withdraw'))
);

-- For signing in, which opens it again.
create index closed_accounts_handle on closed_accounts (lower(handle));

create index closed_accounts_email on closed_accounts (lower(email));

-- Handles that were somebody's. Nobody may take one and pass for whoever had it. The fingerprint is
-- SHA-256 of this community's salt and the handle's skeleton, so that no list of those who left stands here.
create table retired_handles (
    fingerprint bytea primary key
);

create table handle_salt (
    only_row boolean primary key default true,
    salt     bytea   not null,
    constraint handle_salt_one_row check (only_row)
);

insert into handle_salt (salt)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

revoke insert, update, delete on handle_salt from candor_app;

alter table settings
    -- What becomes of the posts of those who leave.
    add column closed_accounts text not null default 'keep',
    add constraint settings_closed_accounts check (closed_accounts in ('keep', 'withdraw')) not valid;

-- Copies of everything about a member, made for them; the last one of each.
create table copies (
    member_id  bigint primary key references members,
    asked_at   timestamptz not null,
    -- Absent while it is being made.
    ready_at   timestamptz,
    expires_at timestamptz not null,
    bytes      bigint      not null default 0
);

-- A copy in pieces, so that no node needs to hold one whole, and any can hand it out.
create table copy_parts (
    member_id bigint  not null references copies on delete cascade,
    number    integer not null,
    bytes     bytea   not null,
    primary key (member_id, number)
);

-- It is compressed already.
alter table copy_parts alter column bytes set storage external;

-- Invitations: links by which people become members, also where nobody may by themselves.

create table invitations (
    id           bigint generated always as identity primary key,
    -- SHA-256 of the link. Absent until the mail that brings it is sent, and for ever where the address turns
    -- out to be a member's.
    token_hash   bytea,
    -- For the eyes of administrators.
    note         text        not null default '',
    -- Whom it is mailed to; absent for a link that is handed on, and once somebody joined by it.
    email        text,
    -- What they are called, as the administrator says.
    name         text        not null default '',
    uses_most    integer     not null,
    uses         integer     not null default 0,
    invited_by   bigint references members,
    invited_at   timestamptz not null,
    expires_at   timestamptz not null,
    withdrawn_at timestamptz,
    constraint invitations_token unique (token_hash),
    constraint invitations_uses check (uses between 0 and uses_most)
);

-- Nobody is invited twice at once.
create unique index invitations_email on invitations (lower(email));

-- For the chore that erases addresses of those who never came.
create index invitations_by_age on invitations (expires_at) where email is not null;

-- The groups that whoever joins by it comes into.
create table invitation_groups (
    invitation_id bigint not null references invitations on delete cascade,
    group_id      bigint not null references groups on delete cascade,
    primary key (invitation_id, group_id)
);

create index invitation_groups_of_group on invitation_groups (group_id);

-- Who joined by which.
create table invitation_uses (
    member_id     bigint primary key references members,
    invitation_id bigint      not null references invitations on delete cascade,
    joined_at     timestamptz not null
);

create index invitation_uses_of_invitation on invitation_uses (invitation_id, joined_at);

-- An invitation goes along to a provider and back in these rows, not in an address or a form.
alter table provider_rounds
    add column invitation_id bigint references invitations on delete set null;

alter table provider_arrivals
    add column invitation_id bigint references invitations on delete set null;

create index provider_rounds_invitation on provider_rounds (invitation_id) where invitation_id is not null;

create index provider_arrivals_invitation on provider_arrivals (invitation_id) where invitation_id is not null;

alter table settings
    drop constraint settings_sign_up,
    add constraint settings_sign_up check (sign_up in ('open', 'invitation', 'approval', 'closed')) not valid;

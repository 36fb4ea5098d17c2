-- Signing in through OpenID Connect: whom the community trusts to say who somebody is, and who came by them.

create table providers (
    id             bigint generated always as identity primary key,
    -- In addresses, also in the one that people come back to from there. Never changed.
    slug           text        not null,
    name           text        not null,
    issuer         text        not null,
    client_id      text        not null,
    -- Sealed for this row with a key that is not in the database (src/sealing.rs). Absent where PKCE alone
    -- proves who redeems a code.
    client_secret  bytea,
    -- Words with blanks between, besides "openid".
    scopes         text        not null,
    -- Whether people without an account may come by it.
    takes_in       boolean     not null,
    -- Whether an address that it calls verified counts as confirmed.
    trusts_address boolean     not null,
    -- The claim whose values bring into groups; empty where none does.
    group_claim    text        not null default '',
    position       integer     not null,
    -- Absent while it is switched off.
    enabled_at     timestamptz,
    added_at       timestamptz not null,
    constraint providers_slug unique (slug)
);

-- Which value of the claim brings into which group.
create table provider_groups (
    provider_id bigint not null references providers,
    value       text   not null,
    group_id    bigint not null references groups on delete cascade,
    primary key (provider_id, value, group_id)
);

create index provider_groups_of_group on provider_groups (group_id);

-- Who was brought into a group by a provider, and so is taken out by it. Whoever was in before has no row.
create table provider_memberships (
    member_id   bigint not null references members,
    group_id    bigint not null references groups on delete cascade,
    provider_id bigint not null references providers,
    primary key (member_id, group_id, provider_id)
);

create index provider_memberships_of_group on provider_memberships (group_id);

-- Who a member is elsewhere: the subject that an issuer knows them by, never an address.
create table identities (
    id          bigint generated always as identity primary key,
    provider_id bigint      not null references providers,
    -- As it was then: a provider that is pointed at another issuer knows nobody.
    issuer      text        not null,
    subject     text        not null,
    member_id   bigint      not null references members,
    -- What they are called there, for their own eyes.
    label       text        not null,
    linked_at   timestamptz not null,
    used_at     timestamptz not null,
    constraint identities_subject unique (provider_id, issuer, subject),
    constraint identities_one_of_each unique (member_id, provider_id)
);

-- Browsers that are on their way to a provider and back. Each row is used once, or never.
create table provider_rounds (
    -- SHA-256 of the state.
    state_hash   bytea primary key,
    -- SHA-256 of the cookie of the browser that began it.
    browser_hash bytea       not null,
    provider_id  bigint      not null references providers,
    -- "sign_in", "link" to the member's account, or "prove" that it is still they.
    purpose      text        not null,
    -- Who links or proves; absent where somebody signs in.
    member_id    bigint references members,
    nonce        text        not null,
    verifier     text        not null,
    -- Where they wanted to go.
    back         text        not null,
    begun_at     timestamptz not null,
    expires_at   timestamptz not null,
    constraint provider_rounds_purpose check (purpose in ('sign_in', 'link', 'prove')),
    constraint provider_rounds_member check ((purpose = 'sign_in') = (member_id is null))
);

create index provider_rounds_by_age on provider_rounds (expires_at);

-- People whom a provider vouches for and no account is linked to, until they choose what becomes of it.
create table provider_arrivals (
    -- SHA-256 of the cookie.
    token_hash  bytea primary key,
    provider_id bigint      not null references providers,
    issuer      text        not null,
    subject     text        not null,
    label       text        not null,
    -- Suggestions for the account.
    handle      text        not null,
    name        text        not null,
    email       text        not null,
    -- Whether the address is known to be theirs.
    confirmed   boolean     not null,
    -- The values of the provider's claim of groups.
    groups      text[]      not null,
    back        text        not null,
    arrived_at  timestamptz not null,
    expires_at  timestamptz not null
);

create index provider_arrivals_by_age on provider_arrivals (expires_at);

-- When whoever uses the session last showed again who they are, after its beginning.
alter table sessions add column proved_at timestamptz;

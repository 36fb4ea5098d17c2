-- The texts that every community must have: rules, terms, privacy, imprint, about. Every version is kept.

-- A text and the version of it that holds.
create table papers (
    -- "rules", "terms", "privacy", "imprint" or "about".
    name            text primary key,
    version         integer not null,
    -- The latest version that members must have agreed to. Of the terms alone.
    consent_version integer,
    -- Since when there is no such page any more.
    withdrawn_at    timestamptz
);

-- Everything a text ever said. Empty where it was withdrawn. Append-only: what somebody agreed to stays what it was.
create table paper_versions (
    paper      text        not null,
    -- From 1 for each text.
    number     integer     not null,
    source     text        not null,
    html       text        not null,
    written_by bigint      not null references members,
    at         timestamptz not null,
    constraint paper_versions_in_order primary key (paper, number)
);

create trigger paper_versions_are_append_only
before update or delete or truncate on paper_versions
for each statement execute function refuse_change();

revoke update, delete on paper_versions from candor_app;

-- Who agreed to which version of the terms, and when. Append-only: it is what proves it.
create table consents (
    member_id bigint      not null references members,
    version   integer     not null,
    at        timestamptz not null,
    constraint consents_once primary key (member_id, version)
);

create trigger consents_are_append_only
before update or delete or truncate on consents
for each statement execute function refuse_change();

revoke update, delete on consents from candor_app;

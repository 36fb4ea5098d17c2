-- Sign-ups that wait: for administrators who look at each, where the settings say so, or for a mail to be answered.

-- Somebody who wants to become a member and is not one yet. They stand here and not among the members, so that no
-- list, count, profile or search needs to know of them.
create table applications (
    id                 bigint generated always as identity primary key,
    -- What they wait for: "approval" by an administrator, or the "mail" that proves the address.
    waits_for          text        not null,
    handle             text        not null,
    handle_skeleton    text        not null,
    name               text        not null,
    email              text        not null,
    email_confirmed_at timestamptz,
    -- Absent for those who come by a provider.
    password_hash      text,
    -- To the question in the settings.
    answer             text        not null default '',
    -- Who they are at the provider they came by.
    provider_id        bigint references providers,
    issuer             text,
    subject            text,
    label              text        not null default '',
    -- The version of the terms that they agreed to, if there were any.
    terms              integer,
    applied_at         timestamptz not null,
    -- When the mail that proves the address goes out.
    mail_at            timestamptz not null,
    -- SHA-256 of the cookie of the browser that may see where they stand.
    browser_hash       bytea,
    -- SHA-256 of the link that proves the address.
    link_hash          bytea,
    declined_at        timestamptz,
    declined_by        bigint references members,
    reason             text        not null default '',
    -- When it goes if nobody does anything; absent while it waits for an administrator.
    erase_at           timestamptz,
    constraint applications_handle unique (handle_skeleton),
    constraint applications_browser unique (browser_hash),
    constraint applications_link unique (link_hash),
    constraint applications_subject unique (provider_id, issuer, subject),
    constraint applications_waits_for check (waits_for in ('approval', 'mail')),
    constraint applications_way_in check (password_hash is not null or subject is not null)
);

-- For signing in.
create index applications_by_handle on applications (lower(handle));

create index applications_by_email on applications (lower(email));

-- For the queue and the number beside it.
create index applications_waiting on applications (applied_at, id)
    where waits_for = 'approval' and email_confirmed_at is not null and declined_at is null;

create index applications_declined on applications (declined_at desc, id) where declined_at is not null;

create index applications_by_age on applications (erase_at) where erase_at is not null;

alter table settings
    -- What people are asked who wait for approval; nothing where it is empty.
    add column approval_question text not null default 'What brings you here?';

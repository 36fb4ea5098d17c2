-- What those who run the community change of it: who, when, what, and how it was before and after.
create table admin_log (
    id           bigint generated always as identity primary key,
    act          text        not null,
    -- Who did it: a member, or a part of the system such as the command line.
    actor_id     bigint references members,
    actor_system text,
    -- What it was done to: "board", "category", "group" or "member", by its id and by the name it had then.
    -- A member has no name here, so that none is left behind when they go.
    about        text        not null,
    about_id     bigint      not null,
    about_name   text        not null,
    -- Whom it concerned, where it was done to something else: the member who was let into a group.
    member_id    bigint references members,
    -- Fields by name. Read by people alone, one entry at a time.
    before       jsonb       not null,
    after        jsonb       not null,
    at           timestamptz not null,
    constraint admin_log_actor check ((actor_id is null) <> (actor_system is null))
);

create trigger admin_log_is_append_only
before update or delete or truncate on admin_log
for each statement execute function refuse_change();

revoke update, delete on admin_log from candor_app;

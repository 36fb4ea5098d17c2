-- Moderators act under a pseudonym that stays theirs: "Moderator 3".
create table moderator_numbers (
    member_id bigint primary key references members,
    number    integer generated always as identity
);

-- Every act of moderation, written by one function in the transaction of the act.
create table moderation_ledger (
    id            bigint generated always as identity primary key,
    act           text        not null,
    -- Who acted: a member, or a part of the system such as import.
    actor_id      bigint references members,
    actor_system  text,
    board_id      bigint      not null references boards,
    thread_id     bigint      not null references threads,
    post_id       bigint references posts,
    -- Said to the author and to everybody.
    public_reason text        not null,
    at            timestamptz not null,
    constraint moderation_ledger_actor check ((actor_id is null) <> (actor_system is null)),
    constraint moderation_ledger_act check (
        act in ('remove_post', 'restore_post', 'lock_thread', 'unlock_thread', 'pin_thread', 'unpin_thread')
    )
);

create index moderation_ledger_of_post on moderation_ledger (post_id, id desc) where post_id is not null;

create index moderation_ledger_of_thread on moderation_ledger (thread_id, id desc);

create index moderation_ledger_by_age on moderation_ledger (at desc, id desc);

create trigger moderation_ledger_is_append_only
before update or delete or truncate on moderation_ledger
for each statement execute function refuse_change();

revoke update, delete on moderation_ledger from candor_app;

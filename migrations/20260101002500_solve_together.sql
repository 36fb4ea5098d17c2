-- Solving together: similar threads for who asks, me-toos, several accepted replies, and people who say
-- whether an accepted one solved it for them.

-- Who has the same problem. Neither a reply nor kudos.
create table me_toos (
    thread_id bigint      not null references threads,
    member_id bigint      not null references members,
    -- Their version or device, in their words.
    about     text        not null default '',
    at        timestamptz not null,
    primary key (thread_id, member_id)
);

-- For the asker's list of who it is.
create index me_toos_by_age on me_toos (thread_id, at desc, member_id);

alter table threads
-- How many me-toos there are.
add column me_toos integer not null default 0,
-- How often and when its asker was asked whether a reply solved it, and when they said that none did.
add column asker_asked_times smallint not null default 0,
add column asker_asked_at timestamptz,
add column asker_answered_at timestamptz;

-- For asking the askers.
create index threads_to_ask on threads (started_at)
where closed_at is null and solution_id is null and asker_asked_times < 2;

-- For the replies that helped most.
create index posts_helpful on posts (thread_id, kudos desc, position)
where kudos > 0 and position > 1 and deleted_at is null and removed_at is null;

-- An answer may have parts: several replies of a question are accepted together, each once.
-- threads.solution_id is the first of them.
drop index acceptances_one;
create unique index acceptances_once on acceptances (post_id) where undone_at is null;
create index acceptances_of_thread on acceptances (thread_id, id);

alter table acceptances
-- How many of those with a me-too it solved it for, of those who answered.
add column confirmed integer not null default 0,
add column answered integer not null default 0,
-- Why it was undone, where nobody took it back.
add column undone_because text,
add constraint acceptances_undone_because check (
    undone_because is null or undone_because = 'unconfirmed' and undone_at is not null
) not valid,
add constraint acceptances_counts check (confirmed between 0 and answered) not valid;

-- What somebody with a me-too says of an accepted reply.
create table confirmations (
    acceptance_id bigint      not null references acceptances,
    member_id     bigint      not null references members,
    answer        text        not null,
    at            timestamptz not null,
    primary key (acceptance_id, member_id),
    constraint confirmations_answer check (answer in ('solved', 'unsolved'))
);

-- What ranks grant their holders beyond what boards allow. Written by access alone.
create table member_capabilities (
    member_id  bigint      not null references members,
    capability text        not null,
    since      timestamptz not null,
    primary key (member_id, capability),
    constraint member_capabilities_capability check (capability in ('accept'))
);

-- The words of titles, for finding similar threads: of each word the youngest threads on a board, however
-- common it is.
create table thread_words (
    thread_id bigint not null references threads,
    word      text   not null,
    board_id  bigint not null references boards,
    primary key (thread_id, word)
);

create index thread_words_on_board on thread_words (word, board_id, thread_id desc);

-- By a trigger, because the release before this one does not know the table.
create function note_thread_words() returns trigger language plpgsql as $$
begin
    delete from thread_words where thread_id = new.id;
    insert into thread_words (thread_id, word, board_id)
    select new.id, words.lexeme, new.board_id
    from unnest(to_tsvector('english', new.title)) as words;
    return null;
end
$$;

create trigger threads_have_words
after insert or update of title on threads
for each row execute function note_thread_words();

-- At once and not by a job: rows are short, and until all are there the lists would have holes.
insert into thread_words (thread_id, word, board_id)
select threads.id, words.lexeme, threads.board_id
from threads
cross join lateral unnest(to_tsvector('english', threads.title)) as words;

alter table notifications
drop constraint notifications_kind,
add constraint notifications_kind check (
    kind in (
        'reply', 'mention', 'quote', 'kudos', 'solution', 'rank', 'removal', 'restoration', 'edit',
        'outcome', 'reopening', 'doubt', 'asking'
    )
) not valid;

-- What a member's inbox holds, as inbox_of was. That a question is open again is told also where the reply
-- that had solved it is gone.
create function inbox_lines(viewer bigint)
returns table (
    id           bigint,
    kind         text,
    actor_id     bigint,
    thread_id    bigint,
    -- Null where the thread is gone and was somebody else's.
    thread_title text,
    post_id      bigint,
    "position"   integer,
    rank_id      bigint,
    at           timestamptz,
    seen_at      timestamptz
)
language sql stable as $$
    select
        notifications.id,
        notifications.kind,
        notifications.actor_id,
        notifications.thread_id,
        case when threads.closed_at is null or threads.author_id = viewer then threads.title end,
        notifications.post_id,
        posts.position,
        notifications.rank_id,
        notifications.at,
        notifications.seen_at
    from notifications
    left join threads on threads.id = notifications.thread_id
    left join posts on posts.id = notifications.post_id
    left join visible_boards(viewer) as visible on visible.board_id = threads.board_id
    where notifications.member_id = viewer
        and (notifications.thread_id is null or visible.board_id is not null)
        and (
            notifications.kind in ('rank', 'removal', 'restoration', 'edit')
            or threads.closed_at is null
            and (
                notifications.kind in ('reopening', 'doubt')
                or posts.deleted_at is null and posts.removed_at is null
            )
        )
$$;

-- What the release before this one reads. It cannot draw the new kinds, so it does not get them.
create or replace function inbox_of(viewer bigint)
returns table (
    id           bigint,
    kind         text,
    actor_id     bigint,
    thread_id    bigint,
    thread_title text,
    post_id      bigint,
    "position"   integer,
    rank_id      bigint,
    at           timestamptz,
    seen_at      timestamptz
)
language sql stable as $$
    select id, kind, actor_id, thread_id, thread_title, post_id, "position", rank_id, at, seen_at
    from inbox_lines(viewer)
    where kind not in ('outcome', 'reopening', 'doubt', 'asking')
$$;

-- Everybody else: a crowd of :times times some hundreds of members and what they wrote, around the cast of
-- the test, whose own rows lie below 900. In bulk, because by their own deeds it would take minutes; the doctor
-- says afterwards whether it is a community that can exist.
--
-- What lies on boards that few may see is the youngest of its kind, so that a list that walks over it to
-- what its viewer may see is found out.

set role none;
-- References are right by construction; asking for each row would take most of the time.
set session_replication_role = replica;

create temporary table members_of_crowd as
select
    1000 + n as id,
    n
from generate_series(1, 400 * :times) as n;

insert into members (id, handle, handle_skeleton, name, email, email_confirmed_at, joined_at)
overriding system value
select id, 'crowd' || n, 'skeleton' || n, 'Crowd ' || n, 'crowd' || n || '@example.com', '2025-01-01', '2025-01-01'
from members_of_crowd;

-- One of the crowd, by any number.
create function pg_temp.one_of_crowd(number bigint) returns bigint language sql immutable as
$$ select 1001 + (number * 7919) % (400 * :times) $$;

-- As many keep order in any crowd.
insert into member_roles (member_id, role, granted_at)
select id, (array['moderator', 'staff'])[1 + n % 2]::community_role, '2025-01-01'
from members_of_crowd
where n <= 40;

insert into moderator_numbers (member_id, number)
overriding system value
select id, 1000 + n
from members_of_crowd
where n <= 40
    and n % 2 = 0;

-- Half of the threads stand where everybody reads, a fifth where members do, the rest where moderators do.
-- Forty on a board of their own are the oldest, and as many in any crowd.
create temporary table threads_of_crowd as
select
    1000 + n as id,
    n,
    boards.id as board_id,
    boards.slug,
    pg_temp.one_of_crowd(n) as author_id,
    place.at as started_at,
    place.slug = 'help' and n % 20 <> 0 as solved,
    place.slug = 'help' and n % 7 = 0 as unanswered
from generate_series(1, 900 * :times) as n
cross join lateral (
    select n::float8 / (900 * :times) as share
) as age
cross join lateral (
    select
        case
            when age.share > 0.7 then 'staff-room'
            when age.share > 0.5 then 'beta'
            when n % 5 = 3 then 'lounge'
            when n % 5 = 4 then 'news'
            else 'help'
        end as slug,
        case
            when age.share > 0.5 then timestamptz '2026-03-02 09:05 UTC' + interval '30 minutes' * age.share
            else timestamptz '2026-01-01 UTC' + interval '60 days' * 2 * age.share
        end as at
) as place
join boards on boards.slug = place.slug;

insert into threads_of_crowd
select 950 + n, n, boards.id, boards.slug, pg_temp.one_of_crowd(n), '2024-01-01', false, n % 2 = 0
from generate_series(1, 40) as n
join boards on boards.slug = 'quiet';

-- One is very long: its solution stands in the middle.
insert into threads_of_crowd
select 900, 0, boards.id, boards.slug, pg_temp.one_of_crowd(0), '2025-06-01', true, false
from boards
where boards.slug = 'help';

create temporary table posts_of_crowd as
select
    row_number() over (order by threads_of_crowd.id, position) + 1000 as id,
    threads_of_crowd.id as thread_id,
    position,
    threads_of_crowd.board_id,
    case
        when position = 1 then threads_of_crowd.author_id
        -- One of them writes far more than the others.
        when threads_of_crowd.id = 900 and position % 4 = 0 then 1001
        else pg_temp.one_of_crowd(threads_of_crowd.n * 31 + position)
    end as author_id,
    threads_of_crowd.started_at + position * interval '1 second' - interval '1 second' as written_at,
    case when threads_of_crowd.id > 1000 and position < 3 then 3 - position else 0 end as kudos,
    'A lamp.'
    || case when threads_of_crowd.n % 3 = 0 then ' A valve.' else '' end
    || case when threads_of_crowd.slug = 'staff-room' then ' A vault.' else '' end
    || case when threads_of_crowd.slug = 'quiet' and position = 1 then ' A zebra.' else '' end
    || case when threads_of_crowd.id > 1000 and threads_of_crowd.n < 200 * :times then ' An antique.' else '' end
        as source
from threads_of_crowd
cross join lateral generate_series(
    1,
    case
        when threads_of_crowd.id = 900 then 2000 * :times
        when threads_of_crowd.unanswered then 1
        else 4
    end
) as position;

create index on posts_of_crowd (thread_id, position);

insert into threads (
    id, board_id, author_id, title, started_at, last_position, replies, kudos, last_post_at, last_poster_id
)
overriding system value
select
    threads_of_crowd.id,
    threads_of_crowd.board_id,
    threads_of_crowd.author_id,
    'Something about a lamp, number ' || threads_of_crowd.id,
    threads_of_crowd.started_at,
    last.position,
    last.position - 1,
    opening.kudos,
    last.written_at,
    last.author_id
from threads_of_crowd
join posts_of_crowd as opening on opening.thread_id = threads_of_crowd.id and opening.position = 1
cross join lateral (
    select posts_of_crowd.position, posts_of_crowd.written_at, posts_of_crowd.author_id
    from posts_of_crowd
    where posts_of_crowd.thread_id = threads_of_crowd.id
    order by posts_of_crowd.position desc
    limit 1
) as last
order by threads_of_crowd.id;

create temporary table texts as
select source, '<p>' || source || '</p>' as html, to_tsvector('english', source) as search
from (select distinct source from posts_of_crowd) as different;

insert into posts (
    id, thread_id, position, author_id, source, html, renderer, reply_to_id, written_at, kudos, search
)
overriding system value
select
    posts_of_crowd.id,
    posts_of_crowd.thread_id,
    posts_of_crowd.position,
    posts_of_crowd.author_id,
    texts.source,
    texts.html,
    1,
    case posts_of_crowd.position when 3 then posts_of_crowd.id - 1 end,
    posts_of_crowd.written_at,
    posts_of_crowd.kudos,
    texts.search
from posts_of_crowd
join texts on texts.source = posts_of_crowd.source
order by posts_of_crowd.id;

insert into post_revisions (post_id, number, source, written_at, written_by)
select id, 1, 'A lamb.', written_at, author_id
from posts_of_crowd
where id % 10 = 0;

-- One reply of the cast was edited very often.
insert into post_revisions (post_id, number, source, written_at, written_by)
select posts.id, 100 + n, 'Version ' || n, posts.written_at, posts.author_id
from posts
cross join generate_series(1, 100 * :times) as n
where posts.id = (select min(id) from posts where position = 2);

insert into acceptances (thread_id, post_id, accepted_by, accepted_at)
select threads_of_crowd.id, posts_of_crowd.id, threads_of_crowd.author_id, posts_of_crowd.written_at
from threads_of_crowd
join threads on threads.id = threads_of_crowd.id
join posts_of_crowd on posts_of_crowd.thread_id = threads_of_crowd.id
    and posts_of_crowd.position = (threads.last_position + 1) / 2
where threads_of_crowd.solved
    and not threads_of_crowd.unanswered;

update threads
set solution_id = acceptances.post_id, solved_at = acceptances.accepted_at, solved_by = acceptances.accepted_by
from acceptances
where acceptances.thread_id = threads.id
    and threads.id >= 900;

-- Two of them have each problem as well; of thread 900 very many.
insert into me_toos (thread_id, member_id, about, at)
select
    threads_of_crowd.id,
    1001 + (threads_of_crowd.author_id - 1001 + other) % (400 * :times),
    'Hub ' || other,
    threads_of_crowd.started_at
from threads_of_crowd
cross join lateral generate_series(1, case when threads_of_crowd.id = 900 then 300 * :times else 2 end) as other
where threads_of_crowd.slug in ('help', 'quiet');

update threads
set me_toos = (select count(*) from me_toos where me_toos.thread_id = threads.id)
where threads.id >= 900;

-- Every third was asked before.
insert into duplicates (thread_id, named_id, original_id, joined_at)
select duplicate.id, original.id, original.id, duplicate.started_at
from threads_of_crowd as duplicate
join threads_of_crowd as original on original.id = duplicate.id - 1
where duplicate.id % 3 = 1;

insert into confirmations (acceptance_id, member_id, answer, at)
select acceptances.id, me_toos.member_id, 'solved', acceptances.accepted_at
from acceptances
join me_toos on me_toos.thread_id = acceptances.thread_id;

update acceptances
set confirmed = given.answers, answered = given.answers
from (
    select confirmations.acceptance_id, count(*) as answers
    from confirmations
    group by confirmations.acceptance_id
) as given
where given.acceptance_id = acceptances.id;

insert into thread_words (thread_id, word, board_id)
select threads.id, words.lexeme, threads.board_id
from threads
cross join lateral unnest(to_tsvector('english', threads.title)) as words
where threads.id >= 900;

insert into member_capabilities (member_id, capability, since)
select id, 'accept', '2025-01-01'
from members_of_crowd
where n % 2 = 0;

insert into board_counts (board_id, shard, threads, posts)
select board_id, 0, count(*) filter (where position = 1), count(*)
from posts_of_crowd
group by board_id
on conflict (board_id, shard) do update
set threads = board_counts.threads + excluded.threads, posts = board_counts.posts + excluded.posts;

insert into kudos (id, post_id, giver_id, given_at)
overriding system value
select
    posts_of_crowd.id * 10 + n,
    posts_of_crowd.id,
    1001 + (posts_of_crowd.author_id - 1001 + n) % (400 * :times),
    posts_of_crowd.written_at
from posts_of_crowd
cross join lateral generate_series(1, posts_of_crowd.kudos) as n;

-- A reply of the cast is very much liked.
insert into kudos (id, post_id, giver_id, given_at)
overriding system value
select 500 + n, posts.id, 1000 + n, posts.written_at
from posts
cross join generate_series(1, 300 * :times) as n
where posts.id = (select min(id) from posts where position = 2);

update posts
set kudos = kudos + 300 * :times
where id = (select min(id) from posts where position = 2);

-- What all that earned.
create temporary table earned as
select
    posts_of_crowd.author_id as member_id,
    entry.metric,
    posts_of_crowd.board_id,
    null::bigint as other_id,
    entry.delta,
    'post:' || posts_of_crowd.id as cause,
    posts_of_crowd.written_at as at
from posts_of_crowd
cross join lateral (
    values
        (case posts_of_crowd.position when 1 then 'threads' else 'replies' end, 1),
        ('points', case posts_of_crowd.position when 1 then 1 else 2 end)
) as entry (metric, delta)
union all
select
    case entry.metric when 'kudos_given' then kudos.giver_id else posts.author_id end,
    entry.metric,
    threads.board_id,
    case entry.metric when 'kudos_received' then kudos.giver_id end,
    entry.delta,
    'kudos:' || kudos.id,
    kudos.given_at
from kudos
join posts on posts.id = kudos.post_id
join threads on threads.id = posts.thread_id
cross join (values ('kudos_received', 1), ('points', 4), ('kudos_given', 1)) as entry (metric, delta)
where kudos.giver_id > 1000;

insert into metric_events (member_id, metric, board_id, other_id, delta, cause, at)
select member_id, metric, board_id, other_id, delta, cause, at
from earned;

insert into metric_totals (member_id, metric, total)
select member_id, metric, sum(delta)
from earned
group by member_id, metric
on conflict (member_id, metric) do update
set total = metric_totals.total + excluded.total;

-- As the ledger's trigger would have counted it.
insert into metric_days (member_id, metric, day, board_id, total)
select member_id, metric, metric_day(null, at), board_id, sum(delta)
from earned
group by 1, 2, 3, 4
on conflict on constraint metric_days_once do update
set total = metric_days.total + excluded.total;

insert into metric_boards (member_id, metric, board_id, total)
select member_id, metric, board_id, sum(delta)
from earned
group by 1, 2, 3
on conflict (member_id, metric, board_id) do update
set total = metric_boards.total + excluded.total;

insert into metric_pairs (member_id, metric, other_id, day, times)
select member_id, metric, other_id, metric_day(null, at), sum(sign(delta))
from earned
where other_id is not null
group by 1, 2, 3, 4
on conflict (member_id, metric, other_id, day) do update
set times = metric_pairs.times + excluded.times;

insert into member_ranks (member_id, rank_id, since)
select metric_totals.member_id, rank.id, '2026-01-01'
from metric_totals
cross join lateral (
    select ranks.id
    from ranks
    where ranks.points <= metric_totals.total
    order by ranks.points desc
    limit 1
) as rank
where metric_totals.metric = 'points'
on conflict (member_id) do update
set rank_id = excluded.rank_id;

insert into badge_awards (badge_id, member_id, at)
select badges.id, members.id, '2026-01-01'
from members
join badges on badges.slug in ('first-answer', 'first-question', 'first-solution')
on conflict do nothing;

update members
set badge_id = badges.id
from badges
where badges.slug = 'first-solution';

-- Tags: on many threads, on those of moderators alone, and on the oldest and those of moderators.
insert into tags (id, name)
overriding system value
select 1000 + n, case n when 1 then 'common' when 2 then 'secret' when 3 then 'mixed' else 'tag-' || n end
from generate_series(1, 500 * :times) as n;

insert into thread_tags (thread_id, tag_id, board_id)
select threads_of_crowd.id, 1000 + tag, threads.board_id
from threads_of_crowd
join threads on threads.id = threads_of_crowd.id
cross join lateral (
    values
        (1),
        (case threads_of_crowd.slug when 'staff-room' then 2 end),
        (case when threads_of_crowd.slug in ('staff-room', 'quiet') then 3 end),
        (4 + threads_of_crowd.n % (496 * :times))
) as tagged (tag)
where tag is not null;

update tags
set threads = counted.threads, public_threads = counted.public_threads, counted_at = '2026-01-01'
from (
    select thread_tags.tag_id, count(*) as threads, count(visible.board_id) as public_threads
    from thread_tags
    left join visible_boards(null) as visible on visible.board_id = thread_tags.board_id
    where thread_tags.tag_id > 1000
    group by thread_tags.tag_id
) as counted
where tags.id = counted.tag_id;

insert into tag_synonyms (name, tag_id, added_at)
select name || '-too', id, '2026-01-01'
from tags
where id > 1000;

-- Reading and following: the crowd all over, and all of it one thread of the cast.
insert into read_marks (member_id, thread_id, position, read_at)
select pg_temp.one_of_crowd(id + reader), id, 1, started_at
from threads_of_crowd
cross join generate_series(1, 3) as reader
on conflict do nothing;

insert into thread_follows (thread_id, member_id, level, since)
select thread_id, member_id, 'follow', read_at
from read_marks
where thread_id >= 900
    and member_id > 1000
on conflict do nothing;

-- The crowd follows tags one each, and Ada ten.
insert into tag_follows (tag_id, member_id, since)
select 1020 + id % (400 * :times), id, '2026-01-01'
from members_of_crowd;

insert into tag_follows (tag_id, member_id, since)
select tags.id, members.id, '2026-01-01'
from tags
join members on members.handle = 'ada'
where tags.id between 1001 and 1010;

insert into thread_follows (thread_id, member_id, level, since)
select threads.id, members_of_crowd.id, 'follow', threads.started_at
from members_of_crowd
join threads on threads.id = (select min(id) from threads);

-- Ada follows as many threads in any crowd, and has read little of them.
insert into thread_follows (thread_id, member_id, level, since)
select threads_of_crowd.id, members.id, 'follow', threads_of_crowd.started_at
from threads_of_crowd
join members on members.handle = 'ada'
where threads_of_crowd.id = 900
    or threads_of_crowd.id between 1001 and 1350;

insert into read_marks (member_id, thread_id, position, read_at)
select members.id, threads_of_crowd.id, case threads_of_crowd.id when 900 then 1000 else 1 end, '2026-01-01'
from threads_of_crowd
join members on members.handle = 'ada'
where threads_of_crowd.id = 900
    or threads_of_crowd.id between 1001 and 1350;

-- The public record, of which the youngest part is about the rooms of moderators.
insert into moderation_ledger (id, act, actor_id, board_id, thread_id, post_id, public_reason, at)
overriding system value
select
    1000 + row_number() over (order by posts_of_crowd.id),
    'restore_post',
    1002,
    posts_of_crowd.board_id,
    posts_of_crowd.thread_id,
    posts_of_crowd.id,
    'It was right.',
    posts_of_crowd.written_at
from posts_of_crowd
where posts_of_crowd.id % 7 = 0;

-- What was flagged: half of it is settled.
insert into review_cases (
    id, post_id, thread_id, board_id, author_id, opened_at, reason, urgency, settled_at, settled_by, outcome
)
overriding system value
select
    posts_of_crowd.id,
    posts_of_crowd.id,
    posts_of_crowd.thread_id,
    posts_of_crowd.board_id,
    posts_of_crowd.author_id,
    posts_of_crowd.written_at,
    case posts_of_crowd.id % 3 when 0 then 'spam' when 1 then 'abuse' else 'other' end,
    posts_of_crowd.id % 40000,
    case when posts_of_crowd.id % 14 = 7 then timestamptz '2026-03-01' end,
    case when posts_of_crowd.id % 14 = 7 then 1002 end,
    case when posts_of_crowd.id % 14 = 7 then case posts_of_crowd.id % 3 when 0 then 'kept' else 'removed' end end
from posts_of_crowd
where posts_of_crowd.id % 7 = 0;

insert into flags (case_id, post_id, member_id, reason, weight, at)
select review_cases.id, review_cases.id, pg_temp.one_of_crowd((review_cases.id / 7 + n)::integer), 'spam', 100, '2026-03-01'
from review_cases
cross join generate_series(1, 2) as n;

-- Ada flags a lot.
insert into flags (case_id, post_id, member_id, reason, weight, at)
select settled.id, settled.id, members.id, 'spam', 100, '2026-03-01'
from members
cross join (
    select review_cases.id
    from review_cases
    where review_cases.settled_at is not null
    order by review_cases.id
    limit 100
) as settled
where members.handle = 'ada';

-- What was put first, by board.
update threads
set pinned_at = started_at, pinned_to = 'board'
where id > 1000
    and id % 50 = 0;

-- What happened, and what waits to be told of.
insert into outbox (id, name, actor_id, event, at)
overriding system value
select
    10000 + id,
    'post_written',
    author_id,
    jsonb_build_object('post_written', jsonb_build_object('thread', thread_id, 'post', id)),
    written_at
from posts_of_crowd;

insert into outbox (id, name, actor_id, event, at)
overriding system value
select
    5000000 + n * 10 + time,
    'member_joined',
    id,
    jsonb_build_object('member_joined', jsonb_build_object('member', id)),
    '2026-03-02 09:45 UTC'
from members_of_crowd
cross join generate_series(0, 9) as time;

insert into outbox_pending (event_id)
select id
from outbox
where id > 5000000;

insert into jobs (name, payload, key, run_at, enqueued_at)
select
    'notifications.tell',
    to_jsonb(5000000 + n * 10),
    'waiting:' || n,
    timestamptz '2026-03-02 09:45 UTC' + interval '1 hour' * (n % 3),
    '2026-03-02 09:45 UTC'
from members_of_crowd;

-- The inboxes of the crowd.
insert into notifications (member_id, event_id, kind, actor_id, thread_id, post_id, at, seen_at)
select
    pg_temp.one_of_crowd(id + reader),
    10000 + id,
    case reader when 2 then 'kudos' else 'reply' end,
    author_id,
    thread_id,
    id,
    written_at,
    case id % 2 when 0 then written_at end
from posts_of_crowd
cross join generate_series(1, 2) as reader
where position > 1;

-- What accounts leave behind.
insert into sessions (token_hash, member_id, started_at, seen_at, expires_at)
select sha256(('session' || n)::bytea), id, '2026-02-01', '2026-02-01', '2026-04-01'
from members_of_crowd;

insert into member_tokens (token_hash, member_id, purpose, email, sent_at, expires_at)
select sha256(('token' || n)::bytea), id, 'confirm_email', 'crowd' || n || '@example.com', '2026-03-02', '2026-03-04'
from members_of_crowd;

-- For each round of deeds one who will leave.
insert into members (id, handle, handle_skeleton, name, joined_at)
overriding system value
select 900 + n, 'leaver' || n, 'leaver' || n, 'Leaver', '2025-01-01'
from generate_series(0, 9) as n;

insert into closed_accounts (
    member_id, handle, handle_skeleton, name, about, about_html, email, email_confirmed_at, posts, closed_at,
    erase_at, token_hash
)
select
    id, 'gone' || n, 'gone' || n, 'Gone ' || n, '', '', 'gone' || n || '@example.com', '2025-01-01', 'keep',
    '2026-03-01', '2026-03-15', sha256(('reopen' || n)::bytea)
from members_of_crowd;

insert into retired_handles (fingerprint)
select sha256(('retired' || n)::bytea)
from members_of_crowd;

insert into copies (member_id, asked_at, ready_at, expires_at, bytes)
select id, '2026-03-01', '2026-03-01', '2026-03-08', 10
from members_of_crowd;

insert into copy_parts (member_id, number, bytes)
select id, 0, 'a part'
from members_of_crowd;

-- Second factors; what is in them is read for one member alone.
insert into totp_seeds (member_id, seed, begun_at, confirmed_at)
select id, sha256(('seed' || n)::bytea), '2026-02-01', '2026-02-01'
from members_of_crowd;

insert into recovery_codes (member_id, code_hash, made_at)
select id, sha256(('code' || n || '-' || number)::bytea), '2026-02-01'
from members_of_crowd
cross join generate_series(1, 10) as number;

insert into passkeys (id, member_id, credential_id, name, credential, added_at)
overriding system value
select id, id, sha256(('passkey' || n)::bytea), 'My phone', '{}', '2026-02-01'
from members_of_crowd;

insert into passkey_challenges (token_hash, purpose, state, expires_at)
select sha256(('challenge' || n)::bytea), 'sign_in', '{}', '2026-03-04'
from members_of_crowd;

insert into pending_sign_ins (token_hash, member_id, proof, begun_at, expires_at)
select sha256(('pending' || n)::bytea), id, 'password', '2026-03-02', '2026-03-04'
from members_of_crowd;

insert into form_keys (member_id, route, key, fields_hash, location, used_at)
select id, 'reply', md5('key' || n)::uuid, sha256('fields'), '/t/900', '2026-03-01'
from members_of_crowd;

insert into drafts (member_id, place, form_key, board, title, body, version, saved_at)
select id, 'ask/' || part, md5('draft' || n || part)::uuid, 'help', 'A lamp', 'Half a thought', md5(n::text)::uuid,
    '2026-03-01'
from members_of_crowd
cross join generate_series(1, 3) as part;

insert into drafts (member_id, place, thread_id, form_key, body, version, saved_at)
select id, 't/900', 900, md5('reply' || n)::uuid, 'Half a thought', md5(n::text)::uuid, '2026-03-01'
from members_of_crowd;

insert into unsubscribe_tokens (token_hash, member_id, thread_id, sent_at)
select sha256(('unsubscribe' || n)::bytea), id, 900, '2026-03-01'
from members_of_crowd;

insert into board_helpers (board_id, member_id, points)
select boards.id, 1000 + n, 1000 - n
from boards
cross join generate_series(1, 50) as n;

-- Everybody uploaded two pictures, one of which stands in a post, and has one more on its way in.
insert into blobs (hash, bytes, unused_since)
select
    sha256((size || n)::bytea),
    1000 + n,
    case when size = 'unneeded' then timestamptz '2026-03-01' end
from members_of_crowd
cross join unnest(array['whole', 'small', 'medium', 'unneeded']) as size;

insert into attachments (
    id, member_id, kind, name, media_type, bytes, hash, width, height, small_hash, medium_hash, uploaded_at,
    unused_since
)
overriding system value
select
    1000 + members_of_crowd.n * 2 + copy,
    members_of_crowd.id,
    'picture',
    'lamp' || copy || '.jpg',
    'image/jpeg',
    1000,
    sha256(('whole' || members_of_crowd.n)::bytea),
    2000,
    1000,
    sha256(('small' || members_of_crowd.n)::bytea),
    sha256(('medium' || members_of_crowd.n)::bytea),
    '2026-03-01',
    case when copy = 1 then timestamptz '2026-03-01' end
from members_of_crowd
cross join generate_series(0, 1) as copy;

insert into post_attachments (post_id, attachment_id)
select 1000 + n, 1000 + n * 2
from members_of_crowd;

insert into uploads (id, member_id, name, bytes, received, touched_at)
select gen_random_uuid(), id, 'lamp.jpg', 1000, 500, '2026-03-02 08:00 UTC'
from members_of_crowd;

-- Groups, one of which half of the crowd are in and the others want to be in.
insert into groups (id, slug, name, kind, founded_at)
overriding system value
values (900, 'everybody', 'Everybody', 'request', '2025-01-01'), (901, 'circle', 'Circle', 'open', '2025-01-01');

insert into groups (id, slug, name, kind, founded_at)
overriding system value
select 1000 + n, 'group-' || n, 'Group ' || n, 'request', '2025-01-01'
from generate_series(1, 40) as n;

insert into group_members (group_id, member_id, since)
select 900, id, timestamptz '2025-01-01'
from members_of_crowd
where n % 2 = 0
union all
select 1000 + n % 40 + 1, id, '2025-01-01'
from members_of_crowd;

insert into group_requests (group_id, member_id, at)
select 900, id, timestamptz '2025-01-01'
from members_of_crowd
where n % 2 = 1
union all
select 1000 + n % 40 + 1, id, '2025-01-01'
from members_of_crowd;

insert into admin_log (act, actor_system, about, about_id, about_name, before, after, at)
select 'grant_role', 'command line', 'member', id, '', '{}', '{"role": "staff"}', '2025-01-01'
from members_of_crowd;

insert into consents (member_id, version, at)
select id, 1, timestamptz '2025-01-01'
from members_of_crowd;

insert into rate_limits (subject, free_at)
select 'post:member ' || id, '2026-03-02 09:00+00'
from members_of_crowd;

insert into imported (source, kind, source_id, our_id)
select 'elsewhere', 'member', n, id
from members_of_crowd;

-- Half of the crowd come by a provider, by which nobody of the cast does.
insert into providers (
    id, slug, name, issuer, client_id, scopes, takes_in, trusts_address, group_claim, position,
    enabled_at, added_at
)
overriding system value
values (
    900, 'company', 'Company', 'https://id.example', 'candor', 'email', true, true, 'groups', 1,
    '2025-01-01', '2025-01-01'
);

insert into provider_groups (provider_id, value, group_id)
values (900, 'regulars', 900);

insert into identities (provider_id, issuer, subject, member_id, label, linked_at, used_at)
select 900, 'https://id.example', 'subject-' || n, id, 'crowd' || n, '2025-01-01', '2025-01-01'
from members_of_crowd
where n % 2 = 0;

insert into provider_memberships (provider_id, member_id, group_id)
select 900, id, 1000 + n % 40 + 1
from members_of_crowd
where n % 2 = 0;

insert into provider_role_holders (member_id, role, provider_id)
select id, 'moderator', 900
from members_of_crowd
where n % 2 = 0;

insert into provider_rounds (
    state_hash, browser_hash, provider_id, purpose, nonce, verifier, back, begun_at, expires_at
)
select sha256(('state' || n)::bytea), sha256(('browser' || n)::bytea), 900, 'sign_in', 'nonce', 'verifier',
    '/', '2026-03-02 09:00+00', '2026-03-02 19:00+00'
from members_of_crowd;

insert into provider_arrivals (
    token_hash, provider_id, issuer, subject, label, handle, name, email, confirmed, groups, back,
    arrived_at, expires_at
)
select sha256(('arrival' || n)::bytea), 900, 'https://id.example', 'new-' || n, '', '', '', '', false, '{}', '/',
    '2026-03-02 09:00+00', '2026-03-02 19:00+00'
from members_of_crowd;

-- A third of the crowd were invited: most by one link.
insert into invitations (id, token_hash, note, uses_most, uses, invited_by, invited_at, expires_at)
overriding system value
select 900, sha256('invitation900'), 'For the fair', 10000, 0, min(id), '2025-01-01', '2027-01-01'
from members_of_crowd;

insert into invitations (id, token_hash, email, name, uses_most, invited_by, invited_at, expires_at)
overriding system value
select 1000 + n, sha256(('mailed' || n)::bytea), 'invited' || n || '@example.com', 'Invited', 1, id, '2026-03-01', '2027-01-01'
from members_of_crowd;

insert into invitation_groups (invitation_id, group_id)
select id, case id when 900 then 900 else 1000 + id % 40 + 1 end
from invitations;

insert into invitation_uses (member_id, invitation_id, joined_at)
select id, 900, '2025-01-02'
from members_of_crowd
where n % 3 = 0;

insert into spent_puzzles (mark, expires_at)
select sha256(('puzzle' || n)::bytea), '2026-03-02 19:00+00'
from members_of_crowd;

-- As many wait to be let in, have not proved their address, or were declined.
insert into applications (
    waits_for, handle, handle_skeleton, name, email, email_confirmed_at, password_hash, answer, applied_at,
    mail_at, browser_hash, link_hash, declined_at, reason, erase_at
)
select 'approval', 'waits' || n, 'waits' || n, 'Waits', 'waits' || n || '@example.com',
    case when n % 3 <> 2 then timestamptz '2026-03-01' end, 'none', 'A lamp.', '2026-03-01', '2026-03-01',
    sha256(('waiting' || n)::bytea),
    case when n % 3 = 2 then sha256(('application' || n)::bytea) end,
    case when n % 3 = 1 then timestamptz '2026-03-01' end, '',
    case when n % 3 <> 0 then timestamptz '2027-01-01' end
from members_of_crowd;

-- What comes next comes behind all that.
do $$
declare
    name text;
begin
    for name in
        select table_name
        from information_schema.columns
        where table_schema = 'public' and is_identity = 'YES' and column_name = 'id'
    loop
        execute format('select setval(pg_get_serial_sequence(%L, ''id''), 9000000)', name);
    end loop;
end $$;

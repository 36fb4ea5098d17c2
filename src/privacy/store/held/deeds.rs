//! What the member did, was told, may do, and had done to them.

use super::{Held, subject};
use crate::kit::MemberId;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

subject!(
    kudos,
    r#"
    select
        kudos.id as "key!: i64",
        json_build_object(
            'direction', case when kudos.giver_id = $1 then 'given' else 'received' end,
            'address', '/t/' || posts.thread_id || '/p/' || posts.position,
            'given_at', kudos.given_at
        )::text as "line!"
    from (
        select kudos.id
        from kudos
        where kudos.giver_id = $1
        union
        select kudos.id
        from posts
        join kudos on kudos.post_id = posts.id
        where posts.author_id = $1
    ) as own
    join kudos on kudos.id = own.id
    join posts on posts.id = kudos.post_id
    where own.id > $2
    order by own.id
    limit $3
    "#
);

subject!(
    me_toos,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select row_number() over (order by at, kind, place) as key, line
        from (
            select
                me_toos.at,
                'me too' as kind,
                me_toos.thread_id as place,
                json_build_object(
                    'kind', 'me too',
                    'address', '/t/' || me_toos.thread_id,
                    'about', me_toos.about,
                    'at', me_toos.at
                )::text as line
            from me_toos
            where me_toos.member_id = $1
                -- Of one that was carried over they know where they said it.
                and me_toos.carried_from is null
            union all
            select
                confirmations.at,
                'confirmation',
                confirmations.acceptance_id,
                json_build_object(
                    'kind', 'confirmation',
                    'address', '/p/' || acceptances.post_id,
                    'answer', confirmations.answer,
                    'at', confirmations.at
                )::text
            from confirmations
            join acceptances on acceptances.id = confirmations.acceptance_id
            where confirmations.member_id = $1
        ) as said
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

subject!(
    solutions,
    r#"
    select
        acceptances.id as "key!: i64",
        json_build_object(
            'address', '/t/' || posts.thread_id || '/p/' || posts.position,
            'your_answer', posts.author_id = $1,
            'accepted_by_you', acceptances.accepted_by is not distinct from $1,
            'accepted_at', acceptances.accepted_at,
            'undone_by_you', acceptances.undone_by is not distinct from $1,
            'undone_at', acceptances.undone_at
        )::text as "line!"
    from (
        select acceptances.id
        from posts
        join acceptances on acceptances.thread_id = posts.thread_id and acceptances.post_id = posts.id
        where posts.author_id = $1
        union
        select acceptances.id
        from acceptances
        where acceptances.accepted_by = $1
        union
        select acceptances.id
        from acceptances
        where acceptances.undone_by = $1
    ) as own
    join acceptances on acceptances.id = own.id
    join posts on posts.id = acceptances.post_id
    where own.id > $2
    order by own.id
    limit $3
    "#
);

subject!(
    points,
    r#"
    select
        metric_events.id as "key!: i64",
        json_build_object(
            'metric', metric_events.metric,
            'change', metric_events.delta,
            'at', metric_events.at
        )::text as "line!"
    from metric_events
    where metric_events.member_id = $1
        and metric_events.id > $2
    order by metric_events.id
    limit $3
    "#
);

subject!(
    badges,
    r#"
    select
        badge_awards.id as "key!: i64",
        json_build_object(
            'badge', badges.name,
            'at', badge_awards.at,
            'by_hand', badge_awards.given_by is not null,
            'reason', badge_awards.reason,
            'revoked_at', badge_awards.revoked_at,
            'revoked_because', badge_awards.revoked_because
        )::text as "line!"
    from badge_awards
    join badges on badges.id = badge_awards.badge_id
    where badge_awards.member_id = $1
        and badge_awards.id > $2
    order by badge_awards.id
    limit $3
    "#
);

subject!(
    followed,
    r#"
    select
        threads.id as "key!: i64",
        json_build_object(
            'address', '/t/' || threads.id,
            'thread', case
                when threads.author_id = $1 or visible.board_id is not null and threads.closed_at is null
                then threads.title
            end,
            'level', thread_follows.level,
            'since', thread_follows.since
        )::text as "line!"
    from thread_follows
    join threads on threads.id = thread_follows.thread_id
    left join visible_boards($1) as visible on visible.board_id = threads.board_id
    where thread_follows.member_id = $1
        and threads.id > $2
    order by threads.id
    limit $3
    "#
);

subject!(
    followed_tags,
    r#"
    select
        tags.id as "key!: i64",
        json_build_object(
            'address', case
                when exists (
                    select
                    from thread_tags
                    join visible_boards($1) as visible on visible.board_id = thread_tags.board_id
                    where thread_tags.tag_id = tags.id
                )
                then '/tags/' || tags.name
            end,
            'since', tag_follows.since
        )::text as "line!"
    from tag_follows
    join tags on tags.id = tag_follows.tag_id
    where tag_follows.member_id = $1
        and tags.id > $2
    order by tags.id
    limit $3
    "#
);

subject!(
    reading,
    r#"
    select
        read_marks.thread_id as "key!: i64",
        json_build_object(
            'address', '/t/' || read_marks.thread_id,
            'read_up_to', read_marks.position,
            'read_at', read_marks.read_at
        )::text as "line!"
    from read_marks
    where read_marks.member_id = $1
        and read_marks.thread_id > $2
    order by read_marks.thread_id
    limit $3
    "#
);

subject!(
    inbox,
    r#"
    select
        notifications.id as "key!: i64",
        json_build_object(
            'kind', notifications.kind,
            'address', case when notifications.post_id is not null then '/p/' || notifications.post_id end,
            'at', notifications.at,
            'seen_at', notifications.seen_at
        )::text as "line!"
    from notifications
    where notifications.member_id = $1
        and notifications.id > $2
    order by notifications.id
    limit $3
    "#
);

subject!(
    groups,
    r#"
    select
        groups.id as "key!: i64",
        json_build_object(
            'group', groups.name,
            'member_since', group_members.since,
            'owner_since', group_members.owner_since,
            'by_rank', group_members.rank_id is not null,
            'asked_at', group_requests.at
        )::text as "line!"
    from groups
    left join group_members on group_members.group_id = groups.id and group_members.member_id = $1
    left join group_requests on group_requests.group_id = groups.id and group_requests.member_id = $1
    where (group_members.member_id is not null or group_requests.member_id is not null)
        and groups.id > $2
    order by groups.id
    limit $3
    "#
);

subject!(
    rules,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select
            board_rights.board_id * 2 as key,
            json_build_object(
                'board', case when visible.board_id is not null then '/b/' || boards.slug end,
                'level', board_rights.level,
                'uploads', board_rights.uploads
            )::text as line
        from board_rights
        join boards on boards.id = board_rights.board_id
        left join visible_boards($1) as visible on visible.board_id = boards.id
        where board_rights.member_id = $1
        union all
        select
            category_rights.category_id * 2 + 1,
            json_build_object(
                'category', case
                    when exists (
                        select
                        from boards
                        join visible_boards($1) as visible on visible.board_id = boards.id
                        where boards.category_id = categories.id
                    )
                    then categories.name
                end,
                'level', category_rights.level,
                'uploads', category_rights.uploads
            )::text
        from category_rights
        join categories on categories.id = category_rights.category_id
        where category_rights.member_id = $1
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

subject!(
    flags,
    r#"
    select
        flags.id as "key!: i64",
        json_build_object(
            'address', '/p/' || flags.post_id,
            'reason', flags.reason,
            'note', flags.note,
            'at', flags.at,
            'outcome', review_cases.outcome
        )::text as "line!"
    from flags
    join review_cases on review_cases.id = flags.case_id
    where flags.member_id = $1
        and flags.id > $2
    order by flags.id
    limit $3
    "#
);

subject!(
    moderation,
    r#"
    select
        moderation_ledger.id as "key!: i64",
        json_build_object(
            'act', moderation_ledger.act,
            'address', '/t/' || moderation_ledger.thread_id || coalesce('/p/' || posts.position, ''),
            'done_by_you', moderation_ledger.actor_id is not distinct from $1,
            'reason', moderation_ledger.public_reason,
            'at', moderation_ledger.at
        )::text as "line!"
    from (
        select moderation_ledger.id
        from moderation_ledger
        where moderation_ledger.actor_id = $1
        union
        select moderation_ledger.id
        from posts
        join moderation_ledger on moderation_ledger.post_id = posts.id
        where posts.author_id = $1
        union
        select moderation_ledger.id
        from threads
        join moderation_ledger on moderation_ledger.thread_id = threads.id
        where threads.author_id = $1
            and moderation_ledger.post_id is null
    ) as own
    join moderation_ledger on moderation_ledger.id = own.id
    join threads on threads.id = moderation_ledger.thread_id
    left join posts on posts.id = moderation_ledger.post_id
    where own.id > $2
    order by own.id
    limit $3
    "#
);

subject!(
    administration,
    r#"
    select
        admin_log.id as "key!: i64",
        json_build_object(
            'act', admin_log.act,
            'done_by_you', admin_log.actor_id is not distinct from $1,
            'about_you', admin_log.member_id is not distinct from $1 or admin_log.about = 'member' and admin_log.about_id = $1,
            'before', case when admin_log.about = 'member' and admin_log.about_id = $1 then admin_log.before end,
            'after', case when admin_log.about = 'member' and admin_log.about_id = $1 then admin_log.after end,
            'at', admin_log.at
        )::text as "line!"
    from (
        select admin_log.id
        from admin_log
        where admin_log.actor_id = $1
        union
        select admin_log.id
        from admin_log
        where admin_log.member_id = $1
        union
        select admin_log.id
        from admin_log
        where admin_log.about = 'member'
            and admin_log.about_id = $1
    ) as own
    join admin_log on admin_log.id = own.id
    where own.id > $2
    order by own.id
    limit $3
    "#
);

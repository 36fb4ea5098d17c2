//! Everything the tables hold about a member, a subject at a time, as lines of JSON. Of others there is
//! nothing here: no names, no words of theirs, and no title of a thread that the member may not see and did
//! not begin.

use crate::kit::MemberId;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

/// One thing of a subject, and where the next batch goes on.
pub(in crate::privacy) struct Held {
    pub(in crate::privacy) key: i64,
    pub(in crate::privacy) line: String,
}

/// Reads up to `most` things of a member after a key.
pub(in crate::privacy) type Read =
    for<'a> fn(&'a mut PgConnection, MemberId, i64, i64) -> BoxFuture<'a, sqlx::Result<Vec<Held>>>;

macro_rules! subject {
    ($name:ident, $sql:literal) => {
        pub(in crate::privacy) fn $name(
            db: &mut PgConnection,
            member: MemberId,
            after: i64,
            most: i64,
        ) -> BoxFuture<'_, sqlx::Result<Vec<Held>>> {
            Box::pin(async move {
                sqlx::query_as!(Held, $sql, member.0, after, most).fetch_all(db).await
            })
        }
    };
}

subject!(
    account,
    r#"
    select
        members.id as "key!: i64",
        json_build_object(
            'number', members.id,
            'handle', members.handle,
            'name', members.name,
            'about', members.about,
            'email', members.email,
            'email_confirmed_at', members.email_confirmed_at,
            'email_wanted', members.email_wanted,
            'has_password', members.password_hash is not null,
            'joined_at', members.joined_at,
            'roles', array(
                select json_build_object('role', member_roles.role, 'granted_at', member_roles.granted_at)
                from member_roles
                where member_roles.member_id = members.id
            ),
            'rank', (
                select json_build_object('name', ranks.name, 'since', member_ranks.since)
                from member_ranks
                join ranks on ranks.id = member_ranks.rank_id
                where member_ranks.member_id = members.id
            ),
            'moderator_number', (
                select moderator_numbers.number
                from moderator_numbers
                where moderator_numbers.member_id = members.id
            ),
            'imported_from', array(
                select json_build_object('source', imported.source, 'number', imported.source_id)
                from imported
                where imported.kind in ('user', 'name')
                    and imported.our_id = members.id
            ),
            'copy_asked_at', (select copies.asked_at from copies where copies.member_id = members.id)
        )::text as "line!"
    from members
    where members.id = $1
        and members.id > $2
    limit $3
    "#
);

subject!(
    sessions,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select
            row_number() over (order by sessions.started_at, sessions.token_hash) as key,
            json_build_object(
                'browser', sessions.browser,
                'system', sessions.system,
                'proof', sessions.proof,
                'factor', sessions.factor,
                'proved_at', sessions.proved_at,
                'started_at', sessions.started_at,
                'seen_at', sessions.seen_at,
                'expires_at', sessions.expires_at
            )::text as line
        from sessions
        where sessions.member_id = $1
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

subject!(
    providers,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select row_number() over (order by kind, since, name) as key, line
        from (
            select
                'account' as kind,
                identities.linked_at as since,
                providers.name as name,
                json_build_object(
                    'kind', 'account',
                    'provider', providers.name,
                    'issuer', identities.issuer,
                    'subject', identities.subject,
                    'called', identities.label,
                    'linked_at', identities.linked_at,
                    'used_at', identities.used_at
                )::text as line
            from identities
            join providers on providers.id = identities.provider_id
            where identities.member_id = $1
            union all
            select
                'group',
                null,
                providers.name || ' ' || groups.name,
                json_build_object(
                    'kind', 'group',
                    'provider', providers.name,
                    'group', groups.name
                )::text
            from provider_memberships
            join providers on providers.id = provider_memberships.provider_id
            join groups on groups.id = provider_memberships.group_id
            where provider_memberships.member_id = $1
            union all
            select
                'under way',
                provider_rounds.begun_at,
                providers.name,
                json_build_object(
                    'kind', 'under way',
                    'provider', providers.name,
                    'purpose', provider_rounds.purpose,
                    'begun_at', provider_rounds.begun_at
                )::text
            from provider_rounds
            join providers on providers.id = provider_rounds.provider_id
            where provider_rounds.member_id = $1
        ) as known
    ) as held
    where key > $2
    order by key
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
    second_factors,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select row_number() over (order by kind, since, number) as key, line
        from (
            select
                'app' as kind,
                begun_at as since,
                0 as number,
                json_build_object(
                    'kind', 'app',
                    'begun_at', begun_at,
                    'confirmed_at', confirmed_at
                )::text as line
            from totp_seeds
            where member_id = $1
            union all
            select
                'passkey',
                added_at,
                id,
                json_build_object(
                    'kind', 'passkey',
                    'name', name,
                    'added_at', added_at,
                    'used_at', used_at
                )::text
            from passkeys
            where member_id = $1
            union all
            select
                'recovery code',
                made_at,
                row_number() over (order by code_hash),
                json_build_object(
                    'kind', 'recovery code',
                    'made_at', made_at,
                    'used_at', used_at
                )::text
            from recovery_codes
            where member_id = $1
            union all
            select
                'sign-in under way',
                begun_at,
                row_number() over (order by token_hash),
                json_build_object(
                    'kind', 'sign-in under way',
                    'proof', proof,
                    'begun_at', begun_at
                )::text
            from pending_sign_ins
            where member_id = $1
        ) as factor
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

subject!(
    threads,
    r#"
    select
        threads.id as "key!: i64",
        json_build_object(
            'address', '/t/' || threads.id,
            'title', threads.title,
            'tags', array(
                select tags.name
                from thread_tags
                join tags on tags.id = thread_tags.tag_id
                where thread_tags.thread_id = threads.id
            ),
            'started_at', threads.started_at,
            'closed_at', threads.closed_at
        )::text as "line!"
    from threads
    where threads.author_id = $1
        and threads.id > $2
    order by threads.id
    limit $3
    "#
);

subject!(
    posts,
    r#"
    select
        posts.id as "key!: i64",
        json_build_object(
            'address', '/t/' || threads.id || '/p/' || posts.position,
            'thread', case when visible.board_id is not null or threads.author_id = $1 then threads.title end,
            'board', case when visible.board_id is not null then boards.name end,
            'text', posts.source,
            'written_at', posts.written_at,
            'edited_at', posts.edited_at,
            'edited_by_moderator', posts.edited_by is distinct from $1 and posts.edited_by is not null,
            'deleted_at', posts.deleted_at,
            'removed_at', posts.removed_at,
            'kudos', posts.kudos
        )::text as "line!"
    from posts
    join threads on threads.id = posts.thread_id
    join boards on boards.id = threads.board_id
    left join visible_boards($1) as visible on visible.board_id = threads.board_id
    where posts.author_id = $1
        and posts.id > $2
    order by posts.id
    limit $3
    "#
);

subject!(
    earlier_versions,
    r#"
    select
        post_revisions.id as "key!: i64",
        json_build_object(
            'address', '/t/' || posts.thread_id || '/p/' || posts.position,
            'number', post_revisions.number,
            'title', post_revisions.title,
            'text', post_revisions.source,
            'written_at', post_revisions.written_at
        )::text as "line!"
    from posts
    join post_revisions on post_revisions.post_id = posts.id
    where posts.author_id = $1
        and post_revisions.written_by = $1
        and post_revisions.id > $2
    order by post_revisions.id
    limit $3
    "#
);

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
    from kudos
    join posts on posts.id = kudos.post_id
    where (kudos.giver_id = $1 or posts.author_id = $1)
        and kudos.id > $2
    order by kudos.id
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
    from acceptances
    join posts on posts.id = acceptances.post_id
    where (posts.author_id = $1 or acceptances.accepted_by = $1 or acceptances.undone_by = $1)
        and acceptances.id > $2
    order by acceptances.id
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
            'thread', case when visible.board_id is not null or threads.author_id = $1 then threads.title end,
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
                'board', '/b/' || boards.slug, 'level', board_rights.level, 'uploads', board_rights.uploads
            )::text as line
        from board_rights
        join boards on boards.id = board_rights.board_id
        where board_rights.member_id = $1
        union all
        select
            category_rights.category_id * 2 + 1,
            json_build_object(
                'category', categories.name, 'level', category_rights.level, 'uploads', category_rights.uploads
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
    from moderation_ledger
    join threads on threads.id = moderation_ledger.thread_id
    left join posts on posts.id = moderation_ledger.post_id
    where (
            moderation_ledger.actor_id = $1
            or posts.author_id = $1
            or (moderation_ledger.post_id is null and threads.author_id = $1)
        )
        and moderation_ledger.id > $2
    order by moderation_ledger.id
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
    from admin_log
    where (
            admin_log.actor_id = $1
            or admin_log.member_id = $1
            or admin_log.about = 'member' and admin_log.about_id = $1
        )
        and admin_log.id > $2
    order by admin_log.id
    limit $3
    "#
);

subject!(
    links,
    r#"
    select key as "key!: i64", line as "line!"
    from (
        select
            row_number() over (order by made.at, made.what) as key,
            json_build_object('what', made.what, 'where', made.place, 'at', made.at)::text as line
        from (
            select member_tokens.purpose as what, member_tokens.email as place, member_tokens.sent_at as at
            from member_tokens
            where member_tokens.member_id = $1
            union all
            select 'unsubscribe', '/t/' || unsubscribe_tokens.thread_id, unsubscribe_tokens.sent_at
            from unsubscribe_tokens
            where unsubscribe_tokens.member_id = $1
            union all
            -- Without the words of a title, which may be somebody else's.
            select 'form', regexp_replace(form_keys.location, '^(/t/[0-9]+)/.*$', '\1'), form_keys.used_at
            from form_keys
            where form_keys.member_id = $1
        ) as made
    ) as held
    where key > $2
    order by key
    limit $3
    "#
);

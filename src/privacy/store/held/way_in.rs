//! The account, and the ways into it.

use super::{Held, subject};
use crate::kit::MemberId;
use futures_util::future::BoxFuture;
use sqlx::PgConnection;

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
            'invited', (
                select json_build_object(
                    'invitation', invitation_uses.invitation_id,
                    'joined_at', invitation_uses.joined_at
                )
                from invitation_uses
                where invitation_uses.member_id = members.id
            ),
            'replies_by_help_since', members.replies_by_help_since,
            'reading', members.reading,
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
                'role',
                null,
                providers.name || ' ' || provider_role_holders.role,
                json_build_object(
                    'kind', 'role',
                    'provider', providers.name,
                    'role', provider_role_holders.role
                )::text
            from provider_role_holders
            join providers on providers.id = provider_role_holders.provider_id
            where provider_role_holders.member_id = $1
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

subject!(
    agreements,
    r#"
    select
        consents.version::bigint as "key!: i64",
        json_build_object(
            'text', 'terms',
            'version', consents.version,
            'address', '/terms/history',
            'agreed_at', consents.at
        )::text as "line!"
    from consents
    where consents.member_id = $1
        and consents.version::bigint > $2
    order by consents.version
    limit $3
    "#
);

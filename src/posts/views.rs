//! What the page of a post's history shows, in one query.

mod mentionable;

use crate::kit::PostId;
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) use mentionable::{Mentionable, mentionable};

/// A version of a post.
pub(super) struct Version {
    /// From 1, the text as first written.
    pub(super) number: i32,
    /// None of the one that stands: the thread has it.
    pub(super) title: Option<String>,
    /// None of the one that stands, and of one from before tags were kept.
    pub(super) tags: Option<Vec<String>>,
    pub(super) source: String,
    pub(super) written_at: OffsetDateTime,
    /// None where a moderator wrote it, who acts under a pseudonym.
    pub(super) writer_name: Option<String>,
    /// That moderator's number.
    pub(super) moderator: Option<i32>,
    /// Why the moderator wrote it.
    pub(super) reason: Option<String>,
}

/// Fifty-one versions, the latest first; those before a number, else with the one that stands.
pub(super) async fn versions(
    db: &mut PgConnection,
    id: PostId,
    before: Option<i32>,
) -> sqlx::Result<Vec<Version>> {
    sqlx::query_as!(
        Version,
        r#"
        select
            version.number as "number!",
            version.title,
            version.tags,
            version.source as "source!",
            version.written_at as "written_at!",
            -- Names and numbers are asked for each of a few: joined, all may be read for it.
            case
                when act.id is null then (
                    select members.name
                    from members
                    where members.id = version.written_by
                )
            end as writer_name,
            (
                select moderator_numbers.number
                from moderator_numbers
                where moderator_numbers.member_id = act.actor_id
            ) as "moderator?",
            act.public_reason as "reason?"
        from (
            select
                1 + coalesce(
                    (
                        -- The maximum would read all of them.
                        select number
                        from post_revisions
                        where post_id = $1
                        order by number desc
                        limit 1
                    ),
                    0
                ) as number,
                null::text as title,
                null::text[] as tags,
                source,
                coalesce(edited_at, written_at) as written_at,
                coalesce(edited_by, author_id) as written_by
            from posts
            where id = $1
                and $2::integer is null
            union all
            (
                select number, title, tags, source, written_at, written_by
                from post_revisions
                where post_id = $1
                    and number < coalesce($2, 2147483647)
                order by number desc
                limit 51
            )
        ) as version
        -- The version and the ledger share the deed's time. What an import brought has no entry.
        left join lateral (
            select moderation_ledger.id, moderation_ledger.actor_id, moderation_ledger.public_reason
            from moderation_ledger
            where moderation_ledger.post_id = $1
                and moderation_ledger.act = 'edit_post'
                and moderation_ledger.actor_id = version.written_by
                and moderation_ledger.at = version.written_at
            order by moderation_ledger.id desc
            limit 1
        ) as act on true
        order by version.number desc
        limit 51
        "#,
        id.0,
        before,
    )
    .fetch_all(db)
    .await
}

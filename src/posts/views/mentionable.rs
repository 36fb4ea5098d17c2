//! Who may be meant by the beginning of a name.

use crate::kit::ThreadId;
use sqlx::PgConnection;

/// Somebody who can be mentioned.
pub(in crate::posts) struct Mentionable {
    pub(in crate::posts) handle: String,
    pub(in crate::posts) name: String,
}

/// Eight members whose handle or name begins so, `beginning` in lower case: those who wrote last in the thread come
/// first, the latest before the others. For no beginning it is those alone.
pub(in crate::posts) async fn mentionable(
    db: &mut PgConnection,
    viewer: i64,
    beginning: &str,
    thread: Option<ThreadId>,
) -> sqlx::Result<Vec<Mentionable>> {
    sqlx::query_as!(
        Mentionable,
        r#"
        with latest as (
            select author_id, max(position) as position
            from (
                select author_id, position
                from posts
                where thread_id = $4
                order by position desc
                limit 100
            ) as written
            group by author_id
        ),
        named as (
            (
                select id
                from members
                where $2 <> ''
                    and lower(handle) ~>=~ $2
                    and lower(handle) ~<~ $3
                order by lower(handle) using ~<~
                limit 20
            )
            union
            (
                select id
                from members
                where $2 <> ''
                    and lower(name) ~>=~ $2
                    and lower(name) ~<~ $3
                order by lower(name) using ~<~
                limit 20
            )
            union
            select author_id
            from latest
        )
        select member.handle, member.name
        from named
        cross join lateral (
            select handle, name, closed_at
            from members
            where members.id = named.id
            limit 1
        ) as member
        left join latest on latest.author_id = named.id
        where member.closed_at is null
            and named.id <> $1
            and (starts_with(lower(member.handle), $2) or starts_with(lower(member.name), $2))
        order by latest.position desc nulls last, lower(member.handle)
        limit 8
        "#,
        viewer,
        beginning,
        format!("{beginning}\u{10ffff}"),
        thread.map(|id| id.0),
    )
    .fetch_all(db)
    .await
}

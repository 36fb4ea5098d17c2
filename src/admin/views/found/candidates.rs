//! Whoever may be on a page, by the index that leaves the fewest.

use super::{AccountState, Asked, Sort, WINDOW};
use crate::{kit::Cursor, reputation::Rank};
use sqlx::{Connection, PgConnection};
use std::cmp::Reverse;
use time::OffsetDateTime;

/// Some members, and whether there are more.
pub(super) struct Candidates {
    pub(super) ids: Vec<i64>,
    /// Where those begin that were not looked at.
    pub(super) end: Option<Cursor>,
    /// There are more, and none of them can be looked at: something else must be asked for.
    pub(super) cut: bool,
}

impl Candidates {
    /// All that there are, as far as they are looked at: the newest.
    fn all(mut ids: Vec<i64>) -> Self {
        let cut = ids.len() >= WINDOW;
        ids.sort_unstable_by_key(|id| Reverse(*id));
        ids.truncate(WINDOW);
        Self { ids, end: None, cut }
    }

    /// Those below a member, the newest first, each of whom can be the beginning of another page.
    fn newest(ids: Vec<i64>, sort: Sort) -> Self {
        if sort == Sort::Seen {
            return Self::all(ids);
        }
        let end = ids.last().filter(|_| ids.len() >= WINDOW);
        Self { end: end.map(|id| Cursor { key: 0, id: *id }), ids, cut: false }
    }
}

pub(super) async fn of(
    db: &mut PgConnection,
    asked: &Asked,
    ladder: &[Rank],
) -> sqlx::Result<Candidates> {
    if !asked.words.is_empty() {
        return Ok(Candidates::all(beginning_with(db, &asked.words).await?));
    }
    if let Some(role) = asked.role {
        let ids = sqlx::query_scalar!(
            r#"
            select member_id as "id!: i64"
            from member_roles
            where role = $1
            order by member_id desc
            limit 500
            "#,
            role as crate::members::Role,
        );
        return Ok(Candidates::all(ids.fetch_all(db).await?));
    }
    let below = match (asked.sort, asked.from) {
        (Sort::Newest, Some(from)) => from.id,
        _ => i64::MAX,
    };
    let newest = |ids| Ok(Candidates::newest(ids, asked.sort));
    if let Some(group) = asked.group {
        return newest(in_group(db, group, below).await?);
    }
    // The lowest rank has everybody who never came to another.
    if let Some(rank) =
        asked.rank.filter(|rank| ladder.first().map(|lowest| lowest.id) != Some(*rank))
    {
        return newest(of_rank(db, rank, below).await?);
    }
    match asked.state {
        AccountState::Closed | AccountState::Erased => newest(closed(db, below).await?),
        AccountState::Unproved => newest(unproved(db, below).await?),
        AccountState::Open | AccountState::Single if asked.sort == Sort::Seen => {
            seen(db, asked.from).await
        }
        AccountState::Open | AccountState::Single => {
            let ids = sqlx::query_scalar!(
                "select id from members where id < $1 order by id desc limit 500",
                below
            );
            newest(ids.fetch_all(db).await?.into_iter().map(|id| id.0).collect())
        }
    }
}

/// Whose handle, address, name or last name begins with this. The operators are those of the indexes, which
/// compare byte by byte.
async fn beginning_with(db: &mut PgConnection, words: &str) -> sqlx::Result<Vec<i64>> {
    let from = words.to_lowercase();
    let to = format!("{from}\u{10ffff}");
    let mut tx = db.begin().await?;
    // A plan for any words takes them for rare ones, and reads all that begin with a frequent letter.
    sqlx::query!("select set_config('plan_cache_mode', 'force_custom_plan', true) as planned")
        .fetch_one(&mut *tx)
        .await?;
    let ids = sqlx::query_scalar!(
        r#"
        (
            select id as "id!: i64"
            from members
            where lower(handle) ~>=~ $1
                and lower(handle) ~<~ $2
            order by lower(handle) using ~<~
            limit 500
        )
        union
        (
            select id
            from members
            where email is not null
                and lower(email) ~>=~ $1
                and lower(email) ~<~ $2
            order by lower(email) using ~<~
            limit 500
        )
        union
        (
            select id
            from members
            where lower(name) ~>=~ $1
                and lower(name) ~<~ $2
            order by lower(name) using ~<~
            limit 500
        )
        union
        (
            select id
            from members
            where lower(substring(name from '[^ ]+$')) ~>=~ $1
                and lower(substring(name from '[^ ]+$')) ~<~ $2
            order by lower(substring(name from '[^ ]+$')) using ~<~
            limit 500
        )
        "#,
        from,
        to,
    );
    let ids = ids.fetch_all(&mut *tx).await?;
    tx.commit().await?;
    Ok(ids)
}

async fn in_group(db: &mut PgConnection, group: i64, below: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select member_id as "id!: i64"
        from group_members
        where group_id = $1
            and member_id < $2
        order by member_id desc
        limit 500
        "#,
        group,
        below,
    )
    .fetch_all(db)
    .await
}

async fn of_rank(db: &mut PgConnection, rank: i64, below: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select member_id as "id!: i64"
        from member_ranks
        where rank_id = $1
            and member_id < $2
        order by member_id desc
        limit 500
        "#,
        rank,
        below,
    )
    .fetch_all(db)
    .await
}

async fn closed(db: &mut PgConnection, below: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select id as "id!: i64"
        from members
        where closed_at is not null
            and id < $1
        order by id desc
        limit 500
        "#,
        below,
    )
    .fetch_all(db)
    .await
}

async fn unproved(db: &mut PgConnection, below: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select id as "id!: i64"
        from members
        where email is not null
            and email_confirmed_at is null
            and closed_at is null
            and id < $1
        order by id desc
        limit 500
        "#,
        below,
    )
    .fetch_all(db)
    .await
}

/// Who was seen last before the cursor. Whoever has several sessions stands where the last of them is.
async fn seen(db: &mut PgConnection, from: Option<Cursor>) -> sqlx::Result<Candidates> {
    let before = from.and_then(|from| {
        let nanos = i128::from(from.key) * 1_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
    });
    let rows = sqlx::query!(
        r#"
        select member_id as "member_id!: i64", seen_at
        from sessions
        where (seen_at, member_id) < (coalesce($1::timestamptz, 'infinity'), $2::bigint)
        order by seen_at desc, member_id desc
        limit 500
        "#,
        before,
        from.map_or(i64::MAX, |from| from.id),
    );
    let rows = rows.fetch_all(db).await?;
    let end = rows.last().filter(|_| rows.len() >= WINDOW).map(|last| Cursor {
        key: (last.seen_at.unix_timestamp_nanos() / 1_000) as i64,
        id: last.member_id,
    });
    let mut ids: Vec<i64> = rows.into_iter().map(|row| row.member_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(Candidates { ids, end, cut: false })
}

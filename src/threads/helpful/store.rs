use crate::kit::{PageNumber, PostId, ThreadId};
use sqlx::PgConnection;

const _: () =
    assert!(PageNumber::SIZE == 20, "one more than a page is what the queries below take");

/// A reply that is accepted.
pub(super) struct Accepted {
    pub(super) id: PostId,
    pub(super) position: i32,
}

/// A reply, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::threads) struct Spot {
    pub(in crate::threads) place: i64,
    pub(in crate::threads) position: i32,
}

/// The accepted replies, the best confirmed first.
pub(super) async fn accepted(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<Accepted>> {
    sqlx::query_as!(
        Accepted,
        r#"
        select posts.id, posts.position as "position!"
        from acceptances
        join posts on posts.id = acceptances.post_id
        where acceptances.thread_id = $1
            and acceptances.undone_at is null
        order by 2 * acceptances.confirmed - acceptances.answered desc, posts.kudos desc, posts.position
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// Where a reply stands.
pub(super) async fn place_of(
    db: &mut PgConnection,
    thread: ThreadId,
    position: i32,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        select helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null) as "place!"
        from posts
        where thread_id = $1
            and position = $2
            and position > 1
        "#,
        thread.0,
        position,
    )
    .fetch_optional(db)
    .await
}

/// The replies from a place on, one more than a page holds.
pub(super) async fn from(
    db: &mut PgConnection,
    thread: ThreadId,
    spot: Spot,
    but: &[i64],
) -> sqlx::Result<Vec<Spot>> {
    sqlx::query_as!(
        Spot,
        r#"
        select
            helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null) as "place!",
            position as "position!"
        from posts
        where thread_id = $1
            and position > 1
            and (
                helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null), position
            ) >= ($2, $3)
            and id <> all ($4)
        order by helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null), position
        limit 21
        "#,
        thread.0,
        spot.place,
        spot.position,
        but,
    )
    .fetch_all(db)
    .await
}

/// The replies before a place, the nearest first, one more than a page holds.
pub(super) async fn before(
    db: &mut PgConnection,
    thread: ThreadId,
    spot: Spot,
    but: &[i64],
) -> sqlx::Result<Vec<Spot>> {
    sqlx::query_as!(
        Spot,
        r#"
        select
            helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null) as "place!",
            position as "position!"
        from posts
        where thread_id = $1
            and position > 1
            and (
                helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null), position
            ) < ($2, $3)
            and id <> all ($4)
        order by
            helpful_place(kudos, kudos_extra, deleted_at is not null or removed_at is not null) desc,
            position desc
        limit 21
        "#,
        thread.0,
        spot.place,
        spot.position,
        but,
    )
    .fetch_all(db)
    .await
}

use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    about: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into me_toos (thread_id, member_id, about, at) values ($1, $2, $3, $4)",
        thread.0,
        member.0,
        about,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was one to change.
pub(super) async fn change(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
    about: &str,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        update me_toos
        -- Said here now, whatever brought it.
        set about = $3, carried_from = null
        where thread_id = $1
            and member_id = $2
        "#,
        thread.0,
        member.0,
        about,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The same at the original to which it was carried over.
pub(super) async fn change_carried(
    db: &mut PgConnection,
    original: ThreadId,
    from: ThreadId,
    member: MemberId,
    about: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update me_toos
        set about = $4
        where thread_id = $1
            and member_id = $3
            and carried_from = $2
        "#,
        original.0,
        from.0,
        member.0,
        about,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When the one that goes was said.
pub(super) async fn delete(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_scalar!(
        "delete from me_toos where thread_id = $1 and member_id = $2 returning at",
        thread.0,
        member.0,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::threads) async fn count(
    db: &mut PgConnection,
    thread: ThreadId,
    by: i32,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set me_toos = me_toos + $2 where id = $1", thread.0, by)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether this member said it.
pub(crate) async fn is_one(
    db: &mut PgConnection,
    thread: ThreadId,
    member: MemberId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select
            from me_toos
            where thread_id = $1
                and member_id = $2
        ) as "is_one!"
        "#,
        thread.0,
        member.0,
    )
    .fetch_one(db)
    .await
}

/// Everybody who said it.
pub(crate) async fn members(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"select member_id as "member_id: MemberId" from me_toos where thread_id = $1"#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// One who has the same problem.
pub(crate) struct Other {
    pub(crate) handle: String,
    pub(crate) name: String,
    /// Their version or device.
    pub(crate) about: String,
}

/// The latest of them; of those who said it on a duplicate, those who said it where the viewer may read it.
pub(crate) async fn newest(
    db: &mut PgConnection,
    viewer: Option<i64>,
    thread: ThreadId,
    most: i64,
) -> sqlx::Result<Vec<Other>> {
    sqlx::query_as!(
        Other,
        r#"
        select members.handle, members.name, me_toos.about
        from me_toos
        join members on members.id = me_toos.member_id
        left join threads as said_on on said_on.id = me_toos.carried_from
        left join visible_boards($3) as visible on visible.board_id = said_on.board_id
        where me_toos.thread_id = $1
            and (me_toos.carried_from is null or visible.board_id is not null and said_on.closed_at is null)
        order by me_toos.at desc, me_toos.member_id
        limit $2
        "#,
        thread.0,
        most,
        viewer,
    )
    .fetch_all(db)
    .await
}

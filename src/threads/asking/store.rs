use crate::kit::ThreadId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The times by which it is decided who is due.
pub(super) struct Times {
    pub(super) oldest: OffsetDateTime,
    /// Begun before this, it is time to ask for the first time.
    pub(super) first: OffsetDateTime,
    /// Begun before this, for the second,
    pub(super) second: OffsetDateTime,
    /// unless the first time was after this.
    pub(super) between: OffsetDateTime,
}

/// Notes that the askers of questions that are due were asked; returns the questions.
pub(super) async fn ask(
    db: &mut PgConnection,
    times: Times,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        update threads
        set
            asker_asked_times = threads.asker_asked_times + 1,
            asker_asked_at = $1,
            asker_answered_at = null
        from (
            select threads.id
            from threads
            join boards on boards.id = threads.board_id
            where threads.closed_at is null
                and threads.solution_id is null
                and threads.asker_asked_times < 2
                and threads.started_at > $2
                and threads.started_at <= $3
                and (
                    threads.asker_asked_times = 0
                    or threads.started_at <= $4 and threads.asker_asked_at <= $5
                )
                and boards.style = 'questions'
                and boards.archived_at is null
                and exists (
                    select
                    from posts
                    where posts.thread_id = threads.id
                        and posts.kudos > 0
                        and posts.position > 1
                        and posts.deleted_at is null
                        and posts.removed_at is null
                        and posts.author_id <> threads.author_id
                )
            order by threads.started_at
            limit $6
            for no key update of threads skip locked
        ) as due
        where threads.id = due.id
        returning threads.id
        "#,
        now,
        times.oldest,
        times.first,
        times.second,
        times.between,
        most,
    )
    .fetch_all(db)
    .await
}

/// Notes that the asker said that no reply solved it.
pub(crate) async fn note_answer(
    db: &mut PgConnection,
    thread: ThreadId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update threads set asker_answered_at = $2 where id = $1", thread.0, now)
        .execute(db)
        .await?;
    Ok(())
}

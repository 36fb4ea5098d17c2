use crate::{
    kit::ThreadId,
    threads::thread::{Thread, thread_url},
};
use sqlx::PgConnection;

/// A question that is joined to another.
pub(in crate::threads) struct Joined {
    id: ThreadId,
    pub(in crate::threads) title: String,
    pub(in crate::threads) solved: bool,
    /// Whether it is the original, or one of the duplicates.
    pub(in crate::threads) original: bool,
}

impl Joined {
    pub(in crate::threads) fn url(&self) -> String {
        thread_url(self.id, &self.title)
    }
}

/// The original of a question, and its latest duplicates: those that the viewer may see.
pub(in crate::threads) async fn joined(
    db: &mut PgConnection,
    viewer: Option<i64>,
    thread: &Thread,
) -> sqlx::Result<Vec<Joined>> {
    sqlx::query_as!(
        Joined,
        r#"
        select
            threads.id as "id!: ThreadId",
            threads.title as "title!",
            (threads.solution_id is not null) as "solved!",
            near.original as "original!"
        from (
            select duplicates.original_id as id, true as original
            from duplicates
            where duplicates.thread_id = $2
            union all
            (
                select duplicates.thread_id, false
                from duplicates
                join threads as asked on asked.id = duplicates.thread_id
                join visible_boards($1) as seen on seen.board_id = asked.board_id
                where duplicates.original_id = $2
                    and asked.closed_at is null
                order by duplicates.thread_id desc
                limit 10
            )
        ) as near
        join threads on threads.id = near.id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where threads.closed_at is null
        order by near.original desc, threads.id desc
        "#,
        viewer,
        thread.id.0,
    )
    .fetch_all(db)
    .await
}

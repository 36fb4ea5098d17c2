use crate::{kit::ThreadId, threads::Thread};
use sqlx::PgConnection;

/// Threads that share at least half of a title's words, solved ones first, then those that share most and
/// the rarest. Rare is what few of the threads have that were looked at. For a question, only other questions
/// that everybody may read who may read it.
///
/// What it costs is bounded by the words (twelve), the boards that the viewer sees and the threads looked
/// at of each (ten), whatever the community holds.
pub(super) async fn like(
    db: &mut PgConnection,
    viewer: Option<i64>,
    title: &str,
    question: Option<&Thread>,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        with asked as materialized (
            select words.lexeme as word
            from unnest(to_tsvector('english', $2)) as words
            order by length(words.lexeme) desc, words.lexeme
            limit 12
        ),
        near as materialized (
            select youngest.thread_id, 1.0 / count(*) over (partition by asked.word) as weight
            from asked
            cross join visible_boards($1) as visible
            join boards on boards.id = visible.board_id
                and ($4::bigint is null or boards.style = 'questions' and readers_included($5, boards.id))
            cross join lateral (
                select thread_words.thread_id
                from thread_words
                where thread_words.word = asked.word
                    and thread_words.board_id = visible.board_id
                    and thread_words.thread_id is distinct from $4
                order by thread_words.thread_id desc
                limit 10
            ) as youngest
        ),
        likely as materialized (
            select near.thread_id, sum(near.weight) as weight
            from near
            group by near.thread_id
            order by weight desc, near.thread_id desc
            limit 40
        )
        select threads.id
        from likely
        join threads on threads.id = likely.thread_id
        cross join lateral (
            select count(*) as words
            from thread_words
            where thread_words.thread_id = threads.id
                and thread_words.word = any (array(select asked.word from asked))
        ) as shared
        where threads.closed_at is null
            and shared.words * 2 >= (select count(*) from asked)
        order by
            threads.solution_id is not null desc,
            shared.words desc,
            likely.weight desc,
            threads.id desc
        limit $3
        "#,
        viewer,
        title,
        most,
        question.map(|question| question.id.0),
        question.map(|question| question.board_id.0),
    )
    .fetch_all(db)
    .await
}

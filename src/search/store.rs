use super::snippet;
use crate::{
    kit::{BoardId, PageNumber, ThreadId},
    markup::Html,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The youngest posts that match, which are ranked.
pub(super) const CANDIDATES: i64 = 1_000;
/// Threads on one page of results.
pub(super) const PAGE: i64 = 20;
/// Pages of results.
pub(super) const PAGES: i32 = 5;

/// Until the transaction ends longer searches are given up, and each is planned for its own words: a plan
/// made once for any words takes them for rare and sorts every match of a common one.
pub(super) async fn prepare(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        select
            set_config('statement_timeout', '2s', true) as limited,
            set_config('plan_cache_mode', 'force_custom_plan', true) as planned
        "#,
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Whether a statement was given up because it took too long.
pub(super) fn took_too_long(error: &sqlx::Error) -> bool {
    const QUERY_CANCELED: &str = "57014";
    matches!(error, sqlx::Error::Database(error) if error.code().as_deref() == Some(QUERY_CANCELED))
}

/// A thread that was found, by its best post.
pub(super) struct Found {
    pub(super) thread_id: ThreadId,
    pub(super) title: String,
    pub(super) position: i32,
    pub(super) html: Html,
    pub(super) author_name: String,
    pub(super) written_at: OffsetDateTime,
    pub(super) board_name: String,
    pub(super) board_tone: i16,
    pub(super) replies: i32,
    pub(super) solved: bool,
    /// Threads among the candidates.
    pub(super) threads: i64,
    /// Whether there may be more matches than candidates.
    pub(super) more: bool,
}

/// One page of the threads whose posts match, the best first; each by its best post.
///
/// What it costs depends on the words. For rare ones the index names the posts, and only those are read. For
/// common ones the planner goes back from the youngest post until it has its candidates. Of a million
/// posts either took 0.01 s, and 0.06 s the words in between, which one post in three hundred has.
///
/// It is not bounded where matches are spread unevenly, of which the planner knows nothing: for common words
/// that nobody wrote of late, that stand on one small board, or on boards that the viewer may not see, it
/// may go back over most posts. Of a million that took 0.2 to 0.6 s, and as many times that for as many
/// times the posts; only the time limit ends it. `tests/it/plans/judge.rs` names these exceptions.
pub(super) async fn found(
    db: &mut PgConnection,
    viewer: Option<i64>,
    question: &str,
    board: Option<BoardId>,
    page: PageNumber,
) -> sqlx::Result<Vec<Found>> {
    sqlx::query_as!(
        Found,
        r#"
        with matching as materialized (
            select posts.id, posts.thread_id, posts.search
            from posts
            join threads on threads.id = posts.thread_id
            join visible_boards($1) as visible on visible.board_id = threads.board_id
            where posts.search @@ websearch_to_tsquery('english', $2)
                and posts.deleted_at is null
                and posts.removed_at is null
                and posts.position is not null
                and threads.closed_at is null
                -- By its id, of which the planner knows how much of everything it holds.
                and ($3::bigint is null or threads.board_id = $3)
            order by posts.id desc
            limit $4
        ),
        best as (
            select distinct on (ranked.thread_id) ranked.thread_id, ranked.id, ranked.score
            from (
                select
                    matching.thread_id,
                    matching.id,
                    ts_rank(matching.search, websearch_to_tsquery('english', $2)) as score
                from matching
            ) as ranked
            order by ranked.thread_id, ranked.score desc, ranked.id desc
        ),
        shown as (
            select best.id, best.score, count(*) over () as threads
            from best
            order by best.score desc, best.id desc
            limit $5
            offset $6
        )
        select
            threads.id as thread_id,
            threads.title,
            posts.position as "position!",
            posts.html,
            members.name as author_name,
            posts.written_at,
            boards.name as board_name,
            boards.tone as board_tone,
            threads.replies,
            (threads.solution_id is not null) as "solved!",
            shown.threads as "threads!",
            ((select count(*) from matching) >= $4) as "more!"
        from shown
        join posts on posts.id = shown.id
        join threads on threads.id = posts.thread_id
        join boards on boards.id = threads.board_id
        join members on members.id = posts.author_id
        order by shown.score desc, shown.id desc
        "#,
        viewer,
        question,
        board.map(|board| board.0),
        CANDIDATES,
        PAGE,
        i64::from(page.number() - 1) * PAGE,
    )
    .fetch_all(db)
    .await
}

/// Two texts of one result with what was looked for between the signs of [`snippet`].
pub(super) struct Marked {
    pub(super) title: String,
    pub(super) words: String,
}

/// Marks in titles and texts, in their order, what the question looks for; texts are cut to the part
/// that answers.
pub(super) async fn marked(
    db: &mut PgConnection,
    question: &str,
    titles: &[String],
    texts: &[String],
) -> sqlx::Result<Vec<Marked>> {
    let signs = format!("StartSel={}, StopSel={}", snippet::START, snippet::STOP);
    sqlx::query_as!(
        Marked,
        r#"
        select
            ts_headline('english', given.title, looked.for_, $4 || ', HighlightAll=true') as "title!",
            ts_headline('english', given.words, looked.for_, $4 || ', MaxWords=40, MinWords=24') as "words!"
        from unnest($2::text[], $3::text[]) with ordinality as given (title, words, place)
        cross join websearch_to_tsquery('english', $1) as looked (for_)
        order by given.place
        "#,
        question,
        titles,
        texts,
        signs,
    )
    .fetch_all(db)
    .await
}

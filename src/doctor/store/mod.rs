//! The same question about each number twice: how many are wrong, and make them right.

pub(super) mod attachments;
pub(super) mod earned;
pub(super) mod ledgers;
pub(super) mod rights;
pub(super) mod solving;

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long an event may wait for its listeners before something is wrong.
const PATIENCE: Duration = Duration::minutes(10);

/// One snapshot for all questions.
pub(super) async fn still(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set transaction isolation level repeatable read, read only").execute(db).await?;
    Ok(())
}

/// Lets readers go on and keeps writers out until the transaction ends.
pub(super) async fn hold_writers(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("set local lock_timeout = '30s'").execute(&mut *db).await?;
    sqlx::query!(
        r#"
        lock table
            threads, posts, kudos, me_toos, duplicates, confirmations, acceptances, board_counts,
            metric_events, metric_totals, metric_days, metric_boards, metric_pairs, ledger_backlog, member_ranks,
            attachments, post_attachments
            in share row exclusive mode
        "#,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn post_kudos(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from posts
        where (posts.kudos, posts.kudos_extra) <> (
            select count(*), coalesce(sum(kudos.weight - 1000), 0)
            from kudos
            where kudos.post_id = posts.id
        )
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_post_kudos(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update posts
        set (kudos, kudos_extra) = (
            select count(*), coalesce(sum(kudos.weight - 1000), 0)
            from kudos
            where kudos.post_id = posts.id
        )
        where (posts.kudos, posts.kudos_extra) <> (
            select count(*), coalesce(sum(kudos.weight - 1000), 0)
            from kudos
            where kudos.post_id = posts.id
        )
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn thread_kudos(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        join posts on posts.thread_id = threads.id and posts.position = 1
        where threads.kudos <> posts.kudos
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_thread_kudos(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set kudos = posts.kudos
        from posts
        where posts.thread_id = threads.id
            and posts.position = 1
            and threads.kudos <> posts.kudos
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn replies(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        where replies <> (
            select count(*)
            from posts
            where posts.thread_id = threads.id
                and posts.position > 1
                and posts.deleted_at is null
                and posts.removed_at is null
        )
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_replies(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set replies = counted.replies
        from (
            select
                threads.id,
                (
                    select count(*)
                    from posts
                    where posts.thread_id = threads.id
                        and posts.position > 1
                        and posts.deleted_at is null
                        and posts.removed_at is null
                ) as replies
            from threads
        ) as counted
        where counted.id = threads.id
            and counted.replies <> threads.replies
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// The position, time and writer of the last post.
pub(super) async fn last_posts(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        cross join lateral (
            select max(posts.position) as position, max(posts.written_at) as written_at
            from posts
            where posts.thread_id = threads.id
        ) as last
        left join posts as latest on latest.thread_id = threads.id and latest.position = last.position
        where (threads.last_position, threads.last_post_at, threads.last_poster_id)
            is distinct from (last.position, last.written_at, latest.author_id)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_last_posts(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set
            last_position = last.position,
            last_post_at = last.written_at,
            last_poster_id = latest.author_id
        from (
            select posts.thread_id, max(posts.position) as position, max(posts.written_at) as written_at
            from posts
            group by posts.thread_id
        ) as last
        join posts as latest on latest.thread_id = last.thread_id and latest.position = last.position
        where last.thread_id = threads.id
            and (threads.last_position, threads.last_post_at, threads.last_poster_id)
                is distinct from (last.position, last.written_at, latest.author_id)
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Threads in which a place is empty; no place is given twice by constraint.
pub(super) async fn positions(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select posts.thread_id
            from posts
            group by posts.thread_id
            having min(posts.position) <> 1
                or max(posts.position) <> count(posts.position)
        ) as gapped
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn solutions(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        left join lateral (
            select acceptances.post_id
            from acceptances
            where acceptances.thread_id = threads.id
                and acceptances.undone_at is null
            order by acceptances.id
            limit 1
        ) as said on true
        where threads.solution_id is distinct from said.post_id
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_solutions(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set
            solution_id = said.post_id,
            solved_at = said.accepted_at,
            solved_by = said.accepted_by
        from (
            select threads.id, acceptances.post_id, acceptances.accepted_at, acceptances.accepted_by
            from threads
            left join lateral (
                select first.post_id, first.accepted_at, first.accepted_by
                from acceptances as first
                where first.thread_id = threads.id
                    and first.undone_at is null
                order by first.id
                limit 1
            ) as acceptances on true
        ) as said
        where said.id = threads.id
            and threads.solution_id is distinct from said.post_id
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Threads whose opening post can be read and that are closed, or the other way about.
pub(super) async fn closed(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads
        join posts on posts.thread_id = threads.id and posts.position = 1
        where (threads.closed_at is null) <> (posts.deleted_at is null and posts.removed_at is null)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_closed(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update threads
        set closed_at = least(posts.deleted_at, posts.removed_at)
        from posts
        where posts.thread_id = threads.id
            and posts.position = 1
            and (threads.closed_at is null) <> (posts.deleted_at is null and posts.removed_at is null)
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn board_counts(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from boards
        cross join lateral (
            select coalesce(sum(board_counts.threads), 0) as threads, coalesce(sum(board_counts.posts), 0) as posts
            from board_counts
            where board_counts.board_id = boards.id
        ) as kept
        cross join lateral (
            select
                count(distinct threads.id) filter (where threads.closed_at is null) as threads,
                count(posts.id) filter (where posts.deleted_at is null and posts.removed_at is null) as posts
            from threads
            left join posts on posts.thread_id = threads.id and posts.position is not null
            where threads.board_id = boards.id
        ) as counted
        where (kept.threads, kept.posts) <> (counted.threads, counted.posts)
        "#,
    )
    .fetch_one(db)
    .await
}

/// What is missing is put into the first shard.
pub(super) async fn mend_board_counts(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into board_counts (board_id, shard, threads, posts)
        select boards.id, 0, counted.threads - kept.threads, counted.posts - kept.posts
        from boards
        cross join lateral (
            select coalesce(sum(board_counts.threads), 0) as threads, coalesce(sum(board_counts.posts), 0) as posts
            from board_counts
            where board_counts.board_id = boards.id
        ) as kept
        cross join lateral (
            select
                count(distinct threads.id) filter (where threads.closed_at is null) as threads,
                count(posts.id) filter (where posts.deleted_at is null and posts.removed_at is null) as posts
            from threads
            left join posts on posts.thread_id = threads.id and posts.position is not null
            where threads.board_id = boards.id
        ) as counted
        where (kept.threads, kept.posts) <> (counted.threads, counted.posts)
        on conflict (board_id, shard) do update
        set
            threads = board_counts.threads + excluded.threads,
            posts = board_counts.posts + excluded.posts
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(super) async fn totals(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from (
            select metric_events.member_id, metric_events.metric, sum(metric_events.delta) as total
            from metric_events
            group by metric_events.member_id, metric_events.metric
        ) as summed
        full join metric_totals using (member_id, metric)
        where coalesce(summed.total, 0) <> coalesce(metric_totals.total, 0)
        "#,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn mend_totals(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        insert into metric_totals (member_id, metric, total)
        select member_id, metric, coalesce(summed.total, 0)
        from (
            select metric_events.member_id, metric_events.metric, sum(metric_events.delta) as total
            from metric_events
            group by metric_events.member_id, metric_events.metric
        ) as summed
        full join metric_totals using (member_id, metric)
        where coalesce(summed.total, 0) <> coalesce(metric_totals.total, 0)
        on conflict (member_id, metric) do update
        set total = excluded.total
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Events that should have been told long ago.
pub(super) async fn stuck_events(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from outbox_pending
        join outbox on outbox.id = outbox_pending.event_id
        where outbox.at < $1
        "#,
        now - PATIENCE,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn given_up(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from jobs where gave_up_at is not null"#)
        .fetch_one(db)
        .await
}

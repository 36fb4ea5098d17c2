//! What the home page asks of all rooms. Every list is cut off inside an index: for each board, or
//! for the threads a member followed last.

use crate::{
    kit::{MemberId, ThreadId},
    members::Author,
    threads::thread::{post_url, thread_url},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// New replies in a thread that a member follows.
pub(super) struct Answers {
    thread_id: ThreadId,
    pub(super) title: String,
    first_position: i32,
    pub(super) replies: i64,
    poster_id: MemberId,
    poster_handle: String,
    pub(super) poster_name: String,
    pub(super) at: OffsetDateTime,
}

impl Answers {
    /// Where the first of them is read.
    pub(super) fn url(&self) -> String {
        post_url(self.thread_id, &self.title, self.first_position)
    }

    /// Who wrote the latest of them.
    pub(super) fn poster(&self) -> Author {
        Author {
            id: self.poster_id,
            handle: self.poster_handle.clone(),
            name: self.poster_name.clone(),
        }
    }
}

/// What the member has not read in the threads they follow, the latest first. Of the threads a member
/// follows the 300 youngest are asked; of those with something new, the 30 that went on last; of the new
/// replies in one, the first 100 are counted.
pub(super) async fn answers(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<Answers>> {
    sqlx::query_as!(
        Answers,
        r#"
        select
            lively.id as "thread_id!: ThreadId",
            lively.title,
            latest.first_position as "first_position!",
            latest.replies as "replies!",
            poster.id as poster_id,
            poster.handle as poster_handle,
            poster.name as poster_name,
            latest.at as "at!"
        from (
            select threads.id, threads.title, read_marks.position as read_position
            from (
                select thread_follows.thread_id
                from thread_follows
                where thread_follows.member_id = $1
                    and thread_follows.level = 'follow'
                order by thread_follows.thread_id desc
                limit 300
            ) as followed
            join threads on threads.id = followed.thread_id
            join visible_boards($1) as visible on visible.board_id = threads.board_id
            join read_marks on read_marks.thread_id = threads.id and read_marks.member_id = $1
            where threads.closed_at is null
                and threads.last_position > read_marks.position
            order by threads.last_post_at desc, threads.id desc
            limit 30
        ) as lively
        cross join lateral (
            select
                count(*) as replies,
                min(unread.position) as first_position,
                max(unread.written_at) as at,
                (array_agg(unread.author_id order by unread.position desc))[1] as author_id
            from (
                select posts.position, posts.written_at, posts.author_id
                from posts
                where posts.thread_id = lively.id
                    and posts.position > lively.read_position
                    and posts.deleted_at is null
                    and posts.removed_at is null
                    and posts.author_id <> $1
                order by posts.position
                limit 100
            ) as unread
            having count(*) > 0
        ) as latest
        join members as poster on poster.id = latest.author_id
        order by latest.at desc, lively.id desc
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// A member's own questions without a solution, the latest reply first.
pub(super) async fn own_questions(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select threads.id
        from threads
        join boards on boards.id = threads.board_id
        join visible_boards($1) as visible on visible.board_id = threads.board_id
        where threads.author_id = $1
            and threads.closed_at is null
            and threads.solution_id is null
            and boards.style = 'questions'
        order by threads.last_post_at desc, threads.id desc
        limit $2
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Questions without a solution, the latest reply first: the first of each board, then of all.
pub(super) async fn open_questions(
    db: &mut PgConnection,
    viewer: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<ThreadId>> {
    sqlx::query_scalar!(
        r#"
        select open.id as "id!: ThreadId"
        from visible_boards($1) as visible
        join boards on boards.id = visible.board_id
        cross join lateral (
            select threads.id, threads.last_post_at
            from threads
            where threads.board_id = boards.id
                and threads.closed_at is null
                and threads.solution_id is null
            order by threads.last_post_at desc, threads.id desc
            limit $2
        ) as open
        where boards.style = 'questions'
        order by open.last_post_at desc, open.id desc
        limit $2
        "#,
        viewer,
        most,
    )
    .fetch_all(db)
    .await
}

/// An announcement by its title.
pub(super) struct News {
    id: ThreadId,
    pub(super) title: String,
    pub(super) at: OffsetDateTime,
}

impl News {
    /// Where it is read.
    pub(super) fn url(&self) -> String {
        thread_url(self.id, &self.title)
    }
}

/// The youngest threads of the boards for announcements.
pub(super) async fn news(
    db: &mut PgConnection,
    viewer: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<News>> {
    sqlx::query_as!(
        News,
        r#"
        select announced.id as "id!: ThreadId", announced.title as "title!", announced.started_at as "at!"
        from visible_boards($1) as visible
        join boards on boards.id = visible.board_id
        cross join lateral (
            select threads.id, threads.title, threads.started_at
            from threads
            where threads.board_id = boards.id
                and threads.closed_at is null
            order by threads.started_at desc, threads.id desc
            limit $2
        ) as announced
        where boards.style = 'announcements'
        order by announced.started_at desc, announced.id desc
        limit $2
        "#,
        viewer,
        most,
    )
    .fetch_all(db)
    .await
}

/// A member who helped lately.
pub(super) struct Helper {
    id: MemberId,
    handle: String,
    name: String,
    pub(super) rank: String,
    pub(super) points: i64,
}

impl Helper {
    /// Who it is.
    pub(super) fn member(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone() }
    }
}

/// Who earned most lately, on boards that the viewer may see: what was earned elsewhere would tell of
/// boards that do not exist for them. Adds up what `reputation::helpers` keeps of each board.
pub(super) async fn helpers(
    db: &mut PgConnection,
    viewer: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<Helper>> {
    sqlx::query_as!(
        Helper,
        r#"
        select
            members.id,
            members.handle,
            members.name,
            ranks.name as rank,
            earned.points as "points!"
        from (
            select board_helpers.member_id, sum(board_helpers.points)::bigint as points
            from visible_boards($1) as visible
            join board_helpers on board_helpers.board_id = visible.board_id
            group by board_helpers.member_id
            order by points desc, board_helpers.member_id
            limit $2
        ) as earned
        join members on members.id = earned.member_id
        left join member_ranks on member_ranks.member_id = members.id
        join ranks on ranks.id = coalesce(
            member_ranks.rank_id,
            (
                select lowest.id
                from ranks as lowest
                where lowest.retired_at is null
                order by lowest.position
                limit 1
            )
        )
        order by earned.points desc, members.id
        "#,
        viewer,
        most,
    )
    .fetch_all(db)
    .await
}

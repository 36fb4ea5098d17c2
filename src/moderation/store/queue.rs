//! What the queue shows.

use crate::{
    kit::{BoardId, MemberId, PostId, ThreadId},
    markup::{self, Html},
    members::Author,
    moderation::{cases::Outcome, flags::Reason},
    threads,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Longest excerpt, in characters.
const EXCERPT: usize = 140;

/// A case as listed.
pub(in crate::moderation) struct Line {
    pub(in crate::moderation) post_id: PostId,
    pub(in crate::moderation) reason: Reason,
    pub(in crate::moderation) hidden: bool,
    pub(in crate::moderation) opened_at: OffsetDateTime,
    pub(in crate::moderation) claimed_at: Option<OffsetDateTime>,
    pub(in crate::moderation) claimed_by: Option<String>,
    pub(in crate::moderation) flags: i64,
    pub(in crate::moderation) board_name: String,
    pub(in crate::moderation) board_tone: i16,
    pub(in crate::moderation) thread_title: String,
    pub(in crate::moderation) author_name: String,
    html: Html,
}

impl Line {
    /// Where it is decided.
    pub(in crate::moderation) fn url(&self) -> String {
        format!("/p/{}/review", self.post_id)
    }

    pub(in crate::moderation) fn words(&self) -> String {
        markup::excerpt(&self.html, EXCERPT)
    }

    /// Who said a moment ago that they are at it.
    pub(in crate::moderation) fn at_it(&self, now: &OffsetDateTime) -> Option<&str> {
        let fresh = self.claimed_at.is_some_and(|at| *now - at < crate::moderation::cases::CLAIM);
        self.claimed_by.as_deref().filter(|_| fresh)
    }
}

/// Open cases on boards that the member moderates, the most urgent first; but for those about what they wrote.
pub(in crate::moderation) async fn lines(
    db: &mut PgConnection,
    member: MemberId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"
        select
            open.post_id as "post_id!: PostId",
            open.reason as "reason!: Reason",
            open.hidden_at is not null as "hidden!",
            open.opened_at as "opened_at!",
            open.claimed_at,
            (select members.name from members where members.id = open.claimed_by) as "claimed_by?",
            (select count(*) from flags where flags.case_id = open.id) as "flags!",
            boards.name as board_name,
            boards.tone as board_tone,
            threads.title as thread_title,
            author.name as author_name,
            posts.html as "html: Html"
        from (
            select
                of_board.id, of_board.post_id, of_board.thread_id, of_board.board_id, of_board.author_id,
                of_board.reason, of_board.urgency, of_board.hidden_at, of_board.opened_at, of_board.claimed_by,
                of_board.claimed_at
            from visible_boards($1) as visible
            cross join lateral (
                select
                    cases.id, cases.post_id, cases.thread_id, cases.board_id, cases.author_id, cases.reason,
                    cases.urgency, cases.hidden_at, cases.opened_at, cases.claimed_by, cases.claimed_at
                from review_cases as cases
                where cases.board_id = visible.board_id
                    and cases.settled_at is null
                    and cases.author_id <> $1
                order by cases.urgency desc, cases.id
                limit $2
            ) as of_board
            where visible.level = 'moderate'
            order by of_board.urgency desc, of_board.id
            limit $2
        ) as open
        join boards on boards.id = open.board_id
        join threads on threads.id = open.thread_id
        join posts on posts.id = open.post_id
        join members as author on author.id = open.author_id
        order by open.urgency desc, open.id
        "#,
        member.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// A flagged post with what is known of its author.
pub(in crate::moderation) struct Subject {
    pub(in crate::moderation) html: Html,
    author_id: MemberId,
    author_handle: String,
    author_name: String,
    pub(in crate::moderation) joined_at: OffsetDateTime,
    pub(in crate::moderation) rank: Option<String>,
    pub(in crate::moderation) posts: i64,
    /// How often posts of theirs were removed, and kept, of the last hundred that somebody flagged, where the viewer
    /// may see it.
    pub(in crate::moderation) removed: i64,
    pub(in crate::moderation) kept: i64,
}

impl Subject {
    pub(in crate::moderation) fn author(&self) -> Author {
        Author {
            id: self.author_id,
            handle: self.author_handle.clone(),
            name: self.author_name.clone(),
        }
    }
}

pub(in crate::moderation) async fn subject(
    db: &mut PgConnection,
    post: PostId,
    viewer: MemberId,
) -> sqlx::Result<Subject> {
    sqlx::query_as!(
        Subject,
        r#"
        select
            posts.html as "html: Html",
            author.id as "author_id: MemberId",
            author.handle as author_handle,
            author.name as author_name,
            author.joined_at,
            ranks.name as "rank?",
            coalesce(
                (
                    select sum(metric_totals.total)::bigint
                    from metric_totals
                    where metric_totals.member_id = author.id
                        and metric_totals.metric in ('threads', 'replies')
                ),
                0
            ) as "posts!",
            coalesce(earlier.removed, 0) as "removed!",
            coalesce(earlier.kept, 0) as "kept!"
        from posts
        join members as author on author.id = posts.author_id
        left join member_ranks on member_ranks.member_id = author.id
        left join ranks on ranks.id = member_ranks.rank_id
        cross join lateral (
            select
                count(*) filter (where latest.outcome = 'removed') as removed,
                count(*) filter (where latest.outcome = 'kept') as kept
            from (
                select review_cases.board_id, review_cases.outcome
                from review_cases
                where review_cases.author_id = author.id
                order by review_cases.id desc
                limit 100
            ) as latest
            join visible_boards($2) as visible on visible.board_id = latest.board_id
        ) as earlier
        where posts.id = $1
        "#,
        post.0,
        viewer.0,
    )
    .fetch_one(db)
    .await
}

/// A flag as moderators see it.
pub(in crate::moderation) struct Flag {
    pub(in crate::moderation) reason: Reason,
    pub(in crate::moderation) note: String,
    pub(in crate::moderation) at: OffsetDateTime,
    /// In hundredths.
    weight: i32,
    member_id: MemberId,
    member_handle: String,
    member_name: String,
}

impl Flag {
    pub(in crate::moderation) fn by(&self) -> Author {
        Author {
            id: self.member_id,
            handle: self.member_handle.clone(),
            name: self.member_name.clone(),
        }
    }

    /// Whether those of the same member were upheld more often than not; nothing where they have no record.
    pub(in crate::moderation) fn trusted(&self) -> Option<bool> {
        match self.weight.cmp(&crate::moderation::flags::WHOLE) {
            std::cmp::Ordering::Greater => Some(true),
            std::cmp::Ordering::Less => Some(false),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// The first flags of a case.
pub(in crate::moderation) async fn flags(
    db: &mut PgConnection,
    case: i64,
) -> sqlx::Result<Vec<Flag>> {
    sqlx::query_as!(
        Flag,
        r#"
        select
            flags.reason as "reason: Reason",
            flags.note,
            flags.at,
            flags.weight,
            members.id as "member_id: MemberId",
            members.handle as member_handle,
            members.name as member_name
        from flags
        join members on members.id = flags.member_id
        where flags.case_id = $1
        order by flags.id
        limit 20
        "#,
        case,
    )
    .fetch_all(db)
    .await
}

/// A post beside the one that was flagged.
pub(in crate::moderation) struct Neighbor {
    pub(in crate::moderation) position: i32,
    pub(in crate::moderation) author_name: String,
    html: Html,
}

impl Neighbor {
    pub(in crate::moderation) fn words(&self) -> String {
        markup::excerpt(&self.html, 3 * EXCERPT)
    }
}

/// What can be read of the two posts before a place in a thread, and of the one after it.
pub(in crate::moderation) async fn around(
    db: &mut PgConnection,
    thread: ThreadId,
    position: i32,
) -> sqlx::Result<Vec<Neighbor>> {
    sqlx::query_as!(
        Neighbor,
        r#"
        select posts.position as "position!", members.name as author_name, posts.html as "html: Html"
        from posts
        join members on members.id = posts.author_id
        where posts.thread_id = $1
            and posts.position between $2 - 2 and $2 + 1
            and posts.position <> $2
            and posts.deleted_at is null
            and posts.removed_at is null
        order by posts.position
        "#,
        thread.0,
        position,
    )
    .fetch_all(db)
    .await
}

/// A settled case.
pub(in crate::moderation) struct Earlier {
    pub(in crate::moderation) of_author: bool,
    pub(in crate::moderation) reason: Reason,
    pub(in crate::moderation) outcome: Outcome,
    pub(in crate::moderation) settled_at: OffsetDateTime,
    thread_id: ThreadId,
    position: i32,
    html: Html,
}

impl Earlier {
    pub(in crate::moderation) fn url(&self) -> String {
        threads::permalink(self.thread_id, self.position)
    }

    pub(in crate::moderation) fn words(&self) -> String {
        markup::excerpt(&self.html, EXCERPT / 2)
    }
}

/// The last five settled cases of the post's author on this board, and the last five for the same reason there.
pub(in crate::moderation) async fn earlier(
    db: &mut PgConnection,
    post: PostId,
    board: BoardId,
    reason: Reason,
) -> sqlx::Result<Vec<Earlier>> {
    sqlx::query_as!(
        Earlier,
        r#"
        select
            settled.of_author as "of_author!",
            settled.reason as "reason!: Reason",
            settled.outcome as "outcome!: Outcome",
            settled.settled_at as "settled_at!",
            posts.thread_id as "thread_id: ThreadId",
            posts.position as "position!",
            posts.html as "html: Html"
        from (
            (
                select
                    latest.id, latest.post_id, latest.reason, latest.outcome, latest.settled_at, true as of_author
                from (
                    select cases.id, cases.post_id, cases.board_id, cases.reason, cases.outcome, cases.settled_at
                    from review_cases as cases
                    where cases.author_id = (select author_id from posts where posts.id = $1)
                    order by cases.id desc
                    limit 100
                ) as latest
                where latest.board_id = $2
                    and latest.settled_at is not null
                order by latest.id desc
                limit 5
            )
            union all
            (
                select cases.id, cases.post_id, cases.reason, cases.outcome, cases.settled_at, false
                from review_cases as cases
                where cases.board_id = $2
                    and cases.reason = $3
                    and cases.settled_at is not null
                    and cases.author_id <> (select author_id from posts where posts.id = $1)
                order by cases.id desc
                limit 5
            )
        ) as settled
        join posts on posts.id = settled.post_id
            and posts.position is not null
        order by settled.id desc
        "#,
        post.0,
        board.0,
        reason.name(),
    )
    .fetch_all(db)
    .await
}

/// What a member is called.
pub(in crate::moderation) async fn name_of(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<String> {
    sqlx::query_scalar!("select name from members where id = $1", member.0).fetch_one(db).await
}

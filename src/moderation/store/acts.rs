//! The public record, as it is read.

use crate::kit::ThreadId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An act as everybody may read it. Titles of removed threads are left out.
pub(in crate::moderation) struct Entry {
    pub(in crate::moderation) id: i64,
    pub(in crate::moderation) act: String,
    /// The moderator's number, if it was one.
    pub(in crate::moderation) moderator: Option<i32>,
    pub(in crate::moderation) thread_id: ThreadId,
    pub(in crate::moderation) thread_title: Option<String>,
    pub(in crate::moderation) position: Option<i32>,
    pub(in crate::moderation) board_name: String,
    pub(in crate::moderation) public_reason: String,
    pub(in crate::moderation) at: OffsetDateTime,
}

/// Acts of one page: of which board, below which id, and how many.
pub(in crate::moderation) struct Which<'a> {
    /// By its name in addresses; of every board where it is none.
    pub(in crate::moderation) board: Option<&'a str>,
    pub(in crate::moderation) below: i64,
    pub(in crate::moderation) most: i64,
}

/// What is shown of the acts that `$entered` takes. Written once; the macro joins literals, so every query is checked
/// against the schema.
macro_rules! entries {
    ($db:expr, $entered:literal, $($of:expr),+ $(,)?) => {
        sqlx::query_as!(
            Entry,
            r#"
        select
            entered.id as "id!",
            entered.act as "act!",
            moderator_numbers.number as "moderator?",
            entered.thread_id as "thread_id!: ThreadId",
            case when threads.closed_at is null then threads.title end as thread_title,
            posts.position as "position?",
            boards.name as board_name,
            entered.public_reason as "public_reason!",
            entered.at as "at!"
            "#
                + $entered
                + r#"        join boards on boards.id = entered.board_id
        join threads on threads.id = entered.thread_id
        left join posts on posts.id = entered.post_id
        left join moderator_numbers on moderator_numbers.member_id = entered.actor_id
        order by entered.id desc
            "#,
            $($of),+
        )
        .fetch_all($db)
        .await
    };
}

/// The latest acts on boards the viewer may see: the first of each board, then of all.
pub(in crate::moderation) async fn latest(
    db: &mut PgConnection,
    viewer: Option<i64>,
    which: &Which<'_>,
) -> sqlx::Result<Vec<Entry>> {
    entries!(
        db,
        r#"
        from (
            select
                of_board.id, of_board.act, of_board.actor_id, of_board.board_id, of_board.thread_id,
                of_board.post_id, of_board.public_reason, of_board.at
            from visible_boards($1) as visible
            join boards as chosen on chosen.id = visible.board_id
                and ($4::text is null or chosen.slug = $4)
            cross join lateral (
                select
                    ledger.id, ledger.act, ledger.actor_id, ledger.board_id, ledger.thread_id, ledger.post_id,
                    ledger.public_reason, ledger.at
                from moderation_ledger as ledger
                where ledger.board_id = visible.board_id
                    and ledger.id < $2
                order by ledger.id desc
                limit $3
            ) as of_board
            order by of_board.id desc
            limit $3
        ) as entered
        "#,
        viewer,
        which.below,
        which.most,
        which.board,
    )
}

/// The latest of these acts, by people or by the community itself: the first of each kind on each board, then of all.
pub(in crate::moderation) async fn of_kind(
    db: &mut PgConnection,
    viewer: Option<i64>,
    which: &Which<'_>,
    acts: &[String],
    automatic: &[bool],
) -> sqlx::Result<Vec<Entry>> {
    entries!(
        db,
        r#"
        from (
            select
                of_kind.id, of_kind.act, of_kind.actor_id, of_kind.board_id, of_kind.thread_id,
                of_kind.post_id, of_kind.public_reason, of_kind.at
            from visible_boards($1) as visible
            join boards as chosen on chosen.id = visible.board_id
                and ($4::text is null or chosen.slug = $4)
            cross join unnest($5::text[]) as wanted (act)
            cross join unnest($6::boolean[]) as done (automatic)
            cross join lateral (
                select
                    ledger.id, ledger.act, ledger.actor_id, ledger.board_id, ledger.thread_id, ledger.post_id,
                    ledger.public_reason, ledger.at
                from moderation_ledger as ledger
                where ledger.board_id = visible.board_id
                    and ledger.act = wanted.act
                    and (ledger.actor_system is not null) = done.automatic
                    and ledger.id < $2
                order by ledger.id desc
                limit $3
            ) as of_kind
            order by of_kind.id desc
            limit $3
        ) as entered
        "#,
        viewer,
        which.below,
        which.most,
        which.board,
        acts,
        automatic,
    )
}

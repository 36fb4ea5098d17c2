//! SQL of this room.

pub(super) mod cases;
pub(super) mod flags;
pub(super) mod queue;

use super::ledger::Act;
use crate::{
    kit::{MemberId, PostId, ThreadId},
    markup::Html,
    outbox::Actor,
    threads::Thread,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Gives a moderator a number, which stays theirs.
pub(super) async fn number(db: &mut PgConnection, member: MemberId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into moderator_numbers (member_id) values ($1) on conflict do nothing",
        member.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn insert(
    db: &mut PgConnection,
    act: Act,
    actor: Actor,
    thread: &Thread,
    post: Option<PostId>,
    public_reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into moderation_ledger (
            act, actor_id, actor_system, board_id, thread_id, post_id, public_reason, at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning id
        "#,
        act.name(),
        actor.member().map(|member| member.0),
        actor.system(),
        thread.board_id.0,
        thread.id.0,
        post.map(|post| post.0),
        public_reason,
        now,
    )
    .fetch_one(db)
    .await
}

/// The entry by which a post went out of sight, since when it stayed there.
pub(super) async fn taken_away_by(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        select id
        from moderation_ledger
        where post_id = $1
            and act in ('remove_post', 'hide_post')
            and id > coalesce(
                (
                    select restored.id
                    from moderation_ledger as restored
                    where restored.post_id = $1
                        and restored.act = 'restore_post'
                    order by restored.id desc
                    limit 1
                ),
                0
            )
        order by id
        limit 1
        "#,
        post.0,
    )
    .fetch_optional(db)
    .await
}

/// An act as everybody may read it. Titles of removed threads are left out.
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) act: String,
    /// The moderator's number, if it was one.
    pub(crate) moderator: Option<i32>,
    pub(crate) thread_id: ThreadId,
    pub(crate) thread_title: Option<String>,
    pub(crate) position: Option<i32>,
    pub(crate) board_name: String,
    pub(crate) public_reason: String,
    pub(crate) at: OffsetDateTime,
}

/// The latest acts on boards the viewer may see, below an id: the first of each board, then of all.
pub(crate) async fn latest(
    db: &mut PgConnection,
    viewer: Option<i64>,
    below: i64,
    most: i64,
) -> sqlx::Result<Vec<Entry>> {
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
        from (
            select
                of_board.id, of_board.act, of_board.actor_id, of_board.board_id, of_board.thread_id,
                of_board.post_id, of_board.public_reason, of_board.at
            from visible_boards($1) as visible
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
        join boards on boards.id = entered.board_id
        join threads on threads.id = entered.thread_id
        left join posts on posts.id = entered.post_id
        left join moderator_numbers on moderator_numbers.member_id = entered.actor_id
        order by entered.id desc
        "#,
        viewer,
        below,
        most,
    )
    .fetch_all(db)
    .await
}

/// A post as the moderator who may remove it sees it.
pub(super) struct Subject {
    pub(super) html: Html,
    pub(super) author_id: MemberId,
    pub(super) author_handle: String,
    pub(super) author_name: String,
}

pub(super) async fn subject(db: &mut PgConnection, post: PostId) -> sqlx::Result<Subject> {
    sqlx::query_as!(
        Subject,
        r#"
        select
            posts.html,
            members.id as author_id,
            members.handle as author_handle,
            members.name as author_name
        from posts
        join members on members.id = posts.author_id
        where posts.id = $1
        "#,
        post.0,
    )
    .fetch_one(db)
    .await
}

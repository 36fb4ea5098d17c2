//! SQL of this room.

pub(super) mod acts;
pub(super) mod cases;
pub(super) mod flags;
pub(super) mod queue;

use super::ledger::Act;
use crate::{
    kit::{MemberId, PostId},
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

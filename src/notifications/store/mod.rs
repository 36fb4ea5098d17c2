//! SQL of this room.

pub(crate) mod letters;
pub(super) mod lines;
pub(super) mod seen;

use super::addressees::Addressees;
use crate::{
    kit::{EventId, MemberId, PostId, ThreadId},
    posts::Post,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What notices of one event share.
pub(super) struct About {
    pub(super) event: EventId,
    pub(super) actor: Option<MemberId>,
    pub(super) thread: ThreadId,
    pub(super) post: PostId,
    pub(super) at: OffsetDateTime,
}

/// Tells these members, as far as they may see the board and have not muted the thread; what somebody
/// was told before is left alone.
pub(super) async fn insert(
    db: &mut PgConnection,
    about: &About,
    told: &Addressees,
) -> sqlx::Result<()> {
    let members: Vec<i64> = told.keys().map(|member| member.0).collect();
    let kinds: Vec<String> = told.values().map(|kind| kind.name().to_owned()).collect();
    sqlx::query!(
        r#"
        insert into notifications (member_id, event_id, kind, actor_id, thread_id, post_id, at)
        select told.member_id, $3, told.kind, $4, threads.id, $6, $7
        from unnest($1::bigint[], $2::text[]) as told (member_id, kind)
        join members on members.id = told.member_id and members.erased_at is null
        join threads on threads.id = $5
        join lateral visible_boards(told.member_id) as visible on visible.board_id = threads.board_id
        left join thread_follows on thread_follows.thread_id = threads.id
            and thread_follows.member_id = told.member_id
        where thread_follows.level is distinct from 'mute'
            or told.kind in ('removal', 'restoration', 'edit', 'hiding', 'verdict')
        order by told.member_id
        on conflict do nothing
        "#,
        &members,
        &kinds,
        about.event.0,
        about.actor.map(|actor| actor.0),
        about.thread.0,
        about.post.0,
        about.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away what these members have not seen yet of what a question came to before: whoever marks a reply
/// and takes the mark back, in turn, fills nobody's inbox, and what is there is how things stand.
pub(super) async fn forget_unseen_outcomes(
    db: &mut PgConnection,
    post: &Post,
    told: &Addressees,
) -> sqlx::Result<()> {
    let members: Vec<i64> = told.keys().map(|member| member.0).collect();
    sqlx::query!(
        r#"
        delete from notifications
        where member_id = any ($1)
            and thread_id = $2
            and seen_at is null
            and (
                kind in ('outcome', 'reopening')
                or kind = 'solution'
                    and post_id = $3
            )
        "#,
        &members,
        post.thread_id.0,
        post.id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets that a member's question was joined to another, as far as they have not seen it.
pub(super) async fn forget_unseen_joining(
    db: &mut PgConnection,
    member: MemberId,
    thread: ThreadId,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from notifications
        where member_id = $1
            and thread_id = $2
            and kind = 'joining'
            and seen_at is null
        "#,
        member.0,
        thread.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The rank somebody came to, and the one they had where that was higher.
pub(super) async fn insert_rank(
    db: &mut PgConnection,
    event: EventId,
    member: MemberId,
    (rank, former): (i64, Option<i64>),
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into notifications (member_id, event_id, kind, rank_id, at, former_rank_id)
        select members.id, $2, 'rank', $3, $4, $5
        from members
        where members.id = $1
            and members.erased_at is null
        on conflict do nothing
        "#,
        member.0,
        event.0,
        rank,
        at,
        former,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A badge that somebody was given or lost. What came by itself is a quiet line: it is there and rings for nobody.
pub(super) async fn insert_badge(
    db: &mut PgConnection,
    event: EventId,
    member: MemberId,
    award: i64,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into notifications (member_id, event_id, kind, award_id, at, seen_at)
        select
            members.id, $2, 'rank', badge_awards.id, $4,
            case when coalesce(badge_awards.revoked_by, badge_awards.given_by) is null then $4::timestamptz end
        from members
        join badge_awards on badge_awards.id = $3
        where members.id = $1
            and members.erased_at is null
        on conflict do nothing
        "#,
        member.0,
        event.0,
        award,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whom a post answers.
pub(super) async fn answered(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Option<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select answered.author_id as "author_id!: MemberId"
        from posts
        join posts as answered on answered.id = posts.reply_to_id
        where posts.id = $1
        "#,
        post.0,
    )
    .fetch_optional(db)
    .await
}

/// Who wrote what stands at these places of a thread.
pub(super) async fn authors_at(
    db: &mut PgConnection,
    thread: ThreadId,
    positions: &[i32],
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        "select author_id from posts where thread_id = $1 and position = any($2)",
        thread.0,
        positions,
    )
    .fetch_all(db)
    .await
}

/// The members with these lower-case handles.
pub(super) async fn named(
    db: &mut PgConnection,
    handles: &[String],
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!("select id from members where lower(handle) = any($1)", handles)
        .fetch_all(db)
        .await
}

/// Who was told that a post mentions or quotes them.
pub(super) async fn named_before(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        "select member_id from notifications where post_id = $1 and kind in ('mention', 'quote')",
        post.0,
    )
    .fetch_all(db)
    .await
}

/// What a question came to.
pub(super) struct Outcome {
    pub(super) asker_id: MemberId,
    /// The first of its accepted replies.
    pub(super) solution_id: Option<PostId>,
    /// Whether this reply is one of them.
    pub(super) accepted: bool,
}

/// What a question came to, and whether a reply still is part of its solution.
pub(super) async fn outcome(
    db: &mut PgConnection,
    thread: ThreadId,
    post: PostId,
) -> sqlx::Result<Outcome> {
    sqlx::query_as!(
        Outcome,
        r#"
        select
            threads.author_id as asker_id,
            threads.solution_id as "solution_id: PostId",
            exists (
                select
                from acceptances
                where acceptances.post_id = $2
                    and acceptances.undone_at is null
            ) as "accepted!"
        from threads
        where threads.id = $1
        "#,
        thread.0,
        post.0,
    )
    .fetch_one(db)
    .await
}

/// Holds kudos until the transaction ends; false where those given then are taken back.
pub(super) async fn hold_kudos(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
    given_at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let held = sqlx::query!(
        r#"
        select id
        from kudos
        where post_id = $1
            and giver_id = $2
            and given_at = $3
        for share
        "#,
        post.0,
        giver.0,
        given_at,
    )
    .fetch_optional(db)
    .await?;
    Ok(held.is_some())
}

/// Takes the line about kudos away with them, unless they were given again.
pub(super) async fn forget_kudos(
    db: &mut PgConnection,
    post: PostId,
    giver: MemberId,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        delete from notifications
        where kind = 'kudos'
            and post_id = $1
            and actor_id = $2
            and not exists (
                select
                from kudos
                where kudos.post_id = $1
                    and kudos.giver_id = $2
                    and kudos.given_at = notifications.at
            )
        "#,
        post.0,
        giver.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

use crate::{
    kit::{MemberId, PostId},
    moderation::{
        cases::{Case, Outcome},
        flags::Reason,
    },
    posts::Post,
    threads::Thread,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The post's open case.
pub(in crate::moderation) async fn open(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Option<Case>> {
    sqlx::query_as!(
        Case,
        r#"
        select
            id, reason as "reason: Reason", hidden_at, claimed_by as "claimed_by: MemberId", claimed_at
        from review_cases
        where post_id = $1
            and settled_at is null
        "#,
        post.0,
    )
    .fetch_optional(db)
    .await
}

pub(in crate::moderation) async fn insert(
    db: &mut PgConnection,
    thread: &Thread,
    post: &Post,
    reason: Reason,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into review_cases (post_id, thread_id, board_id, author_id, opened_at, reason, urgency)
        values ($1, $2, $3, $4, $5, $6, 0)
        returning id
        "#,
        post.id.0,
        thread.id.0,
        thread.board_id.0,
        post.author_id.0,
        now,
        reason.name(),
    )
    .fetch_one(db)
    .await
}

/// What the flags of a case come to.
pub(in crate::moderation) struct Raised {
    /// The gravest reason before.
    pub(in crate::moderation) reason: Reason,
    pub(in crate::moderation) flags: i64,
    /// In hundredths.
    pub(in crate::moderation) weight: i64,
}

pub(in crate::moderation) async fn weigh(db: &mut PgConnection, case: i64) -> sqlx::Result<Raised> {
    sqlx::query_as!(
        Raised,
        r#"
        select
            review_cases.reason as "reason: Reason",
            (select count(*) from flags where flags.case_id = review_cases.id) as "flags!",
            (select coalesce(sum(flags.weight), 0) from flags where flags.case_id = review_cases.id) as "weight!"
        from review_cases
        where review_cases.id = $1
        "#,
        case,
    )
    .fetch_one(db)
    .await
}

pub(in crate::moderation) async fn set_urgency(
    db: &mut PgConnection,
    case: i64,
    reason: Reason,
    urgency: i32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update review_cases set reason = $2, urgency = $3 where id = $1",
        case,
        reason.name(),
        urgency,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether flags alone never hide the post: somebody has looked at it and kept it, it is part of a solution, or
/// whoever wrote it speaks for the community.
pub(in crate::moderation) async fn stays_in_sight(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select (
            exists (select from review_cases where post_id = $1 and outcome = 'kept')
            or exists (select from acceptances where post_id = $1 and undone_at is null)
            or exists (
                select
                from posts
                join member_roles on member_roles.member_id = posts.author_id
                where posts.id = $1
                    and member_roles.role in ('moderator', 'staff', 'admin')
            )
        ) as "stays!"
        "#,
        post.0,
    )
    .fetch_one(db)
    .await
}

pub(in crate::moderation) async fn set_hidden(
    db: &mut PgConnection,
    case: i64,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update review_cases set hidden_at = $2 where id = $1", case, now)
        .execute(db)
        .await?;
    Ok(())
}

/// Who is at it, if anybody.
pub(in crate::moderation) async fn set_claimed(
    db: &mut PgConnection,
    case: i64,
    claim: Option<(MemberId, OffsetDateTime)>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update review_cases set claimed_by = $2, claimed_at = $3 where id = $1",
        case,
        claim.map(|(by, _)| by.0),
        claim.map(|(_, at)| at),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Settles the post's open case; false where there is none.
pub(in crate::moderation) async fn settle(
    db: &mut PgConnection,
    post: PostId,
    by: Option<MemberId>,
    outcome: Outcome,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let settled = sqlx::query!(
        r#"
        update review_cases
        set settled_at = $4, settled_by = $2, outcome = $3
        where post_id = $1
            and settled_at is null
        "#,
        post.0,
        by.map(|member| member.0),
        outcome.name(),
        now,
    )
    .execute(db)
    .await?;
    Ok(settled.rows_affected() > 0)
}

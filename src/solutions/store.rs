use super::confirmation::{Answer, Tally};
use crate::kit::{MemberId, PostId, ThreadId};
use sqlx::PgConnection;
use time::OffsetDateTime;

pub(super) async fn insert(
    db: &mut PgConnection,
    thread: ThreadId,
    post: PostId,
    by: Option<MemberId>,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        insert into acceptances (thread_id, post_id, accepted_by, accepted_at)
        values ($1, $2, $3, $4)
        returning id
        "#,
        thread.0,
        post.0,
        by.map(|id| id.0),
        now,
    )
    .fetch_one(db)
    .await
}

pub(super) async fn undo(
    db: &mut PgConnection,
    post: PostId,
    by: Option<MemberId>,
    because: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        update acceptances
        set undone_by = $2, undone_because = $3, undone_at = $4
        where post_id = $1
            and undone_at is null
        returning id
        "#,
        post.0,
        by.map(|id| id.0),
        because,
        now,
    )
    .fetch_optional(db)
    .await
}

/// An acceptance that stands.
pub(super) struct Standing {
    pub(super) id: i64,
    pub(super) post_id: PostId,
    pub(super) accepted_by: Option<MemberId>,
    pub(super) accepted_at: OffsetDateTime,
}

/// Those of a question, the first first.
pub(super) async fn standing(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"
        select
            id,
            post_id as "post_id: PostId",
            accepted_by as "accepted_by: MemberId",
            accepted_at
        from acceptances
        where thread_id = $1
            and undone_at is null
        order by id
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// Who wrote the replies of a question that are accepted.
pub(super) async fn authors(
    db: &mut PgConnection,
    thread: ThreadId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select posts.author_id as "author_id: MemberId"
        from acceptances
        join posts on posts.id = acceptances.post_id
        where acceptances.thread_id = $1
            and acceptances.undone_at is null
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn answer_of(
    db: &mut PgConnection,
    acceptance: i64,
    member: MemberId,
) -> sqlx::Result<Option<Answer>> {
    sqlx::query_scalar!(
        r#"
        select answer as "answer: Answer"
        from confirmations
        where acceptance_id = $1
            and member_id = $2
        "#,
        acceptance,
        member.0,
    )
    .fetch_optional(db)
    .await
}

pub(super) async fn set_answer(
    db: &mut PgConnection,
    acceptance: i64,
    member: MemberId,
    answer: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into confirmations (acceptance_id, member_id, answer, at)
        values ($1, $2, $3, $4)
        on conflict (acceptance_id, member_id) do update
        set answer = excluded.answer, at = excluded.at
        "#,
        acceptance,
        member.0,
        answer,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What they had said.
pub(super) async fn delete_answer(
    db: &mut PgConnection,
    acceptance: i64,
    member: MemberId,
) -> sqlx::Result<Option<Answer>> {
    sqlx::query_scalar!(
        r#"
        delete from confirmations
        where acceptance_id = $1
            and member_id = $2
        returning answer as "answer: Answer"
        "#,
        acceptance,
        member.0,
    )
    .fetch_optional(db)
    .await
}

/// Changes the counts by so much; returns what they are.
pub(super) async fn count(
    db: &mut PgConnection,
    acceptance: i64,
    by: Tally,
) -> sqlx::Result<Tally> {
    sqlx::query_as!(
        Tally,
        r#"
        update acceptances
        set confirmed = confirmed + $2, answered = answered + $3
        where id = $1
        returning confirmed, answered
        "#,
        acceptance,
        by.confirmed,
        by.answered,
    )
    .fetch_one(db)
    .await
}

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
    pub(super) author_id: MemberId,
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
            acceptances.id,
            acceptances.post_id as "post_id: PostId",
            posts.author_id as "author_id: MemberId",
            acceptances.accepted_by as "accepted_by: MemberId",
            acceptances.accepted_at
        from acceptances
        join posts on posts.id = acceptances.post_id
        where acceptances.thread_id = $1
            and acceptances.undone_at is null
        order by acceptances.id
        "#,
        thread.0,
    )
    .fetch_all(db)
    .await
}

/// What somebody said of an accepted reply.
pub(super) struct Given {
    pub(super) answer: Answer,
    /// Under which the ledger knows what it earned; absent where that is nothing.
    pub(super) number: Option<i64>,
}

pub(super) async fn answer_of(
    db: &mut PgConnection,
    acceptance: i64,
    member: MemberId,
) -> sqlx::Result<Option<Given>> {
    sqlx::query_as!(
        Given,
        r#"
        select answer as "answer: Answer", number
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

/// Returns the number of a confirmation: another one each time it is given.
pub(super) async fn set_answer(
    db: &mut PgConnection,
    acceptance: i64,
    member: MemberId,
    answer: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        r#"
        insert into confirmations (acceptance_id, member_id, answer, at, number)
        values ($1, $2, $3, $4, case $3 when 'solved' then nextval('confirmations_number') end)
        on conflict (acceptance_id, member_id) do update
        set answer = excluded.answer, at = excluded.at, number = excluded.number
        returning number
        "#,
        acceptance,
        member.0,
        answer,
        now,
    )
    .fetch_one(db)
    .await
}

/// What these people had said.
pub(super) async fn delete_answers(
    db: &mut PgConnection,
    acceptance: i64,
    people: &[MemberId],
) -> sqlx::Result<Vec<Given>> {
    let people: Vec<i64> = people.iter().map(|member| member.0).collect();
    sqlx::query_as!(
        Given,
        r#"
        delete from confirmations
        -- Each is looked for by itself: the planner takes few to have answered, and would read all.
        using (
            select found.acceptance_id, found.member_id
            from unnest($2::bigint[]) as gone (id)
            cross join lateral (
                select theirs.acceptance_id, theirs.member_id
                from confirmations as theirs
                where theirs.acceptance_id = $1
                    and theirs.member_id = gone.id
                limit 1
            ) as found
        ) as given
        where confirmations.acceptance_id = given.acceptance_id
            and confirmations.member_id = given.member_id
        returning confirmations.answer as "answer: Answer", confirmations.number
        "#,
        acceptance,
        &people,
    )
    .fetch_all(db)
    .await
}

/// The numbers of all confirmations of an acceptance.
pub(super) async fn numbers(db: &mut PgConnection, acceptance: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"
        select number as "number!"
        from confirmations
        where acceptance_id = $1
            and number is not null
        "#,
        acceptance,
    )
    .fetch_all(db)
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

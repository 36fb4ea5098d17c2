use crate::{
    kit::{MemberId, PostId},
    moderation::{
        cases::Outcome,
        flags::{NewFlag, Reason, Record},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Whoever flags a post.
pub(in crate::moderation) struct Flagger {
    pub(in crate::moderation) joined_at: OffsetDateTime,
    pub(in crate::moderation) record: Record,
}

/// When a member joined, and what came of the last hundred flags of theirs.
pub(in crate::moderation) async fn flagger(
    db: &mut PgConnection,
    member: MemberId,
) -> sqlx::Result<Flagger> {
    let row = sqlx::query!(
        r#"
        select
            members.joined_at,
            coalesce(came.upheld, 0) as "upheld!",
            coalesce(came.declined, 0) as "declined!"
        from members
        cross join lateral (
            select
                count(*) filter (where of_case.outcome = 'removed') as upheld,
                count(*) filter (where of_case.outcome = 'kept') as declined
            from (
                select flags.case_id
                from flags
                where flags.member_id = members.id
                order by flags.id desc
                limit 100
            ) as latest
            cross join lateral (
                select review_cases.outcome
                from review_cases
                where review_cases.id = latest.case_id
                limit 1
            ) as of_case
        ) as came
        where members.id = $1
        "#,
        member.0,
    )
    .fetch_one(db)
    .await?;
    let record = Record { upheld: row.upheld, declined: row.declined };
    Ok(Flagger { joined_at: row.joined_at, record })
}

pub(in crate::moderation) async fn insert(
    db: &mut PgConnection,
    case: i64,
    post: PostId,
    member: MemberId,
    flag: &NewFlag,
    weight: i32,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into flags (case_id, post_id, member_id, reason, note, weight, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        "#,
        case,
        post.0,
        member.0,
        flag.reason.name(),
        flag.note,
        weight,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A member's own flag.
pub(in crate::moderation) struct Own {
    pub(in crate::moderation) reason: Reason,
    pub(in crate::moderation) note: String,
    pub(in crate::moderation) at: OffsetDateTime,
    pub(in crate::moderation) outcome: Option<Outcome>,
}

/// What a member said is wrong with a post, and what came of it.
pub(in crate::moderation) async fn of(
    db: &mut PgConnection,
    post: PostId,
    member: MemberId,
) -> sqlx::Result<Option<Own>> {
    sqlx::query_as!(
        Own,
        r#"
        select
            flags.reason as "reason: Reason",
            flags.note,
            flags.at,
            review_cases.outcome as "outcome: Outcome"
        from flags
        join review_cases on review_cases.id = flags.case_id
        where flags.post_id = $1
            and flags.member_id = $2
        "#,
        post.0,
        member.0,
    )
    .fetch_optional(db)
    .await
}

/// Who flagged a post in its latest case.
pub(in crate::moderation) async fn of_latest_case(
    db: &mut PgConnection,
    post: PostId,
) -> sqlx::Result<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"
        select flags.member_id as "member_id: MemberId"
        from flags
        where flags.case_id = (
            select review_cases.id
            from review_cases
            where review_cases.post_id = $1
            order by review_cases.id desc
            limit 1
        )
        order by flags.id
        "#,
        post.0,
    )
    .fetch_all(db)
    .await
}

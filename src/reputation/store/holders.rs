//! Who holds which ranks, as groups want to know it.

use crate::{groups::ranks::Held, kit::MemberId};
use sqlx::PgConnection;

/// The ranks these members hold: the one each came to, and all below it.
pub(in crate::reputation) async fn held(
    db: &mut PgConnection,
    members: &[i64],
) -> sqlx::Result<Vec<Held>> {
    sqlx::query_as!(
        Held,
        r#"
        select standing.id as "member!: MemberId", lower.id as rank
        from unnest($1::bigint[]) as standing (id)
        left join member_ranks on member_ranks.member_id = standing.id
        left join ranks as reached on reached.id = member_ranks.rank_id
        join ranks as lower on lower.position <= coalesce(reached.position, 1)
            and lower.retired_at is null
        "#,
        members,
    )
    .fetch_all(db)
    .await
}

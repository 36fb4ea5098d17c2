//! Who holds which ranks, as groups want to know it.

use crate::{access::Capability, groups::ranks::Held, kit::MemberId};
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

/// What the ranks that members hold let them do.
pub(in crate::reputation) async fn powers(
    db: &mut PgConnection,
    held: &[Held],
) -> sqlx::Result<Vec<(MemberId, Capability)>> {
    let (members, ranks): (Vec<i64>, Vec<i64>) =
        held.iter().map(|held| (held.member.0, held.rank)).unzip();
    let rows = sqlx::query!(
        r#"
        select distinct held.member_id as "member!: MemberId", rank_powers.power
        from unnest($1::bigint[], $2::bigint[]) as held (member_id, rank_id)
        join rank_powers on rank_powers.rank_id = held.rank_id
        "#,
        &members,
        &ranks,
    )
    .fetch_all(db)
    .await?;
    let power = |name: &str| Capability::ALL.into_iter().find(|power| power.name() == name);
    Ok(rows.into_iter().filter_map(|row| Some((row.member, power(&row.power)?))).collect())
}

use sqlx::PgConnection;

/// What a post shows, without the kudos that members gave here.
pub(super) struct Shown {
    pub(super) source_id: i64,
    pub(super) kudos: i64,
}

pub(super) async fn shown_kudos(
    db: &mut PgConnection,
    source: &str,
    after: i64,
    most: i64,
) -> sqlx::Result<Vec<Shown>> {
    sqlx::query_as!(
        Shown,
        r#"
        select
            imported.source_id,
            posts.kudos - (
                select count(*)
                from kudos
                where kudos.post_id = posts.id
                    and kudos.giver_id is not null
            ) as "kudos!"
        from imported
        join posts on posts.id = imported.our_id
        where imported.source = $1
            and imported.kind = 'post'
            and imported.source_id > $2
        order by imported.source_id
        limit $3
        "#,
        source,
        after,
        most,
    )
    .fetch_all(db)
    .await
}

/// Questions that came with a solution, which a member may have taken back since.
pub(super) async fn solutions(db: &mut PgConnection, source: &str) -> sqlx::Result<u64> {
    let count = sqlx::query_scalar!(
        r#"
        select count(distinct acceptances.thread_id) as "count!"
        from imported
        join acceptances on acceptances.post_id = imported.our_id
        where imported.source = $1
            and imported.kind = 'post'
        "#,
        source,
    )
    .fetch_one(db)
    .await?;
    Ok(count.unsigned_abs())
}

use sqlx::PgConnection;

pub(super) struct Came {
    pub(super) source_id: i64,
    pub(super) our_id: i64,
}

pub(super) async fn of_kind(
    db: &mut PgConnection,
    source: &str,
    kind: &str,
) -> sqlx::Result<Vec<Came>> {
    sqlx::query_as!(
        Came,
        r#"
        select source_id, our_id
        from imported
        where source = $1
            and kind = $2
        "#,
        source,
        kind,
    )
    .fetch_all(db)
    .await
}

pub(super) async fn insert(
    db: &mut PgConnection,
    source: &str,
    kind: &str,
    came: &[(i64, i64)],
) -> sqlx::Result<()> {
    let (theirs, ours): (Vec<i64>, Vec<i64>) = came.iter().copied().unzip();
    sqlx::query!(
        r#"
        insert into imported (source, kind, source_id, our_id)
        select $1, $2, came.source_id, came.our_id
        from unnest($3::bigint[], $4::bigint[]) as came (source_id, our_id)
        "#,
        source,
        kind,
        &theirs,
        &ours,
    )
    .execute(db)
    .await?;
    Ok(())
}

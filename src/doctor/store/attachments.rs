use sqlx::PgConnection;

/// Attachments that a post shows and that would go, and those that none shows and that would stay.
pub(in crate::doctor) async fn unshown(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from attachments
        where (unused_since is null)
            <> exists (select from post_attachments where post_attachments.attachment_id = attachments.id)
        "#,
    )
    .fetch_one(db)
    .await
}

/// One that no post shows has been unused since it came, as far as anybody knows.
pub(in crate::doctor) async fn mend_unshown(db: &mut PgConnection) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        r#"
        update attachments
        set unused_since = case when unused_since is null then uploaded_at end
        where (unused_since is null)
            <> exists (select from post_attachments where post_attachments.attachment_id = attachments.id)
        "#,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

use super::Past;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Numbered from 1 for each post, which has none yet.
pub(super) async fn keep_revisions(db: &mut PgConnection, pasts: &[Past]) -> sqlx::Result<()> {
    let versions = || {
        pasts.iter().flat_map(|past| {
            past.versions.iter().zip(1..).map(|(version, number)| (past.post, number, version))
        })
    };
    let posts: Vec<i64> = versions().map(|(post, ..)| post.0).collect();
    let numbers: Vec<i32> = versions().map(|(_, number, _)| number).collect();
    let titles: Vec<Option<String>> =
        versions().map(|(.., version)| version.title.clone()).collect();
    let sources: Vec<String> = versions().map(|(.., version)| version.source.clone()).collect();
    let times: Vec<OffsetDateTime> = versions().map(|(.., version)| version.written_at).collect();
    let writers: Vec<i64> = versions().map(|(.., version)| version.written_by.0).collect();
    sqlx::query!(
        r#"
        insert into post_revisions (post_id, number, title, source, written_at, written_by)
        select post_id, number, title, source, written_at, written_by
        from unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[])
            as version (post_id, number, title, source, written_at, written_by)
        "#,
        &posts,
        &numbers,
        &titles as &[Option<String>],
        &sources,
        &times,
        &writers,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn set_edits(db: &mut PgConnection, pasts: &[Past]) -> sqlx::Result<()> {
    let posts: Vec<i64> = pasts.iter().map(|past| past.post.0).collect();
    let times: Vec<OffsetDateTime> = pasts.iter().map(|past| past.edited_at).collect();
    let editors: Vec<Option<i64>> =
        pasts.iter().map(|past| past.edited_by.map(|member| member.0)).collect();
    sqlx::query!(
        r#"
        update posts
        set edited_at = edit.at, edited_by = edit.editor
        from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as edit (post_id, at, editor)
        where posts.id = edit.post_id
        "#,
        &posts,
        &times,
        &editors as &[Option<i64>],
    )
    .execute(db)
    .await?;
    Ok(())
}

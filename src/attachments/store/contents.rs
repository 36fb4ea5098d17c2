//! Contents of the store, and what needs them.

use crate::{
    attachments::content,
    storage::{Hash, KEPT_BY_BACKUPS},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A content that something needs.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// Its name.
    pub hash: Hash,
    /// Its size.
    pub bytes: i64,
}

/// Writes down a content that is about to be stored, as one that nothing needs since now.
pub(in crate::attachments) async fn expect(
    db: &mut PgConnection,
    content: &content::Content,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into blobs as there (hash, bytes, unused_since)
        values ($1, $2, $3)
        on conflict (hash) do update
        set unused_since = case when there.unused_since is not null then excluded.unused_since end
        "#,
        content.hash.as_bytes(),
        content.bytes.len() as i64,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::attachments) async fn need(db: &mut PgConnection, hash: Hash) -> sqlx::Result<()> {
    sqlx::query!("update blobs set unused_since = null where hash = $1", hash.as_bytes())
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets up to `most` attachments that no post has shown since before; returns how many. Their contents are
/// needed by nothing from now on, unless another needs them.
pub(in crate::attachments) async fn forget_unused(
    db: &mut PgConnection,
    before: OffsetDateTime,
    now: OffsetDateTime,
    most: i64,
) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        r#"
        delete from attachments
        where id in (
            select id
            from attachments
            where unused_since < $1
            order by unused_since
            limit $2
            for update skip locked
        )
        returning hash, small_hash, medium_hash
        "#,
        before,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut hashes: Vec<Vec<u8>> = gone
        .iter()
        .flat_map(|row| [Some(row.hash.clone()), row.small_hash.clone(), row.medium_hash.clone()])
        .flatten()
        .collect();
    hashes.sort();
    hashes.dedup();
    sqlx::query!(
        r#"
        update blobs
        set unused_since = $2
        where hash = any($1)
            and not exists (select from attachments where attachments.hash = blobs.hash)
            and not exists (select from attachments where attachments.small_hash = blobs.hash)
            and not exists (select from attachments where attachments.medium_hash = blobs.hash)
        "#,
        &hashes,
        now,
    )
    .execute(db)
    .await?;
    Ok(gone.len() as u64)
}

/// Whether there is anything for the job.
pub(in crate::attachments) async fn is_any_due(
    db: &mut PgConnection,
    unused_before: OffsetDateTime,
    untouched_before: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select
            exists (select from blobs where unused_since < $1)
            or exists (select from uploads where touched_at < $2) as "due!"
        "#,
        unused_before,
        untouched_before,
    )
    .fetch_one(db)
    .await
}

/// Whether contents may be taken away until the transaction ends: not while a backup is made.
pub(in crate::attachments) async fn may_remove(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "may!""#, KEPT_BY_BACKUPS)
        .fetch_one(db)
        .await
}

/// Forgets up to `most` contents that nothing has needed since before, and holds their rows; returns them.
pub(in crate::attachments) async fn forget_contents(
    db: &mut PgConnection,
    before: OffsetDateTime,
    most: i64,
) -> sqlx::Result<Vec<Hash>> {
    let gone = sqlx::query_scalar!(
        r#"
        delete from blobs
        where hash in (
            select hash
            from blobs
            where unused_since < $1
            order by unused_since
            limit $2
            for update skip locked
        )
        returning hash
        "#,
        before,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(gone.iter().filter_map(|hash| Hash::from_bytes(hash)).collect())
}

/// The next contents that something needs, in the order of their names.
///
/// # Errors
/// Those of the database.
pub async fn contents(
    db: &mut PgConnection,
    after: Option<Hash>,
    most: i64,
) -> sqlx::Result<Vec<Content>> {
    let rows = sqlx::query!(
        r#"
        select hash, bytes
        from blobs
        where unused_since is null
            and ($1::bytea is null or hash > $1)
        order by hash
        limit $2
        "#,
        after.as_ref().map(Hash::as_bytes),
        most,
    )
    .fetch_all(db)
    .await?;
    let named = |row: &[u8], bytes| Hash::from_bytes(row).map(|hash| Content { hash, bytes });
    Ok(rows.iter().filter_map(|row| named(&row.hash, row.bytes)).collect())
}

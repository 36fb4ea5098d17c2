//! What has come, and what it is here.

use super::store;
use sqlx::PgConnection;
use std::collections::HashMap;

/// Ids there, and what they are here.
pub(super) type Known = HashMap<i64, i64>;

/// Everything of one kind that came from a source.
pub(super) async fn of_kind(
    db: &mut PgConnection,
    source: &str,
    kind: &str,
) -> sqlx::Result<Known> {
    let rows = store::of_kind(db, source, kind).await?;
    Ok(rows.into_iter().map(|row| (row.source_id, row.our_id)).collect())
}

/// Keeps what has come, in the transaction in which it came. Fails where it came before, so that two
/// imports of one source at the same time store nothing twice.
pub(super) async fn keep(
    db: &mut PgConnection,
    source: &str,
    kind: &str,
    came: &[(i64, i64)],
) -> sqlx::Result<()> {
    if came.is_empty() {
        return Ok(());
    }
    store::insert(db, source, kind, came).await
}

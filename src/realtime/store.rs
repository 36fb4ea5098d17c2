use super::{CHANNEL, MEMBER, RIGHTS};
use crate::kit::{MemberId, ThreadId};
use sqlx::PgConnection;
use std::collections::BTreeSet;

/// Tells all nodes; never inside a transaction that writes.
///
/// # Errors
/// Those of the database.
pub async fn announce(db: &mut PgConnection, changed: &BTreeSet<ThreadId>) -> sqlx::Result<()> {
    // A payload holds at most 8,000 bytes.
    for ids in changed.iter().collect::<Vec<_>>().chunks(300) {
        let payload = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload).execute(&mut *db).await?;
    }
    Ok(())
}

/// Tells all nodes that somebody may see more or less than before; never inside a transaction that writes.
///
/// # Errors
/// Those of the database.
pub async fn announce_rights(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, RIGHTS).execute(db).await?;
    Ok(())
}

/// Tells all nodes that a member may see more or less than before, or that a session of theirs has ended;
/// never inside a transaction that writes.
///
/// # Errors
/// Those of the database.
pub async fn announce_member(db: &mut PgConnection, member: MemberId) -> sqlx::Result<()> {
    let payload = format!("{MEMBER}{member}");
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload).execute(db).await?;
    Ok(())
}

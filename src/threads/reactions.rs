//! What threads do when something happened elsewhere.

use super::{access, duplicates};
use crate::{
    outbox::{Event, Heard},
    solutions::confirmation,
};
use sqlx::PgConnection;

/// Listener: a duplicate that was closed counts nobody at its original, and does again when it is opened. Bears
/// being run twice.
///
/// # Errors
/// Those of the database.
pub(crate) async fn settle_duplicate(db: &mut PgConnection, heard: &Heard) -> anyhow::Result<()> {
    let (Event::PostDeleted { thread, .. }
    | Event::PostRemoved { thread, .. }
    | Event::PostHidden { thread, .. }
    | Event::PostRestored { thread, .. }) = heard.event
    else {
        return Ok(());
    };
    if duplicates::original_of(db, thread).await?.is_none() {
        return Ok(());
    }
    let Some(original) = duplicates::hold_both(db, thread).await? else { return Ok(()) };
    let Some(thread) = access::whole(db, thread).await? else { return Ok(()) };
    let lost = duplicates::settle(db, &thread, original).await?;
    if let Some(original) = access::whole(db, original).await? {
        confirmation::forget(db, &[(&original, &lost)], heard.at).await?;
    }
    Ok(())
}

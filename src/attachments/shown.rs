//! Which posts show what, inside a given transaction.

use super::store;
use crate::kit::{AttachmentId, PostId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Writes down what a post shows, in place of what it showed. Whether its author may show it is for the
/// caller to know.
pub(crate) async fn show(
    db: &mut PgConnection,
    post: PostId,
    attachments: &[AttachmentId],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let ids: Vec<i64> = attachments.iter().map(|id| id.0).collect();
    // Held in one order, so that two posts that show the same do not wait for each other.
    let mut touched = store::shown_by(db, post).await?;
    touched.extend_from_slice(&ids);
    touched.sort_unstable();
    touched.dedup();
    if touched.is_empty() {
        return Ok(());
    }
    store::hold(db, &touched).await?;
    store::unshow_others(db, post, &ids).await?;
    store::show(db, post, &ids).await?;
    store::settle(db, &touched, now).await
}

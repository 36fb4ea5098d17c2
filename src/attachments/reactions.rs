//! What goes by itself: attachments that no post shows, contents that nothing needs, uploads given up.

use super::{KEPT_UNUSED, store};
use crate::{
    app::App,
    jobs::{self, Kind, Outcome, schedule::AT_ONCE},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// An upload is given up so long after its last piece.
const KEPT_UNFINISHED: Duration = Duration::DAY;

/// Contents taken away in one run of the job, so that it stays short.
const SWEPT_AT_ONCE: i64 = 200;

/// What this room does after the fact.
pub const JOBS: &[Kind] = &[Kind { name: "attachments.sweep", run: sweep }];

/// Forgets attachments that no post has shown for long; their contents are then needed by nothing, or by
/// others. Returns how many.
pub(crate) async fn forget_unused(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    store::forget_unused(db, now - KEPT_UNUSED, now, AT_ONCE).await
}

/// Sees to it that what is due is taken out of the store. A chore has the database alone, so a job does it.
pub(crate) async fn plan_sweep(db: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    if store::is_any_due(db, now - KEPT_UNUSED, now - KEPT_UNFINISHED).await? {
        jobs::enqueue_once(db, "attachments.sweep", "sweep", &(), now)
            .await
            .map_err(|error| sqlx::Error::Encode(error.into()))?;
    }
    Ok(0)
}

/// Takes what is due out of the store, each with its row held until it is gone, so that nobody who uploads
/// the same meanwhile relies on it. Run twice, it finds nothing.
fn sweep<'a>(app: &'a App, db: &'a mut PgConnection, _: serde_json::Value) -> Outcome<'a> {
    Box::pin(async move {
        let now = app.now();
        for part in store::forget_uploads(db, now - KEPT_UNFINISHED, SWEPT_AT_ONCE).await? {
            app.blobs.forget_part(part).await?;
        }
        app.blobs.forget_leftovers().await?;
        // A backup under way has promised what it saw; it lasts, and the next chore comes round.
        if !store::may_remove(db).await? {
            return Ok(());
        }
        let gone = store::forget_contents(db, now - KEPT_UNUSED, SWEPT_AT_ONCE).await?;
        for hash in &gone {
            app.blobs.remove(*hash).await?;
        }
        if gone.len() as i64 == SWEPT_AT_ONCE {
            jobs::enqueue(db, "attachments.sweep", &(), now).await?;
        }
        Ok(())
    })
}

//! Edits that were made before a post came here.

mod store;

use crate::{
    kit::{MemberId, PostId, ThreadId},
    outbox::{self, Actor, Event},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A version of a post that another one has replaced.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    /// Of an opening post alone.
    pub(crate) title: Option<String>,
    pub(crate) source: String,
    pub(crate) written_at: OffsetDateTime,
    pub(crate) written_by: MemberId,
}

/// What a post went through before it came here.
pub(crate) struct Past {
    pub(crate) post: PostId,
    pub(crate) thread: ThreadId,
    /// From the text as first written to the one before the text that stands.
    pub(crate) versions: Vec<Version>,
    pub(crate) edited_at: OffsetDateTime,
    /// Absent where nobody knows.
    pub(crate) edited_by: Option<MemberId>,
}

/// Keeps the earlier versions of published posts, and who edited them last. Only the text that stands
/// is ever drawn, so nothing is drawn here.
pub(crate) async fn keep(db: &mut PgConnection, pasts: &[Past]) -> sqlx::Result<()> {
    store::keep_revisions(db, pasts).await?;
    store::set_edits(db, pasts).await?;
    let edited = |past: &Past| Event::PostEdited { thread: past.thread, post: past.post };
    let events: Vec<_> = pasts
        .iter()
        .flat_map(|past| {
            let later = past.versions.iter().skip(1).map(|version| version.written_at);
            later.chain([past.edited_at]).map(|at| (edited(past), at))
        })
        .collect();
    outbox::record_settled(db, Actor::IMPORT, &events).await
}

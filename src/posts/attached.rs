//! What a post may show of what was uploaded, and that it does.
//!
//! Somebody may show what they uploaded themselves, what the post shows already, and what stands in a post of
//! the same thread, as a quote repeats it: whoever may read the one may read the other. What stands in another
//! thread stays a link, so that no quote carries a picture out of a private board.

mod store;

use crate::{
    app::App,
    error::{Error, Result},
    kit::{AttachmentId, MemberId, PostId, ThreadId},
    markup::{self, Attached},
    threads::Thread,
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Who shows something, and where.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Where {
    pub(crate) author: Option<MemberId>,
    pub(crate) thread: Option<ThreadId>,
    /// The post, where it is there already.
    pub(crate) post: Option<PostId>,
}

/// What a text may show, of all that it names.
///
/// # Errors
/// Those of the database.
pub(crate) async fn in_text(app: &App, text: &str, place: Where) -> Result<HashMap<i64, Attached>> {
    let ids = markup::uploads(text);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = store::usable(&mut *app.db.acquire().await?, &ids, place).await?;
    Ok(found.iter().map(|attachment| (attachment.id.0, attachment.attached())).collect())
}

/// Writes down what a post shows that was drawn before its thread's row was held. Asked once more, for
/// much may have happened since.
///
/// # Errors
/// [`Error::Refused`] where the author may not upload on this board, or may show something no more; those of
/// the database.
pub(crate) async fn show(
    db: &mut PgConnection,
    thread: &Thread,
    post: PostId,
    author: MemberId,
    attachments: &[AttachmentId],
    now: OffsetDateTime,
) -> Result<()> {
    if !attachments.is_empty() {
        let ids: Vec<i64> = attachments.iter().map(|id| id.0).collect();
        let place = Where { author: Some(author), thread: Some(thread.id), post: Some(post) };
        if store::usable(db, &ids, place).await?.len() < ids.len() {
            return Err(Error::Refused("attachment-gone".into()));
        }
        if !thread.uploads && store::is_any_new(db, &ids, thread.id).await? {
            return Err(Error::Refused("attachments-not-here".into()));
        }
    }
    crate::attachments::shown::show(db, post, attachments, now).await?;
    Ok(())
}

//! From an upload that is whole to an attachment.

use super::{
    attachment::{Attachment, Kind},
    content::{self, Content, Kept, Unfit},
    store,
    upload::Upload,
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::Message,
};
use std::{collections::BTreeMap, io, time::Duration};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Files looked at together: one, because decoding a picture may take a few hundred megabytes.
static TURN: Semaphore = Semaphore::const_new(1);

/// Uploads that wait for that; whoever comes then is asked to come again.
static WAITING: Semaphore = Semaphore::const_new(8);

const PATIENCE: Duration = Duration::from_secs(20);

/// Makes an attachment of an upload that is whole, or says in words why it cannot be one; then the upload is
/// gone. Asked again, it gives the same.
///
/// # Errors
/// [`Error::Busy`] where too many wait, and nothing is lost; those of the disk and of the database.
pub(crate) async fn take(app: &App, upload: &Upload) -> Result<Result<Attachment, Message>> {
    let _turn = turn().await?;
    let mut db = app.db.acquire().await?;
    // It may have been made while this one waited.
    let again =
        store::upload(&mut db, upload.id, upload.member_id).await?.ok_or(Error::NotFound)?;
    if let Some(id) = again.attachment_id {
        return store::attachment(&mut db, id).await?.map(Ok).ok_or(Error::NotFound);
    }
    drop(db);
    let kept = match looked_at(app, upload).await? {
        Ok(kept) => kept,
        Err(unfit) => {
            give_up(app, upload).await?;
            return Ok(Err(unfit.words(&upload.name)));
        }
    };
    let attachment = store_whole(app, upload, &kept).await?;
    app.blobs.forget_part(upload.id).await.map_err(anyhow::Error::from)?;
    Ok(Ok(attachment))
}

async fn turn() -> Result<SemaphorePermit<'static>> {
    let _waiting = WAITING.try_acquire().map_err(|_| Error::Busy)?;
    let turn = tokio::time::timeout(PATIENCE, TURN.acquire()).await;
    turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)
}

/// Reads and decodes it off the threads that answer.
async fn looked_at(app: &App, upload: &Upload) -> Result<Result<Kept, Unfit>> {
    let bytes = match app.blobs.part(upload.id).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        bytes => bytes.map_err(anyhow::Error::from)?,
    };
    if bytes.len() as i64 != upload.bytes {
        return Ok(Err(Unfit::Broken));
    }
    let name = upload.name.clone();
    let work = tokio::task::spawn_blocking(move || content::examine(bytes, &name));
    // A decoder that gives up on a file would give up again.
    Ok(work.await.unwrap_or(Err(Unfit::Broken)))
}

/// Rows of the contents first, as needed by nothing; then the contents; then what needs them. Wherever it
/// breaks off, nothing is named that is not there, and nothing is there that is forgotten.
async fn store_whole(app: &App, upload: &Upload, kept: &Kept) -> Result<Attachment> {
    let now = app.now();
    let pictures = kept.picture.iter().flat_map(|picture| [&picture.small, &picture.medium]);
    let contents: BTreeMap<_, &Content> =
        std::iter::once(&kept.content).chain(pictures).map(|each| (each.hash, each)).collect();
    {
        let mut db = app.db.acquire().await?;
        for content in contents.values() {
            store::expect(&mut db, content, now).await?;
        }
    }
    for content in contents.values() {
        let put = app.blobs.put(content.hash, content.bytes.clone()).await;
        put.map_err(anyhow::Error::from)?;
    }
    let kind = match &kept.picture {
        Some(picture) if picture.moving => Kind::Animation,
        Some(_) => Kind::Picture,
        None => Kind::File,
    };
    let mut tx = app.db.begin().await?;
    let id = store::insert(&mut tx, upload, kind, kept, now).await?;
    for content in contents.values() {
        store::need(&mut tx, content.hash).await?;
    }
    store::became(&mut tx, upload.id, id, now).await?;
    let attachment = store::attachment(&mut tx, id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(attachment)
}

async fn give_up(app: &App, upload: &Upload) -> Result<()> {
    app.blobs.forget_part(upload.id).await.map_err(anyhow::Error::from)?;
    store::forget_upload(&mut *app.db.acquire().await?, upload.id).await?;
    Ok(())
}

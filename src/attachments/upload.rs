//! A file on its way in. Its bytes come in order; one that comes again from an earlier place is written
//! over, so that whoever lost an answer asks how far it got and goes on from there.

use super::store;
use crate::{
    app::App,
    error::{Error, Result},
    kit::{AttachmentId, MemberId, Message},
    members::Member,
    settings,
};
use bytes::Bytes;
use sqlx::PgConnection;
use uuid::Uuid;

/// Longest name that is taken, in bytes; shown is less of it.
const LONGEST_NAME: usize = 1024;

/// How far an upload is.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) id: Uuid,
    pub(crate) member_id: MemberId,
    pub(crate) name: String,
    pub(crate) bytes: i64,
    pub(crate) received: i64,
    pub(crate) attachment_id: Option<AttachmentId>,
}

impl Upload {
    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("/uploads/{}", self.id)
    }
}

/// How much may be uploaded, in bytes.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// In one file.
    each: i64,
    /// In all files of a member.
    all: i64,
}

const MEGABYTE: i64 = 1024 * 1024;

/// What the community allows.
async fn room(db: &mut PgConnection) -> sqlx::Result<Room> {
    let settings = settings::current(db).await?;
    Ok(Room {
        each: i64::from(settings.largest_upload) * MEGABYTE,
        all: i64::from(settings.uploads_each) * MEGABYTE,
    })
}

/// Begins an upload of so many bytes; says in words why it may not be. The bytes are reserved: what is under
/// way counts like what is there.
///
/// # Errors
/// [`Error::Refused`] where the member may upload nowhere; those of the database.
pub(crate) async fn begin(
    app: &App,
    member: &Member,
    name: &str,
    bytes: i64,
) -> Result<Result<Upload, Message>> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if !store::may_upload(&mut tx, member.id).await? {
        return Err(Error::Refused("upload-refusal".into()));
    }
    let room = room(&mut tx).await?;
    let name = super::content::tidy_name(shortened(name));
    if bytes < 1 {
        return Ok(Err(Message::with("upload-empty", "name", &name)));
    }
    if bytes > room.each {
        return Ok(Err(too_large(&name, room)));
    }
    // One after the other, so that two together do not take more than there is.
    store::hold_member(&mut tx, member.id).await?;
    if store::taken(&mut tx, member.id).await? + bytes > room.all {
        return Ok(Err(no_room(room)));
    }
    let id = Uuid::now_v7();
    store::insert_upload(&mut tx, id, member.id, &name, bytes, now).await?;
    tx.commit().await?;
    Ok(Ok(Upload { id, member_id: member.id, name, bytes, received: 0, attachment_id: None }))
}

/// Begins an upload whose length nobody has said; [`grow`] says how long it has become.
///
/// # Errors
/// As [`begin`].
pub(crate) async fn begin_unmeasured(
    app: &App,
    member: &Member,
    name: &str,
) -> Result<Result<Upload, Message>> {
    begin(app, member, name, 1).await
}

/// Reserves so many bytes for an upload whose length nobody has said, before they are written: what breaks
/// off counts as well, as long as it lies there.
///
/// # Errors
/// Those of the database.
pub(crate) async fn grow(
    app: &App,
    member: &Member,
    upload: &mut Upload,
    bytes: i64,
) -> Result<Result<(), Message>> {
    let mut tx = app.db.begin().await?;
    let room = room(&mut tx).await?;
    if bytes > room.each {
        return Ok(Err(too_large(&upload.name, room)));
    }
    store::hold_member(&mut tx, member.id).await?;
    store::note_measured(&mut tx, upload.id, bytes, app.now()).await?;
    if store::taken(&mut tx, member.id).await? > room.all {
        return Ok(Err(no_room(room)));
    }
    tx.commit().await?;
    upload.bytes = bytes;
    upload.received = bytes;
    Ok(Ok(()))
}

fn no_room(room: Room) -> Message {
    Message::with("upload-no-room", "megabytes", room.all / MEGABYTE)
}

fn too_large(name: &str, room: Room) -> Message {
    let args = vec![("name", name.into()), ("megabytes", (room.each / MEGABYTE).into())];
    Message { key: "upload-too-large", args }
}

/// The upload, if it is this member's.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or none of theirs.
pub(crate) async fn of(db: &mut PgConnection, member: &Member, id: Uuid) -> Result<Upload> {
    store::upload(db, id, member.id).await?.ok_or(Error::NotFound)
}

/// Takes a piece that begins at this byte. One that begins further on than what is here, or ends behind
/// the end, changes nothing: the answer says how far it is.
///
/// # Errors
/// [`Error::NotFound`] as [`of`]; those of the disk.
pub(crate) async fn receive(
    app: &App,
    member: &Member,
    id: Uuid,
    at: i64,
    piece: Bytes,
) -> Result<Upload> {
    let mut tx = app.db.begin().await?;
    let mut upload = store::hold_upload(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let end = at.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
    let fits = (0..=upload.received).contains(&at) && end <= upload.bytes;
    if !fits || end <= upload.received || upload.attachment_id.is_some() {
        return Ok(upload);
    }
    let begins = u64::try_from(at).unwrap_or_default();
    let written = app.blobs.write_part(id, begins, piece).await.map_err(anyhow::Error::from)?;
    // What came before is lost, with a disk or with a node: the answer has it sent anew.
    upload.received = if written { end } else { 0 };
    store::note_received(&mut tx, id, upload.received, app.now()).await?;
    tx.commit().await?;
    Ok(upload)
}

/// Gives an upload up; nothing, where there is none.
///
/// # Errors
/// Those of the database and of the disk.
pub(crate) async fn cancel(app: &App, member: &Member, id: Uuid) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let Some(upload) = store::hold_upload(&mut tx, id, member.id).await? else { return Ok(()) };
    app.blobs.forget_part(upload.id).await.map_err(anyhow::Error::from)?;
    store::forget_upload(&mut tx, upload.id).await?;
    tx.commit().await?;
    Ok(())
}

/// The end of a name is what tells files apart.
fn shortened(name: &str) -> &str {
    let from = (name.len().saturating_sub(LONGEST_NAME)..=name.len())
        .find(|at| name.is_char_boundary(*at))
        .unwrap_or(0);
    &name[from..]
}

//! Forms that bring files: the way of whoever has no script.

use super::{
    asked::Asked,
    forms::{of_fields, unreadable_part},
};
use crate::{
    app::App,
    attachments::{
        taking,
        upload::{self, Upload},
    },
    error::{Error, Result},
    kit::{Message, Problems},
    members::Member,
    route::TEXT_FORM,
};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::Field};
use bytes::{Bytes, BytesMut};
use serde::de::DeserializeOwned;

/// Files one form may bring.
const MOST: usize = 10;

/// Written to the store at once.
const PIECE: usize = 1024 * 1024;

/// A form that brings files, not read yet: whoever takes it passes the door first.
pub struct FormWithFiles {
    multipart: Multipart,
    asked: Asked,
}

/// Files that came with a form, each an upload or why it is none.
pub struct Files(Vec<Result<Upload, Message>>);

impl Files {
    /// Makes attachments of them and puts them at the end of a text; what is wrong stands beside `files`.
    ///
    /// # Errors
    /// Those of [`taking::take`].
    pub async fn into_text(
        self,
        app: &App,
        body: &mut String,
        problems: &mut Problems,
    ) -> Result<()> {
        if self.0.is_empty() {
            problems.add("files", "upload-none");
        }
        for file in self.0 {
            let taken = match file {
                Ok(upload) => taking::take(app, &upload).await?,
                Err(message) => Err(message),
            };
            match taken {
                Ok(attachment) => {
                    let text = body.trim_end().len();
                    body.truncate(text);
                    let source = attachment.source();
                    let before = match body.lines().next_back() {
                        None => "",
                        // Pictures that follow each other stand side by side.
                        Some(line) if is_picture(line) && is_picture(&source) => "\n",
                        Some(_) => "\n\n",
                    };
                    *body += &format!("{before}{source}\n");
                }
                Err(message) => problems.add("files", message),
            }
        }
        Ok(())
    }
}

/// Whether a line is a picture of ours and nothing else.
fn is_picture(line: &str) -> bool {
    line.starts_with("![") && line.contains("](/files/") && line.ends_with(')')
}

impl FromRequest<App> for FormWithFiles {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let Ok(asked) = Asked::from_request_parts(&mut parts, app).await;
        let multipart = Multipart::from_request(Request::from_parts(parts, body), app).await;
        let multipart = multipart.map_err(|rejection| Error::BadRequest(rejection.to_string()))?;
        Ok(Self { multipart, asked })
    }
}

impl FormWithFiles {
    /// The fields of the form, and its files, which are put into the store as they come: however many and
    /// however slow, they take little memory.
    ///
    /// # Errors
    /// A form that cannot be read; those of the store.
    pub async fn read<T: DeserializeOwned>(self, app: &App, member: &Member) -> Result<(T, Files)> {
        let mut files = Vec::new();
        let read = self.read_with(app, member, &mut files).await;
        if read.is_err() {
            // Nothing will come of them.
            for upload in files.iter().flatten() {
                upload::cancel(app, member, upload.id).await?;
            }
        }
        Ok((read?, Files(files)))
    }

    async fn read_with<T: DeserializeOwned>(
        mut self,
        app: &App,
        member: &Member,
        files: &mut Vec<Result<Upload, Message>>,
    ) -> Result<T> {
        let (mut typed, mut length) = (Vec::new(), 0);
        while let Some(field) = self.multipart.next_field().await.map_err(unreadable_part)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) if files.len() < MOST => {
                    files.extend(kept(app, member, &file, field).await?);
                }
                Some(_) => {
                    files.push(Err(Message::with("upload-too-many", "most", MOST as i64)));
                    break;
                }
                None => {
                    let value = words(field, TEXT_FORM.saturating_sub(length)).await?;
                    length += name.len() + value.len();
                    typed.push((name, value));
                }
            }
        }
        self.asked.keep(typed.clone());
        of_fields(typed).await
    }
}

/// Puts a file into the store as it comes. Nothing, where nothing was chosen.
async fn kept(
    app: &App,
    member: &Member,
    name: &str,
    mut field: Field<'_>,
) -> Result<Option<Result<Upload, Message>>> {
    let first = loop {
        match field.chunk().await.map_err(unreadable_part)? {
            Some(chunk) if chunk.is_empty() => {}
            Some(chunk) => break chunk,
            None if name.is_empty() => return Ok(None),
            None => return Ok(Some(Err(Message::with("upload-empty", "name", name)))),
        }
    };
    let mut upload = match upload::begin_unmeasured(app, member, name).await? {
        Ok(upload) => upload,
        Err(message) => return Ok(Some(Err(message))),
    };
    let filled = fill(app, member, &mut upload, first, &mut field).await;
    if !matches!(filled, Ok(Ok(()))) {
        upload::cancel(app, member, upload.id).await?;
    }
    Ok(Some(filled?.map(|()| upload)))
}

async fn fill(
    app: &App,
    member: &Member,
    upload: &mut Upload,
    first: Bytes,
    field: &mut Field<'_>,
) -> Result<Result<(), Message>> {
    let (mut piece, mut at) = (BytesMut::from(first), 0);
    loop {
        let more = field.chunk().await.map_err(unreadable_part)?;
        if piece.len() >= PIECE || more.is_none() {
            let begins = at;
            at += piece.len() as u64;
            let length = i64::try_from(at).unwrap_or(i64::MAX);
            if let Err(message) = upload::grow(app, member, upload, length).await? {
                return Ok(Err(message));
            }
            let written = app.blobs.write_part(upload.id, begins, piece.split().freeze()).await;
            if !written.map_err(anyhow::Error::from)? {
                return Err(anyhow::anyhow!("an upload lost its beginning").into());
            }
        }
        match more {
            Some(more) => piece.extend_from_slice(&more),
            None => return Ok(Ok(())),
        }
    }
}

/// A field that is no file, as long as it is no longer than a text may be.
async fn words(mut field: Field<'_>, most: usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable_part)? {
        if bytes.len() + chunk.len() > most {
            return Err(Error::TooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|error| Error::BadRequest(error.to_string()))
}

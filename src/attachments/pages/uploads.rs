//! Uploads as the composer's script sends them. Whoever has no script sends the files with the form.

use crate::{
    app::App,
    attachments::{
        attachment::Attachment,
        taking,
        upload::{self, Upload},
    },
    error::{Error, Result},
    kit::Message,
    members::Member,
    web::{Form, Path, Query, Shell},
};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far an upload is, and what became of it.
#[derive(Debug, Serialize)]
struct Progress {
    url: String,
    bytes: i64,
    received: i64,
    attachment: Option<Ready>,
}

/// An attachment that can be put into a text.
#[derive(Debug, Serialize)]
struct Ready {
    url: String,
    name: String,
    /// The Markdown that shows it.
    source: String,
    /// Whether it is a picture, which wants a description.
    picture: bool,
}

/// Why a file is not taken.
#[derive(Debug, Serialize)]
struct Problem {
    problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::attachments) struct BeginForm {
    name: String,
    bytes: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::attachments) struct Place {
    /// Where in the file the piece begins.
    at: i64,
}

pub(in crate::attachments) async fn begin(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(form): Form<BeginForm>,
) -> Result<Response> {
    Ok(match upload::begin(&app, &member, &form.name, form.bytes).await? {
        Ok(upload) => (StatusCode::CREATED, Json(progress(upload, None))).into_response(),
        Err(message) => problem(&shell, &message),
    })
}

pub(in crate::attachments) async fn show(
    State(app): State<App>,
    member: Member,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let upload = upload::of(&mut db, &member, id).await?;
    Ok(Json(progress(upload, None)).into_response())
}

/// Takes a piece; with the last one the file is looked at. An empty piece at the end asks for that again.
pub(in crate::attachments) async fn receive(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<Uuid>,
    Query(place): Query<Place>,
    piece: Result<Bytes, BytesRejection>,
) -> Result<Response> {
    let piece = piece.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLong,
        _ => Error::BadRequest(rejection.to_string()),
    })?;
    let upload = upload::receive(&app, &member, id, place.at, piece).await?;
    if upload.received < upload.bytes {
        return Ok(Json(progress(upload, None)).into_response());
    }
    Ok(match taking::take(&app, &upload).await? {
        Ok(attachment) => Json(progress(upload, Some(attachment))).into_response(),
        Err(message) => problem(&shell, &message),
    })
}

pub(in crate::attachments) async fn cancel(
    State(app): State<App>,
    member: Member,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    upload::cancel(&app, &member, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn progress(upload: Upload, attachment: Option<Attachment>) -> Progress {
    Progress {
        url: upload.url(),
        bytes: upload.bytes,
        received: upload.received,
        attachment: attachment.map(|attachment| Ready {
            url: attachment.url(),
            source: attachment.source(),
            picture: attachment.width.is_some(),
            name: attachment.name,
        }),
    }
}

fn problem(shell: &Shell, message: &Message) -> Response {
    let problem = Problem { problem: shell.say(message) };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response()
}

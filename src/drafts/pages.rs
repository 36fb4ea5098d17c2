use super::{
    actions::{self, Saved},
    draft::Draft,
    forms::DraftForm,
    store,
    views::{self, DraftLine},
};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{DraftId, Message},
    members::Member,
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The list of drafts.
#[derive(Template)]
#[template(path = "drafts/index.html")]
pub(super) struct ShowDrafts {
    shell: Shell,
    drafts: Vec<DraftLine>,
}

/// A draft whose place is closed to its author.
#[derive(Template)]
#[template(path = "drafts/show.html")]
pub(super) struct ShowDraft {
    shell: Shell,
    draft: Draft,
}

pub(super) async fn index(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<ShowDrafts>> {
    let drafts = views::lines(&mut *app.db.acquire().await?, member.id).await?;
    Ok(Page(ShowDrafts { shell, drafts }))
}

/// Leads to where the text is written on; where that is not possible any more, shows it.
pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<DraftId>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let draft = store::by_id(&mut db, member.id, id).await?.ok_or(Error::NotFound)?;
    Ok(match actions::form_of(&mut db, &member, &draft).await? {
        Some(url) => web::see_other(&url),
        None => Page(ShowDraft { shell, draft }).into_response(),
    })
}

/// What the composer goes on from.
#[derive(Serialize)]
struct Version {
    version: Uuid,
    /// Another one than was sent where that is used up.
    form_key: Option<String>,
}

/// What another device has saved.
#[derive(Serialize)]
struct Other {
    version: Uuid,
    board: String,
    title: String,
    tags: String,
    body: String,
}

#[derive(Serialize)]
struct Problem {
    problem: String,
}

/// Asked by the composer's script alone: whoever has no script sends the text itself.
pub(super) async fn save(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(form): Form<DraftForm>,
) -> Result<Response> {
    let (place, text, seen) = form.read()?;
    Ok(match actions::save(&app, &member, place, &text, seen).await? {
        Saved::As(version, key) => {
            let form_key = key.map(|key| key.to_string());
            Json(Version { version, form_key }).into_response()
        }
        Saved::Nothing => StatusCode::NO_CONTENT.into_response(),
        Saved::Sent => StatusCode::GONE.into_response(),
        Saved::Elsewhere(draft) => {
            let Draft { version, board, title, tags, body, .. } = draft;
            let other = Other { version, board, title, tags, body };
            (StatusCode::CONFLICT, Json(other)).into_response()
        }
        Saved::TooMany => {
            let problem = shell.say(&Message::from("drafts-too-many"));
            (StatusCode::UNPROCESSABLE_ENTITY, Json(Problem { problem })).into_response()
        }
    })
}

/// From where a draft is thrown away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    /// Whether from its own form, which is then empty.
    #[serde(default)]
    here: bool,
}

pub(super) async fn discard(
    State(app): State<App>,
    member: Member,
    Path(id): Path<DraftId>,
    Query(from): Query<From>,
) -> Result<Response> {
    let back = actions::discard(&app, &member, id).await?;
    let back = back.filter(|_| from.here).unwrap_or_else(|| "/drafts".to_owned());
    Ok(web::see_other_saying(&back, "flash-draft-discarded"))
}

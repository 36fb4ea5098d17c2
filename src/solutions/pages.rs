use super::{actions, confirmation::Answer};
use crate::{
    app::App,
    error::Result,
    kit::{PostId, ThreadId},
    members::Member,
    web,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

pub(super) async fn create(
    State(app): State<App>,
    member: Member,
    web::Path(post): web::Path<PostId>,
) -> Result<Response> {
    let location = actions::accept(&app, &member, post).await?;
    Ok(web::see_other_saying(&location, "flash-accepted"))
}

pub(super) async fn destroy(
    State(app): State<App>,
    member: Member,
    web::Path(post): web::Path<PostId>,
) -> Result<Response> {
    let location = actions::unaccept(&app, &member, post).await?;
    Ok(web::see_other_saying(&location, "flash-unaccepted"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerForm {
    answer: Answer,
}

pub(super) async fn confirm(
    State(app): State<App>,
    member: Member,
    web::Path(post): web::Path<PostId>,
    web::Form(form): web::Form<AnswerForm>,
) -> Result<Response> {
    let location = actions::confirm(&app, &member, post, form.answer).await?;
    Ok(web::see_other_saying(&location, "flash-confirmed-solution"))
}

pub(super) async fn none(
    State(app): State<App>,
    member: Member,
    web::Path(thread): web::Path<ThreadId>,
) -> Result<Response> {
    let location = actions::say_none(&app, &member, thread).await?;
    Ok(web::see_other_saying(&location, "flash-none-solved"))
}

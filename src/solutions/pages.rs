use super::actions;
use crate::{app::App, error::Result, kit::PostId, members::Member, web};
use axum::{extract::State, response::Response};

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

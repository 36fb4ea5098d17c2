use crate::{
    app::App,
    error::Result,
    kit::PostId,
    members::Member,
    reputation::actions,
    web::{self, Path},
};
use axum::{extract::State, response::Response};

pub(in crate::reputation) async fn create(
    State(app): State<App>,
    member: Member,
    Path(post): Path<PostId>,
) -> Result<Response> {
    let location = actions::give_kudos(&app, &member, post).await?;
    Ok(web::see_other(&location))
}

pub(in crate::reputation) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(post): Path<PostId>,
) -> Result<Response> {
    let location = actions::revoke_kudos(&app, &member, post).await?;
    Ok(web::see_other(&location))
}

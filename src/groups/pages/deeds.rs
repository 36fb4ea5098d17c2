use crate::{
    app::App,
    error::Result,
    groups::{actions, group_url},
    members::Member,
    web::{self, Path},
};
use axum::{extract::State, response::Response};

pub(in crate::groups) async fn join(
    State(app): State<App>,
    member: Member,
    Path(slug): Path<String>,
) -> Result<Response> {
    let url = actions::join(&app, &member, &slug).await?;
    Ok(web::see_other_saying(&url, "flash-group-joined"))
}

pub(in crate::groups) async fn leave(
    State(app): State<App>,
    member: Member,
    Path(slug): Path<String>,
) -> Result<Response> {
    let url = actions::leave(&app, &member, &slug).await?;
    Ok(web::see_other_saying(&url, "flash-group-left"))
}

pub(in crate::groups) async fn request(
    State(app): State<App>,
    member: Member,
    Path(slug): Path<String>,
) -> Result<Response> {
    let url = actions::request(&app, &member, &slug).await?;
    Ok(web::see_other_saying(&url, "flash-group-asked"))
}

pub(in crate::groups) async fn withdraw(
    State(app): State<App>,
    member: Member,
    Path(slug): Path<String>,
) -> Result<Response> {
    let url = actions::withdraw(&app, &member, &slug).await?;
    Ok(web::see_other(&url))
}

pub(in crate::groups) async fn approve(
    State(app): State<App>,
    member: Member,
    Path((slug, handle)): Path<(String, String)>,
) -> Result<Response> {
    let url = group_url(&slug);
    if actions::approve(&app, &member, &slug, &handle).await? {
        return Ok(web::see_other_saying(&url, "flash-group-added"));
    }
    Ok(web::see_other(&url))
}

pub(in crate::groups) async fn decline(
    State(app): State<App>,
    member: Member,
    Path((slug, handle)): Path<(String, String)>,
) -> Result<Response> {
    actions::decline(&app, &member, &slug, &handle).await?;
    Ok(web::see_other_saying(&group_url(&slug), "flash-group-declined"))
}

pub(in crate::groups) async fn remove(
    State(app): State<App>,
    member: Member,
    Path((slug, handle)): Path<(String, String)>,
) -> Result<Response> {
    actions::remove(&app, &member, &slug, &handle).await?;
    Ok(web::see_other_saying(&group_url(&slug), "flash-group-removed"))
}

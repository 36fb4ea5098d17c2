//! The small deeds on a thread: buttons without a page of their own.

use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    members::Member,
    threads::{
        actions,
        thread::{Pin, ReplyOrder},
    },
    web::{self, Form, Path},
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Read {
    position: i32,
}

pub(in crate::threads) async fn read(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(read): Form<Read>,
) -> Result<Response> {
    let location = actions::mark_read(&app, &member, id, read.position).await?;
    Ok(web::see_other(&location))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct OrderForm {
    order: ReplyOrder,
}

pub(in crate::threads) async fn order(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(form): Form<OrderForm>,
) -> Result<Response> {
    let location = actions::order(&app, &member, id, form.order).await?;
    Ok(web::see_other(&location))
}

pub(in crate::threads) async fn follow(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::follow(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-following"))
}

pub(in crate::threads) async fn mute(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::mute(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-muted"))
}

pub(in crate::threads) async fn unfollow(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::unfollow(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-unfollowed"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct PinForm {
    to: Pin,
}

pub(in crate::threads) async fn pin(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(form): Form<PinForm>,
) -> Result<Response> {
    let location = actions::pin(&app, &member, id, form.to).await?;
    Ok(web::see_other_saying(&location, "flash-pinned"))
}

pub(in crate::threads) async fn unpin(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::unpin(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-unpinned"))
}

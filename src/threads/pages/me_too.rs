use super::show::{MeTooForm, Part, ShowThread};
use crate::{
    app::App,
    error::Result,
    kit::{PageNumber, ThreadId},
    members::Member,
    threads::{access, actions},
    web::{self, Form, Path, Shell},
};
use axum::{extract::State, response::Response};

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(mut form): Form<MeTooForm>,
) -> Result<Response> {
    if form.check() {
        let location = actions::say_me_too(&app, &member, id, &form.about).await?;
        return Ok(web::see_other_saying(&location, "flash-me-too"));
    }
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    let mut shown = ShowThread::of(&mut db, shell, thread, Part::Page(PageNumber::FIRST)).await?;
    shown.me_too = form;
    Ok(web::unprocessable(&shown))
}

pub(in crate::threads) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::not_me(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-not-me"))
}

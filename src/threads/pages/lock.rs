use crate::{
    app::App,
    error::{Error, Result},
    kit::ThreadId,
    members::Member,
    moderation::ReasonForm,
    threads::{access, actions, thread::Thread},
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// The page that asks a moderator why.
#[derive(Template)]
#[template(path = "threads/lock.html")]
pub(in crate::threads) struct LockThread {
    shell: Shell,
    thread: Thread,
    form: ReasonForm,
}

pub(in crate::threads) async fn new(
    State(app): State<App>,
    shell: Shell,
    _member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Page<LockThread>> {
    Ok(Page(draw(&app, shell, id, ReasonForm::default()).await?))
}

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(mut form): Form<ReasonForm>,
) -> Result<Response> {
    let Some(reason) = form.check() else {
        return Ok(web::unprocessable(&draw(&app, shell, id, form).await?));
    };
    let location = actions::lock(&app, &member, id, &reason).await?;
    Ok(web::see_other_saying(&location, "flash-locked"))
}

pub(in crate::threads) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::unlock(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-unlocked"))
}

async fn draw(app: &App, shell: Shell, id: ThreadId, form: ReasonForm) -> Result<LockThread> {
    let thread = access::readable(&mut *app.db.acquire().await?, &shell.viewer, id).await?;
    if !thread.can(&shell.viewer).moderate {
        return Err(Error::Refused("moderators-only".into()));
    }
    Ok(LockThread { shell, thread, form })
}

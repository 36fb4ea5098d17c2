use crate::{
    app::App,
    error::{Error, Result},
    kit::{Problems, ThreadId},
    members::Member,
    threads::{
        ThreadLine, access,
        actions::{self, Joining},
        similar,
        thread::Thread,
    },
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// The page that asks where a question was asked before.
#[derive(Template)]
#[template(path = "threads/join.html")]
pub(in crate::threads) struct JoinThread {
    shell: Shell,
    thread: Thread,
    form: JoinForm,
    /// Where it may have been.
    similar: Vec<ThreadLine>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct JoinForm {
    original: String,
    #[serde(skip)]
    problems: Problems,
}

impl JoinForm {
    /// A thread by its number or any of its addresses.
    fn check(&mut self) -> Option<ThreadId> {
        let typed = self.original.trim();
        let number = typed.rsplit_once("/t/").map_or(typed, |(_, rest)| rest);
        let number = number.trim_start_matches('#').split(['/', '?', '#']).next();
        let thread = number.and_then(|number| number.parse().ok());
        if thread.is_none() {
            self.problems.add("original", "duplicate-unknown");
        }
        thread
    }
}

pub(in crate::threads) async fn new(
    State(app): State<App>,
    shell: Shell,
    _member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Page<JoinThread>> {
    Ok(Page(draw(&app, shell, id, JoinForm::default()).await?))
}

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<ThreadId>,
    Form(mut form): Form<JoinForm>,
) -> Result<Response> {
    if let Some(original) = form.check() {
        match actions::join(&app, &member, id, original).await? {
            Joining::Done(location) => return Ok(web::see_other_saying(&location, "flash-joined")),
            Joining::Not(because) => form.problems.add("original", because),
        }
    }
    Ok(web::unprocessable(&draw(&app, shell, id, form).await?))
}

pub(in crate::threads) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(id): Path<ThreadId>,
) -> Result<Response> {
    let location = actions::part(&app, &member, id).await?;
    Ok(web::see_other_saying(&location, "flash-parted"))
}

async fn draw(app: &App, shell: Shell, id: ThreadId, form: JoinForm) -> Result<JoinThread> {
    let mut db = app.db.acquire().await?;
    let thread = access::readable(&mut db, &shell.viewer, id).await?;
    if !thread.can(&shell.viewer).join {
        return Err(Error::Refused("duplicate-refusal".into()));
    }
    let similar = similar::to_question(&mut db, shell.viewer.key(), &thread).await?;
    Ok(JoinThread { shell, thread, form, similar })
}

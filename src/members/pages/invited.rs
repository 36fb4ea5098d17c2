//! The page of an invitation: the form for signing up, with the invitation in its address.

use super::{
    Say,
    sign_up::{self, Invited},
};
use crate::{
    app::App,
    error::Result,
    invitations,
    kit::Secret,
    members::{forms::SignUpForm, session::Browser},
    web::{self, Form, Page, Path, Shell},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

/// Opening the link uses nothing up, because mail programs open links on their own.
pub(in crate::members) async fn new(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let Some(invited) = look_up(&app, &shell, token).await? else { return Ok(over(shell)) };
    if let Some(member) = shell.member() {
        let title = shell.t("join-member-title");
        let words = shell.t1("join-member", "handle", &member.handle);
        return Ok(Page(Say { shell, title, words, deed: None }).into_response());
    }
    let mut form = SignUpForm::fresh(String::new(), shell.now);
    form.name.clone_from(&invited.open.name);
    form.email = invited.open.email.clone().unwrap_or_default();
    sign_up::drawn(&app, shell, form, Some(invited)).await
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
    Form(form): Form<SignUpForm>,
) -> Result<Response> {
    let Some(invited) = look_up(&app, &shell, token).await? else { return Ok(over(shell)) };
    sign_up::sent(&app, shell, (browser, jar), form, Some(invited)).await
}

async fn look_up(app: &App, shell: &Shell, token: String) -> Result<Option<Invited>> {
    let mut db = app.db.acquire().await?;
    let link = Secret::presented(token);
    let open = invitations::usable(&mut db, &link, shell.now).await?;
    Ok(open.map(|open| Invited { open, link }))
}

/// Says that nobody can join by it, and what to do.
pub(super) fn over(shell: Shell) -> Response {
    let (title, words) = (shell.t("join-over-title"), shell.t("join-over"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

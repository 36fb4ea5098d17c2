use super::{Say, admitted};
use crate::{
    app::App,
    error::Result,
    kit::Secret,
    members::{
        actions::{self, Reset},
        forms::{NewPasswordForm, ResetForm},
        session::Browser,
        token::{self, Purpose},
    },
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "members/reset_ask.html")]
pub(in crate::members) struct AskReset {
    shell: Shell,
    form: ResetForm,
}

#[derive(Template)]
#[template(path = "members/reset_set.html")]
struct SetPassword {
    shell: Shell,
    form: NewPasswordForm,
}

pub(in crate::members) async fn new(shell: Shell) -> Page<AskReset> {
    Page(AskReset { shell, form: ResetForm::default() })
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    Form(mut form): Form<ResetForm>,
) -> Result<Response> {
    let Some(login) = form.check() else {
        return Ok(web::unprocessable(&AskReset { shell, form }));
    };
    actions::request_reset(&app, &login).await?;
    let (title, words) = (shell.t("reset-sent-title"), shell.t("reset-sent"));
    Ok(Page(Say { shell, title, words, deed: None }).into_response())
}

pub(in crate::members) async fn edit(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let secret = Secret::presented(token);
    let mut db = app.db.acquire().await?;
    let usable = token::usable(&mut db, &secret, Purpose::ResetPassword, app.now()).await?;
    if usable.is_none() {
        return Ok(used_up(shell));
    }
    Ok(Page(SetPassword { shell, form: NewPasswordForm::default() }).into_response())
}

pub(in crate::members) async fn update(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
    Form(mut form): Form<NewPasswordForm>,
) -> Result<Response> {
    let Some(password) = form.check() else {
        return Ok(web::unprocessable(&SetPassword { shell, form }));
    };
    match actions::reset(&app, &Secret::presented(token), password, &browser).await? {
        Reset::Done(admission) => {
            Ok(admitted(&app, jar, admission, "/", Some("flash-password-set")))
        }
        Reset::TooWeak(weak) => {
            form.problems.add("password", weak);
            Ok(web::unprocessable(&SetPassword { shell, form }))
        }
        Reset::UsedUp => Ok(used_up(shell)),
    }
}

fn used_up(shell: Shell) -> Response {
    let (title, words) = (shell.t("link-used-title"), shell.t("link-used"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

use super::admitted;
use crate::{
    app::App,
    error::Result,
    members::{
        actions::{SignUp, sign_up},
        forms::SignUpForm,
        session::Browser,
    },
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "members/sign_up.html")]
pub(in crate::members) struct NewSignUpPage {
    shell: Shell,
    form: SignUpForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct Back {
    #[serde(default)]
    pub(super) back: String,
}

pub(in crate::members) async fn new(shell: Shell, Query(back): Query<Back>) -> Page<NewSignUpPage> {
    Page(NewSignUpPage { shell, form: SignUpForm { back: back.back, ..SignUpForm::default() } })
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(mut form): Form<SignUpForm>,
) -> Result<Response> {
    if let Some(new) = form.check() {
        match sign_up(&app, new, &browser).await? {
            SignUp::Joined(admission) => {
                return Ok(admitted(&app, jar, admission, &form.back, Some("flash-welcome")));
            }
            SignUp::TooWeak(weak) => form.problems.add("password", weak),
            SignUp::HandleTaken => form.problems.add("handle", "handle-taken"),
        }
    }
    Ok(web::unprocessable(&NewSignUpPage { shell, form }))
}

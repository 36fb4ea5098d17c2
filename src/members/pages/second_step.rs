//! Signing in by what somebody has: a passkey alone, or whatever the second step takes.

use super::{admitted, sign_in::NewSignIn, sign_up::Back};
use crate::{
    app::App,
    error::Result,
    kit::{Problems, Secret},
    members::{
        actions::{self, Admission, ByPasskey, SecondStep},
        factors::passkeys,
        forms::{CodeForm, PasskeyAnswer, SignInForm},
        session::Browser,
    },
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde::Serialize;

/// Where the second factor is brought.
#[derive(Template)]
#[template(path = "members/second_step.html")]
struct ShowSecondStep {
    shell: Shell,
    form: CodeForm,
    passkeys: bool,
}

/// What the script hands to the browser.
#[derive(Serialize)]
struct AskedJson {
    challenge: String,
    /// In JSON.
    options: String,
}

impl From<actions::Asked> for AskedJson {
    fn from(asked: actions::Asked) -> Self {
        Self { challenge: asked.challenge.reveal().to_owned(), options: asked.options }
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response> {
    match web::step_of(&app, &headers) {
        Some(step) if actions::is_pending(&app, &step).await? => {
            let form = CodeForm { back: back.back, ..CodeForm::default() };
            let passkeys = passkeys::offered(&app);
            Ok(Page(ShowSecondStep { shell, form, passkeys }).into_response())
        }
        _ => Ok(web::see_other("/sign-in")),
    }
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    headers: HeaderMap,
    jar: CookieJar,
    Form(mut form): Form<CodeForm>,
) -> Result<Response> {
    let Some(step) = web::step_of(&app, &headers) else { return Ok(over()) };
    if let Some(code) = form.check() {
        match actions::second_step(&app, &step, &code, &browser).await? {
            SecondStep::Done(signed_in) => {
                let admission = Admission::SignedIn(signed_in);
                return Ok(admitted(&app, jar, admission, &form.back, None));
            }
            SecondStep::Over => return Ok(over()),
            SecondStep::Wrong => form.problems.add("code", "code-wrong"),
            SecondStep::SeedLost => form.problems.add("code", "code-seed-lost"),
        }
    }
    Ok(web::unprocessable(&ShowSecondStep { shell, form, passkeys: passkeys::offered(&app) }))
}

/// Asks whoever comes for a passkey.
pub(in crate::members) async fn ask_anybody(
    State(app): State<App>,
    _: Shell,
) -> Result<Json<impl Serialize>> {
    Ok(Json(AskedJson::from(actions::ask_for_passkey(&app, None).await?)))
}

/// Asks whoever waits for their second step.
pub(in crate::members) async fn ask_waiting(
    State(app): State<App>,
    _: Shell,
    headers: HeaderMap,
) -> Result<Response> {
    let Some(step) = web::step_of(&app, &headers) else { return Ok(over()) };
    let asked = actions::ask_for_passkey(&app, Some(&step)).await?;
    Ok(Json(AskedJson::from(asked)).into_response())
}

pub(in crate::members) async fn sign_in_by_passkey(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(form): Form<PasskeyAnswer>,
) -> Result<Response> {
    let challenge = Secret::presented(form.challenge);
    match actions::sign_in_by_passkey(&app, &challenge, &form.credential, &browser).await? {
        ByPasskey::Done(admission) => Ok(admitted(&app, jar, admission, &form.back, None)),
        not => {
            let mut problems = Problems::default();
            problems.add("login", problem(&not));
            let form = SignInForm { back: form.back, problems, ..SignInForm::default() };
            Ok(web::unprocessable(&NewSignIn::of(&app, shell, form).await?))
        }
    }
}

pub(in crate::members) async fn by_passkey(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    headers: HeaderMap,
    jar: CookieJar,
    Form(form): Form<PasskeyAnswer>,
) -> Result<Response> {
    let Some(step) = web::step_of(&app, &headers) else { return Ok(over()) };
    let challenge = Secret::presented(form.challenge);
    let answer = form.credential;
    match actions::second_step_by_passkey(&app, &step, &challenge, &answer, &browser).await? {
        ByPasskey::Done(admission) => Ok(admitted(&app, jar, admission, &form.back, None)),
        ByPasskey::Over => Ok(over()),
        not => {
            let mut problems = Problems::default();
            problems.add("code", problem(&not));
            let form = CodeForm { back: form.back, problems, ..CodeForm::default() };
            Ok(web::unprocessable(&ShowSecondStep { shell, form, passkeys: true }))
        }
    }
}

fn problem(not: &ByPasskey) -> &'static str {
    match not {
        ByPasskey::Copied => "passkey-copied",
        _ => "passkey-unknown",
    }
}

/// The first step is to be done again.
fn over() -> Response {
    web::see_other_saying("/sign-in", "flash-step-over")
}

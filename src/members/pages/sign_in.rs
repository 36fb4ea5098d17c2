use super::{safe_back, sign_up::Back};
use crate::{
    app::App,
    error::Result,
    members::{actions, forms::SignInForm, session::Browser},
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "members/sign_in.html")]
pub(in crate::members) struct NewSignIn {
    shell: Shell,
    form: SignInForm,
}

pub(in crate::members) async fn new(shell: Shell, Query(back): Query<Back>) -> Page<NewSignIn> {
    Page(NewSignIn { shell, form: SignInForm { back: back.back, ..SignInForm::default() } })
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(mut form): Form<SignInForm>,
) -> Result<Response> {
    if let Some((login, password)) = form.check() {
        if let Some(signed_in) = actions::sign_in(&app, &login, password, &browser).await? {
            let jar = jar.add(web::cookie_for(&app, &signed_in.secret));
            let back = safe_back(&form.back);
            let answer = match signed_in.reopened {
                true => web::see_other_saying(back, "flash-account-reopened"),
                false => web::see_other(back),
            };
            return Ok((jar, answer).into_response());
        }
        form.problems.add("login", "sign-in-wrong");
    }
    Ok(web::unprocessable(&NewSignIn { shell, form }))
}

pub(in crate::members) async fn destroy(
    State(app): State<App>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<Response> {
    if let Some(secret) = web::secret_of(&app, &headers) {
        actions::sign_out(&app, &secret).await?;
    }
    let jar = jar.add(web::cookie_gone(&app));
    // Drafts and cached pages of this member leave the machine with them.
    let clear = [(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    )];
    Ok((jar, clear, web::see_other_saying("/", "flash-signed-out")).into_response())
}

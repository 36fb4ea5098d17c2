use super::{
    admitted,
    providers::offers,
    sign_up::{Back, Invited},
};
use crate::{
    app::App,
    error::Result,
    members::{
        actions, factors::passkeys, forms::SignInForm, session::Browser, store::providers::Offer,
    },
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
    passkeys: bool,
    offers: Vec<Offer>,
    /// Nobody needs one to sign in.
    invited: Option<Invited>,
}

impl NewSignIn {
    pub(super) async fn of(app: &App, shell: Shell, form: SignInForm) -> Result<Self> {
        Ok(Self {
            shell,
            form,
            passkeys: passkeys::offered(app),
            offers: offers(app).await?,
            invited: None,
        })
    }

    /// What browsers may fill the login with.
    fn login_fills(&self) -> &'static str {
        if self.passkeys { "username webauthn" } else { "username" }
    }
}

pub(in crate::members) async fn new(
    State(app): State<App>,
    shell: Shell,
    Query(back): Query<Back>,
) -> Result<Page<NewSignIn>> {
    let form = SignInForm { back: back.back, ..SignInForm::default() };
    Ok(Page(NewSignIn::of(&app, shell, form).await?))
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(mut form): Form<SignInForm>,
) -> Result<Response> {
    if let Some((login, password)) = form.check() {
        if let Some(admission) = actions::sign_in(&app, &login, password, &browser).await? {
            return Ok(admitted(&app, jar, admission, &form.back, None));
        }
        form.problems.add("login", "sign-in-wrong");
    }
    Ok(web::unprocessable(&NewSignIn::of(&app, shell, form).await?))
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

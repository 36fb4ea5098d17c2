use super::{Say, admitted, providers::offers, terms_of};
use crate::{
    app::App,
    config::RateLimits,
    error::{Error, Result},
    kit::Secret,
    members::{
        actions::{Admission, SignUp, SignedIn, sign_up},
        forms::SignUpForm,
        session::Browser,
        store::providers::Offer,
    },
    papers::Paper,
    settings::SignUpMode,
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "members/sign_up.html")]
pub(in crate::members) struct NewSignUpPage {
    shell: Shell,
    form: SignUpForm,
    offers: Vec<Offer>,
    /// The version that holds, where there are terms.
    terms: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct Back {
    #[serde(default)]
    pub(super) back: String,
}

pub(in crate::members) async fn new(
    State(app): State<App>,
    shell: Shell,
    Query(back): Query<Back>,
) -> Result<Response> {
    if shell.site.sign_up == SignUpMode::Closed {
        return Ok(closed(shell));
    }
    let form = SignUpForm::fresh(back.back, shell.now);
    Ok(Page(NewSignUpPage::of(&app, shell, form).await?).into_response())
}

/// Says why there is no form here, and what to do.
fn closed(shell: Shell) -> Response {
    let title = shell.t("sign-up-closed-title");
    let words = shell.t1("sign-up-closed", "community", &shell.site.community);
    Page(Say { shell, title, words, deed: None }).into_response()
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(mut form): Form<SignUpForm>,
) -> Result<Response> {
    if shell.site.sign_up == SignUpMode::Closed {
        return Err(Error::Refused("sign-up-closed-refusal".into()));
    }
    if form.by_a_program() {
        // It looks as if it had worked, so that nobody learns what to leave empty.
        let nobody = SignedIn { secret: Secret::random(), reopened: false };
        return Ok(joined(&app, jar, Admission::SignedIn(nobody), &form));
    }
    form.check_domain(&shell.site);
    if app.config.rate_limits == RateLimits::On {
        form.check_pace(shell.now);
    }
    form.check_terms(shell.has(Paper::Terms));
    if let Some(new) = form.check() {
        match sign_up(&app, new, &browser).await? {
            SignUp::Joined(admission) => return Ok(joined(&app, jar, admission, &form)),
            SignUp::TooWeak(weak) => form.problems.add("password", weak),
            SignUp::HandleTaken => form.problems.add("handle", "handle-taken"),
            SignUp::TermsOpen => {
                form.terms = None;
                form.problems.add("terms", "sign-up-terms-changed");
            }
        }
    }
    Ok(web::unprocessable(&NewSignUpPage::of(&app, shell, form).await?))
}

fn joined(app: &App, jar: CookieJar, admission: Admission, form: &SignUpForm) -> Response {
    admitted(app, jar, admission, &form.back, Some("flash-welcome"))
}

impl NewSignUpPage {
    async fn of(app: &App, shell: Shell, form: SignUpForm) -> Result<Self> {
        let offers = offers(app).await?;
        let terms = terms_of(app, &shell).await?;
        Ok(Self { shell, form, offers, terms })
    }
}

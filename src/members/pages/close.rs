use super::{Say, factors::not_you};
use crate::{
    app::App,
    error::Result,
    kit::Secret,
    members::{
        Member, actions,
        closing::GRACE,
        forms::CloseForm,
        session::Browser,
        store::{self, closing},
    },
    settings::PostsOfLeavers,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

/// What becomes of an account that is closed, and the question whether it shall be.
#[derive(Template)]
#[template(path = "members/close.html")]
pub(in crate::members) struct BeforeClosing {
    shell: Shell,
    handle: String,
    has_password: bool,
    form: CloseForm,
}

impl BeforeClosing {
    async fn of(app: &App, shell: Shell, member: &Member, form: CloseForm) -> Result<Self> {
        let account = store::account(&mut *app.db.acquire().await?, member.id).await?;
        let has_password = account.password_hash.is_some();
        Ok(Self { shell, handle: account.handle, has_password, form })
    }

    /// When it would be erased.
    fn erased_on(&self) -> String {
        self.shell.date(&(self.shell.now + GRACE))
    }

    fn posts_stay(&self) -> bool {
        self.shell.site.closed_accounts == PostsOfLeavers::Keep
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<BeforeClosing>> {
    Ok(Page(BeforeClosing::of(&app, shell, &member, CloseForm::default()).await?))
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    jar: CookieJar,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let mut page = BeforeClosing::of(&app, shell, &member, form).await?;
    let Some(password) = page.form.check(&page.handle, page.has_password) else {
        return Ok(web::unprocessable(&page));
    };
    if !actions::close_own(&app, &member, password, &browser).await? {
        page.form.problems.add("password", not_you(page.has_password));
        return Ok(web::unprocessable(&page));
    }
    let jar = jar.add(web::cookie_gone(&app));
    // Drafts and cached pages of this member leave the machine with them.
    let clear = [(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    )];
    Ok((jar, clear, web::see_other_saying("/", "flash-account-closed")).into_response())
}

/// Opening the link changes nothing, because mail programs open links on their own; the button does.
pub(in crate::members) async fn before_reopening(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let hash = Secret::presented(token.clone()).hash();
    if closing::by_token(&mut *app.db.acquire().await?, &hash).await?.is_none() {
        return Ok(used_up(shell));
    }
    let (title, words) = (shell.t("reopen-title"), shell.t("reopen-words"));
    let deed = Some((format!("/reopen/{token}"), shell.t("reopen-button")));
    Ok(Page(Say { shell, title, words, deed }).into_response())
}

pub(in crate::members) async fn reopen(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    if actions::reopen(&app, &Secret::presented(token)).await? {
        return Ok(web::see_other_saying("/sign-in", "flash-account-reopened"));
    }
    Ok(used_up(shell))
}

fn used_up(shell: Shell) -> Response {
    let (title, words) = (shell.t("link-used-title"), shell.t("reopen-too-late"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

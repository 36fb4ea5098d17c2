//! Closing an account for a member who asked for it.

use crate::{
    access::Admin,
    admin::views::{self, Person},
    app::App,
    error::{Error, Result},
    kit::Problems,
    members::{self, closing::GRACE},
    settings::PostsOfLeavers,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;
use time::Duration;

#[derive(Template)]
#[template(path = "admin/close_account.html")]
pub(in crate::admin) struct BeforeClosing {
    shell: Shell,
    person: Person,
    form: CloseForm,
}

/// Whose account, typed once more, and whether it is erased at once.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct CloseForm {
    handle: String,
    #[serde(default)]
    at_once: Option<String>,
    #[serde(skip)]
    problems: Problems,
}

impl CloseForm {
    /// How long the member has to come back.
    fn check(&mut self, handle: &str) -> Option<Duration> {
        self.handle = self.handle.trim().trim_start_matches('@').to_owned();
        if self.handle.to_lowercase() != handle.to_lowercase() {
            self.problems.add("handle", "close-handle-other");
        }
        let wait = if self.at_once.is_some() { Duration::ZERO } else { GRACE };
        self.problems.none().then_some(wait)
    }
}

impl BeforeClosing {
    async fn of(app: &App, shell: Shell, handle: &str, form: CloseForm) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let person = views::person(&mut db, handle).await?;
        // Nobody leaves twice.
        let person = person.filter(|person| person.closed_at.is_none()).ok_or(Error::NotFound)?;
        Ok(Self { shell, person, form })
    }

    fn erased_on(&self) -> String {
        self.shell.date(&(self.shell.now + GRACE))
    }

    fn posts_stay(&self) -> bool {
        self.shell.site.closed_accounts == PostsOfLeavers::Keep
    }
}

pub(in crate::admin) async fn show(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(handle): Path<String>,
) -> Result<Page<BeforeClosing>> {
    Ok(Page(BeforeClosing::of(&app, shell, &handle, CloseForm::default()).await?))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(handle): Path<String>,
    Form(form): Form<CloseForm>,
) -> Result<Response> {
    let mut page = BeforeClosing::of(&app, shell, &handle, form).await?;
    let Some(wait) = page.form.check(&page.person.handle) else {
        return Ok(web::unprocessable(&page));
    };
    members::close_account(&app, &admin, &page.person.handle, wait).await?;
    Ok(web::see_other_saying("/admin/members", "flash-account-closed-for-them"))
}

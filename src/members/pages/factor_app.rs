//! The app that makes codes: begun, confirmed and taken away on one page.

use super::factors::{added, has_password, not_you};
use crate::{
    app::App,
    error::Result,
    members::{
        Member,
        actions::{self, AppConfirmed, AppRemoved},
        forms::{CodeForm, RemoveAppForm, SelfForm},
        session::Browser,
        store::factors,
    },
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use time::OffsetDateTime;

const HERE: &str = "/settings/factors/app";

#[derive(Template)]
#[template(path = "members/factor_app.html")]
pub(in crate::members) struct EditApp {
    shell: Shell,
    has_password: bool,
    stands: Stands,
    begin: SelfForm,
    confirm: CodeForm,
    remove: RemoveAppForm,
}

/// How it stands with the app.
enum Stands {
    /// There is none.
    Not,
    /// It is to read this, and then to show a code.
    Begun { picture: String, words: String },
    /// Its codes count.
    InForce(OffsetDateTime),
}

impl EditApp {
    async fn of(app: &App, shell: Shell, member: &Member, browser: &Browser) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let stands = match factors::held(&mut db, member.id).await?.app {
            Some(since) => Stands::InForce(since),
            None => match actions::begun_seed(app, &mut db, member.id, browser).await? {
                Some((seed, _)) => Stands::Begun {
                    picture: seed.picture(&shell.site.community, &member.handle)?,
                    words: seed.words(),
                },
                None => Stands::Not,
            },
        };
        let has_password = has_password(&mut db, member).await?;
        Ok(Self {
            shell,
            has_password,
            stands,
            begin: SelfForm::default(),
            confirm: CodeForm::default(),
            remove: RemoveAppForm::default(),
        })
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
) -> Result<Page<EditApp>> {
    Ok(Page(EditApp::of(&app, shell, &member, &browser).await?))
}

pub(in crate::members) async fn begin(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<SelfForm>,
) -> Result<Response> {
    if actions::begin_app(&app, &member, form.check(), &browser).await? {
        return Ok(web::see_other(HERE));
    }
    let page = EditApp::of(&app, shell, &member, &browser).await?;
    form.problems.add("password", not_you(page.has_password));
    Ok(web::unprocessable(&EditApp { begin: form, ..page }))
}

pub(in crate::members) async fn confirm(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<CodeForm>,
) -> Result<Response> {
    if let Some(code) = form.check() {
        match actions::confirm_app(&app, &member, &code, &browser).await? {
            AppConfirmed::Done(codes) => return Ok(added(shell, codes, "flash-app-added")),
            AppConfirmed::Over => return Ok(web::see_other_saying(HERE, "flash-app-over")),
            AppConfirmed::Wrong => form.problems.add("code", "code-wrong"),
        }
    }
    let page = EditApp::of(&app, shell, &member, &browser).await?;
    Ok(web::unprocessable(&EditApp { confirm: form, ..page }))
}

pub(in crate::members) async fn remove(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<RemoveAppForm>,
) -> Result<Response> {
    let checked = form.check();
    let page = EditApp::of(&app, shell, &member, &browser).await?;
    if let Some((password, code)) = checked {
        match actions::remove_app(&app, &member, password, &code, &browser).await? {
            AppRemoved::Done => {
                return Ok(web::see_other_saying("/settings/factors", "flash-factor-removed"));
            }
            AppRemoved::NotYou => form.problems.add("password", not_you(page.has_password)),
            AppRemoved::WrongCode => form.problems.add("code", "code-wrong"),
        }
    }
    Ok(web::unprocessable(&EditApp { remove: form, ..page }))
}

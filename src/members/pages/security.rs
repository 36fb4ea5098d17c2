use crate::{
    app::App,
    error::Result,
    members::{
        Member,
        actions::{self, Change},
        forms::{AddressForm, ChangePasswordForm},
        session::Browser,
        store::{
            self, Account,
            factors::{self, Held},
        },
    },
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

/// How a member comes in: their address and password.
#[derive(Template)]
#[template(path = "members/security.html")]
pub(in crate::members) struct ShowSecurity {
    shell: Shell,
    account: Account,
    held: Held,
    address: AddressForm,
    password: ChangePasswordForm,
}

impl ShowSecurity {
    async fn of(app: &App, shell: Shell, member: &Member) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        Ok(Self {
            shell,
            account: store::account(&mut db, member.id).await?,
            held: factors::held(&mut db, member.id).await?,
            address: AddressForm::default(),
            password: ChangePasswordForm::default(),
        })
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<ShowSecurity>> {
    Ok(Page(ShowSecurity::of(&app, shell, &member).await?))
}

pub(in crate::members) async fn request_address(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(mut form): Form<AddressForm>,
) -> Result<Response> {
    if let Some((email, password)) = form.check() {
        if actions::request_address(&app, &member, &email, password).await? {
            return Ok(web::see_other_saying("/settings/security", "flash-address-wanted"));
        }
        form.problems.add("password", "settings-password-wrong");
    }
    let page = ShowSecurity::of(&app, shell, &member).await?;
    Ok(web::unprocessable(&ShowSecurity { address: form, ..page }))
}

pub(in crate::members) async fn change_password(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    jar: CookieJar,
    Form(mut form): Form<ChangePasswordForm>,
) -> Result<Response> {
    if let Some((current, new)) = form.check() {
        match actions::change_password(&app, &member, current, new, &browser).await? {
            Change::Done(secret) => {
                let jar = jar.add(web::cookie_for(&app, &secret));
                let back = web::see_other_saying("/settings/security", "flash-password-set");
                return Ok((jar, back).into_response());
            }
            Change::NotYours => form.problems.add("current_password", "settings-password-wrong"),
            Change::TooWeak(weak) => form.problems.add("new_password", weak),
        }
    }
    let page = ShowSecurity::of(&app, shell, &member).await?;
    Ok(web::unprocessable(&ShowSecurity { password: form, ..page }))
}

pub(in crate::members) async fn send_confirmation(
    State(app): State<App>,
    member: Member,
) -> Result<Response> {
    actions::send_confirmation(&app, member.id).await?;
    Ok(web::see_other_saying("/settings/security", "flash-confirmation-sent"))
}

use super::factors::{added, has_password, not_you};
use crate::{
    app::App,
    error::{Error, Result},
    kit::{PasskeyId, Secret},
    members::{
        Member,
        actions::{self, Added, Asked},
        factors::passkeys,
        forms::{PasskeyAnswer, PasskeyForm, RenameForm, SelfForm},
        session::Browser,
        store::{self, passkeys::PasskeyLine},
    },
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// Where a passkey gets its name before the browser makes it.
#[derive(Template)]
#[template(path = "members/passkey_new.html")]
pub(in crate::members) struct NewPasskey {
    shell: Shell,
    has_password: bool,
    form: PasskeyForm,
}

/// Where the browser makes it.
#[derive(Template)]
#[template(path = "members/passkey_make.html")]
struct MakePasskey {
    shell: Shell,
    name: String,
    asked: Asked,
}

/// One passkey: its name, and how to be rid of it.
#[derive(Template)]
#[template(path = "members/passkey.html")]
pub(in crate::members) struct EditPasskey {
    shell: Shell,
    passkey: PasskeyLine,
    has_password: bool,
    form: RenameForm,
    remove: SelfForm,
}

impl NewPasskey {
    async fn of(app: &App, shell: Shell, member: &Member, form: PasskeyForm) -> Result<Self> {
        let has_password = has_password(&mut *app.db.acquire().await?, member).await?;
        Ok(Self { shell, has_password, form })
    }
}

pub(in crate::members) async fn new(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<NewPasskey>> {
    if !passkeys::offered(&app) {
        return Err(Error::NotFound);
    }
    Ok(Page(NewPasskey::of(&app, shell, &member, PasskeyForm::default()).await?))
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<PasskeyForm>,
) -> Result<Response> {
    let Some((name, password)) = form.check() else {
        return Ok(web::unprocessable(&NewPasskey::of(&app, shell, &member, form).await?));
    };
    if let Some(asked) = actions::begin_passkey(&app, &member, &name, password, &browser).await? {
        return Ok(Page(MakePasskey { shell, name, asked }).into_response());
    }
    let mut page = NewPasskey::of(&app, shell, &member, form).await?;
    page.form.problems.add("password", not_you(page.has_password));
    Ok(web::unprocessable(&page))
}

pub(in crate::members) async fn finish(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(form): Form<PasskeyAnswer>,
) -> Result<Response> {
    let challenge = Secret::presented(form.challenge);
    match actions::add_passkey(&app, &member, &challenge, &form.credential).await? {
        Added::Done(codes) => Ok(added(shell, codes, "flash-passkey-added")),
        Added::Not => {
            let mut form = PasskeyForm::default();
            form.problems.add("name", "passkey-not-added");
            Ok(web::unprocessable(&NewPasskey::of(&app, shell, &member, form).await?))
        }
    }
}

impl EditPasskey {
    async fn of(app: &App, shell: Shell, member: &Member, id: PasskeyId) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let all = store::passkeys::of_member(&mut db, member.id).await?;
        let passkey = all.into_iter().find(|passkey| passkey.id == id).ok_or(Error::NotFound)?;
        Ok(Self {
            shell,
            has_password: has_password(&mut db, member).await?,
            form: RenameForm { name: passkey.name.clone(), ..RenameForm::default() },
            remove: SelfForm::default(),
            passkey,
        })
    }
}

pub(in crate::members) async fn edit(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PasskeyId>,
) -> Result<Page<EditPasskey>> {
    Ok(Page(EditPasskey::of(&app, shell, &member, id).await?))
}

pub(in crate::members) async fn update(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Path(id): Path<PasskeyId>,
    Form(mut form): Form<RenameForm>,
) -> Result<Response> {
    let page = EditPasskey::of(&app, shell, &member, id).await?;
    match form.check() {
        Some(name) => {
            actions::rename_passkey(&app, &member, id, &name).await?;
            Ok(web::see_other_saying("/settings/factors", "flash-saved"))
        }
        None => Ok(web::unprocessable(&EditPasskey { form, ..page })),
    }
}

pub(in crate::members) async fn destroy(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Path(id): Path<PasskeyId>,
    Form(mut form): Form<SelfForm>,
) -> Result<Response> {
    let page = EditPasskey::of(&app, shell, &member, id).await?;
    if actions::remove_passkey(&app, &member, id, form.check(), &browser).await? {
        return Ok(web::see_other_saying("/settings/factors", "flash-factor-removed"));
    }
    form.problems.add("password", not_you(page.has_password));
    Ok(web::unprocessable(&EditPasskey { remove: form, ..page }))
}

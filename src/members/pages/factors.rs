//! The second factors of a member, and their recovery codes.

use crate::{
    app::App,
    error::Result,
    kit::Code,
    members::{
        Member, actions,
        factors::passkeys,
        forms::SelfForm,
        session::{self, Browser},
        store::{
            self,
            factors::{self, Held},
            passkeys::PasskeyLine,
            providers::{self, Standing},
        },
    },
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// All second factors of a member.
#[derive(Template)]
#[template(path = "members/factors.html")]
pub(in crate::members) struct ShowFactors {
    shell: Shell,
    held: Held,
    passkeys: Vec<PasskeyLine>,
    /// Whether browsers let us use passkeys.
    offered: bool,
    /// Providers by which they show who they are; none where they have a password, or have shown it.
    ways: Vec<Standing>,
}

/// Where recovery codes are made anew.
#[derive(Template)]
#[template(path = "members/codes.html")]
pub(in crate::members) struct EditCodes {
    shell: Shell,
    held: Held,
    has_password: bool,
    form: SelfForm,
}

/// Recovery codes, this once.
#[derive(Template)]
#[template(path = "members/codes_made.html")]
struct ShowCodes {
    shell: Shell,
    codes: Vec<Code>,
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
) -> Result<Page<ShowFactors>> {
    let mut db = app.db.acquire().await?;
    let shown = has_password(&mut db, &member).await?
        || session::is_fresh(&mut db, &browser, shell.now).await?;
    let ways = if shown { Vec::new() } else { providers::linked(&mut db, member.id).await? };
    Ok(Page(ShowFactors {
        ways,
        shell,
        held: factors::held(&mut db, member.id).await?,
        passkeys: store::passkeys::of_member(&mut db, member.id).await?,
        offered: passkeys::offered(&app),
    }))
}

/// After a factor came: the recovery codes that came with the first, else back to the list.
pub(super) fn added(shell: Shell, codes: Option<Vec<Code>>, say: &'static str) -> Response {
    match codes {
        Some(codes) => Page(ShowCodes { shell, codes }).into_response(),
        None => web::see_other_saying("/settings/factors", say),
    }
}

impl EditCodes {
    async fn of(app: &App, shell: Shell, member: &Member) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let held = factors::held(&mut db, member.id).await?;
        let has_password = has_password(&mut db, member).await?;
        Ok(Self { shell, held, has_password, form: SelfForm::default() })
    }
}

pub(in crate::members) async fn edit_codes(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<EditCodes>> {
    Ok(Page(EditCodes::of(&app, shell, &member).await?))
}

pub(in crate::members) async fn renew_codes(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<SelfForm>,
) -> Result<Response> {
    if let Some(codes) = actions::renew_codes(&app, &member, form.check(), &browser).await? {
        return Ok(Page(ShowCodes { shell, codes }).into_response());
    }
    let page = EditCodes::of(&app, shell, &member).await?;
    form.problems.add("password", not_you(page.has_password));
    Ok(web::unprocessable(&EditCodes { form, ..page }))
}

/// What is wrong where somebody did not show that the account is theirs.
pub(crate) fn not_you(has_password: bool) -> &'static str {
    if has_password { "settings-password-wrong" } else { "factors-not-fresh" }
}

/// Whether there is a password to ask for.
pub(super) async fn has_password(
    db: &mut sqlx::PgConnection,
    member: &Member,
) -> sqlx::Result<bool> {
    Ok(store::account(db, member.id).await?.password_hash.is_some())
}

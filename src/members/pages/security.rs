use crate::{
    app::App,
    error::Result,
    members::{
        Member,
        actions::{self, Change},
        forms::{AddressForm, ChangePasswordForm, ProofForm},
        session::{self, Browser},
        store::{
            self, Account,
            factors::{self, Held},
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
    /// The providers they sign in by, or could.
    ways: Vec<Standing>,
    /// Whether they have shown just now who they are.
    fresh: bool,
    proof: ProofForm,
}

impl ShowSecurity {
    pub(super) async fn of(
        app: &App,
        shell: Shell,
        member: &Member,
        browser: &Browser,
    ) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        Ok(Self {
            account: store::account(&mut db, member.id).await?,
            held: factors::held(&mut db, member.id).await?,
            address: AddressForm::default(),
            password: ChangePasswordForm::default(),
            ways: providers::standings(&mut db, member.id).await?,
            fresh: session::is_fresh(&mut db, browser, shell.now).await?,
            proof: ProofForm::default(),
            shell,
        })
    }

    /// The same with what is wrong about linking or unlinking.
    pub(super) fn with_proof(self, proof: ProofForm) -> Self {
        Self { proof, ..self }
    }

    /// Whether the password is asked for before a provider is linked or unlinked.
    fn asks_password(&self) -> bool {
        !self.fresh && self.account.password_hash.is_some()
    }

    /// Whether they must first have a provider ask them who they are: they have nothing else to show.
    fn must_show_first(&self) -> bool {
        !self.fresh && self.account.password_hash.is_none()
    }

    /// Whether some provider can ask them.
    fn can_show(&self) -> bool {
        self.ways.iter().any(Standing::is_way_in)
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
) -> Result<Page<ShowSecurity>> {
    Ok(Page(ShowSecurity::of(&app, shell, &member, &browser).await?))
}

pub(in crate::members) async fn request_address(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    Form(mut form): Form<AddressForm>,
) -> Result<Response> {
    if let Some((email, password)) = form.check(&shell.site) {
        if actions::request_address(&app, &member, &browser, &email, password).await? {
            return Ok(web::see_other_saying("/settings/security", "flash-address-wanted"));
        }
        form.problems.add("password", "settings-password-wrong");
    }
    let page = ShowSecurity::of(&app, shell, &member, &browser).await?;
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
    let page = ShowSecurity::of(&app, shell, &member, &browser).await?;
    Ok(web::unprocessable(&ShowSecurity { password: form, ..page }))
}

pub(in crate::members) async fn send_confirmation(
    State(app): State<App>,
    member: Member,
) -> Result<Response> {
    actions::send_confirmation(&app, member.id).await?;
    Ok(web::see_other_saying("/settings/security", "flash-confirmation-sent"))
}

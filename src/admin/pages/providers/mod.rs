//! Providers by which members sign in.

mod form;
mod told;

use crate::{
    access::Admin,
    app::App,
    error::{Error, Result},
    groups::brought,
    members::{
        self, ProviderChanged,
        provider::{Provider, callback},
        providers::{all, by_slug},
    },
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use form::ProviderForm;

#[derive(Template)]
#[template(path = "admin/providers.html")]
pub(in crate::admin) struct ListProviders {
    shell: Shell,
    providers: Vec<Provider>,
}

#[derive(Template)]
#[template(path = "admin/provider.html")]
pub(in crate::admin) struct EditProvider {
    shell: Shell,
    /// None for a new one.
    provider: Option<Provider>,
    form: ProviderForm,
    /// To be registered at the provider.
    callback: String,
    /// What a test has found, in words; and whether all is well.
    tested: Option<(bool, String)>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ListProviders>> {
    let providers = all(&mut *app.db.acquire().await?).await?;
    Ok(Page(ListProviders { shell, providers }))
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Page<EditProvider> {
    Page(fresh(&app, shell, ProviderForm::fresh()))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<ProviderForm>,
) -> Result<Response> {
    let known = form.groups_known(&app).await?;
    if let Some((new, secret, mapped)) = form.check(&known) {
        let slug = form.new_slug();
        if members::add_provider(&app, &admin, &slug, (&new, &secret), &mapped).await? {
            return Ok(web::see_other_saying(&admin_url(&slug), "flash-admin-provider-added"));
        }
        form.problems.add("slug", "admin-slug-taken");
    }
    Ok(web::unprocessable(&fresh(&app, shell, form)))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditProvider>> {
    Ok(Page(page(&app, shell, &slug).await?))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<ProviderForm>,
) -> Result<Response> {
    let page = page(&app, shell, &slug).await?;
    let known = form.groups_known(&app).await?;
    if let Some((edit, secret, mapped)) = form.check(&known) {
        let how = (&edit, &secret);
        match members::change_provider(&app, &admin, &slug, how, &mapped).await? {
            ProviderChanged::Done => {
                return Ok(web::see_other_saying(&admin_url(&slug), "flash-saved"));
            }
            ProviderChanged::SecretOfAnother => {
                form.problems.add("secret_password", "provider-secret-of-another");
            }
        }
    }
    Ok(web::unprocessable(&EditProvider { form, ..page }))
}

/// Asks the provider what it says of itself, and says what is wrong with that.
pub(in crate::admin) async fn test(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    let mut page = page(&app, shell, &slug).await?;
    let issuer = page.provider.as_ref().map(|provider| provider.issuer.clone());
    let found = app.oidc.examine(&issuer.unwrap_or_default(), app.now()).await;
    page.tested = Some(match found {
        Ok(()) => (true, page.shell.t("provider-test-good")),
        Err(fault) => (false, told::words(&page.shell, &fault)),
    });
    Ok(Page(page).into_response())
}

fn fresh(app: &App, shell: Shell, form: ProviderForm) -> EditProvider {
    EditProvider { shell, provider: None, callback: callback(app, "…"), form, tested: None }
}

async fn page(app: &App, shell: Shell, slug: &str) -> Result<EditProvider> {
    let mut db = app.db.acquire().await?;
    let provider = by_slug(&mut db, slug).await?.ok_or(Error::NotFound)?;
    let mappings = brought::mappings(&mut db, provider.id).await?;
    let mappings = mappings.into_iter().map(|one| format!("{} = {}", one.value, one.slug));
    let roles = members::brought_roles::mappings(&mut db, provider.id).await?;
    let roles = roles.into_iter().map(|one| format!("{} = {}", one.value, one.role.name()));
    let form = ProviderForm::of(&provider, mappings.collect(), roles.collect());
    let callback = callback(app, &provider.slug);
    Ok(EditProvider { shell, provider: Some(provider), form, callback, tested: None })
}

fn admin_url(slug: &str) -> String {
    format!("/admin/providers/{slug}")
}

impl EditProvider {
    /// Where the form goes.
    fn action(&self) -> String {
        let slug = self.provider.as_ref().map(|provider| provider.slug.as_str());
        slug.map_or_else(|| "/admin/providers".to_owned(), admin_url)
    }

    fn has_secret(&self) -> bool {
        self.provider.as_ref().is_some_and(|provider| provider.client_secret.is_some())
    }

    fn secret_help(&self) -> &'static str {
        match self.has_secret() {
            true => "provider-secret-kept",
            false => "provider-secret-help",
        }
    }
}

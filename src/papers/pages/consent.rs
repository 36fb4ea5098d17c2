use crate::{
    app::App,
    error::Result,
    kit::Problems,
    markup::{self, DiffLine, DiffSpan},
    members::Member,
    papers::{Held, Paper, actions, store},
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// The terms, and the question whether one agrees to them.
#[derive(Template)]
#[template(path = "papers/consent.html")]
pub(in crate::papers) struct AskConsent {
    shell: Shell,
    terms: Held,
    /// What is other than in the version they agreed to last.
    diff: Option<Vec<DiffLine>>,
    back: String,
    problems: Problems,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct Back {
    #[serde(default)]
    back: String,
}

/// The version that was read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct ConsentForm {
    version: i32,
    #[serde(default)]
    back: String,
}

pub(in crate::papers) async fn ask(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Query(Back { back }): Query<Back>,
) -> Result<Response> {
    match page(&app, shell, &member, back.clone()).await? {
        Some(page) => Ok(Page(page).into_response()),
        None => Ok(web::see_other(web::safe_back(&back))),
    }
}

pub(in crate::papers) async fn give(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(form): Form<ConsentForm>,
) -> Result<Response> {
    if !actions::agree(&app, member.id, form.version).await?
        && let Some(mut page) = page(&app, shell, &member, form.back.clone()).await?
    {
        page.problems.add("agree", "consent-meanwhile");
        return Ok(web::unprocessable(&page));
    }
    Ok(web::see_other(web::safe_back(&form.back)))
}

/// Nothing where nothing is asked.
async fn page(
    app: &App,
    shell: Shell,
    member: &Member,
    back: String,
) -> Result<Option<AskConsent>> {
    if !shell.consent_due {
        return Ok(None);
    }
    let mut db = app.db.acquire().await?;
    let Some(terms) = store::held(&mut db, Paper::Terms).await? else { return Ok(None) };
    let agreed = store::consents(&mut db, member.id, 1).await?.pop();
    let old = match agreed {
        Some(agreed) => store::versions(&mut db, Paper::Terms, agreed.version + 1, 1).await?.pop(),
        None => None,
    };
    drop(db);
    let new = terms.source.clone();
    let diff = move || old.map(|old| markup::diff(&old.source, &new));
    let diff = tokio::task::spawn_blocking(diff).await.map_err(anyhow::Error::from)?;
    Ok(Some(AskConsent { shell, terms, diff, back, problems: Problems::default() }))
}

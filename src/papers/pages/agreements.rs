use crate::{
    app::App,
    error::Result,
    members::Member,
    papers::{store, store::Consent},
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

/// The latest of them.
const SHOWN: i64 = 50;

/// What a member agreed to, and when.
#[derive(Template)]
#[template(path = "papers/agreements.html")]
pub(in crate::papers) struct ListAgreements {
    shell: Shell,
    consents: Vec<Consent>,
}

pub(in crate::papers) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
) -> Result<Page<ListAgreements>> {
    let consents = store::consents(&mut *app.db.acquire().await?, member.id, SHOWN).await?;
    Ok(Page(ListAgreements { shell, consents }))
}

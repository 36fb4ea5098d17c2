use super::log::Told;
use crate::{
    access::Admin,
    admin::views::{self, Figures},
    app::App,
    error::Result,
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

/// Changes shown here; the log has all of them.
const LATEST: i64 = 5;

#[derive(Template)]
#[template(path = "admin/overview.html")]
pub(in crate::admin) struct ShowOverview {
    shell: Shell,
    figures: Figures,
    latest: Vec<Told>,
}

pub(in crate::admin) async fn show(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ShowOverview>> {
    let mut db = app.db.acquire().await?;
    let figures = views::figures(&mut db).await?;
    let lines = views::log(&mut db, i64::MAX, LATEST).await?;
    let latest = Told::all(&mut db, &shell, lines).await?;
    Ok(Page(ShowOverview { shell, figures, latest }))
}

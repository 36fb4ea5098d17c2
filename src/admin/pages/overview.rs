use super::log::Told;
use crate::{
    access::Admin,
    admin::views::{self, Figures},
    app::App,
    error::Result,
    papers::Paper,
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

impl ShowOverview {
    /// Which texts of the community nobody has written.
    fn missing_texts(&self) -> Option<String> {
        let missing = Paper::ALL.into_iter().filter(|paper| !self.shell.has(paper));
        let names: Vec<String> = missing.map(|paper| self.shell.t(paper.title())).collect();
        let count = names.len() as i64;
        let names = names.join(", ");
        (count > 0).then(|| self.shell.t2("admin-texts-missing", "count", count, "names", names))
    }
}

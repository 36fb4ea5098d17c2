use crate::{
    app::App,
    error::{Error, Result},
    members::Member,
    papers::{Held, Paper, store},
    web::{Page, Shell},
};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "papers/show.html")]
pub(in crate::papers) struct ShowPaper {
    shell: Shell,
    paper: Paper,
    held: Held,
}

/// One that was withdrawn is not there any more, as one that was never written.
pub(in crate::papers) async fn show(
    State(app): State<App>,
    shell: Shell,
    paper: Paper,
) -> Result<Page<ShowPaper>> {
    let held = store::held(&mut *app.db.acquire().await?, paper).await?;
    let held = held.filter(|held| !held.source.is_empty()).ok_or(Error::NotFound)?;
    Ok(Page(ShowPaper { shell, paper, held }))
}

impl ShowPaper {
    fn may_edit(&self) -> bool {
        self.shell.member().is_some_and(Member::is_admin)
    }
}

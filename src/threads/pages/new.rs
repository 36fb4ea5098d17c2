use crate::{
    app::App,
    error::Result,
    form_keys::FormKey,
    markup::Html,
    members::Member,
    posts::writing,
    rendering::{self, Place},
    threads::{
        actions::{self, Started},
        forms::ThreadForm,
        views::{self, Choice},
    },
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// The page on which threads begin.
#[derive(Template)]
#[template(path = "threads/new.html")]
pub(in crate::threads) struct NewThreadPage {
    shell: Shell,
    form: ThreadForm,
    boards: Vec<Choice>,
    preview: Option<Html>,
}

impl NewThreadPage {
    /// Whether the chosen board takes questions, or none is chosen yet.
    fn asks(&self) -> bool {
        self.boards
            .iter()
            .find(|board| board.slug == self.form.board)
            .is_none_or(|board| board.asks)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::threads) struct Asked {
    #[serde(default)]
    board: String,
}

pub(in crate::threads) async fn show(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Page<NewThreadPage>> {
    let boards = views::choices(&mut *app.db.acquire().await?, Some(member.id.0)).await?;
    Ok(Page(NewThreadPage { shell, form: ThreadForm::fresh(asked.board), boards, preview: None }))
}

pub(in crate::threads) async fn create(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    Form(mut form): Form<ThreadForm>,
) -> Result<Response> {
    let new = form.check();
    let boards = views::choices(&mut *app.db.acquire().await?, Some(member.id.0)).await?;
    if form.deed == "preview" {
        let place = Place { known: writing::known(&app, &form.body).await?, ..Place::default() };
        let preview =
            rendering::render(&form.body, place).await?.ok().map(|rendered| rendered.html);
        return Ok(Page(NewThreadPage { shell, form, boards, preview }).into_response());
    }
    if let Some(new) = new {
        match actions::start(&app, &member, &new).await? {
            Started::At(location) => return Ok(web::see_other(&location)),
            Started::FormChanged => {
                form.form_key = FormKey::fresh();
                form.problems.add("body", "form-changed");
            }
            Started::TooMuch(too_much) => form.problems.add("body", writing::problem_of(too_much)),
        }
    }
    Ok(web::unprocessable(&NewThreadPage { shell, form, boards, preview: None }))
}

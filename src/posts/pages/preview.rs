use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    markup::Html,
    members::Member,
    posts::writing,
    rendering::{self, Place},
    web::{Form, Page, Shell},
};
use askama::Template;
use axum::extract::State;
use serde::Deserialize;

/// A text as it will look: a fragment for the composer.
#[derive(Template)]
#[template(path = "posts/preview.html")]
pub(in crate::posts) struct Preview {
    shell: Shell,
    html: Option<Html>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::posts) struct PreviewForm {
    body: String,
    thread: Option<ThreadId>,
}

/// Drawn by the same renderer as the post will be; changes nothing, but the text is too long for an
/// address.
pub(in crate::posts) async fn show(
    State(app): State<App>,
    shell: Shell,
    _member: Member,
    Form(form): Form<PreviewForm>,
) -> Result<Page<Preview>> {
    let known = writing::known(&app, &form.body).await?;
    let place = Place { known, thread: form.thread, prefix: "preview-".to_owned() };
    let html = rendering::render(&form.body, place).await?.ok().map(|rendered| rendered.html);
    Ok(Page(Preview { shell, html }))
}

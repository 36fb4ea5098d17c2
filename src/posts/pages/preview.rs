use crate::{
    app::App,
    error::Result,
    kit::ThreadId,
    markup::Html,
    members::Member,
    posts::{attached::Where, writing},
    threads::access,
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
    member: Member,
    Form(form): Form<PreviewForm>,
) -> Result<Page<Preview>> {
    // What stands in a thread may be shown in it by whoever may read it.
    if let Some(thread) = form.thread {
        access::readable(&mut *app.db.acquire().await?, &shell.viewer, thread).await?;
    }
    let place = Where { author: Some(member.id), thread: form.thread, post: None };
    let html = writing::preview(&app, &form.body, place).await?;
    Ok(Page(Preview { shell, html }))
}

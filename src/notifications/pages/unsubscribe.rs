use crate::{
    app::App,
    error::{Error, Result},
    kit::Secret,
    notifications::{
        actions,
        store::letters::{self, Subscription},
    },
    web::{Page, Path, Shell},
};
use askama::Template;
use axum::extract::State;

/// A page without a session: the link in the mail is the permission.
#[derive(Template)]
#[template(path = "notifications/unsubscribe.html")]
pub(in crate::notifications) struct Unsubscribe {
    shell: Shell,
    title: String,
    words: String,
    /// Where the button leads; none once it was pressed.
    deed: Option<String>,
}

/// Opening the link changes nothing, because mail programs open links on their own; the button does.
pub(in crate::notifications) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Page<Unsubscribe>> {
    let hash = Secret::presented(token.as_str()).hash();
    let subscription = letters::subscription(&mut *app.db.acquire().await?, &hash).await?;
    let thread = thread_words(&shell, &subscription.ok_or(Error::NotFound)?);
    let words = shell.t1("unsubscribe-words", "thread", thread);
    let title = shell.t("unsubscribe-title");
    Ok(Page(Unsubscribe { shell, title, words, deed: Some(format!("/unsubscribe/{token}")) }))
}

/// Answers with a page where other deeds lead on: mail providers send this POST by themselves, and are
/// not to be redirected (RFC 8058). What they put into the body is not read.
pub(in crate::notifications) async fn create(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Page<Unsubscribe>> {
    let subscription = actions::unsubscribe(&app, &Secret::presented(token)).await?;
    let words = shell.t1("unsubscribed-words", "thread", thread_words(&shell, &subscription));
    let title = shell.t("unsubscribed-title");
    Ok(Page(Unsubscribe { shell, title, words, deed: None }))
}

fn thread_words(shell: &Shell, subscription: &Subscription) -> String {
    match &subscription.title {
        Some(title) => shell.t1("unsubscribe-thread", "title", title),
        None => shell.t("unsubscribe-thread-gone"),
    }
}

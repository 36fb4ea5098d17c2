use super::Say;
use crate::{
    app::App,
    error::Result,
    kit::Secret,
    members::{
        actions,
        token::{self, Purpose},
    },
    web::{self, Page, Path, Shell},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

/// Opening the link changes nothing, because mail programs open links on their own; the button does.
pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let secret = Secret::presented(token.clone());
    let mut db = app.db.acquire().await?;
    let proof = token::usable(&mut db, &secret, Purpose::ConfirmEmail, app.now()).await?;
    let Some(proof) = proof else { return Ok(used_up(shell)) };
    let title = shell.t("confirm-title");
    let words = shell.t1("confirm-words", "email", &proof.email);
    let deed = Some((format!("/confirm/{token}"), shell.t("confirm-button")));
    Ok(Page(Say { shell, title, words, deed }).into_response())
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    if actions::confirm(&app, &Secret::presented(token)).await? {
        Ok(web::see_other_saying("/", "flash-confirmed"))
    } else {
        Ok(used_up(shell))
    }
}

fn used_up(shell: Shell) -> Response {
    let (title, words) = (shell.t("link-used-title"), shell.t("link-used"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

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
    let own = token::usable(&mut db, &secret, Purpose::ConfirmEmail, app.now()).await?;
    let wanted = token::usable(&mut db, &secret, Purpose::ChangeEmail, app.now()).await?;
    let title = shell.t("confirm-title");
    let words = match (own, wanted) {
        (Some(proof), _) => shell.t1("confirm-words", "email", &proof.email),
        (None, Some(proof)) => shell.t1("confirm-change-words", "email", &proof.email),
        (None, None) => return Ok(used_up(shell)),
    };
    let deed = Some((format!("/confirm/{token}"), shell.t("confirm-button")));
    Ok(Page(Say { shell, title, words, deed }).into_response())
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let secret = Secret::presented(token);
    if actions::confirm(&app, &secret).await? || actions::change_address(&app, &secret).await? {
        Ok(web::see_other_saying("/", "flash-confirmed"))
    } else {
        Ok(used_up(shell))
    }
}

fn used_up(shell: Shell) -> Response {
    let (title, words) = (shell.t("link-used-title"), shell.t("link-used"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

//! Where somebody stands who waits.

use super::{
    actions::{self, Proved},
    application::WaitsFor,
    store::{self, Standing},
};
use crate::{
    app::App,
    error::Result,
    kit::Secret,
    web::{self, Page, Path, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

const HERE: &str = "/sign-up/waiting";

#[derive(Template)]
#[template(path = "applications/waiting.html")]
pub(super) struct ShowStanding {
    shell: Shell,
    /// None where this browser has none.
    standing: Option<Standing>,
}

/// Before a link is used.
#[derive(Template)]
#[template(path = "applications/confirm.html")]
struct BeforeConfirming {
    shell: Shell,
    /// The address and the link; nothing where it is good no longer.
    link: Option<(String, String)>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
) -> Result<Page<ShowStanding>> {
    let standing = match web::waiting_of(&app, &headers) {
        Some(browser) => store::standing(&mut *app.db.acquire().await?, &browser.hash()).await?,
        None => None,
    };
    Ok(Page(ShowStanding { shell, standing }))
}

pub(super) async fn send_again(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    if let Some(browser) = web::waiting_of(&app, &headers) {
        actions::send_again(&app, &browser).await?;
    }
    Ok(web::see_other_saying(HERE, "flash-application-mail"))
}

pub(super) async fn withdraw(
    State(app): State<App>,
    headers: HeaderMap,
    jar: CookieJar,
) -> Result<Response> {
    if let Some(browser) = web::waiting_of(&app, &headers) {
        actions::withdraw(&app, &browser).await?;
    }
    let jar = web::without_waiting(&app, jar);
    Ok((jar, web::see_other_saying("/", "flash-application-withdrawn")).into_response())
}

/// Opening the link changes nothing, because mail programs open links on their own; the button does.
pub(super) async fn before_confirming(
    State(app): State<App>,
    shell: Shell,
    Path(token): Path<String>,
) -> Result<Response> {
    let secret = Secret::presented(token.clone());
    let mut db = app.db.acquire().await?;
    let linked = store::by_link(&mut db, &secret.hash(), shell.now).await?;
    drop(db);
    Ok(match linked {
        Some(linked) => {
            Page(BeforeConfirming { shell, link: Some((linked.email, token)) }).into_response()
        }
        None => web::unprocessable(&BeforeConfirming { shell, link: None }),
    })
}

pub(super) async fn confirm(
    State(app): State<App>,
    shell: Shell,
    jar: CookieJar,
    Path(token): Path<String>,
) -> Result<Response> {
    match actions::confirm(&app, &Secret::presented(token)).await? {
        Proved::Joined => {
            let jar = web::without_waiting(&app, jar);
            Ok((jar, web::see_other_saying("/sign-in", "flash-application-joined")).into_response())
        }
        Proved::Waits(browser) => {
            let jar = jar.add(web::waiting_cookie_for(&app, &browser));
            Ok((jar, web::see_other_saying(HERE, "flash-confirmed")).into_response())
        }
        Proved::Gone => Ok(web::unprocessable(&BeforeConfirming { shell, link: None })),
    }
}

impl ShowStanding {
    /// The heading, as it stands.
    fn title(&self) -> String {
        let key = match &self.standing {
            None => "waiting-none-title",
            Some(it) if it.declined_at.is_some() => "waiting-declined-title",
            Some(it) if self.is_early(it) => "waiting-mail-title",
            Some(it) if !it.confirmed => "waiting-confirm-title",
            Some(_) => "waiting-approval-title",
        };
        self.shell.t(key)
    }

    /// Whether the mail that proves the address is still to go out.
    fn is_early(&self, standing: &Standing) -> bool {
        !standing.confirmed && standing.mail_at > self.shell.now
    }

    /// Whether an administrator decides.
    fn is_judged(&self, standing: &Standing) -> bool {
        standing.waits_for == WaitsFor::Approval
    }
}

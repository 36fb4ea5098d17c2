//! To a provider and back.

pub(in crate::members) mod arrival;
mod cookies;
pub(in crate::members) mod own;

use super::{admitted, safe_back};
use crate::{
    app::App,
    error::Result,
    kit::{MemberId, Secret},
    members::{
        Viewer,
        actions::providers::{self as actions, Brought, Came, Failure, Sent},
        provider::Purpose,
        session::Browser,
        store::providers::{self, Offer},
    },
    oidc::{Answer, Fault},
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use cookies::Kind;
use serde::Deserialize;

/// The browser is on its way. Not a redirect: our pages may send forms to no other origin, and browsers hold
/// the answer of a form to that too.
#[derive(Template)]
#[template(path = "members/provider_go.html")]
struct Go {
    shell: Shell,
    name: String,
    url: String,
}

/// It did not end well.
#[derive(Template)]
#[template(path = "members/provider_failed.html")]
struct Failed {
    shell: Shell,
    title: String,
    words: String,
    /// Where to try again.
    again: String,
    /// Whether they wanted to sign in.
    signing_in: bool,
}

/// The buttons of the pages for signing in and up.
pub(super) async fn offers(app: &App) -> Result<Vec<Offer>> {
    Ok(providers::offered(&mut *app.db.acquire().await?).await?)
}

/// Who wants to sign in, or up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct Begin {
    #[serde(default)]
    back: String,
    /// The link of an invitation.
    #[serde(default)]
    invitation: String,
}

pub(in crate::members) async fn begin(
    State(app): State<App>,
    shell: Shell,
    headers: HeaderMap,
    jar: CookieJar,
    Path(slug): Path<String>,
    Form(form): Form<Begin>,
) -> Result<Response> {
    let back = safe_back(&form.back).to_owned();
    let invitation = Some(form.invitation).filter(|link| !link.is_empty()).map(Secret::presented);
    let along = (&back[..], invitation.as_ref());
    send(&app, shell, (headers, jar), &slug, (Purpose::SignIn, None), along).await
}

/// Sends the browser to a provider.
async fn send(
    app: &App,
    shell: Shell,
    (headers, jar): (HeaderMap, CookieJar),
    slug: &str,
    (purpose, member): (Purpose, Option<MemberId>),
    along: (&str, Option<&Secret>),
) -> Result<Response> {
    // Rounds in several tabs share the cookie.
    let browser = cookies::read(app, &headers, Kind::Round).unwrap_or_else(Secret::random);
    let Sent { name, url } = actions::begin(app, slug, (purpose, member), &browser, along).await?;
    let url = match url {
        Ok(url) => url,
        Err(fault) => {
            let failure = Failure::Fault(fault);
            return Ok(failed(shell, (&name, slug), &failure, purpose == Purpose::SignIn));
        }
    };
    let jar = jar.add(cookies::write(app, Kind::Round, &browser));
    let refresh = HeaderValue::from_str(&format!("0; url={url}"))
        .map_err(|_| anyhow::anyhow!("a provider's address holds what no header may"))?;
    let header = [(HeaderName::from_static("refresh"), refresh)];
    Ok((jar, header, Page(Go { shell, name, url })).into_response())
}

/// What a provider sends along; some send more.
#[derive(Deserialize)]
pub(in crate::members) struct Said {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// The one GET that changes something: the protocol has it so. What makes it safe is what a POST has not, a
/// state of this very browser that is good once.
pub(in crate::members) async fn come_back(
    State(app): State<App>,
    shell: Shell,
    viewer: Viewer,
    browser: Browser,
    headers: HeaderMap,
    jar: CookieJar,
    (Path(slug), Query(said)): (Path<String>, Query<Said>),
) -> Result<Response> {
    let answer = match (said.error, said.code) {
        (Some(error), _) => Err(error),
        (None, Some(code)) => Ok(Answer { code, issuer: said.iss }),
        (None, None) => Err("nothing".to_owned()),
    };
    let brought = Brought {
        browser: cookies::read(&app, &headers, Kind::Round),
        state: Secret::presented(said.state),
        answer,
    };
    match actions::come_back(&app, &slug, brought, &viewer, &browser).await? {
        Came::In { admission, back } => Ok(admitted(&app, jar, admission, &back, None)),
        Came::Arrived(ticket) => {
            let jar = jar.add(cookies::write(&app, Kind::Arrival, &ticket));
            Ok((jar, web::see_other("/sign-in/arrival")).into_response())
        }
        Came::Linked => Ok(web::see_other_saying("/settings/security", "flash-provider-linked")),
        Came::Proved(secret, back) => {
            let jar = jar.add(web::cookie_for(&app, &secret));
            let back = web::see_other_saying(safe_back(&back), "flash-provider-proved");
            Ok((jar, back).into_response())
        }
        Came::Failed { provider, failure } => {
            let signing_in = viewer.0.is_none();
            Ok(failed(shell, (&provider.name, &provider.slug), &failure, signing_in))
        }
    }
}

fn failed(
    shell: Shell,
    (name, slug): (&str, &str),
    failure: &Failure,
    signing_in: bool,
) -> Response {
    let (title, words, status) = match failure {
        Failure::Stale => ("provider-stale-title", "provider-stale", 422),
        Failure::Denied => ("provider-denied-title", "provider-denied", 422),
        Failure::Said(_) => ("provider-said-title", "provider-said", 422),
        Failure::Fault(Fault::Unreached(_)) => ("provider-down-title", "provider-down", 502),
        Failure::Fault(_) => ("provider-untrue-title", "provider-untrue", 422),
        Failure::Linked => ("provider-linked-title", "provider-linked", 422),
        Failure::Other => ("provider-stale-title", "provider-other", 422),
        Failure::NotAnew => ("provider-not-anew-title", "provider-not-anew", 422),
    };
    match failure {
        Failure::Fault(fault) => {
            tracing::warn!(provider = slug, %fault, "a sign-in by a provider failed");
        }
        Failure::Said(said) => {
            let said: String = said.chars().filter(|c| c.is_ascii_graphic()).take(60).collect();
            tracing::warn!(provider = slug, said, "a provider reported an error");
        }
        _ => {}
    }
    let again = if signing_in { format!("/sign-in/with/{slug}") } else { String::new() };
    let (title, words) = (shell.t1(title, "provider", name), shell.t1(words, "provider", name));
    let mut page = web::unprocessable(&Failed { shell, title, words, again, signing_in });
    *page.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    page
}

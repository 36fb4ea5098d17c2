//! The providers of one's own account.

use super::send;
use crate::{
    app::App,
    error::Result,
    members::{
        Member,
        actions::providers::{Allowed, Unlinked, may_link, unlink as unlink_it},
        forms::ProofForm,
        pages::security::ShowSecurity,
        provider::Purpose,
        session::Browser,
    },
    web::{self, Form, Path, Shell},
};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::extract::CookieJar;

const HERE: &str = "/settings/security";

pub(in crate::members) async fn link(
    State(app): State<App>,
    (shell, member, browser): (Shell, Member, Browser),
    headers: HeaderMap,
    jar: CookieJar,
    Path(slug): Path<String>,
    Form(proof): Form<ProofForm>,
) -> Result<Response> {
    match may_link(&app, &member, &browser, proof.password()).await? {
        Allowed::Yes => {
            let purpose = (Purpose::Link, Some(member.id));
            send(&app, shell, (headers, jar), &slug, purpose, (HERE, None)).await
        }
        not => refuse(&app, shell, &member, &browser, (not, proof)).await,
    }
}

pub(in crate::members) async fn unlink(
    State(app): State<App>,
    (shell, member, browser): (Shell, Member, Browser),
    Path(slug): Path<String>,
    Form(mut proof): Form<ProofForm>,
) -> Result<Response> {
    match unlink_it(&app, &member, &slug, &browser, proof.password()).await? {
        Unlinked::Done => Ok(web::see_other_saying(HERE, "flash-provider-unlinked")),
        Unlinked::Not(not) => refuse(&app, shell, &member, &browser, (not, proof)).await,
        Unlinked::Last => {
            proof.problems.add("ways", "settings-providers-last");
            let page = ShowSecurity::of(&app, shell, &member, &browser).await?;
            Ok(web::unprocessable(&page.with_proof(proof)))
        }
    }
}

/// Has the provider ask them anew who they are.
pub(in crate::members) async fn prove(
    State(app): State<App>,
    (shell, member): (Shell, Member),
    headers: HeaderMap,
    jar: CookieJar,
    Path(slug): Path<String>,
) -> Result<Response> {
    let purpose = (Purpose::Prove, Some(member.id));
    // Whoever owes a second factor shows it in order to set one up.
    let back = if shell.owes_second_factor { "/settings/factors" } else { HERE };
    send(&app, shell, (headers, jar), &slug, purpose, (back, None)).await
}

async fn refuse(
    app: &App,
    shell: Shell,
    member: &Member,
    browser: &Browser,
    (not, mut proof): (Allowed, ProofForm),
) -> Result<Response> {
    match not {
        Allowed::ShowFirst => proof.problems.add("ways", "settings-providers-show-first"),
        _ => proof.problems.add("proof_password", "settings-password-wrong"),
    }
    let page = ShowSecurity::of(app, shell, member, browser).await?;
    Ok(web::unprocessable(&page.with_proof(proof)))
}

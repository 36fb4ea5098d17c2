//! Somebody whom a provider vouches for, and no account is linked to: what becomes of it.

use super::{cookies, cookies::Kind};
use crate::{
    app::App,
    error::Result,
    invitations,
    kit::{Problems, Secret},
    members::{
        Member,
        actions::{
            Admission,
            providers::{self as actions, Allowed, Joined},
        },
        forms::{ArrivalForm, ProofForm},
        pages::{Say, admitted, safe_back, terms_of},
        session::{self, Browser},
        store::{
            self,
            rounds::{self, Waiting},
        },
    },
    settings::SignUpMode,
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "members/arrival.html")]
struct ShowArrival {
    shell: Shell,
    waiting: Waiting,
    /// Whether the address they proved is an account's.
    known: bool,
    /// Whether an invitation is needed, and they have none that is good.
    uninvited: bool,
    /// Whether they will wait for approval.
    waits: bool,
    /// Whether linking to the account of this browser asks for its password.
    asks_password: bool,
    form: ArrivalForm,
    /// The version that holds, where there are terms.
    terms: Option<i32>,
    proof: ProofForm,
}

async fn look_up(app: &App, headers: &HeaderMap) -> Result<Option<(Secret, Waiting)>> {
    let Some(ticket) = cookies::read(app, headers, Kind::Arrival) else { return Ok(None) };
    let mut db = app.db.acquire().await?;
    let waiting = rounds::waiting(&mut db, &ticket.hash(), app.now()).await?;
    Ok(waiting.map(|waiting| (ticket, waiting)))
}

impl ShowArrival {
    async fn of(app: &App, shell: Shell, browser: &Browser, waiting: Waiting) -> Result<Self> {
        let terms = terms_of(app, &shell).await?;
        let mut db = app.db.acquire().await?;
        // Only whoever holds the address, as the provider vouches, learns that it is known here.
        let known = waiting.arrival.confirmed
            && store::owner_of(&mut db, &waiting.arrival.email).await?.is_some();
        let invitation =
            invitations::brought(&mut db, waiting.arrival.invitation, shell.now).await?;
        let uninvited = shell.site.sign_up == SignUpMode::Invitation && invitation.is_none();
        let waits = shell.site.sign_up == SignUpMode::Approval && invitation.is_none();
        let asks_password =
            shell.member().is_some() && !session::is_fresh(&mut db, browser, shell.now).await?;
        let form = ArrivalForm {
            handle: waiting.arrival.handle.clone(),
            name: waiting.arrival.name.clone(),
            email: waiting.arrival.email.clone(),
            answer: String::new(),
            terms: None,
            problems: Problems::default(),
        };
        let proof = ProofForm::default();
        Ok(Self { shell, waiting, known, uninvited, waits, asks_password, form, terms, proof })
    }

    /// Whether there is a question to answer.
    fn is_asked(&self) -> bool {
        self.waits && !self.shell.site.approval_question.is_empty()
    }
}

pub(in crate::members) async fn show(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response> {
    match look_up(&app, &headers).await? {
        Some((_, waiting)) => {
            let page = ShowArrival::of(&app, shell, &browser, waiting).await?;
            Ok(Page(page).into_response())
        }
        None => Ok(gone(shell)),
    }
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    headers: HeaderMap,
    jar: CookieJar,
    Form(mut form): Form<ArrivalForm>,
) -> Result<Response> {
    let Some((ticket, waiting)) = look_up(&app, &headers).await? else { return Ok(gone(shell)) };
    let page = ShowArrival::of(&app, shell, &browser, waiting).await?;
    if page.is_asked() {
        form.check_answer();
    }
    form.check_terms(page.terms.is_some());
    if let Some(new) = form.check(&page.shell.site) {
        match actions::join_by_arrival(&app, &ticket, &new, &browser).await? {
            Joined::Done { admission, back, confirmed } => {
                let jar = jar.add(cookies::gone(&app, Kind::Arrival));
                let said = if confirmed { "flash-welcome-confirmed" } else { "flash-welcome" };
                return Ok(admitted(&app, jar, admission, &back, Some(said)));
            }
            Joined::HandleTaken => form.problems.add("handle", "handle-taken"),
            Joined::AddressTaken => form.problems.add("email", "arrival-address-taken"),
            Joined::TermsOpen => {
                form.terms = None;
                form.problems.add("terms", "sign-up-terms-changed");
            }
            Joined::Gone => return Ok(gone(page.shell)),
            Joined::Waits(browser) => {
                let jar = jar.add(cookies::gone(&app, Kind::Arrival));
                return Ok(admitted(&app, jar, Admission::Waits(browser), "/", None));
            }
            // The page says so.
            Joined::Uninvited => {
                let page = ShowArrival { uninvited: true, ..page };
                return Ok(web::unprocessable(&ShowArrival { form, ..page }));
            }
        }
    }
    Ok(web::unprocessable(&ShowArrival { form, ..page }))
}

pub(in crate::members) async fn link(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
    headers: HeaderMap,
    jar: CookieJar,
    Form(mut proof): Form<ProofForm>,
) -> Result<Response> {
    let Some((ticket, waiting)) = look_up(&app, &headers).await? else { return Ok(gone(shell)) };
    match actions::may_link(&app, &member, &browser, proof.password()).await? {
        Allowed::Yes => {}
        Allowed::NotYours | Allowed::ShowFirst => {
            proof.problems.add("proof_password", "settings-password-wrong");
            let page = ShowArrival::of(&app, shell, &browser, waiting).await?;
            return Ok(web::unprocessable(&ShowArrival { proof, ..page }));
        }
    }
    match actions::link_arrival(&app, &member, &ticket, &browser).await? {
        Some(back) => {
            let jar = jar.add(cookies::gone(&app, Kind::Arrival));
            let back = web::see_other_saying(safe_back(&back), "flash-provider-linked");
            Ok((jar, back).into_response())
        }
        None => Ok(gone(shell)),
    }
}

fn gone(shell: Shell) -> Response {
    let (title, words) = (shell.t("arrival-gone-title"), shell.t("arrival-gone"));
    web::unprocessable(&Say { shell, title, words, deed: None })
}

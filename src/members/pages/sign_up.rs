mod work;

use super::{admitted, invited, providers::offers, terms_of};
use crate::{
    app::App,
    config::RateLimits,
    error::{Error, Result},
    invitations::Open,
    kit::Secret,
    members::{
        actions::{Admission, SignUp, SignedIn, Way, sign_up},
        forms::SignUpForm,
        puzzle::{BITS, PARTS},
        session::Browser,
        store::providers::Offer,
    },
    papers::Paper,
    settings::SignUpMode,
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "members/sign_up.html")]
pub(in crate::members) struct NewSignUpPage {
    shell: Shell,
    form: SignUpForm,
    offers: Vec<Offer>,
    /// The version that holds, where there are terms.
    terms: Option<i32>,
    invited: Option<Invited>,
    /// Whether the browser is asked to work.
    works: bool,
}

/// There is no form here, and why.
#[derive(Template)]
#[template(path = "members/sign_up_none.html")]
struct NoSignUp {
    shell: Shell,
    title: &'static str,
    words: &'static str,
    /// What stands above the providers.
    ways: &'static str,
    form: SignUpForm,
    offers: Vec<Offer>,
    invited: Option<Invited>,
}

/// Somebody with an invitation that is good.
pub(super) struct Invited {
    pub(super) open: Open,
    /// What the address of the page has.
    pub(super) link: Secret,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::members) struct Back {
    #[serde(default)]
    pub(super) back: String,
}

pub(in crate::members) async fn new(
    State(app): State<App>,
    shell: Shell,
    Query(back): Query<Back>,
) -> Result<Response> {
    let form = SignUpForm::fresh(back.back, shell.now);
    drawn(&app, shell, form, None).await
}

pub(in crate::members) async fn create(
    State(app): State<App>,
    shell: Shell,
    browser: Browser,
    jar: CookieJar,
    Form(form): Form<SignUpForm>,
) -> Result<Response> {
    sent(&app, shell, (browser, jar), form, None).await
}

/// The form, where this community has one for this visitor; else what to do.
pub(super) async fn drawn(
    app: &App,
    shell: Shell,
    mut form: SignUpForm,
    invited: Option<Invited>,
) -> Result<Response> {
    let mut offers = offers(app).await?;
    let (title, words, ways) = match (shell.site.sign_up, &invited) {
        (SignUpMode::Closed, _) => {
            offers.retain(|offer| offer.takes_in);
            ("sign-up-closed-title", "sign-up-closed", "sign-up-closed-but")
        }
        (SignUpMode::Invitation, None) => {
            offers.clear();
            ("sign-up-invitation-title", "sign-up-invitation", "sign-up-closed-but")
        }
        _ => {
            let works = invited.is_none() && work::is_asked(app, &shell).await?;
            if works {
                work::set(app, &mut form, shell.now)?;
            }
            let page = NewSignUpPage::of(app, shell, form, invited, works).await?;
            return Ok(Page(page).into_response());
        }
    };
    Ok(Page(NoSignUp { shell, title, words, ways, form, offers, invited }).into_response())
}

/// What becomes of a form that was sent.
pub(super) async fn sent(
    app: &App,
    shell: Shell,
    (browser, jar): (Browser, CookieJar),
    mut form: SignUpForm,
    invited: Option<Invited>,
) -> Result<Response> {
    match (shell.site.sign_up, &invited) {
        (SignUpMode::Closed, _) => return Err(Error::Refused("sign-up-closed-refusal".into())),
        (SignUpMode::Invitation, None) => {
            return Err(Error::Refused("sign-up-invitation-refusal".into()));
        }
        _ => {}
    }
    if form.by_a_program() {
        // It looks as if it had worked, so that nobody learns what to leave empty.
        let admission = match waits(&shell, invited.as_ref()) {
            true => Admission::Waits(Secret::random()),
            false => Admission::SignedIn(SignedIn { secret: Secret::random(), reopened: false }),
        };
        return Ok(admitted(app, jar, admission, &form.back, Some("flash-welcome")));
    }
    form.check_domain(&shell.site);
    if waits(&shell, invited.as_ref()) && !shell.site.approval_question.is_empty() {
        form.check_answer();
    }
    if app.config.rate_limits == RateLimits::On {
        form.check_pace(shell.now);
    }
    form.check_terms(shell.has(Paper::Terms));
    let mut works = false;
    if let Some(new) = form.check() {
        let way = match &invited {
            Some(invited) => Some(Way::Invited(&invited.open)),
            None => work::way(app, &shell, &mut form).await?,
        };
        works = !matches!(way, Some(Way::Invited(_) | Way::Straight));
        let ended = match way {
            Some(way) => sign_up(app, new, way, &browser).await?,
            None => SignUp::Spent,
        };
        match ended {
            SignUp::Joined { admission, confirmed } => {
                let said = if confirmed { "flash-welcome-confirmed" } else { "flash-welcome" };
                return Ok(admitted(app, jar, admission, &form.back, Some(said)));
            }
            SignUp::Waits(browser) => {
                return Ok(admitted(app, jar, Admission::Waits(browser), &form.back, None));
            }
            SignUp::TooWeak(weak) => form.problems.add("password", weak),
            SignUp::HandleTaken => form.problems.add("handle", "handle-taken"),
            SignUp::TermsOpen => {
                form.terms = None;
                form.problems.add("terms", "sign-up-terms-changed");
            }
            SignUp::Spent => {
                form.puzzle.clear();
                form.problems.add("password", "sign-up-work-again");
            }
            SignUp::Crowded => return Err(Error::Refused("sign-up-crowded".into())),
            SignUp::Uninvited => return Ok(invited::over(shell)),
        }
    } else if invited.is_none() {
        works = work::is_asked(app, &shell).await?;
    }
    if works {
        work::set(app, &mut form, shell.now)?;
    }
    Ok(web::unprocessable(&NewSignUpPage::of(app, shell, form, invited, works).await?))
}

/// Whether they will wait for approval.
fn waits(shell: &Shell, invited: Option<&Invited>) -> bool {
    shell.site.sign_up == SignUpMode::Approval && invited.is_none()
}

impl NewSignUpPage {
    async fn of(
        app: &App,
        shell: Shell,
        form: SignUpForm,
        invited: Option<Invited>,
        works: bool,
    ) -> Result<Self> {
        let offers = offers(app).await?;
        let terms = terms_of(app, &shell).await?;
        Ok(Self { shell, form, offers, terms, invited, works })
    }

    fn waits(&self) -> bool {
        waits(&self.shell, self.invited.as_ref())
    }

    /// Whether there is a question to answer.
    fn is_asked(&self) -> bool {
        self.waits() && !self.shell.site.approval_question.is_empty()
    }

    /// Parts of the puzzle, and zero bits in each.
    fn puzzle(&self) -> (u32, u32) {
        (PARTS, BITS)
    }

    /// Where the form goes.
    fn action(&self) -> String {
        let to = |invited: &Invited| format!("/join/{}", invited.link.reveal());
        self.invited.as_ref().map_or("/sign-up".to_owned(), to)
    }
}

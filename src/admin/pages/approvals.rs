//! Who waits to be let in, and what becomes of them.

use crate::{
    access::Admin,
    app::App,
    applications::{self, Declined, Waiting},
    error::Result,
    kit::{ApplicationId, Message, Problems},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

const LONGEST_REASON: usize = 1_000;

/// On a button: what is ticked, and not one.
const CHOSEN: &str = "chosen";

#[derive(Template)]
#[template(path = "admin/approvals.html")]
pub(in crate::admin) struct ShowApprovals {
    shell: Shell,
    waiting: Vec<Waiting>,
    declined: Vec<Declined>,
    form: DecisionForm,
}

/// Whom a decision is about, and which.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct DecisionForm {
    #[serde(default, rename = "application")]
    applications: Vec<i64>,
    approve: Option<String>,
    decline: Option<String>,
    #[serde(default)]
    reason: String,
    #[serde(skip)]
    problems: Problems,
}

enum Decision {
    Approve(Vec<ApplicationId>),
    Decline(Vec<ApplicationId>),
}

impl DecisionForm {
    fn check(&mut self) -> Option<Decision> {
        self.reason = self.reason.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
        let chosen: Vec<_> = self.applications.iter().copied().map(ApplicationId).collect();
        let one = self.approve.as_deref().filter(|which| *which != CHOSEN);
        if let Some(one) = one {
            return one.parse().ok().map(|id| Decision::Approve(vec![id]));
        }
        if chosen.is_empty() {
            self.problems.add("chosen", "approvals-nobody-chosen");
        }
        if self.decline.is_some() && self.reason.is_empty() {
            self.problems.add("reason", "approvals-reason-missing");
        } else if self.reason.chars().count() > LONGEST_REASON {
            let most = LONGEST_REASON as i64;
            self.problems.add("reason", Message::with("approvals-reason-too-long", "most", most));
        }
        self.problems.none().then_some(match self.decline {
            Some(_) => Decision::Decline(chosen),
            None => Decision::Approve(chosen),
        })
    }

    fn has(&self, id: &ApplicationId) -> bool {
        self.applications.contains(&id.0)
    }
}

impl ShowApprovals {
    async fn of(app: &App, shell: Shell, form: DecisionForm) -> Result<Self> {
        let mut db = app.db.acquire().await?;
        let waiting = applications::queue(&mut db).await?;
        let declined = applications::declined(&mut db).await?;
        Ok(Self { shell, waiting, declined, form })
    }

    fn hints(&self, one: &Waiting) -> Vec<Message> {
        applications::hints(one, &self.shell.site)
    }
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ShowApprovals>> {
    Ok(Page(ShowApprovals::of(&app, shell, DecisionForm::default()).await?))
}

pub(in crate::admin) async fn decide(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<DecisionForm>,
) -> Result<Response> {
    let (count, said) = match form.check() {
        Some(Decision::Approve(ids)) => {
            (applications::approve(&app, &admin, &ids).await?, "flash-approved")
        }
        Some(Decision::Decline(ids)) => {
            let reason = &form.reason;
            (applications::decline(&app, &admin, &ids, reason).await?, "flash-declined")
        }
        None => return Ok(web::unprocessable(&ShowApprovals::of(&app, shell, form).await?)),
    };
    // Somebody else may have been quicker.
    let said = if count == 0 { "flash-decided-already" } else { said };
    Ok(web::see_other_saying("/admin/approvals", said))
}

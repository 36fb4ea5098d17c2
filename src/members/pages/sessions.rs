use crate::{
    app::App,
    error::Result,
    members::{
        Member, actions,
        session::{Browser, IDLE},
        store::sessions::{self, Session},
    },
    web::{self, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "members/sessions.html")]
pub(in crate::members) struct ListSessions {
    shell: Shell,
    sessions: Vec<Session>,
}

pub(in crate::members) async fn index(
    State(app): State<App>,
    shell: Shell,
    member: Member,
    browser: Browser,
) -> Result<Page<ListSessions>> {
    let (this, now) = (browser.hash(), shell.now);
    let mut db = app.db.acquire().await?;
    let sessions =
        sessions::of_member(&mut db, member.id, this.as_deref(), now, now - IDLE).await?;
    Ok(Page(ListSessions { shell, sessions }))
}

pub(in crate::members) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response> {
    actions::end_session(&app, &member, &id).await?;
    Ok(web::see_other_saying("/settings/sessions", "flash-session-ended"))
}

pub(in crate::members) async fn destroy_others(
    State(app): State<App>,
    member: Member,
    browser: Browser,
) -> Result<Response> {
    actions::end_other_sessions(&app, &member, &browser).await?;
    Ok(web::see_other_saying("/settings/sessions", "flash-sessions-ended"))
}

impl ListSessions {
    fn device(&self, session: &Session) -> String {
        device(&self.shell, session)
    }

    fn way(&self, session: &Session) -> Option<String> {
        way(&self.shell, session)
    }

    fn others(&self) -> bool {
        self.sessions.iter().any(|session| !session.this)
    }
}

/// What a session runs in, in words.
pub(crate) fn device(shell: &Shell, session: &Session) -> String {
    match (&session.browser, &session.system) {
        (Some(browser), Some(system)) => {
            shell.t2("session-device", "browser", browser, "system", system)
        }
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => shell.t("session-device-unknown"),
    }
}

/// How a session began, in words.
pub(crate) fn way(shell: &Shell, session: &Session) -> Option<String> {
    let factor = match session.factor.as_deref() {
        Some("app") => "session-with-app",
        Some("recovery_code") => "session-with-code",
        Some("passkey") => "session-with-passkey",
        _ => "",
    };
    let proof = match session.proof.as_deref()? {
        "password" => "session-by-password",
        "link" => "session-by-link",
        "passkey" => "session-by-passkey",
        "provider" => "session-by-provider",
        _ => return None,
    };
    let proof = shell.t(proof);
    Some(if factor.is_empty() { proof } else { shell.t1(factor, "proof", proof) })
}

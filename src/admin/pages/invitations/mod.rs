//! Invitations: links to be handed on, and mails to single people.

mod mailing;

use crate::{
    access::Admin,
    app::App,
    error::{Error, Result},
    groups,
    invitations::{self, Choice, InvitationForm, Joiner, Line, joiners, line, lines},
    kit::InvitationId,
    members::Viewer,
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgConnection;

pub(in crate::admin) use mailing::{create_mailing, new_mailing};

/// Invitations on one page.
const ON_A_PAGE: usize = 50;

/// People named beside an invitation in the list; its own page has more.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "admin/invitations.html")]
pub(in crate::admin) struct ListInvitations {
    shell: Shell,
    lines: Vec<Line>,
    joiners: Vec<Joiner>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/new_invitation.html")]
pub(in crate::admin) struct NewInvitation {
    shell: Shell,
    groups: Vec<Choice>,
    form: InvitationForm,
}

/// The one time that a link is shown.
#[derive(Template)]
#[template(path = "admin/invitation_made.html")]
struct InvitationMade {
    shell: Shell,
    link: String,
    form: InvitationForm,
}

#[derive(Template)]
#[template(path = "admin/invitation.html")]
pub(in crate::admin) struct ShowInvitation {
    shell: Shell,
    line: Line,
    joiners: Vec<Joiner>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct From {
    below: Option<i64>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(from): Query<From>,
) -> Result<Page<ListInvitations>> {
    let mut db = app.db.acquire().await?;
    let mut lines = lines(&mut db, from.below.unwrap_or(i64::MAX)).await?;
    let more = lines.len() > ON_A_PAGE;
    lines.truncate(ON_A_PAGE);
    let last = lines.last().filter(|_| more);
    let older = last.map(|last| format!("/admin/invitations?below={}", last.id));
    let ids: Vec<i64> = lines.iter().map(|line| line.id.0).collect();
    let joiners = joiners(&mut db, &ids).await?;
    Ok(Page(ListInvitations { shell, lines, joiners, older }))
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<NewInvitation>> {
    let groups = choices(&mut *app.db.acquire().await?, &shell.viewer).await?;
    Ok(Page(NewInvitation { shell, groups, form: InvitationForm::default() }))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<InvitationForm>,
) -> Result<Response> {
    let groups = choices(&mut *app.db.acquire().await?, &shell.viewer).await?;
    let Some(new) = form.check(&groups) else {
        return Ok(web::unprocessable(&NewInvitation { shell, groups, form }));
    };
    let link = invitations::invite(&app, &admin, &new).await?;
    let link = format!("{}/join/{}", app.config.address(), link.reveal());
    Ok(Page(InvitationMade { shell, link, form }).into_response())
}

pub(in crate::admin) async fn show(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(id): Path<InvitationId>,
) -> Result<Page<ShowInvitation>> {
    let mut db = app.db.acquire().await?;
    let line = line(&mut db, id).await?.ok_or(Error::NotFound)?;
    let joiners = joiners(&mut db, &[id.0]).await?;
    Ok(Page(ShowInvitation { shell, line, joiners }))
}

pub(in crate::admin) async fn withdraw(
    State(app): State<App>,
    admin: Admin,
    Path(id): Path<InvitationId>,
) -> Result<Response> {
    invitations::withdraw(&app, &admin, id).await?;
    Ok(web::see_other_saying("/admin/invitations", "flash-invitation-withdrawn"))
}

/// The groups that an invitation can bring into.
async fn choices(db: &mut PgConnection, viewer: &Viewer) -> sqlx::Result<Vec<Choice>> {
    let groups = groups::store::all_seen_by(db, viewer.key()).await?;
    Ok(groups.into_iter().map(|group| (group.id, group.slug, group.name)).collect())
}

/// What an invitation is called in lists.
fn title(shell: &Shell, line: &Line) -> String {
    let who = line.email.as_ref().map(|email| match line.name.is_empty() {
        true => email.clone(),
        false => format!("{} ({email})", line.name),
    });
    let note = Some(line.note.clone()).filter(|note| !note.is_empty());
    who.or(note).unwrap_or_else(|| shell.t("invitation-unnamed"))
}

/// What can still come of it, in words.
fn state(shell: &Shell, line: &Line) -> String {
    if line.withdrawn_at.is_some() {
        shell.t("invitation-withdrawn")
    } else if line.left() == 0 {
        shell.t("invitation-used-up")
    } else if line.is_open(&shell.now) {
        shell.t1("invitation-until", "date", shell.date(&line.expires_at))
    } else {
        shell.t1("invitation-expired", "date", shell.date(&line.expires_at))
    }
}

impl ListInvitations {
    fn title(&self, line: &Line) -> String {
        title(&self.shell, line)
    }

    fn state(&self, line: &Line) -> String {
        state(&self.shell, line)
    }

    /// Who joined by it last, and how many are not named.
    fn joined(&self, line: &Line) -> (Vec<&Joiner>, i32) {
        let all = self.joiners.iter().filter(|joiner| joiner.invitation == line.id);
        let named: Vec<_> = all.take(NAMED).collect();
        let others = line.uses - named.len() as i32;
        (named, others.max(0))
    }
}

impl ShowInvitation {
    fn title(&self) -> String {
        title(&self.shell, &self.line)
    }

    fn state(&self) -> String {
        state(&self.shell, &self.line)
    }
}

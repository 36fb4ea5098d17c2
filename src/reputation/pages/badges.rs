use crate::{
    access::Staff,
    app::App,
    error::{Error, Result},
    kit::{Problems, one_line},
    reputation::{
        actions::{self, Granted},
        badges::{
            Badge,
            shown::{self, Owner, ToldBadge},
            store,
        },
    },
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// Owners on one page.
const ON_A_PAGE: usize = 50;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 300;

#[derive(Template)]
#[template(path = "reputation/badges.html")]
pub(in crate::reputation) struct ListBadges {
    shell: Shell,
    badges: Vec<ToldBadge>,
}

#[derive(Template)]
#[template(path = "reputation/badge.html")]
pub(in crate::reputation) struct ShowBadge {
    shell: Shell,
    told: ToldBadge,
    owners: Vec<Owner>,
    /// From where on the list goes on.
    more: Option<i64>,
    /// Whether this is the beginning of the list.
    first: bool,
    form: AwardForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::reputation) struct From {
    before: Option<i64>,
}

/// To whom a badge is given, or from whom it is taken, and why.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::reputation) struct AwardForm {
    #[serde(default)]
    handle: String,
    #[serde(default)]
    reason: String,
    #[serde(skip)]
    problems: Problems,
}

impl AwardForm {
    fn check(&mut self) -> bool {
        self.reason = one_line(&self.reason);
        match self.reason.chars().count() {
            0 => self.problems.add("reason", "badge-reason-missing"),
            length if length > LONGEST_REASON => {
                self.problems.add("reason", "badge-reason-too-long");
            }
            _ => {}
        }
        self.problems.none()
    }
}

pub(in crate::reputation) async fn index(
    State(app): State<App>,
    shell: Shell,
) -> Result<Page<ListBadges>> {
    let mut db = app.db.acquire().await?;
    let all = store::all(&mut db, false).await?;
    let member = shell.member().map(|member| member.id);
    let badges =
        shown::told(&mut db, shell.viewer.key(), member, all, shell.language, shell.now).await?;
    Ok(Page(ListBadges { shell, badges }))
}

pub(in crate::reputation) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(slug): Path<String>,
    Query(from): Query<From>,
) -> Result<Page<ShowBadge>> {
    Ok(Page(page(&app, shell, &slug, from.before, AwardForm::default()).await?))
}

pub(in crate::reputation) async fn grant(
    State(app): State<App>,
    shell: Shell,
    staff: Staff,
    Path(slug): Path<String>,
    Form(mut form): Form<AwardForm>,
) -> Result<Response> {
    let handle = form.handle.trim().trim_start_matches('@').to_owned();
    if form.check() {
        match actions::grant_badge(&app, &staff, &slug, &handle, &form.reason).await? {
            Granted::Done => return Ok(said(&slug, "flash-badge-granted")),
            Granted::Nobody => form.problems.add("handle", "badge-handle-unknown"),
            Granted::Held => form.problems.add("handle", "badge-held-already"),
        }
    }
    Ok(web::unprocessable(&page(&app, shell, &slug, None, form).await?))
}

pub(in crate::reputation) async fn revoke(
    State(app): State<App>,
    shell: Shell,
    staff: Staff,
    Path((slug, award)): Path<(String, i64)>,
    Form(mut form): Form<AwardForm>,
) -> Result<Response> {
    if form.check() {
        actions::revoke_badge(&app, &staff, &slug, award, &form.reason).await?;
        return Ok(said(&slug, "flash-badge-revoked"));
    }
    let award = award.checked_add(1);
    Ok(web::unprocessable(&page(&app, shell, &slug, award, form).await?))
}

fn said(slug: &str, key: &'static str) -> Response {
    web::see_other_saying(&crate::reputation::badge_url(slug), key)
}

async fn page(
    app: &App,
    shell: Shell,
    slug: &str,
    before: Option<i64>,
    form: AwardForm,
) -> Result<ShowBadge> {
    let mut db = app.db.acquire().await?;
    let badge = store::by_slug(&mut db, slug).await?.ok_or(Error::NotFound)?;
    let id = badge.id;
    let (viewer, member) = (shell.viewer.key(), shell.member().map(|member| member.id));
    let told = shown::told(&mut db, viewer, member, vec![badge], shell.language, shell.now).await?;
    let told = told.into_iter().next().ok_or(Error::NotFound)?;
    let staff = shell.member().is_some_and(|member| member.is_staff());
    let from = before.unwrap_or(i64::MAX);
    let mut owners = store::shown::owners(&mut db, id, from, staff).await?;
    let more = owners.len() > ON_A_PAGE;
    owners.truncate(ON_A_PAGE);
    let more = owners.last().filter(|_| more).map(|owner| owner.id);
    Ok(ShowBadge { shell, told, owners, more, first: before.is_none(), form })
}

impl ListBadges {
    /// Set by set.
    fn sets(&self) -> impl Iterator<Item = &[ToldBadge]> {
        self.badges.chunk_by(|one, next| one.badge.set == next.badge.set)
    }

    /// How many of all the reader holds.
    fn held(&self) -> i64 {
        self.badges.iter().filter(|told| told.since.is_some()).count() as i64
    }

    fn all(&self) -> i64 {
        self.badges.len() as i64
    }
}

impl ShowBadge {
    fn badge(&self) -> &Badge {
        &self.told.badge
    }

    fn staff(&self) -> bool {
        self.shell.member().is_some_and(|member| member.is_staff())
    }

    /// Whether it can still be given by hand.
    fn grants(&self) -> bool {
        self.staff() && self.badge().retired_at.is_none()
    }

    fn more_url(&self) -> Option<String> {
        self.more.map(|award| format!("{}?before={award}", self.badge().url()))
    }
}

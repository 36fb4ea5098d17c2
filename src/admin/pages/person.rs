//! A member, as those who run the community see them.

use super::log::Told;
use crate::{
    access::Admin,
    admin::views::{self, Person, Place},
    app::App,
    error::{Error, Result},
    groups::{self, Group},
    kit::{Message, Problems, one_line},
    members::{self, Role, providers::Standing, session::IDLE, sessions::Session},
    reputation,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// Roles that can be granted.
const ROLES: [Role; 3] = [Role::Moderator, Role::Staff, Role::Admin];

#[derive(Template)]
#[template(path = "admin/member.html")]
pub(in crate::admin) struct ShowPerson {
    shell: Shell,
    person: Person,
    groups: Vec<Group>,
    places: Vec<Place>,
    sessions: Vec<Session>,
    providers: Vec<Standing>,
    rank: String,
    /// What was done to them, the newest first.
    lines: Vec<Told>,
    form: ReasonForm,
}

/// Why sessions are ended.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct ReasonForm {
    #[serde(default)]
    reason: String,
    #[serde(skip)]
    problems: Problems,
}

const LONGEST_REASON: usize = 200;

impl ReasonForm {
    fn check(&mut self) -> bool {
        self.reason = one_line(&self.reason);
        if self.reason.is_empty() {
            self.problems.add("reason", "admin-sessions-no-reason");
        } else if self.reason.chars().count() > LONGEST_REASON {
            let message = Message::with("setting-too-long", "most", LONGEST_REASON as i64);
            self.problems.add("reason", message);
        }
        self.problems.none()
    }
}

pub(in crate::admin) async fn show(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(handle): Path<String>,
) -> Result<Page<ShowPerson>> {
    Ok(Page(page(&app, shell, &handle, ReasonForm::default()).await?))
}

async fn page(app: &App, shell: Shell, handle: &str, form: ReasonForm) -> Result<ShowPerson> {
    let mut db = app.db.acquire().await?;
    let person = views::person(&mut db, handle).await?.ok_or(Error::NotFound)?;
    let mut groups = groups::store::all_seen_by(&mut db, shell.viewer.key()).await?;
    groups.retain(|group| person.is_in(group.id));
    let places = views::ruled_places(&mut db, None, Some(person.id)).await?;
    let now = shell.now;
    let sessions = members::sessions::of_member(&mut db, person.id, None, now, now - IDLE).await?;
    let mut providers = members::providers::standings(&mut db, person.id).await?;
    providers.retain(|provider| provider.label.is_some());
    let lowest = reputation::store::ladder(&mut db).await?.into_iter().next();
    let rank = person.rank.clone().or(lowest.map(|rank| rank.name)).unwrap_or_default();
    let lines = views::log_of(&mut db, person.id).await?;
    let lines = Told::all(&mut db, &shell, lines).await?;
    Ok(ShowPerson { shell, person, groups, places, sessions, providers, rank, lines, form })
}

pub(in crate::admin) async fn end_sessions(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(handle): Path<String>,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    end(&app, shell, &admin, (&handle, None), form).await
}

pub(in crate::admin) async fn end_session(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path((handle, id)): Path<(String, String)>,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    end(&app, shell, &admin, (&handle, Some(&id)), form).await
}

async fn end(
    app: &App,
    shell: Shell,
    admin: &Admin,
    (handle, id): (&str, Option<&str>),
    mut form: ReasonForm,
) -> Result<Response> {
    if !form.check() {
        return Ok(web::unprocessable(&page(app, shell, handle, form).await?));
    }
    members::end_sessions_of(app, admin, handle, id, &form.reason).await?;
    let key = if id.is_some() { "flash-session-ended" } else { "flash-their-sessions-ended" };
    Ok(web::see_other_saying(&views::admin_url(handle), key))
}

/// A role to be granted or taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct RoleForm {
    role: Role,
}

impl RoleForm {
    /// Guest and member are nobody's to grant.
    fn check(&self) -> Result<Role> {
        if ROLES.contains(&self.role) {
            Ok(self.role)
        } else {
            Err(Error::BadRequest("everybody has this role".into()))
        }
    }
}

pub(in crate::admin) async fn grant(
    State(app): State<App>,
    admin: Admin,
    Path(handle): Path<String>,
    Form(form): Form<RoleForm>,
) -> Result<Response> {
    members::grant(&app, &admin, &handle, form.check()?).await?;
    back(&app, &handle).await
}

pub(in crate::admin) async fn revoke(
    State(app): State<App>,
    admin: Admin,
    Path(handle): Path<String>,
    Form(form): Form<RoleForm>,
) -> Result<Response> {
    members::revoke(&app, &admin, &handle, form.check()?).await?;
    if admin.member().handle == handle && form.role == Role::Admin {
        // These pages do not exist for them any more.
        return Ok(web::see_other_saying("/", "flash-saved"));
    }
    back(&app, &handle).await
}

pub(in crate::admin) async fn take_factors(
    State(app): State<App>,
    admin: Admin,
    Path(handle): Path<String>,
) -> Result<Response> {
    members::take_factors(&app, &admin, &handle).await?;
    back(&app, &handle).await
}

async fn back(app: &App, handle: &str) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let person = views::person(&mut db, handle).await?.ok_or(Error::NotFound)?;
    Ok(web::see_other_saying(&person.admin_url(), "flash-saved"))
}

/// The name of a role.
pub(super) fn role_words(role: Role) -> &'static str {
    match role {
        Role::Guest => "role-guest",
        Role::Member => "role-member",
        Role::Moderator => "role-moderator",
        Role::Staff => "role-staff",
        Role::Admin => "role-admin",
    }
}

impl ShowPerson {
    fn device(&self, session: &Session) -> String {
        members::device_of(&self.shell, session)
    }

    fn way(&self, session: &Session) -> Option<String> {
        members::way_of(&self.shell, session)
    }

    /// Every role with its name, what it means, its name in forms, and whether they have it.
    fn roles(&self) -> [(String, String, &'static str, bool); 3] {
        let of = |role, means, name| {
            let has = self.person.roles.contains(&role);
            (self.shell.t(role_words(role)), self.shell.t(means), name, has)
        };
        [
            of(Role::Moderator, "role-moderator-means", "moderator"),
            of(Role::Staff, "role-staff-means", "staff"),
            of(Role::Admin, "role-admin-means", "admin"),
        ]
    }

    /// Whether it is whoever looks, who has another way.
    fn is_viewer(&self) -> bool {
        self.shell.viewer.is(self.person.id)
    }

    /// What a place gives them, in words.
    fn gives(&self, place: &Place) -> String {
        self.shell.t(super::rights::level_words(place.level))
    }
}

use crate::{
    access::Admin,
    admin::views::{self, Person, Place},
    app::App,
    error::{Error, Result},
    groups::{self, Group, HandleForm},
    members::{self, Role},
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// Roles that can be granted.
const ROLES: [Role; 3] = [Role::Moderator, Role::Staff, Role::Admin];

#[derive(Template)]
#[template(path = "admin/members.html")]
pub(in crate::admin) struct ListPeople {
    shell: Shell,
    people: Vec<Person>,
    form: HandleForm,
}

#[derive(Template)]
#[template(path = "admin/member.html")]
pub(in crate::admin) struct ShowPerson {
    shell: Shell,
    person: Person,
    groups: Vec<Group>,
    places: Vec<Place>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(mut form): Query<HandleForm>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    if !form.handle.is_empty()
        && let Some(handle) = form.check()
    {
        if let Some(person) = views::person(&mut db, &handle).await? {
            return Ok(web::see_other(&person.admin_url()));
        }
        form.nobody();
    }
    let people = views::people(&mut db).await?;
    Ok(Page(ListPeople { shell, people, form }).into_response())
}

pub(in crate::admin) async fn show(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(handle): Path<String>,
) -> Result<Page<ShowPerson>> {
    let mut db = app.db.acquire().await?;
    let person = views::person(&mut db, &handle).await?.ok_or(Error::NotFound)?;
    let mut groups = groups::store::all_seen_by(&mut db, shell.viewer.key()).await?;
    groups.retain(|group| person.is_in(group.id));
    let places = views::ruled_places(&mut db, None, Some(person.id)).await?;
    Ok(Page(ShowPerson { shell, person, groups, places }))
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

impl ListPeople {
    fn role(&self, role: &Role) -> String {
        self.shell.t(role_words(*role))
    }
}

impl ShowPerson {
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

use crate::{
    access::Admin,
    admin::views::{self, Place},
    app::App,
    error::Result,
    groups::{self, Answer, Group, GroupForm, HandleForm, Kind, access, store::Insider},
    members::Viewer,
    reputation::{self, Rank},
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// Members named on the page; the group's own page has more.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "admin/groups.html")]
pub(in crate::admin) struct ListGroups {
    shell: Shell,
    groups: Vec<Group>,
}

#[derive(Template)]
#[template(path = "admin/group.html")]
pub(in crate::admin) struct EditGroup {
    shell: Shell,
    /// None for a new one.
    group: Option<Group>,
    ranks: Vec<Rank>,
    insiders: Vec<Insider>,
    places: Vec<Place>,
    form: GroupForm,
    add: HandleForm,
}

#[derive(Template)]
#[template(path = "admin/delete_group.html")]
pub(in crate::admin) struct BeforeDeleting {
    shell: Shell,
    group: Group,
    places: Vec<Place>,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ListGroups>> {
    let mut db = app.db.acquire().await?;
    let groups = groups::store::all_seen_by(&mut db, shell.viewer.key()).await?;
    Ok(Page(ListGroups { shell, groups }))
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<EditGroup>> {
    Ok(Page(fresh(&app, shell, GroupForm::default()).await?))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<GroupForm>,
) -> Result<Response> {
    let ranks = ranks(&app).await?;
    if let Some(new) = form.check(&ids(&ranks)) {
        let slug = form.new_slug();
        if let Some(slug) = groups::found(&app, &admin, &slug, &new).await? {
            return Ok(web::see_other_saying(&admin_url(&slug), "flash-admin-group-founded"));
        }
        form.problems.add("slug", "admin-slug-taken");
    }
    Ok(web::unprocessable(&fresh(&app, shell, form).await?))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditGroup>> {
    Ok(Page(page(&app, shell, &slug, |group| group.into(), HandleForm::default()).await?))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<GroupForm>,
) -> Result<Response> {
    let ranks = ranks(&app).await?;
    if let Some(edit) = form.check(&ids(&ranks)) {
        groups::change(&app, &admin, &slug, &edit).await?;
        return Ok(web::see_other_saying(&admin_url(&slug), "flash-saved"));
    }
    let page = page(&app, shell, &slug, |_| form, HandleForm::default()).await?;
    Ok(web::unprocessable(&page))
}

pub(in crate::admin) async fn add(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut add): Form<HandleForm>,
) -> Result<Response> {
    if let Some(handle) = add.check() {
        match groups::add(&app, admin.member(), &slug, &handle).await? {
            Answer::Done => {
                return Ok(web::see_other_saying(&admin_url(&slug), "flash-group-added"));
            }
            Answer::Nobody => add.nobody(),
        }
    }
    Ok(web::unprocessable(&page(&app, shell, &slug, |group| group.into(), add).await?))
}

pub(in crate::admin) async fn make_owner(
    State(app): State<App>,
    admin: Admin,
    Path((slug, handle)): Path<(String, String)>,
) -> Result<Response> {
    groups::make_owner(&app, admin.member(), &slug, &handle).await?;
    Ok(web::see_other_saying(&admin_url(&slug), "flash-saved"))
}

pub(in crate::admin) async fn unmake_owner(
    State(app): State<App>,
    admin: Admin,
    Path((slug, handle)): Path<(String, String)>,
) -> Result<Response> {
    groups::unmake_owner(&app, admin.member(), &slug, &handle).await?;
    Ok(web::see_other_saying(&admin_url(&slug), "flash-saved"))
}

pub(in crate::admin) async fn before_deleting(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Page<BeforeDeleting>> {
    let mut db = app.db.acquire().await?;
    let group = access::seen(&mut db, &Viewer::from(admin.member()), &slug).await?;
    let places = views::ruled_places(&mut db, Some(group.id), None).await?;
    Ok(Page(BeforeDeleting { shell, group, places }))
}

pub(in crate::admin) async fn delete(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    groups::delete(&app, &admin, &slug).await?;
    Ok(web::see_other_saying("/admin/groups", "flash-admin-group-deleted"))
}

async fn fresh(app: &App, shell: Shell, form: GroupForm) -> Result<EditGroup> {
    let (ranks, insiders, places) = (ranks(app).await?, Vec::new(), Vec::new());
    let add = HandleForm::default();
    Ok(EditGroup { shell, group: None, ranks, insiders, places, form, add })
}

async fn page(
    app: &App,
    shell: Shell,
    slug: &str,
    form: impl FnOnce(&Group) -> GroupForm,
    add: HandleForm,
) -> Result<EditGroup> {
    let ranks = ranks(app).await?;
    let mut db = app.db.acquire().await?;
    let group = access::seen(&mut db, &shell.viewer, slug).await?;
    let insiders = groups::store::insiders(&mut db, group.id, SHOWN).await?;
    let places = views::ruled_places(&mut db, Some(group.id), None).await?;
    let form = form(&group);
    Ok(EditGroup { shell, group: Some(group), ranks, insiders, places, form, add })
}

/// The ranks that can bring one into a group: the first is everybody's.
async fn ranks(app: &App) -> Result<Vec<Rank>> {
    let mut ladder = reputation::store::ladder(&mut *app.db.acquire().await?).await?;
    ladder.retain(|rank| rank.position > 1);
    Ok(ladder)
}

fn ids(ranks: &[Rank]) -> Vec<i64> {
    ranks.iter().map(|rank| rank.id).collect()
}

fn admin_url(slug: &str) -> String {
    format!("/admin/groups/{slug}")
}

impl EditGroup {
    /// Where the form goes.
    fn action(&self) -> String {
        self.group.as_ref().map_or("/admin/groups".to_owned(), |group| admin_url(&group.slug))
    }

    fn kinds(&self) -> [(Kind, &'static str); 4] {
        Kind::ALL.map(|kind| (kind, kind.words()))
    }

    fn chosen(&self, rank: &Rank) -> bool {
        self.form.rank == rank.id.to_string()
    }

    /// Where somebody in the group is made an owner, or a plain member again.
    fn owner_url(&self, insider: &Insider) -> String {
        let undo = if insider.owner { "/undo" } else { "" };
        format!("{}/owners/{}{undo}", self.action(), insider.handle)
    }

    /// What a place gives the group, in words.
    fn gives(&self, place: &Place) -> String {
        self.shell.t(super::rights::level_words(place.level))
    }
}

impl BeforeDeleting {
    /// What the group's end takes away there.
    fn gives(&self, place: &Place) -> String {
        self.shell.t(super::rights::level_words(place.level))
    }
}

use super::boards::{MoveForm, audiences, url_at};
use crate::{
    access::{Admin, Audience},
    admin::forms::CategoryForm,
    app::App,
    boards::{self, store::RunningCategory},
    error::{Error, Result},
    kit::Problems,
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "admin/category.html")]
pub(in crate::admin) struct EditCategory {
    shell: Shell,
    /// None for a new one.
    category: Option<RunningCategory>,
    form: CategoryForm,
}

pub(in crate::admin) async fn new(shell: Shell, _: Admin) -> Page<EditCategory> {
    let form = CategoryForm { audience: Audience::Everyone, ..CategoryForm::default() };
    Page(EditCategory { shell, category: None, form })
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<CategoryForm>,
) -> Result<Response> {
    if form.check() {
        let slug = form.new_slug();
        if boards::open_category(&app, &admin, &slug, &form.name, form.audience).await? {
            return Ok(web::see_other_saying("/admin/boards", "flash-admin-category-opened"));
        }
        form.problems.add("slug", "admin-slug-taken");
    }
    Ok(web::unprocessable(&EditCategory { shell, category: None, form }))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditCategory>> {
    let category = category(&app, &slug).await?;
    let form = CategoryForm {
        name: category.name.clone(),
        slug,
        audience: Audience::Category,
        problems: Problems::default(),
    };
    Ok(Page(EditCategory { shell, category: Some(category), form }))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<CategoryForm>,
) -> Result<Response> {
    let category = category(&app, &slug).await?;
    if form.check() {
        boards::rename_category(&app, &admin, &slug, &form.name).await?;
        return Ok(web::see_other_saying("/admin/boards", "flash-saved"));
    }
    Ok(web::unprocessable(&EditCategory { shell, category: Some(category), form }))
}

pub(in crate::admin) async fn shift(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
    Form(form): Form<MoveForm>,
) -> Result<Response> {
    boards::move_category(&app, &admin, &slug, form.to).await?;
    Ok(web::see_other(&url_at(&format!("category-{slug}-{}", form.way()))))
}

async fn category(app: &App, slug: &str) -> Result<RunningCategory> {
    let mut db = app.db.acquire().await?;
    boards::store::running_category(&mut db, slug).await?.ok_or(Error::NotFound)
}

impl EditCategory {
    /// Where the form goes.
    fn action(&self) -> String {
        match &self.category {
            Some(category) => format!("/admin/categories/{}", category.slug),
            None => "/admin/categories".to_owned(),
        }
    }

    fn audiences(&self) -> [(Audience, &'static str, &'static str); 4] {
        audiences("admin-audience-none")
    }
}

//! What deeds earn.

use crate::{
    access::Admin,
    admin::forms::PointsForm,
    app::App,
    error::Result,
    reputation::{self, PointTable},
    web::{self, Form, Page, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "admin/points.html")]
pub(in crate::admin) struct EditPoints {
    shell: Shell,
    form: PointsForm,
    /// What communities begin with.
    preset: PointsForm,
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<EditPoints>> {
    let table = PointTable::current(&mut *app.db.acquire().await?).await?;
    Ok(Page(page(shell, PointsForm::from(&table))))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<PointsForm>,
) -> Result<Response> {
    match form.check() {
        Some(table) => {
            reputation::set_points(&app, &admin, &table).await?;
            Ok(web::see_other_saying("/admin/points", "flash-saved"))
        }
        None => Ok(web::unprocessable(&page(shell, form))),
    }
}

fn page(shell: Shell, form: PointsForm) -> EditPoints {
    EditPoints { shell, form, preset: PointsForm::from(&PointTable::PRESET) }
}

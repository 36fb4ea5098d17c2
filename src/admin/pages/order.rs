//! The order in which boards and categories stand, as a whole.

use crate::{
    access::Admin,
    app::App,
    boards::{self, Arranged, Order, store::Standing},
    error::{Error, Result},
    web::{self, Form, Shell},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Somebody else has changed the order meanwhile.
#[derive(Template)]
#[template(path = "admin/order.html")]
struct ShowBoth {
    shell: Shell,
    /// As it stands now.
    now: Vec<Standing>,
    version: String,
    /// As it was sent.
    wanted: Order,
    /// Whether that can still be had: the boards are the same.
    possible: bool,
}

/// The version that was looked at, and then every category, each followed by its boards.
struct OrderForm {
    version: String,
    wanted: Order,
    at: String,
}

impl OrderForm {
    fn of(sent: Vec<(String, String)>) -> Result<Self> {
        let mut form = Self { version: String::new(), wanted: Order::new(), at: String::new() };
        for (name, value) in sent {
            match (name.as_str(), form.wanted.last_mut()) {
                ("version", _) if form.version.is_empty() => form.version = value,
                ("at", _) if form.at.is_empty() => form.at = value,
                ("category", _) => form.wanted.push((value, Vec::new())),
                ("board", Some((_, boards))) => boards.push(value),
                _ => return Err(Error::BadRequest(format!("what is {name}, or once more?"))),
            }
        }
        Ok(form)
    }
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let form = OrderForm::of(sent)?;
    match boards::arrange(&app, &admin, &form.version, &form.wanted).await? {
        Arranged::Done => {
            let at = super::boards::url_at(&form.at);
            Ok(web::see_other_saying(&at, "flash-admin-order-saved"))
        }
        Arranged::Unlike => Err(Error::BadRequest("not every board once".into())),
        Arranged::Meanwhile => {
            let now = boards::store::standing(&mut *app.db.acquire().await?).await?;
            let version = boards::version_of(&now);
            let possible = same(&now, &form.wanted);
            let page = ShowBoth { shell, now, version, wanted: form.wanted, possible };
            let mut response = web::Page(page).into_response();
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
    }
}

/// Whether both hold the same categories with the same boards.
fn same(now: &[Standing], wanted: &Order) -> bool {
    let sorted = |mut all: Vec<(String, Vec<String>)>| {
        all.iter_mut().for_each(|(_, boards)| boards.sort());
        all.sort();
        all
    };
    let boards = |row: &Standing| row.boards.iter().map(|board| board.slug.clone()).collect();
    sorted(now.iter().map(|row| (row.slug.clone(), boards(row))).collect())
        == sorted(wanted.clone())
}

impl ShowBoth {
    /// What something that was sent is called.
    fn name(&self, slug: &str) -> String {
        let boards = || self.now.iter().flat_map(|row| &row.boards);
        let board = boards().find(|board| board.slug == slug).map(|board| board.name.clone());
        board.unwrap_or_else(|| slug.to_owned())
    }

    fn category(&self, slug: &str) -> String {
        let known = self.now.iter().find(|row| row.slug == slug);
        known.map_or_else(|| slug.to_owned(), |row| row.name.clone())
    }
}

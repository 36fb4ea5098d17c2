//! The matrix of a board or a category: for every role, group and single member a row, for every level a
//! choice. What is inherited is a choice as well, which says what it gives.

mod form;
mod told;

use crate::{
    access::{Admin, Level, Place, Subject, set_rights},
    app::App,
    boards::{self, store::RunningCategory},
    error::{Error, Result},
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use form::{Matrix, Row};
use serde::Deserialize;
use told::Explained;

#[derive(Template)]
#[template(path = "admin/rights.html")]
pub(in crate::admin) struct EditRights {
    shell: Shell,
    spot: Spot,
    matrix: Matrix,
    /// Whose rights are asked for, as typed.
    asked: Asked,
    explained: Option<Explained>,
}

/// The board or category it is about.
struct Spot {
    place: Place,
    slug: String,
    name: String,
    archived: bool,
}

impl Spot {
    fn url(&self) -> String {
        match self.place {
            Place::Board(_) => format!("/admin/boards/{}", self.slug),
            Place::Category(_) => format!("/admin/categories/{}", self.slug),
        }
    }

    fn is_board(&self) -> bool {
        matches!(self.place, Place::Board(_))
    }
}

/// Whose rights are asked for.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    member: String,
}

pub(in crate::admin) async fn of_board(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<EditRights>> {
    let spot = board(&app, &slug).await?;
    Ok(Page(page(&app, shell, spot, asked).await?))
}

pub(in crate::admin) async fn of_category(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditRights>> {
    let spot = category(&app, &slug).await?;
    Ok(Page(page(&app, shell, spot, Asked::default()).await?))
}

pub(in crate::admin) async fn update_board(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let spot = board(&app, &slug).await?;
    update(&app, shell, &admin, spot, fields).await
}

pub(in crate::admin) async fn update_category(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let spot = category(&app, &slug).await?;
    update(&app, shell, &admin, spot, fields).await
}

async fn update(
    app: &App,
    shell: Shell,
    admin: &Admin,
    spot: Spot,
    fields: Vec<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let mut matrix = form::load(&mut db, &spot).await?;
    matrix.fill(fields)?;
    let rules = matrix.check(&mut db).await?;
    drop(db);
    if let Some(rules) = rules {
        set_rights(app, admin, spot.place, &rules).await?;
        let url = format!("{}/rights", spot.url());
        return Ok(web::see_other_saying(&url, "flash-admin-rights"));
    }
    let (asked, explained) = (Asked::default(), None);
    Ok(web::unprocessable(&EditRights { shell, spot, matrix, asked, explained }))
}

async fn page(app: &App, shell: Shell, spot: Spot, asked: Asked) -> Result<EditRights> {
    let mut db = app.db.acquire().await?;
    let matrix = form::load(&mut db, &spot).await?;
    let handle = asked.member.trim().trim_start_matches('@').replace('\0', "");
    let explained = match (&spot.place, handle.is_empty()) {
        (Place::Board(board), false) => {
            Some(told::explain(&mut db, &shell, &spot, *board, &matrix, &handle).await?)
        }
        _ => None,
    };
    Ok(EditRights { shell, spot, matrix, asked, explained })
}

async fn board(app: &App, slug: &str) -> Result<Spot> {
    let mut db = app.db.acquire().await?;
    let board = boards::store::running(&mut db, slug).await?.ok_or(Error::NotFound)?;
    Ok(Spot {
        place: Place::Board(board.id),
        slug: board.slug,
        name: board.name,
        archived: board.archived_at.is_some(),
    })
}

async fn category(app: &App, slug: &str) -> Result<Spot> {
    let mut db = app.db.acquire().await?;
    let category = boards::store::running_category(&mut db, slug).await?.ok_or(Error::NotFound)?;
    let RunningCategory { id, slug, name } = category;
    let place = Place::Category(id);
    Ok(Spot { place, slug, name, archived: false })
}

/// What a level lets one do, in a word.
pub(super) fn level_words(level: Option<Level>) -> &'static str {
    match level {
        None => "right-nothing",
        Some(Level::See) => "right-see",
        Some(Level::Reply) => "right-reply",
        Some(Level::Start) => "right-start",
        Some(Level::Moderate) => "right-moderate",
    }
}

impl EditRights {
    /// The levels that make sense for a row: guests read at most.
    fn levels(&self, row: &Row) -> Vec<(&'static str, String, bool)> {
        let all = [None].into_iter().chain(Level::ALL.map(Some));
        let guest = row.subject == Subject::Role(crate::members::Role::Guest);
        all.filter(|level| !guest || *level <= Some(Level::See))
            .map(|level| {
                let name = level.map_or(form::NOTHING, Level::name);
                (name, self.shell.t(level_words(level)), row.choice == name)
            })
            .collect()
    }

    /// What the row has where it says nothing itself.
    fn inherited(&self, row: &Row) -> String {
        let Some((rule, from)) = &row.above else {
            return self.shell.t(if self.spot.is_board() {
                "admin-rights-inherit-nothing"
            } else {
                "admin-rights-unset"
            });
        };
        let level = self.shell.t(level_words(rule.level));
        let key = if rule.uploads { "admin-rights-inherit-upload" } else { "admin-rights-inherit" };
        self.shell.t2(key, "category", from, "level", level)
    }

    /// What a single member can be given.
    fn member_levels(&self) -> [(&'static str, &'static str); 4] {
        Level::ALL.map(|level| (level.name(), level_words(Some(level))))
    }

    fn row_name(&self, row: &Row) -> String {
        match row.subject {
            Subject::Role(role) => self.shell.t(super::person::role_words(role)),
            Subject::Group(_) | Subject::Member(_) => row.name.clone(),
        }
    }

    fn row_note(&self, row: &Row) -> &'static str {
        match row.subject {
            Subject::Role(_) => "admin-rights-role",
            Subject::Group(_) => "admin-rights-group",
            Subject::Member(_) => "admin-rights-member",
        }
    }
}

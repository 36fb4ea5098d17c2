use crate::{
    access::{Admin, Audience},
    admin::{
        forms::BoardForm,
        views::{self, CategoryRow},
    },
    app::App,
    boards::{self, Style, Way, store::Running},
    error::{Error, Result},
    kit::{CategoryId, Problems},
    web::{self, Form, Page, Path, Query, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// Icons of the sprite that stand well beside a board's name.
const ICONS: [&str; 14] = [
    "help",
    "message-square",
    "megaphone",
    "lightbulb",
    "users",
    "shield",
    "flag",
    "bookmark",
    "calendar",
    "code",
    "layers",
    "mail",
    "settings",
    "info",
];

#[derive(Template)]
#[template(path = "admin/boards.html")]
pub(in crate::admin) struct ListBoards {
    shell: Shell,
    categories: Vec<CategoryRow>,
    /// Of the order in which they stand.
    version: String,
    /// The button that was pressed last.
    at: String,
}

/// Where somebody is who has just moved something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct At {
    #[serde(default)]
    at: String,
}

/// The page with the focus on that button.
pub(super) fn url_at(button: &str) -> String {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-';
    match button.chars().all(known) && !button.is_empty() {
        true => format!("/admin/boards?at={button}"),
        false => "/admin/boards".to_owned(),
    }
}

#[derive(Template)]
#[template(path = "admin/board.html")]
pub(in crate::admin) struct EditBoard {
    shell: Shell,
    /// None for a new one.
    board: Option<Running>,
    categories: Vec<(CategoryId, String, String)>,
    form: BoardForm,
}

#[derive(Template)]
#[template(path = "admin/archive.html")]
pub(in crate::admin) struct BeforeArchiving {
    shell: Shell,
    board: Running,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(at): Query<At>,
) -> Result<Page<ListBoards>> {
    let mut db = app.db.acquire().await?;
    let categories = views::boards(&mut db).await?;
    let version = boards::version_of(&boards::store::standing(&mut db).await?);
    Ok(Page(ListBoards { shell, categories, version, at: at.at }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct In {
    #[serde(default)]
    category: String,
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(asked): Query<In>,
) -> Result<Page<EditBoard>> {
    let categories = views::category_names(&mut *app.db.acquire().await?).await?;
    let form = BoardForm {
        category: asked.category,
        icon: ICONS[0].to_owned(),
        tone: "1".to_owned(),
        ..BoardForm::default()
    };
    Ok(Page(EditBoard { shell, board: None, categories, form }))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<BoardForm>,
) -> Result<Response> {
    let categories = views::category_names(&mut *app.db.acquire().await?).await?;
    if let Some(edit) = form.check(named(&categories, &form.category)) {
        let slug = form.new_slug();
        if boards::open(&app, &admin, &slug, &edit, form.audience).await? {
            let rights = format!("/admin/boards/{slug}/rights");
            return Ok(web::see_other_saying(&rights, "flash-admin-board-opened"));
        }
        form.problems.add("slug", "admin-slug-taken");
    }
    Ok(web::unprocessable(&EditBoard { shell, board: None, categories, form }))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditBoard>> {
    let mut db = app.db.acquire().await?;
    let board = boards::store::running(&mut db, &slug).await?.ok_or(Error::NotFound)?;
    let categories = views::category_names(&mut db).await?;
    let category = categories.iter().find(|(id, ..)| *id == board.category_id);
    let form = BoardForm {
        category: category.map(|(_, slug, _)| slug.clone()).unwrap_or_default(),
        name: board.name.clone(),
        slug: board.slug.clone(),
        description: board.description.clone(),
        style: board.style,
        icon: board.icon.clone(),
        tone: board.tone.to_string(),
        audience: Audience::Category,
        problems: Problems::default(),
    };
    Ok(Page(EditBoard { shell, board: Some(board), categories, form }))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<BoardForm>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let board = boards::store::running(&mut db, &slug).await?.ok_or(Error::NotFound)?;
    let categories = views::category_names(&mut db).await?;
    drop(db);
    if let Some(edit) = form.check(named(&categories, &form.category)) {
        boards::edit(&app, &admin, &slug, &edit).await?;
        return Ok(web::see_other_saying("/admin/boards", "flash-saved"));
    }
    Ok(web::unprocessable(&EditBoard { shell, board: Some(board), categories, form }))
}

/// Which way something is moved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct MoveForm {
    pub(super) to: Way,
}

impl MoveForm {
    /// The name of its button.
    pub(super) fn way(&self) -> &'static str {
        match self.to {
            Way::Up => "up",
            Way::Down => "down",
        }
    }
}

pub(in crate::admin) async fn shift(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
    Form(form): Form<MoveForm>,
) -> Result<Response> {
    boards::move_board(&app, &admin, &slug, form.to).await?;
    Ok(web::see_other(&url_at(&format!("board-{slug}-{}", form.way()))))
}

pub(in crate::admin) async fn before_archiving(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<BeforeArchiving>> {
    let mut db = app.db.acquire().await?;
    let board = boards::store::running(&mut db, &slug).await?.ok_or(Error::NotFound)?;
    Ok(Page(BeforeArchiving { shell, board }))
}

pub(in crate::admin) async fn archive(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    boards::archive(&app, &admin, &slug).await?;
    Ok(web::see_other_saying("/admin/boards", "flash-admin-archived"))
}

pub(in crate::admin) async fn reopen(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    boards::reopen(&app, &admin, &slug).await?;
    Ok(web::see_other_saying("/admin/boards", "flash-admin-reopened"))
}

fn named(categories: &[(CategoryId, String, String)], slug: &str) -> Option<CategoryId> {
    categories.iter().find(|(_, other, _)| other == slug).map(|(id, ..)| *id)
}

impl ListBoards {
    /// Whether this button was pressed last, and keeps the focus.
    fn is_at(&self, kind: &str, slug: &str, way: &str) -> bool {
        self.at == format!("{kind}-{slug}-{way}")
    }
}

impl EditBoard {
    /// Where the form goes.
    fn action(&self) -> String {
        match &self.board {
            Some(board) => format!("/admin/boards/{}", board.slug),
            None => "/admin/boards".to_owned(),
        }
    }

    /// Icons to choose from, the board's own among them.
    fn icons(&self) -> Vec<&str> {
        let own = self.form.icon.as_str();
        let known = ICONS.contains(&own) || own.is_empty();
        ICONS.into_iter().chain((!known).then_some(own)).collect()
    }

    fn styles(&self) -> [(Style, &'static str, &'static str); 3] {
        [
            (Style::Questions, "questions", "admin-style-questions"),
            (Style::Discussion, "discussion", "admin-style-discussion"),
            (Style::Announcements, "announcements", "admin-style-announcements"),
        ]
    }

    fn audiences(&self) -> [(Audience, &'static str, &'static str); 4] {
        audiences("admin-audience-category")
    }
}

/// Whom a new place is for, with the name in forms and the text of each.
pub(super) fn audiences(none: &'static str) -> [(Audience, &'static str, &'static str); 4] {
    [
        (Audience::Category, "category", none),
        (Audience::Everyone, "everyone", "admin-audience-everyone"),
        (Audience::Members, "members", "admin-audience-members"),
        (Audience::Staff, "staff", "admin-audience-staff"),
    ]
}

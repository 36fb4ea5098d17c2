//! Badges. What a formula finds in everybody's past is given by a job, whose progress the badge's page shows.

use crate::{
    access::Admin,
    admin::forms::BadgeForm,
    app::App,
    error::{Error, Result},
    reputation::{self, Badge, HIGHEST_LEVEL},
    web::{self, Form, Page, Path, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};

/// Icons to choose from.
const ICONS: [&str; 26] = [
    "medal-special",
    "medal-introduced",
    "medal-question",
    "medal-answer",
    "medal-thanks",
    "medal-loop",
    "medal-word-back",
    "medal-spark",
    "medal-solver",
    "medal-master",
    "medal-proven",
    "medal-well-proven",
    "medal-hand",
    "medal-pillar",
    "medal-appreciated",
    "medal-cherished",
    "medal-generous",
    "medal-settled",
    "medal-hundred",
    "medal-year",
    "lightbulb",
    "flag",
    "kudos",
    "bookmark",
    "users",
    "megaphone",
];

#[derive(Template)]
#[template(path = "admin/badges.html")]
pub(in crate::admin) struct ListBadges {
    shell: Shell,
    badges: Vec<Badge>,
}

#[derive(Template)]
#[template(path = "admin/badge.html")]
pub(in crate::admin) struct EditBadge {
    shell: Shell,
    /// None for a new one.
    badge: Option<Badge>,
    sets: Vec<String>,
    /// How much of everybody was looked at for it, in a hundred, and who got it by that.
    progress: Option<(i64, i64)>,
    form: BadgeForm,
}

pub(in crate::admin) async fn index(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<ListBadges>> {
    let badges = all(&app).await?;
    Ok(Page(ListBadges { shell, badges }))
}

pub(in crate::admin) async fn new(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
) -> Result<Page<EditBadge>> {
    let form =
        BadgeForm { icon: ICONS[0].to_owned(), level: "1".to_owned(), ..BadgeForm::default() };
    Ok(Page(page(&app, shell, None, form).await?))
}

pub(in crate::admin) async fn create(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(mut form): Form<BadgeForm>,
) -> Result<Response> {
    let boards =
        reputation::boards_seen_by(&mut *app.db.acquire().await?, shell.viewer.key()).await?;
    if let Some(edit) = form.check(&ICONS, &boards, |message| shell.say(message)) {
        if reputation::add_badge(&app, &admin, &form.new_slug(), &edit).await? {
            return Ok(web::see_other_saying("/admin/badges", "flash-admin-badge-added"));
        }
        form.problems.add("slug", "admin-slug-taken");
    }
    Ok(web::unprocessable(&page(&app, shell, None, form).await?))
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Path(slug): Path<String>,
) -> Result<Page<EditBadge>> {
    let badge = of_slug(&app, &slug).await?;
    let form = BadgeForm::from(&badge);
    Ok(Page(page(&app, shell, Some(badge), form).await?))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Path(slug): Path<String>,
    Form(mut form): Form<BadgeForm>,
) -> Result<Response> {
    let badge = of_slug(&app, &slug).await?;
    let boards =
        reputation::boards_seen_by(&mut *app.db.acquire().await?, shell.viewer.key()).await?;
    if let Some(edit) = form.check(&ICONS, &boards, |message| shell.say(message)) {
        reputation::change_badge(&app, &admin, &slug, &edit).await?;
        return Ok(web::see_other_saying(&badge.admin_url(), "flash-saved"));
    }
    Ok(web::unprocessable(&page(&app, shell, Some(badge), form).await?))
}

pub(in crate::admin) async fn retire(
    State(app): State<App>,
    admin: Admin,
    Path(slug): Path<String>,
) -> Result<Response> {
    reputation::retire_badge(&app, &admin, &slug).await?;
    Ok(web::see_other_saying("/admin/badges", "flash-admin-badge-retired"))
}

async fn all(app: &App) -> Result<Vec<Badge>> {
    Ok(reputation::all_badges(&mut *app.db.acquire().await?, true).await?)
}

async fn of_slug(app: &App, slug: &str) -> Result<Badge> {
    all(app).await?.into_iter().find(|badge| badge.slug == slug).ok_or(Error::NotFound)
}

async fn page(app: &App, shell: Shell, badge: Option<Badge>, form: BadgeForm) -> Result<EditBadge> {
    let mut sets: Vec<String> = all(app).await?.into_iter().map(|badge| badge.set).collect();
    sets.dedup();
    let progress = match &badge {
        Some(badge) => reputation::badge_progress(&mut *app.db.acquire().await?, badge).await?,
        None => None,
    };
    Ok(EditBadge { shell, badge, sets, progress, form })
}

impl EditBadge {
    /// Where the form goes.
    fn action(&self) -> String {
        self.badge.as_ref().map_or("/admin/badges".to_owned(), Badge::admin_url)
    }

    fn icons(&self) -> [&'static str; 26] {
        ICONS
    }

    fn levels(&self) -> impl Iterator<Item = i16> {
        1..=HIGHEST_LEVEL
    }

    /// Metrics by their names in formulas, in words.
    fn metrics(&self) -> impl Iterator<Item = (&'static str, String)> {
        reputation::metric_words().map(|(name, key)| (name, self.shell.t(key)))
    }

    /// Whether it is given no more.
    fn retired(&self) -> bool {
        self.badge.as_ref().is_some_and(|badge| badge.retired_at.is_some())
    }
}

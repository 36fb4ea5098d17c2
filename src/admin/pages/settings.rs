//! Every setting with what it does, what it has, what it had at first, and who changed it last. Drawn from
//! [`settings::ENTRIES`].

mod form;

use crate::{
    access::Admin,
    admin::{
        actions::change_settings,
        views::{self, LastChange},
    },
    app::App,
    error::Result,
    kit::{Message, Problems, Rgb},
    settings::{self, Choice, Entry, Kind, Section, Settings},
    web::{self, Form, Page, Query, Shell},
};
use askama::Template;
use axum::{extract::State, response::Response};
use form::Field;
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "admin/settings.html")]
pub(in crate::admin) struct EditSettings {
    shell: Shell,
    now: Settings,
    fields: Vec<Field>,
    changes: Vec<LastChange>,
    problems: Problems,
}

/// The setting whose field is to be filled with its default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct Asked {
    #[serde(default)]
    default: String,
}

pub(in crate::admin) async fn edit(
    State(app): State<App>,
    shell: Shell,
    _: Admin,
    Query(asked): Query<Asked>,
) -> Result<Page<EditSettings>> {
    let mut db = app.db.acquire().await?;
    let now = settings::current(&mut db).await?;
    let mut fields = form::drawn(&now);
    for field in fields.iter_mut().filter(|field| field.entry.name == asked.default) {
        field.typed = field.entry.default.to_owned();
    }
    Ok(Page(page(&mut db, shell, now, fields, Problems::default()).await?))
}

pub(in crate::admin) async fn update(
    State(app): State<App>,
    shell: Shell,
    admin: Admin,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let mut fields = form::drawn(&settings::current(&mut db).await?);
    form::fill(&mut fields, sent)?;
    drop(db);
    let mut problems = Problems::default();
    let wishes = form::check(&fields, &mut problems);
    if problems.none() {
        let meanwhile = change_settings(&app, &admin, &wishes).await?;
        if meanwhile.is_empty() {
            return Ok(web::see_other_saying("/admin/settings", "flash-saved"));
        }
        let mut db = app.db.acquire().await?;
        let now = settings::current(&mut db).await?;
        for entry in meanwhile {
            let value = words(&shell, entry, &now.said(entry));
            problems.add(entry.name, Message::with("setting-changed-meanwhile", "value", value));
        }
    }
    let mut db = app.db.acquire().await?;
    let now = settings::current(&mut db).await?;
    for field in &mut fields {
        let said = now.said(field.entry);
        if !field.is_changed() {
            field.typed.clone_from(&said);
        }
        // Whoever sends this page has seen what somebody else made of it.
        field.was = Some(said);
    }
    Ok(web::unprocessable(&page(&mut db, shell, now, fields, problems).await?))
}

async fn page(
    db: &mut PgConnection,
    shell: Shell,
    now: Settings,
    fields: Vec<Field>,
    problems: Problems,
) -> Result<EditSettings> {
    let names: Vec<String> = fields.iter().map(|field| field.entry.name.to_owned()).collect();
    let changes = views::last_changes(db, &names).await?;
    Ok(EditSettings { shell, now, fields, changes, problems })
}

/// A value in words.
fn words(shell: &Shell, entry: &Entry, value: &str) -> String {
    match entry.words(value) {
        Some(key) => shell.t(key),
        None if value.is_empty() => shell.t("setting-empty"),
        None => value.to_owned(),
    }
}

impl EditSettings {
    /// The headings that have something below them.
    fn sections(&self) -> Vec<(Section, Vec<&Field>)> {
        let below =
            |section| self.fields.iter().filter(move |field| field.entry.section == section);
        let all = Section::ALL.map(|section| (section, below(section).collect::<Vec<_>>()));
        all.into_iter().filter(|(_, fields)| !fields.is_empty()).collect()
    }

    /// What it has where nobody said anything.
    fn default(&self, entry: &Entry) -> String {
        words(&self.shell, entry, entry.default)
    }

    /// What it has now, where that is not what it had at first.
    fn is_changed(&self, entry: &Entry) -> bool {
        self.now.said(entry) != entry.default
    }

    /// When it was changed last, and by whom.
    fn last_change(&self, entry: &Entry) -> Option<(&LastChange, String)> {
        let change = self.changes.iter().find(|change| change.name == entry.name)?;
        let by_system = || change.actor_system.clone().unwrap_or_default();
        let who = change.actor.as_ref().map_or_else(by_system, |handle| format!("@{handle}"));
        Some((change, who))
    }

    /// What a color becomes on light and on dark pages, with a word where it gave way. The usual one has a
    /// palette of its own.
    fn shades(&self, field: &Field) -> Vec<(String, String)> {
        let color = Rgb::read(&field.typed).filter(|_| field.typed != field.entry.default);
        let Some(color) = color else { return Vec::new() };
        let [light, dark] = web::brand_colors(color).map(|colors| colors.brand);
        let words = |kept: bool, as_it_is: &'static str, adjusted: &'static str, shade: Rgb| {
            let hex = shade.hex();
            let key = if kept { as_it_is } else { adjusted };
            (self.shell.t1(key, "color", &hex), hex)
        };
        vec![
            words(light == color, "setting-color-light", "setting-color-light-adjusted", light),
            words(dark == color, "setting-color-dark", "setting-color-dark-adjusted", dark),
        ]
    }

    fn bad(&self, entry: &Entry) -> Option<&Message> {
        self.problems.of(entry.name)
    }
}

impl Field {
    fn choices(&self) -> &'static [Choice] {
        match self.entry.kind {
            Kind::Choice(choices) => choices,
            _ => &[],
        }
    }

    fn is_on(&self) -> bool {
        self.typed == "yes"
    }
}

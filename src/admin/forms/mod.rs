mod badges;
mod ranks;
mod tags;

pub(super) use badges::BadgeForm;
pub(super) use ranks::{PointsForm, RankForm};
pub(super) use tags::{SynonymForm, TagForm};

use crate::{
    access::Audience,
    boards::{BoardEdit, Style},
    kit::{self, CategoryId, Message, Problems, one_line},
};
use serde::Deserialize;

const LONGEST_NAME: usize = 60;
const LONGEST_DESCRIPTION: usize = 200;

/// What an administrator says of a board.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardForm {
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) name: String,
    /// For a new board; made of the name where empty.
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) style: Style,
    #[serde(default)]
    pub(super) icon: String,
    #[serde(default)]
    pub(super) tone: String,
    /// For a new board.
    #[serde(default)]
    pub(super) audience: Audience,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl BoardForm {
    /// What the board is to be. `category` is the one that the form names, if it names one.
    pub(super) fn check(&mut self, category: Option<CategoryId>) -> Option<BoardEdit> {
        check_name(&mut self.name, &mut self.problems);
        self.description = one_line(&self.description);
        if self.description.chars().count() > LONGEST_DESCRIPTION {
            let message =
                Message::with("admin-description-too-long", "most", LONGEST_DESCRIPTION as i64);
            self.problems.add("description", message);
        }
        if category.is_none() {
            self.problems.add("category", "admin-category-missing");
        }
        self.icon = self.icon.trim().to_owned();
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.icon.is_empty() || self.icon.len() > 40 || !self.icon.chars().all(known) {
            self.problems.add("icon", "admin-icon-unknown");
        }
        let tone = self.tone.parse().ok().filter(|tone| (1..=8).contains(tone));
        if tone.is_none() {
            self.problems.add("tone", "admin-tone-unknown");
        }
        let (category, tone) = (category?, tone?);
        self.problems.none().then(|| BoardEdit {
            category,
            name: self.name.clone(),
            description: self.description.clone(),
            style: self.style,
            icon: self.icon.clone(),
            tone,
        })
    }

    /// The name in addresses of a new board.
    pub(super) fn new_slug(&self) -> String {
        new_slug(&self.slug, &self.name, "board")
    }
}

/// What an administrator says of a category.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryForm {
    #[serde(default)]
    pub(super) name: String,
    /// For a new category; made of the name where empty.
    #[serde(default)]
    pub(super) slug: String,
    /// For a new category.
    #[serde(default)]
    pub(super) audience: Audience,
    #[serde(skip)]
    pub(super) problems: Problems,
}

impl CategoryForm {
    pub(super) fn check(&mut self) -> bool {
        check_name(&mut self.name, &mut self.problems);
        self.problems.none()
    }

    /// The name in addresses of a new category.
    pub(super) fn new_slug(&self) -> String {
        new_slug(&self.slug, &self.name, "category")
    }
}

fn check_name(name: &mut String, problems: &mut Problems) {
    *name = one_line(name);
    match name.chars().count() {
        0 => problems.add("name", "admin-name-missing"),
        length if length > LONGEST_NAME => {
            problems.add("name", Message::with("admin-name-too-long", "most", LONGEST_NAME as i64));
        }
        _ => {}
    }
}

/// As typed, or else made of the name.
fn new_slug(typed: &str, name: &str, else_called: &str) -> String {
    let slug = kit::slug(if typed.trim().is_empty() { name } else { typed });
    if slug.is_empty() { else_called.to_owned() } else { slug }
}

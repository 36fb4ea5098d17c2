//! What administrators say of badges.

use super::{LONGEST_DESCRIPTION, LONGEST_NAME, check_name, new_slug};
use crate::{
    kit::{Message, Problems, one_line},
    reputation::{Badge, BadgeEdit, Formula, HIGHEST_LEVEL},
};
use serde::Deserialize;

/// What an administrator says of a badge.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct BadgeForm {
    #[serde(default)]
    pub(in crate::admin) name: String,
    /// For a new badge; made of the name where empty.
    #[serde(default)]
    pub(in crate::admin) slug: String,
    #[serde(default)]
    pub(in crate::admin) about: String,
    #[serde(default)]
    pub(in crate::admin) set: String,
    #[serde(default)]
    pub(in crate::admin) icon: String,
    #[serde(default)]
    pub(in crate::admin) level: String,
    /// Empty where it is given by hand.
    #[serde(default)]
    pub(in crate::admin) formula: String,
    #[serde(default)]
    pub(in crate::admin) lapses: Option<String>,
    /// The formula up to what is wrong with it, and a caret below that.
    #[serde(skip)]
    pub(in crate::admin) pointed: Option<(String, String)>,
    #[serde(skip)]
    pub(in crate::admin) problems: Problems,
}

impl From<&Badge> for BadgeForm {
    fn from(badge: &Badge) -> Self {
        Self {
            name: badge.name.clone(),
            about: badge.about.clone(),
            set: badge.set.clone(),
            icon: badge.icon.clone(),
            level: badge.level.to_string(),
            formula: badge.formula.clone().unwrap_or_default(),
            lapses: badge.lapses.then(|| "on".to_owned()),
            ..Self::default()
        }
    }
}

impl BadgeForm {
    /// What the badge is to be. `boards` are those that a formula may name, `say` says what is wrong.
    pub(in crate::admin) fn check(
        &mut self,
        icons: &[&str],
        boards: &[(String, String)],
        say: impl Fn(&Message) -> String,
    ) -> Option<BadgeEdit> {
        check_name(&mut self.name, &mut self.problems);
        for (field, text, most, missing) in [
            ("about", &mut self.about, LONGEST_DESCRIPTION, "admin-badge-about-missing"),
            ("set", &mut self.set, LONGEST_NAME, "admin-badge-set-missing"),
        ] {
            *text = one_line(text);
            match text.chars().count() {
                0 => self.problems.add(field, missing),
                length if length > most => {
                    let most = most as i64;
                    self.problems
                        .add(field, Message::with("admin-description-too-long", "most", most));
                }
                _ => {}
            }
        }
        if !icons.contains(&self.icon.as_str()) {
            self.problems.add("icon", "admin-icon-unknown");
        }
        let level = self.level.parse().ok().filter(|level| (1..=HIGHEST_LEVEL).contains(level));
        if level.is_none() {
            self.problems.add("level", "admin-badge-level-unknown");
        }
        // A line's end means nothing in a formula, and browsers send two characters for it.
        self.formula = self.formula.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.formula.is_empty() {
            self.check_formula(boards, say);
        }
        let level = level?;
        self.problems.none().then(|| BadgeEdit {
            name: self.name.clone(),
            about: self.about.clone(),
            set: self.set.clone(),
            icon: self.icon.clone(),
            level,
            formula: Some(self.formula.clone()).filter(|formula| !formula.is_empty()),
            lapses: self.lapses(),
        })
    }

    fn check_formula(&mut self, boards: &[(String, String)], say: impl Fn(&Message) -> String) {
        match Formula::parse(&self.formula) {
            Ok(formula) => {
                let known = |board: &String| boards.iter().any(|(slug, _)| slug == board);
                if let Some(board) = formula.boards().into_iter().find(|board| !known(board)) {
                    let message = Message::with("formula-board-unknown", "board", board);
                    self.problems.add("formula", message);
                }
            }
            Err(wrong) => {
                let args = vec![
                    ("place", (wrong.at as i64 + 1).into()),
                    ("message", say(&wrong.message).into()),
                ];
                self.problems.add("formula", Message { key: "formula-place", args });
                self.pointed = Some((self.formula.clone(), format!("{}^", " ".repeat(wrong.at))));
            }
        }
    }

    pub(in crate::admin) fn lapses(&self) -> bool {
        self.lapses.is_some()
    }

    /// The name in addresses of a new badge.
    pub(in crate::admin) fn new_slug(&self) -> String {
        new_slug(&self.slug, &self.name, "badge")
    }
}

use super::{Group, GroupEdit, Kind};
use crate::kit::{self, Message, Problems, one_line};
use serde::Deserialize;

const LONGEST_NAME: usize = 60;
const LONGEST_DESCRIPTION: usize = 500;

/// Whom an owner names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandleForm {
    /// A handle, with or without its `@`.
    #[serde(default)]
    pub handle: String,
    /// What is wrong with it.
    #[serde(skip)]
    pub problems: Problems,
}

impl HandleForm {
    /// The handle.
    pub fn check(&mut self) -> Option<String> {
        self.handle = self.handle.trim().trim_start_matches('@').replace('\0', "");
        if self.handle.is_empty() {
            self.problems.add("handle", "handle-missing");
        }
        self.problems.none().then(|| self.handle.clone())
    }

    /// Nobody is called so.
    pub fn nobody(&mut self) {
        self.problems.add("handle", Message::with("handle-nobody", "handle", &self.handle));
    }
}

/// What an administrator says of a group.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupForm {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its name in addresses, for a new one; made of the name where empty.
    #[serde(default)]
    pub slug: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// How one gets in.
    #[serde(default)]
    pub kind: Kind,
    /// The rank that brings one in, or nothing.
    #[serde(default)]
    pub rank: String,
    /// What is wrong with it.
    #[serde(skip)]
    pub problems: Problems,
}

impl From<&Group> for GroupForm {
    fn from(group: &Group) -> Self {
        Self {
            name: group.name.clone(),
            slug: group.slug.clone(),
            description: group.description.clone(),
            kind: group.kind,
            rank: group.rank_id.map(|rank| rank.to_string()).unwrap_or_default(),
            problems: Problems::default(),
        }
    }
}

impl GroupForm {
    /// What the group is to be.
    pub fn check(&mut self, ranks: &[i64]) -> Option<GroupEdit> {
        self.name = one_line(&self.name);
        self.description = one_line(&self.description);
        match self.name.chars().count() {
            0 => self.problems.add("name", "group-name-missing"),
            length if length > LONGEST_NAME => self
                .problems
                .add("name", Message::with("group-name-too-long", "most", LONGEST_NAME as i64)),
            _ => {}
        }
        if self.description.chars().count() > LONGEST_DESCRIPTION {
            let most = LONGEST_DESCRIPTION as i64;
            self.problems
                .add("description", Message::with("group-description-too-long", "most", most));
        }
        let rank = self.rank.parse().ok();
        if !self.rank.is_empty() && !rank.is_some_and(|rank| ranks.contains(&rank)) {
            self.problems.add("rank", "group-rank-unknown");
        }
        self.problems.none().then(|| GroupEdit {
            name: self.name.clone(),
            description: self.description.clone(),
            kind: self.kind,
            rank,
        })
    }

    /// The name in addresses of a new group.
    pub fn new_slug(&mut self) -> String {
        let typed = if self.slug.trim().is_empty() { &self.name } else { &self.slug };
        match kit::slug(typed) {
            slug if slug.is_empty() => "group".to_owned(),
            slug => slug,
        }
    }
}

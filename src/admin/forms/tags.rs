//! What administrators say of tags.

use crate::{
    kit::{Message, Problems, one_line},
    threads::{TagEdit, tags},
};
use serde::Deserialize;

/// Longest description, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// What an administrator says of a tag.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct TagForm {
    #[serde(default)]
    pub(in crate::admin) name: String,
    #[serde(default)]
    pub(in crate::admin) description: String,
    #[serde(default)]
    pub(in crate::admin) restricted: Option<String>,
    #[serde(skip)]
    pub(in crate::admin) problems: Problems,
}

impl From<&tags::Tag> for TagForm {
    fn from(tag: &tags::Tag) -> Self {
        Self {
            name: tag.name.clone(),
            description: tag.description.clone(),
            restricted: tag.restricted.then(|| "on".to_owned()),
            problems: Problems::default(),
        }
    }
}

impl TagForm {
    pub(in crate::admin) fn check(&mut self) -> Option<TagEdit> {
        let name = checked(&self.name, "name", &mut self.problems);
        self.description = one_line(&self.description);
        if self.description.chars().count() > LONGEST_DESCRIPTION {
            let message =
                Message::with("admin-description-too-long", "most", LONGEST_DESCRIPTION as i64);
            self.problems.add("description", message);
        }
        let name = name?;
        self.problems.none().then(|| TagEdit {
            name,
            description: self.description.clone(),
            restricted: self.restricted(),
        })
    }

    pub(in crate::admin) fn restricted(&self) -> bool {
        self.restricted.is_some()
    }
}

/// Another name for a tag.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::admin) struct SynonymForm {
    #[serde(default)]
    pub(in crate::admin) synonym: String,
    /// The tag whose end was told of.
    #[serde(default)]
    pub(in crate::admin) seen: String,
    #[serde(skip)]
    pub(in crate::admin) problems: Problems,
}

impl SynonymForm {
    pub(in crate::admin) fn check(&mut self) -> Option<String> {
        checked(&self.synonym, "synonym", &mut self.problems)
    }
}

fn checked(typed: &str, field: &'static str, problems: &mut Problems) -> Option<String> {
    let name = tags::name_in(typed);
    if name.is_none() {
        problems.add(field, "admin-tag-name-invalid");
    }
    name
}

use super::draft::{Place, Text};
use crate::{
    error::{Error, Result},
    form_keys::FormKey,
    markup,
};
use serde::Deserialize;
use uuid::Uuid;

/// Longest title and longest list of tags, in bytes: more than any form takes.
const LONGEST_LINE: usize = 4_000;

/// What the composer's script saves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DraftForm {
    place: String,
    #[serde(default)]
    form_key: Option<FormKey>,
    #[serde(default)]
    board: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    tags: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    reply_to: Option<i32>,
    /// The version it goes on from.
    #[serde(default)]
    draft: Option<Uuid>,
}

impl DraftForm {
    /// Where it stands, what it says, and the version it goes on from.
    pub(super) fn read(self) -> Result<(Place, Text, Option<Uuid>)> {
        let place = Place::read(&self.place, self.form_key)
            .ok_or_else(|| Error::BadRequest("place".to_owned()))?;
        let clean = |text: String| text.replace("\r\n", "\n").replace('\0', "");
        let text = Text {
            board: clean(self.board),
            title: clean(self.title),
            tags: clean(self.tags),
            body: clean(self.body),
            reply_to: self.reply_to,
        };
        let too_long = text.body.len() > markup::LONGEST_SOURCE
            || [&text.title, &text.tags].iter().any(|line| line.len() > LONGEST_LINE);
        if too_long { Err(Error::TooLong) } else { Ok((place, text, self.draft)) }
    }
}

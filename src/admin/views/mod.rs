//! What the pages of administration show, whoever else may see it.

mod boards;
mod log;
mod people;
mod settings;

pub(super) use boards::{CategoryRow, boards, category_names};
pub(super) use log::{LogLine, handles, log};
pub(super) use people::{Figures, Person, Place, figures, people, person, ruled_places};
pub(super) use settings::{LastChange, last_changes};

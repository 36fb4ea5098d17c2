//! What the pages of administration show, whoever else may see it.

mod boards;
mod log;
mod found;
mod people;
mod settings;

pub(super) use boards::{CategoryRow, boards, category_names};
pub(super) use found::{AccountState, Asked, Found, FoundLine, STATES, Sort, found};
pub(super) use log::{LogLine, handles, log, log_of};
pub(super) use people::{Figures, Person, Place, admin_url, figures, person, ruled_places};
pub(super) use settings::{LastChange, last_changes};

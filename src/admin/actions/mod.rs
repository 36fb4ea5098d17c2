//! Deeds that belong to no room: what administrators do to the community as a whole.

mod settings;

pub(super) use settings::{Wish, change_settings};

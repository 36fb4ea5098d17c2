pub(super) mod boards;
pub(super) mod categories;
pub(super) mod groups;
pub(super) mod log;
pub(super) mod members;
pub(super) mod overview;
pub(super) mod rights;
pub(super) mod settings;

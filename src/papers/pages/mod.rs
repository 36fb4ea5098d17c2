pub(super) mod agreements;
pub(super) mod consent;
pub(super) mod history;
pub(super) mod show;

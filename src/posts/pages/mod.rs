pub(super) mod complete;
pub(super) mod delete;
pub(super) mod edit;
pub(super) mod find;
pub(super) mod history;
pub(super) mod preview;

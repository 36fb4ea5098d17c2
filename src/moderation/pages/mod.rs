pub(super) mod acts;
pub(super) mod remove;
